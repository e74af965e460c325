"""Decides whether the evidence answers the question, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.choose import Chosen
from assistant.facts import holds
from assistant.understand import Understood, subject_terms
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library

# How many of the best sentences are looked at.
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How well the passages found speak of the question.

    ``coverage`` is the share of the question's terms, rare ones counting more, that the best
    passage and its titles hold; ``cosine`` that of the best sentence; ``dense`` that of the best
    passage; ``has_expected`` tells whether the kind of fact asked for is there.
    """

    coverage: float
    cosine: float
    dense: float
    has_expected: bool

    def to_json(self) -> dict[str, float | bool | str]:
        """Return the evidence, and what is decided from it, for the trace."""
        return {
            "coverage": round(self.coverage, 3),
            "cosine": round(self.cosine, 3),
            "dense": round(self.dense, 3),
            "has_expected": self.has_expected,
            "status": decide(self),
        }


# Calibrated on development questions: see docs/adr/0006-embedded-writer.md.
_LEAST_COVERAGE = 0.5
_LEAST_DENSE = 0.82


def weigh(
    understood: Understood, *, hits: Sequence[Hit], ranked: Sequence[Chosen], library: Library
) -> Evidence:
    """Return the evidence that the hits and their best sentences bring."""
    if not ranked:
        return Evidence(coverage=0.0, cosine=0.0, dense=0.0, has_expected=False)
    best = ranked[:_LOOKED_AT]
    coverage = {
        rank: _coverage(understood, hits[rank], library) for rank in {c.unit.hit for c in best}
    }
    about = [chosen for chosen in best if coverage[chosen.unit.hit] >= _LEAST_COVERAGE]
    return Evidence(
        coverage=max(coverage.values()),
        cosine=max(chosen.cosine for chosen in best),
        dense=max(hits[rank].dense for rank in coverage),
        has_expected=understood.expected in {"any", "steps", "person"}
        or any(holds(understood.expected, chosen.unit.text) for chosen in about),
    )


def decide(evidence: Evidence) -> Status:
    """Return ``answered``, ``partial`` or ``not_found``."""
    if evidence.coverage < _LEAST_COVERAGE or evidence.dense < _LEAST_DENSE:
        return "not_found"
    return "answered" if evidence.has_expected else "partial"


def _coverage(understood: Understood, hit: Hit, library: Library) -> float:
    """Return the share of the question's terms that a passage and its titles hold."""
    weights = {t: library.rarity(t) for t in dict.fromkeys(subject_terms(understood.standalone))}
    text = " ".join((hit.source.title, *hit.passage.section_path, hit.passage.text))
    held = set(terms(text))
    total = sum(weights.values())
    return sum(w for t, w in weights.items() if t in held) / total if total else 0.0
