"""Makes the ranker's training examples: questions, passages that answer, and others.

The passages are those that the search itself brings, so that the ranker learns to tell apart what
search confuses. Only documents of the development half are asked about (see ``halves``).
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.beir import Query, RetrievalSet, Text, read_set
from evaluation.halves import development_half, is_development
from evaluation.ranker_sections import SheetSection, read_ministry_sheets, read_service_public
from evaluation.retrieval_index import index_set
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library, open_library
from knowledge.ranker import NO_RANKER
from knowledge.reading import reading_window

_CANDIDATES = 40
_ANSWERING, _OTHERS, _NEAREST = 2, 10, 5
_SHEETS = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the questions come from: three retrieval sets, and the packages of two of them."""

    piaf: Path
    headings: Path
    service_public: Path
    ministry_package: Path
    service_public_package: Path


def write_examples(sources: Sources, *, home: Path, out: Path, seed: int = 0) -> int:
    """Write the examples, one JSON object a line, and return how many there are.

    Args:
        sources: where the questions come from.
        home: the data folder that keeps the indexes of the sets.
        out: file to write.
        seed: of the draw among the passages that do not answer.
    """
    count = 0
    source = random.Random(seed)  # noqa: S311 - no secret
    with out.open("w", encoding="utf-8") as file:
        for questions in question_sets(sources):
            for example in _examples(questions, home=home, source=source):
                file.write(json.dumps(example, ensure_ascii=False) + "\n")
                count += 1
    return count


def question_sets(sources: Sources) -> Iterator[RetrievalSet]:
    """Yield each set with its development questions only."""
    yield development_half(read_set(sources.piaf))

    ministry = read_ministry_sheets(sources.ministry_package)
    headings = read_set(sources.headings)
    known = {text.id for text in headings.texts}
    asked = [s for s in ministry if s.id in known and s.heading not in {"", s.title}]
    yield _asking(headings, asked)

    sheets = read_service_public(sources.service_public_package)
    service_public = read_set(sources.service_public)
    known = {text.id for text in service_public.texts}
    yield _asking(service_public, [s for s in sheets if s.id in known])

    kept = _some_sheets(sheets)
    chapters = [s for s in sheets if s.heading and s.sheet in kept]
    texts = tuple(Text(s.id, "", s.text) for s in chapters)
    yield _asking(RetrievalSet("service-public-sections", texts, ()), chapters)


def _asking(corpus: RetrievalSet, sections: Sequence[SheetSection]) -> RetrievalSet:
    """Return a corpus with the titles and headings of its sections as questions."""
    queries = tuple(
        Query(s.id, f"{s.title} — {s.heading}" if s.heading else s.title, {s.id: 1})
        for s in sections
    )
    return development_half(RetrievalSet(corpus.name, corpus.texts, queries))


def _some_sheets(sheets: Sequence[SheetSection]) -> set[str]:
    """Return the sheets whose chapters are asked about, drawn once for all."""
    named = sorted({s.sheet for s in sheets if s.heading and is_development(s.sheet)})
    return set(random.Random(0).sample(named, min(_SHEETS, len(named))))  # noqa: S311


def _examples(
    questions: RetrievalSet, *, home: Path, source: random.Random
) -> Iterator[dict[str, Any]]:
    indexed = index_set(questions, home=home)
    with open_library(indexed.home, ranker=NO_RANKER) as library:
        for query in questions.queries:
            hits = library.search(query.text, k=_CANDIDATES)
            answering = [hit for hit in hits if hit.source.id in query.relevant][:_ANSWERING]
            others = [hit for hit in hits if hit.source.id not in query.relevant]
            if answering and others:
                further = others[_NEAREST:]
                drawn = source.sample(further, min(_OTHERS - _NEAREST, len(further)))
                yield {
                    "question": query.text,
                    "document": next(iter(query.relevant)),
                    "passages": [
                        passage_of(
                            hit, query.text, library, answers=hit.source.id in query.relevant
                        )
                        for hit in (*answering, *others[:_NEAREST], *drawn)
                    ],
                }


def passage_of(hit: Hit, question: str, library: Library, *, answers: bool) -> dict[str, Any]:
    """Return a passage as the ranker reads it for a question, and whether it answers."""
    wanted = {term: library.rarity(term) for term in terms(question)}
    start, end = reading_window(hit.passage.text, wanted=wanted)
    return {"titles": hit.titles, "text": hit.passage.text[start:end], "answers": answers}
