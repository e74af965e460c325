"""The signs by which a sentence is told to answer a question, and what each weighs."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from assistant.facts import age_fits, holds
from assistant.understand import Understood
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.search import spread
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dear:
    """What a sentence shows once models have read it under its titles.

    ``cosine`` is that of its vector and the question's; ``answers`` the logit of the ranker.
    """

    cosine: float
    answers: float


#: The names of all signs, in the order of their weights.
NAMES = tuple(each.name for each in (*fields(Cheap), *fields(Dear)))
# Fitted by ``python -m evaluation.fit_choice`` (docs/adr/0006-embedded-writer.md): what each sign
# adds to the logit of a sentence, first without the two dear ones, then with them, then where no
# ranker reads.
_CHEAP = (2.45, 3.21, 4.46, 1.48, 0.44, 11.46, -0.18, 0.34, 0.69, 1.47)
_ALL = (2.90, 0.92, 2.51, 0.91, 0.71, 6.59, -0.49, 0.58, 0.71, 1.56, 3.73, 1.52)
_UNREAD = (3.96, 1.75, 2.85, 0.90, 0.68, 6.29, 0.00, 0.00, 0.74, 1.42, 4.26, 0.00)


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


def spread_out(read: Sequence[Dear]) -> list[Dear]:
    """Return what was read of the sentences of one question, brought to [0, 1] over them.

    How far apart cosines lie depends on the question more than on how well sentences answer.
    """
    values = np.array([astuple(each) for each in read])
    columns = [spread(values[:, column]) for column in range(values.shape[1])]
    return [
        Dear(cosine=float(cosine), answers=float(answers))
        for cosine, answers in zip(*columns, strict=True)
    ]


def weigh_cheap(signs: Cheap) -> float:
    """Return how well a sentence promises to answer, before it is read."""
    return _sum(_CHEAP, astuple(signs))


def weigh_all(signs: Cheap, dear: Dear, *, is_read: bool) -> float:
    """Return how well a sentence answers.

    Args:
        signs: those of the sentence.
        dear: what was read of it, spread out over the sentences of the question.
        is_read: a ranker reads.
    """
    return _sum(_ALL if is_read else _UNREAD, (*astuple(signs), *astuple(dear)))


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
