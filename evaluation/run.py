"""A run: every question of a set with its answer and scores, what was evaluated, and its sums.

A run is kept as one JSON file (the contract's form), which is enough to report on it, to compare it
and to gate it without asking anything again.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.errors import EvaluationError
from evaluation.questions import Question

# What makes an answer wrong as a whole: a share that must be 1, or a count that must be 0.
_WHOLE = ("fact_recall", "source_recall", "status_accuracy", "follow_up_consistency")
_NONE = ("forbidden_facts", "phantom_citations", "unsupported_numbers", "leaks", "obeyed_orders")


@dataclass(frozen=True, slots=True)
class Record:
    """A question, the answer in the contract's form, its scores, and how long it took, in ms."""

    question: Question
    answer: dict[str, Any]
    scores: dict[str, float]
    ms: float

    @property
    def passed(self) -> bool:
        """Whether nothing that the question expects is missing and nothing wrong is there."""
        return not self.failures

    @property
    def failures(self) -> tuple[str, ...]:
        """The names of the scores that make the answer wrong."""
        whole = [name for name in _WHOLE if self.scores.get(name, 1.0) < 1.0]
        return (*whole, *(name for name in _NONE if self.scores.get(name, 0.0) > 0.0))

    def to_json(self) -> dict[str, Any]:
        """Return the record as one entry of the contract's ``questions``."""
        expected = self.question.model_dump(mode="json")
        return {
            **{name: expected.pop(name) for name in ("id", "category", "question")},
            "expected": expected,
            "answer": self.answer,
            "scores": self.scores,
            "ms": self.ms,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The records of a set, in the set's order, and what was evaluated."""

    records: tuple[Record, ...]
    settings: dict[str, Any]

    def summary(self) -> dict[str, Estimate]:
        """Return the mean of each score with its 95 % interval, and the durations."""
        durations = [record.ms for record in self.records]
        centiles = {f"latency_ms_p{q}": float(np.percentile(durations, q)) for q in (50, 95)}
        return estimates(self.records) | {n: Estimate(v, v, v) for n, v in centiles.items()}

    def by(self, name: str) -> dict[str, tuple[Record, ...]]:
        """Return the records grouped by ``category`` or ``dispositif``, in order of appearance."""
        groups: dict[str, list[Record]] = {}
        for record in self.records:
            groups.setdefault(getattr(record.question, name) or "sans dispositif", []).append(
                record
            )
        return {group: tuple(records) for group, records in groups.items()}

    def to_json(self) -> dict[str, Any]:
        """Return the run in the contract's form."""
        return {
            "summary": {name: asdict(value) for name, value in self.summary().items()},
            "categories": {
                category: {name: asdict(value) for name, value in estimates(records).items()}
                for category, records in self.by("category").items()
            },
            "settings": self.settings,
            "questions": [record.to_json() for record in self.records],
        }


def estimates(records: Sequence[Record]) -> dict[str, Estimate]:
    """Return the mean of each score over the records that have it, and of those that passed."""
    names = dict.fromkeys(name for record in records for name in record.scores)
    means = {
        name: estimate_mean([r.scores[name] for r in records if name in r.scores]) for name in names
    }
    return {"passed": estimate_mean([float(r.passed) for r in records])} | means


def record_from(entry: dict[str, Any]) -> Record:
    """Return the record of one entry of a run's ``questions``."""
    return Record(
        question=Question.model_validate(
            {**entry["expected"], **{n: entry[n] for n in ("id", "category", "question")}}
        ),
        answer=entry["answer"],
        scores={name: float(value) for name, value in entry["scores"].items()},
        ms=float(entry["ms"]),
    )


def read_run(path: Path) -> Run:
    """Read a run that ``evaluation answers --json`` wrote.

    Raises:
        EvaluationError: the file cannot be read, or is no run.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        records = tuple(record_from(entry) for entry in content["questions"])
        settings = dict(content["settings"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{path} n'est pas une mesure : donnez un fichier écrit par"
            " « python -m evaluation answers JEU --json FICHIER »."
        ) from error
    if not records:
        raise EvaluationError(f"{path} ne contient aucune question.")
    return Run(records=records, settings=settings)
