"""Decides whether the evidence answers the question, before anything is written."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.answer import Status
from assistant.choose import Chosen
from assistant.facts import holds, says_unknown
from assistant.understand import Understood, subject_terms
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library

# How many of the best sentences and passages are looked at.
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How well the passages found speak of the question; every share is in [0, 1].

    ``dense`` is the cosine of the best passage, ``cosine`` that of the best sentence. ``covered``
    is the share of the question's subject terms, rare ones counting more, that the best passage
    and its titles hold, among those that the library knows; ``unknown`` the share that it has
    never seen. ``named`` is the share of the best passage's title that the question says.
    ``has_expected`` tells whether the kind of fact asked for is in a sentence about the subject;
    ``is_gap`` whether one of the two best sentences says itself that the sources do not know.
    """

    dense: float
    cosine: float
    covered: float
    unknown: float
    named: float
    has_expected: bool
    is_gap: bool = False

    def to_json(self) -> dict[str, float | bool | str]:
        """Return the evidence, and what is decided from it, for the trace."""
        values = {name: round(value, 3) for name, value in asdict(self).items()}
        return {
            **values,
            "has_expected": self.has_expected,
            "is_gap": self.is_gap,
            "probability": round(probability(self), 3),
            "status": decide(self),
        }


# A logistic regression fitted on development questions (docs/adr/0006-embedded-writer.md).
_INTERCEPT = -58.56
_WEIGHTS = {"dense": 31.62, "cosine": 34.23, "covered": 0.42, "unknown": -1.21, "named": 2.55}
_LEAST_PROBABILITY = 0.45
# A sentence is about the subject when its passage holds this share of the known subject terms.
_ABOUT = 0.4


def weigh(
    understood: Understood, *, hits: Sequence[Hit], ranked: Sequence[Chosen], library: Library
) -> Evidence:
    """Return the evidence that the hits and their best sentences bring."""
    if not ranked:
        return Evidence(
            dense=0.0, cosine=0.0, covered=0.0, unknown=1.0, named=0.0, has_expected=False
        )
    best = ranked[:_LOOKED_AT]
    subject = dict.fromkeys(subject_terms(understood.search_text))
    known = {t: library.rarity(t) for t in subject if library.knows(t)}
    covered = {
        rank: _share(known, set(terms(_all_text(hits[rank]))))
        for rank in {c.unit.hit for c in best}
    }
    question = set(terms(understood.search_text))
    return Evidence(
        dense=max(hits[rank].dense for rank in covered),
        cosine=max(chosen.cosine for chosen in best),
        covered=max(covered.values()),
        unknown=1 - len(known) / len(subject) if subject else 0.0,
        named=max(
            _share({t: library.rarity(t) for t in terms(hits[rank].source.title)}, question)
            for rank in covered
        ),
        has_expected=understood.expected in {"any", "definition", "steps", "person"}
        or holds(understood.expected, best[0].unit.text)
        or any(
            covered[chosen.unit.hit] >= _ABOUT and holds(understood.expected, chosen.unit.text)
            for chosen in best
        ),
        is_gap=any(says_unknown(chosen.unit.text) for chosen in best[:2]),
    )


def probability(evidence: Evidence) -> float:
    """Return the probability that the documents answer the question."""
    logit = _INTERCEPT + sum(w * getattr(evidence, name) for name, w in _WEIGHTS.items())
    return 1 / (1 + math.exp(-logit))


def decide(evidence: Evidence) -> Status:
    """Return ``answered``, ``partial`` or ``not_found``."""
    if probability(evidence) < _LEAST_PROBABILITY:
        return "not_found"
    return "answered" if evidence.has_expected and not evidence.is_gap else "partial"


def _share(weights: dict[str, float], held: set[str]) -> float:
    """Return the share of the weights that belongs to the terms held."""
    total = sum(weights.values())
    return sum(w for t, w in weights.items() if t in held) / total if total else 0.0


def _all_text(hit: Hit) -> str:
    """Return the text of a passage with its titles."""
    return " ".join((hit.source.title, *hit.passage.section_path, hit.passage.text))
