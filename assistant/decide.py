"""Decides whether the evidence answers the question, before anything is written."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.answer import Status
from assistant.choose import Chosen
from assistant.facts import holds, says_unknown, says_yes_or_no
from assistant.signs import expit, logit
from assistant.understand import Understood, subject_terms
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.units import bare

# How many of the best sentences, and of the best passages, are looked at.
_SENTENCES = 5
_PASSAGES = 8
# Among the first of them, the kind of fact asked for answers if the best one's document gives it.
_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How well the passages found speak of the question; every share is in [0, 1].

    ``dense`` is the cosine of the best passage, ``cosine`` that of the best sentence.
    ``covered`` is the share of the question's subject terms, rare ones counting more, that one
    passage and its titles hold; ``unknown`` the share that the library has never seen.
    ``named`` is the share of the best passage's title that the question says. ``has_expected``
    tells whether the kind of fact asked for is in a sentence about the subject; ``is_gap``
    whether the best sentence, or one near it where it does not give that fact, says itself that
    the sources do not know. ``said`` is the share of all the question's terms that one of the
    best sentences and its titles hold. ``relevance`` is what the ranker thinks of the best
    sentence that it read, None where nothing reads. ``on_sheet`` tells whether questions are
    known of the best sentence's document; where they are, ``alike`` is the likeness of the
    nearest of all, ``unanswered`` the share of the nearest that nothing answers. ``told`` is how
    long the question is: the logarithm of its words over those of a long one, 0 for a shorter one.
    """

    dense: float
    cosine: float
    covered: float
    unknown: float
    named: float
    has_expected: bool
    is_gap: bool = False
    said: float = 0.0
    relevance: float | None = None
    on_sheet: bool = False
    alike: float = 0.0
    unanswered: float = 0.0
    told: float = 0.0

    def to_json(self) -> dict[str, float | bool | str]:
        """Return the evidence, and what is decided from it, for the trace."""
        values = {n: round(value, 3) for n, value in asdict(self).items() if value is not None}
        return {
            **values,
            "has_expected": self.has_expected,
            "is_gap": self.is_gap,
            "on_sheet": self.on_sheet,
            "probability": round(probability(self), 3),
            "status": decide(self),
        }


# What an answer is told by, in the order of the weights that ``evaluation.fit_decision`` prints;
# the last ones where questions are known of the best sentence's document.
ON_SHEETS = ("alike", "unanswered")
FEATURES = ("dense", "cosine", "unknown", "named", "said", "read", *ON_SHEETS)
# Logistic regressions fitted on development questions (docs/adr/0006-embedded-writer.md): without
# a ranker; with what it read; with what the known questions say, too.
_INTERCEPT = -52.16
_WEIGHTS = {"dense": 29.92, "cosine": 28.29, "covered": 3.05, "unknown": -2.07, "named": 2.02}
_LEAST_PROBABILITY = 0.58
_READ_INTERCEPT = -39.70
_READ_WEIGHTS = (20.35, 25.26, -1.09, 2.18, 4.05, 0.68)
_LEAST_PROBABILITY_READ = 0.74
_KNOWN_INTERCEPT = -37.51
_KNOWN_WEIGHTS = (14.90, 25.24, -2.28, 0.85, -0.11, 0.37, 9.19, -16.36)
_LEAST_PROBABILITY_KNOWN = 0.60
# A question of more words than these tells of somebody first, and is less alike to all that answers
# it; what that weighs (docs/adr/0015-known-questions.md).
_LONG, _TOLD = 17, 3.0
# What is asked for in these kinds is a figure: a sentence that has none does not answer.
_FIGURES = frozenset({"amount", "duration", "age", "count", "date"})
# A sentence that answers this share of the nearest known questions gives what these ask for.
_KNOWN_TO_ANSWER = 0.5
# A sentence is about the subject when its passage holds this share of the known subject terms.
_ABOUT = 0.4


def weigh(
    understood: Understood, *, hits: Sequence[Hit], ranked: Sequence[Chosen], library: Library
) -> Evidence:
    """Return the evidence that the hits and their best sentences bring."""
    best = ranked[:_SENTENCES]
    # What is near a telephone number that was asked for is of no use without it.
    if not best or (
        understood.expected == "contact"
        and not any(holds("contact", chosen.unit.text) for chosen in best)
    ):
        return Evidence(
            dense=0.0, cosine=0.0, covered=0.0, unknown=1.0, named=0.0, has_expected=False
        )
    subject = {t: library.rarity(t) for t in subject_terms(understood.search_text)}
    used = {chosen.unit.hit for chosen in best}
    covered = {
        rank: _share(subject, set(terms(_all_text(hits[rank]))))
        for rank in used | set(range(min(_PASSAGES, len(hits))))
    }
    question = set(terms(understood.search_text))
    first = best[0].unit
    opening = hits[first.hit].passage.text if best[0].given_whole else first.text
    echo = library.echo(understood.search_text)
    on_sheet = hits[first.hit].source.id in echo.sheets
    is_known = echo.share(hits[first.hit].source.id, bare(first.text)) >= _KNOWN_TO_ANSWER
    gives_fact = holds(understood.expected, opening)
    return Evidence(
        dense=max(hits[rank].dense for rank in used),
        cosine=max(chosen.cosine for chosen in best),
        covered=max(covered.values()),
        unknown=sum(not library.knows(t) for t in subject) / len(subject) if subject else 0.0,
        named=max(
            _share({t: library.rarity(t) for t in terms(hits[rank].source.title)}, question)
            for rank in used
        ),
        has_expected=understood.expected in {"any", "definition", "steps", "person"}
        or any(
            holds(understood.expected, chosen.unit.text)
            for chosen in best[:_FIRST]
            if hits[chosen.unit.hit].source.id == hits[first.hit].source.id
        )
        or says_yes_or_no(first.text)
        or is_known
        or gives_fact
        or any(
            covered[chosen.unit.hit] >= _ABOUT and holds(understood.expected, chosen.unit.text)
            for chosen in best
        ),
        is_gap=says_unknown(first.text)
        or (
            not (is_known or gives_fact)
            and any(
                says_unknown(chosen.unit.text)
                for chosen in (best if understood.expected in _FIGURES else best[:2])
            )
        ),
        said=max(chosen.coverage for chosen in best),
        relevance=max((c.relevance for c in best if c.relevance is not None), default=None),
        on_sheet=on_sheet,
        alike=echo.likeness if on_sheet else 0.0,
        unanswered=echo.unanswered if on_sheet else 0.0,
        told=math.log(max(_LONG, understood.words) / _LONG) if on_sheet else 0.0,
    )


def features(evidence: Evidence) -> list[float]:
    """Return the values that are weighed, in the order of ``FEATURES``; ``read`` is a logit."""
    return [
        logit(evidence.relevance or 0.0) if name == "read" else getattr(evidence, name)
        for name in FEATURES
    ]


def probability(evidence: Evidence) -> float:
    """Return the probability that the documents answer the question."""
    if evidence.relevance is None:
        total = _INTERCEPT + sum(w * getattr(evidence, name) for name, w in _WEIGHTS.items())
        return expit(total)
    total, weights = (
        (_KNOWN_INTERCEPT, _KNOWN_WEIGHTS)
        if evidence.on_sheet
        else (_READ_INTERCEPT, _READ_WEIGHTS)
    )
    values = features(evidence)[: len(weights)]
    total += _TOLD * evidence.told
    return expit(total + sum(w * v for w, v in zip(weights, values, strict=True)))


def decide(evidence: Evidence) -> Status:
    """Return ``answered``, ``partial`` or ``not_found``."""
    least = _LEAST_PROBABILITY_KNOWN if evidence.on_sheet else _LEAST_PROBABILITY_READ
    if probability(evidence) < (_LEAST_PROBABILITY if evidence.relevance is None else least):
        return "not_found"
    return "answered" if evidence.has_expected and not evidence.is_gap else "partial"


def _share(weights: dict[str, float], held: set[str]) -> float:
    """Return the share of the weights that belongs to the terms held."""
    total = sum(weights.values())
    return sum(w for t, w in weights.items() if t in held) / total if total else 0.0


def _all_text(hit: Hit) -> str:
    """Return the text of a passage with its titles."""
    return " ".join((hit.source.title, *hit.passage.section_path, hit.passage.text))
