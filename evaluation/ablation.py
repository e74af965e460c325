"""Measures what each part of the search brings: the search whole, and with one part changed.

Passages, vectors and terms are held in memory and ranked as ``knowledge.search`` does, with
switches. Differences are paired by question, so their intervals are narrower than those of the
figures themselves.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

import ingestion.split
from evaluation.beir import Query, RetrievalSet
from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.questions import Question
from evaluation.retrieval_index import document_of
from knowledge import lexical, lexicon
from knowledge.analysis import surface_words, terms
from knowledge.documents import Document, Passage, Source, titles_above
from knowledge.embedding import load_embedder
from knowledge.lexical import LexicalIndex
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.publish import places_in_sections
from knowledge.ranker import Ranker, Readable
from knowledge.search import CANDIDATES, DENSE_SHARE, READ, START, fuse, with_opinion
from knowledge.wording import acronyms_for, spell, with_acronyms

_SPLIT = (1_000, 200)
_RANKS = 10
_DEPTHS = {"hit@1": 1, "hit@5": 5, "hit@10": 10}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the search; the default is the search as it is."""

    fusion: Literal["sum", "ranks"] = "sum"
    dense: float = DENSE_SHARE
    words: Literal["french", "plain"] = "french"
    titles: bool = True
    passages: Literal["structure", "characters"] = "structure"
    wording: bool = True
    evidence: float = 0.0
    start: float = START
    ranker: bool = True


_BEFORE = Parts(ranker=False)
#: What is measured, by the name that the table gives it. All but the first two go without ranker,
#: so that what it mends is not hidden.
VARIANTS: dict[str, Parts] = {
    "whole": Parts(),
    "without the ranker": _BEFORE,
    "dense search alone": replace(_BEFORE, dense=1.0),
    "lexical search alone": replace(_BEFORE, dense=0.0),
    "reciprocal ranks instead of the weighted sum": replace(_BEFORE, fusion="ranks"),
    "dense share .5": replace(_BEFORE, dense=0.5),
    "dense share .7": replace(_BEFORE, dense=0.7),
    "plain lower-case words instead of French analysis": replace(_BEFORE, words="plain"),
    "the question as typed": replace(_BEFORE, wording=False),
    "without titles and sections": replace(_BEFORE, titles=False),
    "passages cut every 1,000 characters": replace(_BEFORE, passages="characters"),
    "no preference for the start of a section": replace(_BEFORE, start=0.0),
    "plus half of the document's second passage": replace(_BEFORE, evidence=0.5),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One variant on one set: its figures, and how far they are from its reference's.

    The reference of « without the ranker » is the whole search; of the others, the search without
    ranker.
    """

    figures: dict[str, Estimate]
    differences: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class AskedDocuments:
    """Documents, sections included, and the questions that some of them answer."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]


def from_retrieval_set(questions: RetrievalSet) -> AskedDocuments:
    """Return a retrieval set as documents."""
    documents = tuple(map(document_of, questions.texts))
    return AskedDocuments(questions.name, documents, questions.queries)


def from_library(library: Library, questions: Sequence[Question]) -> AskedDocuments:
    """Return a library's documents, with the questions that expect some of them.

    Questions that follow others are left out: search alone does not see the conversation.
    """
    documents = tuple(library.document(source.id) for source in library.sources())
    queries = []
    for question in questions:
        expected = {
            document.source.id: 1
            for document in documents
            for wanted in question.expect.sources
            if wanted.id == document.source.id or wanted.title == document.source.title
        }
        if expected and not question.history:
            queries.append(Query(question.id, question.question, expected))
    return AskedDocuments("fiches fournies", documents, tuple(queries))


def measure_parts(
    questions: AskedDocuments,
    *,
    home: Path,
    ranker: Ranker | None,
    variants: Iterable[str],
    tell: Tell,
) -> dict[str, Effect]:
    """Return the effect of each variant on a set.

    Args:
        questions: the set.
        home: the data folder, which keeps the vectors for the next run.
        ranker: reads the first passages.
        variants: names of ``VARIANTS``; the first two are always measured.
        tell: told which variant is measured.
    """
    held: dict[tuple[object, ...], _Held] = {}
    scores: dict[str, dict[str, list[float]]] = {}
    for name in dict.fromkeys([*list(VARIANTS)[:2], *variants]):
        tell(f"{questions.name} : {name}")
        parts = VARIANTS[name]
        key = (parts.titles, parts.passages, parts.words)
        if key not in held:
            held[key] = _Held(questions, parts, home=home)
        scores[name] = _score(questions.queries, held[key], parts, ranker)
    whole, before = list(VARIANTS)[:2]
    return {
        name: Effect(
            {figure: estimate_mean(values) for figure, values in found.items()},
            {
                figure: estimate_mean(
                    [
                        value - reference
                        for value, reference in zip(
                            values,
                            scores[whole if name == before else before][figure],
                            strict=True,
                        )
                    ]
                )
                for figure, values in found.items()
                if name != whole
            },
        )
        for name, found in scores.items()
    }


class _Held:
    """The passages of a set, with what ranks them."""

    def __init__(self, questions: AskedDocuments, parts: Parts, *, home: Path) -> None:
        made = [each for document in questions.documents for each in _passages(document, parts)]
        self.documents = [source.id for _, source in made]
        self.places = np.array(places_in_sections([passage for passage, _ in made]))
        self.texts = [passage.text for passage, _ in made]
        self.titles = [titles_above(*each) if parts.titles else "" for each in made]
        self.indexed = [f"{t}\n{x}" for t, x in zip(self.titles, self.texts, strict=True)]
        self._plain = parts.words == "plain"
        self._home = home / "ablation"
        digest = hashlib.sha256("\0".join(self.indexed).encode()).hexdigest()[:16]
        self._folder = self._home / f"{digest}-{load_embedder().name}"

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors of the passages, kept on disk."""
        file = self._folder / "vectors.npy"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            np.save(file, load_embedder().embed_passages(self.indexed))
        vectors: NDArray[np.float32] = np.load(file)
        return vectors

    @cached_property
    def index(self) -> LexicalIndex:
        """The lexical index of the passages."""
        folder = self._folder / "terms"
        lexical.build(self.indexed, folder)
        lexicon.build(self.indexed, folder)
        return LexicalIndex.load(folder, rows=len(self.texts))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the passages."""
        _ = self.index
        return Lexicon.load(self._folder / "terms")

    @cached_property
    def plain(self) -> Any:  # noqa: ANN401 - bm25s has no types
        """BM25 over words that are only in lower case."""
        import bm25s

        model = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        model.index([surface_words(text) for text in self.indexed], show_progress=False)
        return model

    def lexical_scores(self, question: str) -> NDArray[np.float32]:
        """Return the BM25 score of each passage."""
        if not self._plain:
            return self.index.scores(question)
        known = [w for w in surface_words(question) if w in self.plain.vocab_dict]
        if not known:
            return np.zeros(len(self.texts), np.float32)
        scores: NDArray[np.float32] = self.plain.get_scores(known)
        return scores


def _passages(document: Document, parts: Parts) -> list[tuple[Passage, Source]]:
    if parts.passages == "structure":
        return [(passage, document.source) for passage in ingestion.split.split(document)]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    size, overlap = _SPLIT
    pieces = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap)
    return [
        (
            Passage(id="", document_id=document.source.id, position=0, start=0, end=0, text=piece),
            document.source,
        )
        for piece in pieces.split_text(document.text)
    ]


def _score(
    queries: Sequence[Query], held: _Held, parts: Parts, ranker: Ranker | None
) -> dict[str, list[float]]:
    """Return for each figure its value for each question."""
    asked = [_wording(query.text, held) if parts.wording else query.text for query in queries]
    vectors = load_embedder().embed_questions(asked)
    figures: dict[str, list[float]] = {name: [] for name in _DEPTHS}
    for query, question, vector in zip(queries, asked, vectors, strict=True):
        found = _documents(question, vector, held, parts, ranker)
        rank = next((n for n, each in enumerate(found) if each in query.relevant), len(found))
        for name, depth in _DEPTHS.items():
            figures[name].append(float(rank < min(depth, len(found))))
    return figures


def _wording(question: str, held: _Held) -> str:
    return with_acronyms(spell(question, lexicon=held.lexicon, knows=held.index.knows))


def _documents(
    question: str, vector: NDArray[np.float32], held: _Held, parts: Parts, ranker: Ranker | None
) -> list[str]:
    """Return the documents found for a question, best first."""
    cosines = held.vectors @ vector
    abbreviated = acronyms_for(question) if parts.wording else []
    matches = held.lexical_scores(" ".join([question, *abbreviated]))
    rows = np.union1d(_first(cosines), [i for i in _first(matches) if matches[i] > 0]).astype(int)
    scores = _fuse(cosines[rows], matches[rows], held.places[rows], parts)
    order = np.argsort(-scores, kind="stable")
    rows, scores = rows[order], scores[order]
    if parts.ranker and ranker is not None:
        wanted = {term: held.index.rarity(term) for term in terms(question)}
        read = [Readable(held.titles[i], held.texts[i]) for i in rows[:READ]]
        opinions = [*ranker.relevance(question, read, wanted=wanted).tolist(), *[None] * len(rows)]
        scores = np.array([with_opinion(*each) for each in zip(scores, opinions, strict=False)])
    best: dict[str, list[float]] = {}
    for row, score in sorted(zip(rows, scores, strict=True), key=lambda each: -each[1]):
        best.setdefault(held.documents[row], []).append(float(score))
    worth = {name: s[0] + parts.evidence * (s[1] if s[1:] else 0.0) for name, s in best.items()}
    return sorted(worth, key=lambda name: -worth[name])


def _first(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    count = min(CANDIDATES, len(scores))
    return np.argpartition(-scores, count - 1)[:count]


def _fuse(
    cosines: NDArray[np.floating],
    matches: NDArray[np.floating],
    places: NDArray[np.integer],
    parts: Parts,
) -> NDArray[np.floating]:
    if parts.fusion == "sum":
        matches = matches / max(float(matches.max()), 1e-9)
        return fuse(cosines, matches, places=places, dense=parts.dense, start=parts.start)
    ranks = [np.argsort(np.argsort(-scores, kind="stable")) for scores in (cosines, matches)]
    fused: NDArray[np.floating] = 1 / (_RANKS + ranks[0]) + 1 / (_RANKS + ranks[1])
    return fused
