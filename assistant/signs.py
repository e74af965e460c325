"""The signs by which a sentence is told to answer a question, and what each weighs."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from assistant.facts import age_fits, holds
from assistant.understand import Understood
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.units import Unit

# What a rule forbids, excepts or corrects, which is what a question by yes or no is about.
_NEGATES = re.compile(r"\bne\b|\bn['’]|\bsauf\b|\baucune?\b", re.IGNORECASE)
_SURE = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheap:
    """What a sentence shows without being read by a model.

    ``titled`` and ``echoed`` are shares of the question's terms, rare terms counting more: those
    that the titles of the sentence alone hold, those that it holds as well. ``apart`` is the share
    that it holds of those that do not name the document found first. ``holds`` tells that the kind
    of fact asked for is in it, ``negates`` that it denies or excepts where yes or no is asked.
    ``passage`` is the score of its passage, ``read`` the logit of what the ranker thinks of it,
    ``document`` the best such logit of the passages found of its document.
    ``headed`` tells that a question heads it. ``age`` is 1 when the ages that it gives include the
    one asked about, -1 when not.
    """

    titled: float
    echoed: float
    apart: float
    holds: float
    negates: float
    passage: float
    read: float
    document: float
    headed: float
    age: float


#: The names of all signs, in the order of their weights. The last two are what models make of a
#: sentence under its titles: its cosine with the question, and the logit of the ranker.
NAMES = (*(each.name for each in fields(Cheap)), "cosine", "answers")
# Fitted by ``python -m evaluation.fit_choice`` (docs/adr/0006-embedded-writer.md): what each sign
# adds to the logit of a sentence, before any model has read it; once it was compared; once the
# ranker has read it too; once compared where no ranker reads.
_CHEAP = (2.20, 3.16, 5.16, 1.48, 0.81, 12.57, -0.20, 0.65, 0.75, 2.34)
_COMPARED = (3.42, 1.51, 3.35, 0.94, 1.01, 5.46, -0.07, 0.68, 0.87, 1.51, 4.47)
_ALL = (2.54, 0.89, 2.68, 0.92, 1.13, 6.72, -0.70, 0.71, 0.83, 1.50, 2.04, 2.33)
_UNREAD = (3.95, 1.95, 3.28, 0.89, 1.00, 7.23, 0.00, 0.00, 0.84, 1.35, 4.33)


@dataclass(frozen=True, slots=True)
class Asked:
    """What sentences are compared with: the question, its weighted terms, the age asked about.

    ``apart`` holds the terms that do not name the document found first; ``documents`` the best
    logit of the ranker among the passages found of each document, by its id.
    """

    understood: Understood
    weights: Mapping[str, float]
    apart: Mapping[str, float]
    documents: Mapping[str, float]
    age: int | None


def cheap_signs(asked: Asked, *, unit: Unit, hit: Hit, lead: str) -> Cheap:
    """Return the signs of a sentence, ``lead`` being what introduces it."""
    path = hit.passage.section_path
    titles = set(terms(" ".join((hit.source.title, *path, lead))))
    own = set(terms(unit.text))
    expected = asked.understood.expected
    fits = None if asked.age is None else age_fits(asked.age, unit.text)
    return Cheap(
        titled=share(asked.weights, titles - own),
        echoed=share(asked.weights, titles & own),
        apart=share(asked.apart, own),
        holds=float(holds(expected, unit.text)),
        negates=float(expected == "any" and bool(_NEGATES.search(unit.text))),
        passage=hit.score,
        read=logit(hit.relevance or 0.0),
        document=asked.documents[hit.source.id],
        headed=float(bool(path) and path[-1].endswith("?")),
        age=0.0 if fits is None else 1.0 if fits else -1.0,
    )


def weigh_cheap(signs: Cheap) -> float:
    """Return how well a sentence promises to answer, before any model has read it."""
    return _sum(_CHEAP, astuple(signs))


def weigh_compared(signs: Cheap, cosine: float, *, is_read: bool) -> float:
    """Return how well a sentence promises to answer, once compared with the question.

    Args:
        signs: those of the sentence.
        cosine: of the question, brought to [0, 1] over the sentences of the question: how far apart
            cosines lie depends on the question more than on how well sentences answer.
        is_read: a ranker reads.
    """
    return _sum(_COMPARED if is_read else _UNREAD, (*astuple(signs), cosine))


def weigh_all(signs: Cheap, cosine: float, answers: float) -> float:
    """Return how well a sentence answers; the logit of the ranker is brought to [0, 1], too."""
    return _sum(_ALL, (*astuple(signs), cosine, answers))


def logit(probability: float) -> float:
    """Return the logit of a probability, cut where it is as good as certain."""
    sure = min(max(probability, _SURE), 1 - _SURE)
    return math.log(sure / (1 - sure))


def expit(value: float) -> float:
    """Return the probability of a logit."""
    return 1 / (1 + math.exp(-value))


def _sum(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def share(weights: Mapping[str, float], held: set[str]) -> float:
    """Return the share of the weights whose terms are held."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
