"""Measures whole processes, as a user starts them: seconds from start to end, peak memory."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import EvaluationError

ROOT = Path(__file__).resolve().parent.parent
_CHILD = Path(__file__).with_name("bench_child.py")


@dataclass(frozen=True, slots=True)
class Run:
    """What one process cost (``peak_bytes`` is its largest resident memory) and printed."""

    seconds: float
    peak_bytes: int
    output: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, middle and highest of a few measures."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Processes:
    """What the same command cost over several runs; memory in megabytes (10⁶ bytes)."""

    runs: int
    seconds: Spread
    peak_mb: Spread


def run_module(module: str, arguments: Sequence[str], *, accepted: Sequence[int] = (0,)) -> Run:
    """Run ``python -m module arguments…`` in the project's root; its messages are let through.

    Args:
        module: a package with a command line.
        arguments: what follows on the command line.
        accepted: the exit statuses that count as done.

    Raises:
        EvaluationError: it ended with another status.
    """
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_CHILD), *command],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    measured = json.loads(done.stdout)
    if measured["status"] not in accepted:
        raise EvaluationError(
            f"La commande « python -m {module} {arguments[0]} » a échoué (état"
            f" {measured['status']}) : son message est ci-dessus. Corrigez sa cause, puis"
            " recommencez la mesure."
        )
    return Run(measured["seconds"], measured["peak_bytes"], measured["output"])


def summarise(runs: Sequence[Run]) -> Processes:
    """Return the spread of what several runs cost."""
    return Processes(
        runs=len(runs),
        seconds=_spread([run.seconds for run in runs]),
        peak_mb=_spread([run.peak_bytes / 1e6 for run in runs]),
    )


def _spread(values: Sequence[float]) -> Spread:
    return Spread(min(values), statistics.median(values), max(values))
