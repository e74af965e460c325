"""Chooses, among the sentences found, those that answer the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate, candidates
from assistant.signs import expit, logit, weigh_all, weigh_cheap, weigh_compared
from assistant.understand import Understood
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.ranker import Readable
from knowledge.search import spread
from knowledge.units import Unit, bare

#: How many sentences are compared with the question, and how many of them the ranker reads.
_COMPARED, READ = 16, 8
# The beginning of a long sentence tells what it is about, and costs less to compare.
_COMPARED_CHARACTERS = 200
# What a unit of logit is worth in the score of a sentence, that of the best being 1.
_LOGIT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence that answers, and how well: 1 for the best, a tenth less a unit of logit behind.

    ``coverage`` is the share of the question's terms that it and its titles hold, ``cosine`` that
    of its vector and the question's, ``relevance`` how far it answers by the ranker's reading, None
    where nothing reads. ``given_whole`` tells that it stands under the very question that is asked,
    in an answer short enough to be given whole; ``other_age`` that it speaks of other ages than the
    one asked about; ``is_aside`` that it answers no known question like it.
    """

    unit: Unit
    score: float
    coverage: float
    cosine: float
    relevance: float | None = None
    given_whole: bool = False
    other_age: bool = False
    is_aside: bool = False


def rank_units(
    understood: Understood, *, hits: Sequence[Hit], library: Library, today: date
) -> list[Chosen]:
    """Return the sentences of ``hits``, those that answer best first."""
    chosen = promising(candidates(understood, hits=hits, library=library, today=today))
    if not chosen:
        return []
    is_read = library.ranker is not None
    cosines = compare(understood, chosen, hits=hits, library=library)
    scores = [
        weigh_compared(each.cheap, float(cosine), is_read=is_read) + each.correction
        for each, cosine in zip(chosen, spread(cosines), strict=True)
    ]
    answers = None
    if is_read:
        kept = sorted(range(len(chosen)), key=lambda i: -scores[i])[:READ]
        chosen, cosines = [chosen[i] for i in kept], cosines[kept]
        answers = read(understood, chosen, hits=hits, library=library)
        scores = [
            weigh_all(each.cheap, float(cosine), float(answer)) + each.correction
            for each, cosine, answer in zip(chosen, spread(cosines), spread(answers), strict=True)
        ]
    best = max(scores)
    order = sorted(range(len(chosen)), key=lambda i: -scores[i])
    return [
        Chosen(
            unit=chosen[i].unit,
            score=1 + _LOGIT * (scores[i] - best),
            coverage=chosen[i].coverage,
            cosine=float(cosines[i]),
            relevance=None if answers is None else expit(float(answers[i])),
            given_whole=chosen[i].given_whole,
            other_age=chosen[i].cheap.age < 0,
            is_aside=chosen[i].is_aside,
        )
        for i in order
    ]


def promising(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences that are worth comparing with the question, best first."""
    return by_promise(found)[:_COMPARED]


def by_promise(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences in the order of what they promise before any model has read them."""
    return sorted(found, key=lambda each: -(weigh_cheap(each.cheap) + each.correction))


def compare(
    understood: Understood, chosen: Sequence[Candidate], *, hits: Sequence[Hit], library: Library
) -> NDArray[np.float32]:
    """Return the cosine of each sentence, read under its titles, with the question."""
    texts = []
    for each in chosen:
        hit = hits[each.unit.hit]
        title = hit.passage.section_path[-1] if hit.passage.section_path else hit.source.title
        texts.append(f"{title} : {_said(each)}"[:_COMPARED_CHARACTERS])
    question = library.embed_question(understood.search_text)
    cosines: NDArray[np.float32] = library.embedder.embed_passages(texts) @ question
    return cosines


def read(
    understood: Understood, chosen: Sequence[Candidate], *, hits: Sequence[Hit], library: Library
) -> NDArray[np.float64]:
    """Return the logit of the ranker for each sentence, read under its titles; 0 without one."""
    told = library.read(
        understood.search_text,
        [as_read(each, hits) for each in chosen],
    )
    return np.zeros(len(chosen)) if told is None else np.array([logit(float(p)) for p in told])


def as_read(candidate: Candidate, hits: Sequence[Hit]) -> Readable:
    """Return a sentence as the ranker reads it."""
    return Readable(hits[candidate.unit.hit].titles, _said(candidate))


def _said(candidate: Candidate) -> str:
    """Return a sentence with what introduces it."""
    return f"{candidate.lead} {bare(candidate.unit.text)}".strip()
