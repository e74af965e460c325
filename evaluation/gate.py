"""Decides whether a run is good enough to be kept: thresholds, and no worse than the baseline."""

import json
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from evaluation.bootstrap import estimate_mean
from evaluation.errors import EvaluationError
from evaluation.run import Run

THRESHOLDS = Path(__file__).with_name("thresholds.toml")
_BASELINE = "baseline.json"

# The scores that the baseline keeps: name of the score, then id of the question.
Baseline = dict[str, dict[str, float]]


class Thresholds(BaseModel):
    """What is demanded of a run (see ``thresholds.toml``); unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zero: tuple[str, ...] = ()
    floors: dict[str, float] = {}
    margins: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One demand, whether the run meets it, and the figures in one French line."""

    holds: bool
    said: str


def read_thresholds(file: Path) -> Thresholds:
    """Read the demands.

    Raises:
        EvaluationError: the file cannot be read or understood.
    """
    try:
        return Thresholds.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise EvaluationError(
            f"Les seuils {file} ne peuvent pas être lus : un fichier TOML avec « zero »,"
            " « floors » et « margins » est attendu."
        ) from error


def read_baseline(thresholds: Path) -> Baseline:
    """Return the scores that the run is compared to, empty when none were kept yet.

    Raises:
        EvaluationError: the file is there but is no baseline.
    """
    file = thresholds.with_name(_BASELINE)
    if not file.exists():
        return {}
    try:
        content: Baseline = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EvaluationError(f"{file} n'est pas du JSON : refaites-le avec --keep.") from error
    return content


def keep_baseline(run: Run, *, thresholds: Path) -> Path:
    """Make a run the baseline of the next ones, and return the file written."""
    names = read_thresholds(thresholds).margins
    kept = {
        name: {r.question.id: round(r.scores[name], 6) for r in run.records if name in r.scores}
        for name in names
    }
    file = thresholds.with_name(_BASELINE)
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def judge(run: Run, *, thresholds: Thresholds, baseline: Baseline) -> list[Verdict]:
    """Return a verdict for each demand; a run passes when all hold.

    A score that no question of the run has fails: a gate that measures nothing proves nothing.
    """
    return [
        *(_none(run, name) for name in thresholds.zero),
        *(_floor(run, name, least) for name, least in thresholds.floors.items()),
        *(
            _no_worse(run, name, margin, baseline.get(name, {}))
            for name, margin in thresholds.margins.items()
        ),
    ]


def _scores(run: Run, name: str) -> dict[str, float]:
    return {r.question.id: r.scores[name] for r in run.records if name in r.scores}


def _none(run: Run, name: str) -> Verdict:
    scores = _scores(run, name)
    guilty = [question for question, value in scores.items() if value > 0 or math.isnan(value)]
    said = f" : {', '.join(guilty[:5])}" if guilty else ""
    return Verdict(
        bool(scores) and not guilty,
        f"{name} : aucun cas admis, {len(guilty)} sur {len(scores)} questions{said}",
    )


def _floor(run: Run, name: str, least: float) -> Verdict:
    scores = list(_scores(run, name).values())
    value = float(np.mean(scores)) if scores else float("nan")
    return Verdict(
        value >= least, f"{name} : {value:.3f}, au moins {least:.3f} ({len(scores)} questions)"
    )


def _no_worse(run: Run, name: str, margin: float, before: dict[str, float]) -> Verdict:
    scores = _scores(run, name)
    if missing := before.keys() - scores.keys():
        return Verdict(
            holds=False,
            said=f"{name} : {len(missing)} questions du repère n'ont pas été posées"
            f" ({', '.join(sorted(missing)[:3])}…) ; si le jeu a changé, refaites-le (--keep)",
        )
    if not before:
        return Verdict(holds=False, said=f"{name} : pas de repère, gardez-en un avec --keep")
    change = estimate_mean([scores[question] - value for question, value in before.items()])
    return Verdict(
        change.low >= margin,
        f"{name} : {change.value:+.3f} [{change.low:+.3f} ; {change.high:+.3f}] par rapport au"
        f" repère, pas sous {margin:+.3f} ({len(before)} questions)",
    )
