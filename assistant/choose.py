"""Chooses, among the sentences found, those that answer the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate, candidates
from assistant.signs import Dear, expit, logit, spread_out, weigh_all, weigh_cheap
from assistant.understand import Understood
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.ranker import Readable
from knowledge.units import Unit, bare

# How many sentences models read.
_UNITS_READ = 16
# The beginning of a long sentence tells what it is about, and costs less to compare.
_COMPARED_CHARACTERS = 200
# What a unit of logit is worth in the score of a sentence, that of the best being 1.
_LOGIT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence that answers, and how well: 1 for the best, a tenth less a unit of logit behind.

    ``coverage`` is the share of the question's terms that it and its titles hold, ``cosine`` that
    of its vector and the question's, ``relevance`` how far it answers by the ranker's reading, None
    where nothing reads. ``same_question`` tells that its heading asks the question that is asked,
    ``other_age`` that it speaks of other ages than the one asked about.
    """

    unit: Unit
    score: float
    coverage: float
    cosine: float
    relevance: float | None = None
    same_question: bool = False
    other_age: bool = False


def rank_units(
    understood: Understood, *, hits: Sequence[Hit], library: Library, today: date
) -> list[Chosen]:
    """Return the sentences of ``hits``, those that answer best first."""
    found = candidates(understood, hits=hits, library=library, today=today)
    chosen = promising(found)
    if not chosen:
        return []
    dear = read_candidates(understood, chosen, hits=hits, library=library)
    is_read = library.ranker is not None
    scores = [
        weigh_all(each.cheap, signs, is_read=is_read) + each.correction
        for each, signs in zip(chosen, spread_out(dear), strict=True)
    ]
    best = max(scores)
    order = sorted(range(len(chosen)), key=lambda i: -scores[i])
    return [
        Chosen(
            unit=chosen[i].unit,
            score=1 + _LOGIT * (scores[i] - best),
            coverage=chosen[i].coverage,
            cosine=dear[i].cosine,
            relevance=expit(dear[i].answers) if is_read else None,
            same_question=chosen[i].same_question,
            other_age=chosen[i].cheap.age < 0,
        )
        for i in order
    ]


def promising(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences that are worth reading by models, best first."""
    order = sorted(found, key=lambda each: -(weigh_cheap(each.cheap) + each.correction))
    return order[:_UNITS_READ]


def read_candidates(
    understood: Understood, chosen: Sequence[Candidate], *, hits: Sequence[Hit], library: Library
) -> list[Dear]:
    """Return what models make of sentences, each read under its titles."""
    question = understood.search_text
    said = [f"{each.lead} {bare(each.unit.text)}".strip() for each in chosen]
    places = [hits[each.unit.hit] for each in chosen]
    cosines = _cosines(question, said, places, library)
    read = library.read(
        question, [Readable(hit.titles, text) for hit, text in zip(places, said, strict=True)]
    )
    answers = [0.0] * len(chosen) if read is None else [logit(float(each)) for each in read]
    return [
        Dear(cosine=float(cosine), answers=answer)
        for cosine, answer in zip(cosines, answers, strict=True)
    ]


def _cosines(
    question: str, said: Sequence[str], places: Sequence[Hit], library: Library
) -> NDArray[np.float32]:
    """Return the cosine of each sentence, read under its titles, with the question."""
    texts = []
    for text, hit in zip(said, places, strict=True):
        title = hit.passage.section_path[-1] if hit.passage.section_path else hit.source.title
        texts.append(f"{title} : {text}"[:_COMPARED_CHARACTERS])
    cosines: NDArray[np.float32] = library.embedder.embed_passages(texts) @ library.embed_question(
        question
    )
    return cosines
