"""Measures search on a retrieval set: hit rates, ranks, recall, durations, by document.

The library's own search ranks passages; the rank of a document is that of its best passage.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.beir import Query, first, read_set
from evaluation.bootstrap import RESAMPLES, SEED, Estimate, estimate_mean
from evaluation.halves import held_out_half
from evaluation.retrieval_index import IndexedSet, index_set
from knowledge.library import Library, open_library

_DEPTH = 10
_PASSAGES_A_DOCUMENT = 5
# Judges read scores as 32-bit floats and break ties by name: ranks must show in the scores.
_STEP = 1e-5

Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalReport:
    """What a retrieval set measured; ``rankings`` gives each question's documents, best first."""

    dataset: str
    documents: int
    queries: int
    metrics: dict[str, Estimate]
    timings: dict[str, float]
    settings: dict[str, Any]
    rankings: dict[str, Ranking]

    def to_json(self) -> dict[str, Any]:
        """Return the report, without the rankings, in the form that the contract gives."""
        return {name: value for name, value in asdict(self).items() if name != "rankings"}

    def to_run(self) -> str:
        """Return the rankings as a TREC run file."""
        return "".join(
            f"{query} Q0 {document} {rank} {score:.6f} appui\n"
            for query, ranking in self.rankings.items()
            for rank, (document, score) in enumerate(ranking, start=1)
        )


def measure_retrieval(
    folder: Path,
    *,
    home: Path,
    k: int = 10,
    limit: int | None = None,
    held_out: bool = False,
    embedding: str | None = None,
    ranker: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> RetrievalReport:
    """Search every question of a retrieval set and score what is found.

    Args:
        folder: a set in BEIR's layout.
        home: the data folder, which keeps the corpus's index for the next run.
        k: how many documents recall looks at, and the run holds (10 at least).
        limit: ask the first questions only.
        held_out: ask about the documents that the ranker was not trained on only.
        embedding: the embedding model; None for the bundled one.
        ranker: the ranker; None for the bundled one, ``"none"`` for a search without.
        on_progress: told the passages embedded so far and in all, when indexing is needed.

    Raises:
        BadQuestionSet: the set is missing, incomplete or malformed.
        KnowledgeError: the corpus could not be indexed or searched.
    """
    questions = read_set(folder)
    questions = first(held_out_half(questions) if held_out else questions, limit)
    indexed = index_set(questions, home=home, embedding=embedding, on_progress=on_progress)
    with open_library(indexed.home, embedding=embedding, ranker=ranker) as library:
        library.search(questions.queries[0].text)  # opens the index and loads the models
        answers = [
            _timed_ranking(library, query, depth=max(k, _DEPTH)) for query in questions.queries
        ]
        read_by = library.ranker.name if library.ranker else None
    rankings = {
        query.id: ranking for query, (ranking, _) in zip(questions.queries, answers, strict=True)
    }
    return RetrievalReport(
        dataset=questions.name,
        documents=len(questions.texts),
        queries=len(questions.queries),
        metrics=score_rankings(questions.queries, rankings, k=k),
        timings=_timings(indexed, [duration for _, duration in answers]),
        settings={
            "k": k,
            "limit": limit,
            "held_out": held_out,
            "model": indexed.model,
            "ranker": read_by,
            "passages": indexed.passages,
            "index_reused": indexed.reused,
            "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        },
        rankings=rankings,
    )


def score_rankings(
    queries: Sequence[Query], rankings: dict[str, Ranking], *, k: int
) -> dict[str, Estimate]:
    """Return hit@1, hit@5, hit@10, MRR@10, nDCG@10 and recall@k with their intervals.

    A question without ranking scores 0.
    """
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    measures = {
        "hit@1": Success @ 1,
        "hit@5": Success @ 5,
        "hit@10": Success @ 10,
        "MRR@10": RR @ 10,
        "nDCG@10": nDCG @ 10,
        f"recall@{k}": R @ k,
    }
    judged = {query.id: dict(query.relevant) for query in queries}
    found = {id_: dict(_strictly_decreasing(ranking)) for id_, ranking in rankings.items()}
    scores: dict[str, dict[str, float]] = {name: dict.fromkeys(judged, 0.0) for name in measures}
    names = {measure: name for name, measure in measures.items()}
    for result in ir_measures.iter_calc(list(names), judged, found):
        scores[names[result.measure]][result.query_id] = result.value
    return {name: estimate_mean(list(values.values())) for name, values in scores.items()}


def _timed_ranking(library: Library, query: Query, *, depth: int) -> tuple[Ranking, float]:
    """Return the best documents for a question and the milliseconds that the search took."""
    started = time.perf_counter()
    hits = library.search(query.text, k=depth * _PASSAGES_A_DOCUMENT)
    duration = (time.perf_counter() - started) * 1_000
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.source.id, hit.score)
    return _strictly_decreasing(tuple(best.items())[:depth]), duration


def _strictly_decreasing(ranking: Ranking) -> Ranking:
    """Return a ranking whose scores tell its order without ties."""
    scored: list[tuple[str, float]] = []
    for document, score in ranking:
        highest = scored[-1][1] - _STEP if scored else score
        scored.append((document, min(score, highest)))
    return tuple(scored)


def _timings(indexed: IndexedSet, durations: Sequence[float]) -> dict[str, float]:
    return {
        "index_s": round(indexed.seconds, 2),
        "query_ms_p50": round(float(np.percentile(durations, 50)), 2),
        "query_ms_p95": round(float(np.percentile(durations, 95)), 2),
    }
