"""Search: dense and lexical evidence fused into one ranking, whose head a ranker then reads."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.filters import Scope
from knowledge.generation import Generation
from knowledge.ranker import Ranker, Readable
from knowledge.store import Store
from knowledge.wording import acronyms_for

#: How many passages each of the two rankings brings to the fusion.
CANDIDATES = 60
#: The share of the dense score in the fusion; measured, see docs/adr/0004-search.md.
DENSE_SHARE = 0.6
#: What the first passage of a section gains, the second half of it, the third a third: what a
#: heading announces is said first.
START = 0.1
#: How many passages the ranker reads, and what a unit of its logit weighs; see docs/search.md.
READ, LOGIT_WEIGHT = 16, 0.1
# Of a known question so many passages are read, and as many of those that would come first if it
# were not known; see docs/search.md.
_READ_OF_EACH = 5
# What a passage gains that answers all the nearest known questions.
_KNOWN = 0.5
# The ranker's logits are cut there.
_LARGEST_LOGIT = 8.0
# What a document that is superseded or expired loses: more than what separates two versions of it.
_OUT_OF_FORCE = 0.2


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: its text and its vector, of norm 1.

    ``known`` gives the share of the nearest known questions that a passage answers, by its id;
    ``is_known`` tells that it is like one of them.
    """

    text: str
    vector: NDArray[np.float32]
    known: Mapping[str, float]
    is_known: bool


def search(
    query: Query,
    *,
    generation: Generation,
    store: Store,
    k: int,
    scope: Scope | None,
    ranker: Ranker | None,
    today: dt.date,
) -> list[Hit]:
    """Return the ``k`` passages that answer a question best, best first.

    ``scope`` restricts what may be found; what is no more in force ``today`` comes after what
    answers as well and is. Both scores are brought to [0, 1] over the candidates (cosine: lowest to
    highest; BM25: zero to highest) and added by weight: on the sets of ``evaluation`` a weighted
    sum beats both rankings at rank 1, where reciprocal-rank fusion does not. What answers known
    questions gains by it.
    """
    if not generation.rows or (scope is not None and not scope.inside.any()):
        return []
    lexical = _lexical_candidates(query.text, generation, scope)
    dense = _dense_candidates(query.vector, generation, scope, k=max(k, CANDIDATES))
    known = {i: share for i, share in query.known.items() if scope is None or i in scope.ids}
    missing = [i for i in dict.fromkeys((*lexical, *known)) if i not in dense]
    vectors = generation.vectors.vectors(missing)
    dense.update({i: float(v @ query.vector) for i, v in vectors.items()})
    if not dense:
        return []
    ids = sorted(dense)
    cosines = np.array([dense[i] for i in ids])
    matches = np.array([lexical.get(i, 0.0) for i in ids])
    places = np.array([generation.places[i] for i in ids])
    fused = fuse(cosines, matches, places=places)
    scores = fused + _KNOWN * np.array([known.get(i, 0.0) for i in ids])
    scores = scores / max(1.0, scores.max())
    order = np.argsort(-scores, kind="stable")[: k + CANDIDATES]
    passages = store.passages_with_ids([ids[i] for i in order])
    sources = store.sources_with_ids([p.document_id for p in passages.values()])
    hits = [
        Hit(
            passage=passages[ids[i]],
            source=sources[passages[ids[i]].document_id],
            score=float(scores[i]),
            dense=float(cosines[i]),
            lexical=float(matches[i]),
        )
        for i in order
        # A document may have been removed or changed since this generation was published.
        if ids[i] in passages and passages[ids[i]].document_id in sources
    ]
    if ranker is not None:
        count = READ
        if query.is_known and known:
            hits, count = _first_of_each(hits, dict(zip(ids, fused.tolist(), strict=True)))
        hits = _reread(query.text, hits, ranker, generation, count=count)
    return _in_force_first(hits, today)[:k]


def fuse(
    cosines: NDArray[np.floating],
    matches: NDArray[np.floating],
    *,
    places: NDArray[np.integer],
    dense: float = DENSE_SHARE,
    start: float = START,
) -> NDArray[np.floating]:
    """Return one score in [0, 1] a candidate.

    Args:
        cosines: with the question.
        matches: BM25 scores divided by the best one.
        places: how many passages stand before each in its section.
        dense: the share of the cosines.
        start: what the first passage of a section gains.
    """
    scores = dense * spread(cosines) + (1 - dense) * matches + start / (1 + places)
    fused: NDArray[np.floating] = scores / (1 + start)
    return fused


def with_opinion(score: float, relevance: float | None) -> float:
    """Return a score in [0, 1] once the ranker has given its opinion; None counts as the worst."""
    lowest = 1 / (1 + math.exp(_LARGEST_LOGIT))
    held = min(max(relevance or 0.0, lowest), 1 - lowest)
    logit = math.log(held / (1 - held))
    most = 2 * _LARGEST_LOGIT * LOGIT_WEIGHT
    return (score + LOGIT_WEIGHT * (logit + _LARGEST_LOGIT)) / (1 + most)


def _in_force_first(hits: Sequence[Hit], today: dt.date) -> list[Hit]:
    """Return the hits once those that are no more in force have lost some of their score."""
    weighed = [
        hit
        if hit.source.is_in_force(today)
        else replace(hit, score=max(0.0, hit.score - _OUT_OF_FORCE))
        for hit in hits
    ]
    return sorted(weighed, key=lambda hit: -hit.score)


def _first_of_each(hits: Sequence[Hit], fused: Mapping[str, float]) -> tuple[list[Hit], int]:
    """Return the hits, first those that are worth reading, and how many these are.

    They are the first by their scores, and the first by what they were before known questions were
    heard: what no known question is about, as a document of one's own, is read too.
    """
    alone = sorted(hits, key=lambda hit: -fused[hit.passage.id])
    first = {hit.passage.id for hit in (*hits[:_READ_OF_EACH], *alone[:_READ_OF_EACH])}
    return sorted(hits, key=lambda hit: hit.passage.id not in first), len(first)


def _reread(
    question: str, hits: Sequence[Hit], ranker: Ranker, generation: Generation, *, count: int
) -> list[Hit]:
    """Return the hits with the score that they have once the ranker has read the ``count`` first.

    The best keeps the score of 1 or so that it has without ranker: those who weigh scores against
    other evidence need not know whether there is one.
    """
    wanted = {term: generation.lexical.rarity(term) for term in terms(question)}
    read, unread = hits[:count], hits[count:]
    opinions = ranker.relevance(
        question, [Readable(hit.titles, hit.passage.text) for hit in read], wanted=wanted
    ).tolist()
    opinions += [None] * len(unread)
    scores = [with_opinion(*each) for each in zip((h.score for h in hits), opinions, strict=True)]
    best = max(scores, default=1.0)
    return [
        replace(hit, score=score / best, relevance=opinion)
        for hit, score, opinion in zip(hits, scores, opinions, strict=True)
    ]


def _dense_candidates(
    vector: NDArray[np.float32], generation: Generation, scope: Scope | None, *, k: int
) -> dict[str, float]:
    """Return the cosines of the nearest passages, by id."""
    if scope is None or scope.is_a_collection:
        collection = scope.only.collection if scope else None
        return dict(generation.vectors.nearest(vector, k=k, collection=collection))
    return dict(generation.vectors.nearest_within(vector, k=k, ids=scope.ids))


def _lexical_candidates(
    question: str, generation: Generation, scope: Scope | None
) -> dict[str, float]:
    """Return the BM25 scores of the best passages, by id, divided by the best one's."""
    scores = generation.lexical.scores(" ".join([question, *acronyms_for(question)]))
    if scope is not None:
        scores = np.where(scope.inside, scores, 0.0)
    best = _largest(scores, count=CANDIDATES)
    top = float(scores[best[0]]) if len(best) else 0.0
    return {generation.rows[i].id: float(scores[i]) / top for i in best}


def _largest(scores: NDArray[np.floating], *, count: int) -> NDArray[np.intp]:
    """Return the indices of the ``count`` largest positive scores, largest first."""
    count = min(count, len(scores))
    best = np.argpartition(-scores, count - 1)[:count]
    best = best[scores[best] > 0]
    return best[np.argsort(-scores[best], kind="stable")]


def spread(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return values brought to [0, 1] from their lowest to their highest."""
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.ones_like(values)
