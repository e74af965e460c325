"""Describes the machine that measures: its figures mean nothing without it."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = (
    "chromadb", "onnxruntime", "bm25s", "torch", "sentence-transformers", "langchain-chroma",
    "langchain-text-splitters",
)  # fmt: skip
# Above this share of busy cores before anything started, figures are those of a busy machine.
_BUSY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A processor and what runs on it; ``load`` is the mean of running processes, last minute."""

    cpu: str
    cores: int
    memory_gb: float
    system: str
    python: str
    versions: dict[str, str]
    date: str
    load: float

    @property
    def is_busy(self) -> bool:
        """Tell whether something else was using the processor."""
        return self.load > _BUSY * self.cores


def describe_machine() -> Machine:
    """Return what this machine is, and how busy."""
    return Machine(
        cpu=_processor(),
        cores=_cores(),
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        versions={name: found for name in _PACKAGES if (found := _version(name))},
        date=datetime.now(UTC).date().isoformat(),
        load=round(os.getloadavg()[0], 2),
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    """Return the processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
