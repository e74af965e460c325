"""Finds which expectations are the same from one region to another, though worded differently."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from knowledge.analysis import terms
from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix
from knowledge.themes import themes_in

# Two expectations may be the same when they are this alike (a cosine), and are worded differently
# when they share at most this part of the search terms of the shorter one.
_ALIKE, _SAME_WORDS = 0.87, 0.34


@dataclass(frozen=True, slots=True)
class Convergence:
    """Two expectations of different regions that may be the same.

    ``is_confirmed`` is what was decided, None where nobody did.
    """

    one: Coded
    other: Coded
    likeness: float
    is_confirmed: bool | None = None


def convergences(matrix: Matrix) -> list[Convergence]:
    """Return the pairs of expectations to compare, the most alike first.

    Each expectation is shown once with each other region; what was decided stays in the list.
    """
    found = sorted(_pairs(matrix), key=lambda pair: (-pair.likeness, pair.one.remark.id))
    shown: set[tuple[str, str | None]] = set()
    kept = []
    for pair in found:
        ends = {
            (pair.one.remark.id, pair.other.region),
            (pair.other.remark.id, pair.one.region),
        }
        if pair.is_confirmed is not None or not ends & shown:
            kept.append(pair)
            shown |= ends
    return kept


def _pairs(matrix: Matrix) -> Iterator[Convergence]:
    for said in matrix.themes.values():
        wanted = [each for each in said if _is_wanted(each)]
        for pair in combinations(sorted(wanted, key=lambda each: each.remark.id), 2):
            one, other = pair
            if one.region == other.region:
                continue
            likeness = float(matrix.vectors[one.remark.id] @ matrix.vectors[other.remark.id])
            decided = _decided(one, other)
            if decided is not None or (likeness >= _ALIKE and _say_it_otherwise(one, other)):
                yield Convergence(one, other, likeness, decided)


def _is_wanted(coded: Coded) -> bool:
    return bool(coded.region) and coded.kind in {"besoin", "attente"} and not coded.is_against


def _say_it_otherwise(one: Coded, other: Coded) -> bool:
    """Tell whether two remarks are of one subject in other words, as far as the words tell."""
    subjects = themes_in(one.remark.said), themes_in(other.remark.said)
    if all(subjects) and not subjects[0] & subjects[1]:
        return False
    words = set(terms(one.remark.said)), set(terms(other.remark.said))
    fewest = min(map(len, words))
    return len(words[0] & words[1]) <= _SAME_WORDS * fewest


def _decided(one: Coded, other: Coded) -> bool | None:
    """Return what was last decided on a pair, which is kept with its first remark."""
    for decision in reversed(one.standing.history):
        if decision.action in {"confirm", "refuse"} and other.remark.id in decision.ids:
            return decision.action == "confirm"
    return None
