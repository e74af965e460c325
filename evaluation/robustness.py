"""Measures whether a damaged question finds what the clean one does.

A pair holds when the first document of both searches is the same, whether it is right or not.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.errors import BadQuestionSet
from evaluation.json_lines import numbered_lines
from knowledge.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question, and the same as it may be typed in a hurry."""

    id: str
    kind: str
    split: Literal["dev", "test"]
    clean: str
    damaged: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first document that each form of a question found, None for none."""

    pair: Pair
    clean: str | None
    damaged: str | None

    @property
    def holds(self) -> bool:
        """Whether both forms found the same first document."""
        return self.clean is not None and self.clean == self.damaged


@dataclass(frozen=True, slots=True)
class RobustnessReport:
    """The share of pairs that hold, in all and by kind of damage, and every pair."""

    same_first: Estimate
    kinds: dict[str, Estimate]
    outcomes: tuple[Outcome, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        return asdict(self)


def read_pairs(file: Path) -> list[Pair]:
    """Read pairs, one JSON object a line.

    Raises:
        BadQuestionSet: the file is missing or a line of it cannot be understood.
    """
    pairs = []
    for number, line in numbered_lines(file):
        try:
            content = json.loads(line)
            pairs.append(Pair(**content))
        except (ValueError, TypeError) as error:
            raise BadQuestionSet(
                f"{file}, ligne {number} : un objet JSON avec id, kind, split, clean et damaged est"
                " attendu. Corrigez la ligne."
            ) from error
    if not pairs:
        raise BadQuestionSet(f"{file} ne contient aucune paire.")
    return pairs


def measure_robustness(pairs: Sequence[Pair], *, library: Library) -> RobustnessReport:
    """Search both forms of each pair, and return the share that find the same first document."""
    outcomes = tuple(
        Outcome(pair, _first(library, pair.clean), _first(library, pair.damaged)) for pair in pairs
    )
    kinds = dict.fromkeys(pair.kind for pair in pairs)
    return RobustnessReport(
        same_first=_share(outcomes),
        kinds={kind: _share([o for o in outcomes if o.pair.kind == kind]) for kind in kinds},
        outcomes=outcomes,
    )


def _first(library: Library, question: str) -> str | None:
    hits = library.search(question, k=1)
    return hits[0].source.id if hits else None


def _share(outcomes: Sequence[Outcome]) -> Estimate:
    return estimate_mean([float(outcome.holds) for outcome in outcomes])
