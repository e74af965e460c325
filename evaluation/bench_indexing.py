"""Measures indexing: ours and the stock pipeline, in turn, on the same documents.

The stock pipeline is what tutorials build: LangChain's recursive splitter (1,000 characters, 200
of overlap), sentence-transformers with the same weights in float32, LangChain's Chroma.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from evaluation.bench_model import PASSAGE
from ingestion.split import split
from knowledge.documents import Document
from knowledge.editor import edit_library

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CHUNK, OVERLAP = 1_000, 200
PARTS = 4
_SEED = 20_260_101

Pipeline = Callable[[Sequence[Document], Path], int]


@dataclass(frozen=True, slots=True)
class Rate:
    """What one pipeline indexed: passages, seconds, and characters of source text a second."""

    passages: int
    seconds: float
    characters_per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexingMeasure:
    """Two pipelines on the same documents; the stock one is None, with the reason, if unmeasured.

    ``ratio`` is ours over stock; ``lowest`` and ``highest`` are that of single parts.
    ``agreement`` is the lowest cosine between the vectors of both models.
    """

    documents: int
    characters: int
    ours: Rate
    stock: Rate | None = None
    ratio: float | None = None
    lowest: float | None = None
    highest: float | None = None
    agreement: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Lap:
    """One pipeline on one part."""

    characters: int
    passages: int
    seconds: float


def choose_documents(documents: Sequence[Document], *, characters: int) -> tuple[Document, ...]:
    """Return documents drawn at random, always the same, up to a number of characters."""
    chosen: list[Document] = []
    total = 0
    for number in np.random.default_rng(_SEED).permutation(len(documents)):
        document = documents[number]
        if chosen and total + len(document.text) > characters:
            continue
        chosen.append(document)
        total += len(document.text)
    return tuple(chosen)


def measure_indexing(
    documents: Sequence[Document],
    *,
    folder: Path,
    ours: Pipeline,
    stock: Pipeline | None,
    on_progress: Callable[[str], None],
) -> IndexingMeasure:
    """Index documents with both pipelines, in turn on each of a few parts.

    The machine may slow down meanwhile: taking turns, and changing who begins, spreads that over
    both. Each pipeline first indexes one document outside the measure, so that neither pays for
    what it imports.

    Args:
        documents: what both index.
        folder: an empty folder for what they write.
        ours: Appui's way.
        stock: the other; None when it cannot run here.
        on_progress: told how far it is, in French.
    """
    pipelines = {"ours": ours} | ({"stock": stock} if stock else {})
    shortest = min(documents, key=lambda document: len(document.text))
    for name, pipeline in pipelines.items():
        pipeline([shortest], folder / f"{name}-warm-up")
    parts = [documents[first::PARTS] for first in range(min(PARTS, len(documents)))]
    laps: dict[str, list[_Lap]] = {name: [] for name in pipelines}
    started = perf_counter()
    for number, part in enumerate(parts):
        order = list(pipelines) if number % 2 == 0 else list(reversed(pipelines))
        for name in order:
            laps[name].append(_time(pipelines[name], part, folder / f"{name}-{number}"))
        left = (perf_counter() - started) / (number + 1) * (len(parts) - number - 1)
        on_progress(f"  partie {number + 1} sur {len(parts)}, encore {left:.0f} s environ")
    measure = IndexingMeasure(
        documents=len(documents),
        characters=sum(len(document.text) for document in documents),
        ours=_rate(laps["ours"]),
    )
    return _compare(measure, laps) if stock else measure


def index_ours(documents: Sequence[Document], home: Path, *, embedding: str | None = None) -> int:
    """Split, store and publish documents as ``ingestion add`` does; return the passages made."""
    count = 0
    with edit_library(home, embedding=embedding) as editor:
        with editor.store.transaction():
            for document in documents:
                passages = split(document)
                count += len(passages)
                editor.store.put(document, passages, content_hash=document.source.id)
        editor.publish()
    return count


def stock_pipeline(model: "SentenceTransformer") -> Pipeline:
    """Return the stock pipeline around a sentence-transformers model.

    Raises:
        ImportError: LangChain's splitters or its Chroma are not installed.
    """
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    class E5(Embeddings):
        """The model with the prefix that e5 wants, batches as the library has them."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            prefixed = [PASSAGE + text for text in texts]
            vectors: list[list[float]] = model.encode(prefixed, show_progress_bar=False).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)

    def index(documents: Sequence[Document], folder: Path) -> int:
        texts: list[str] = []
        origins: list[dict[str, str]] = []
        for document in documents:
            pieces = splitter.split_text(document.text)
            texts += pieces
            origins += [{"source": document.source.id}] * len(pieces)
        Chroma.from_texts(texts, E5(), metadatas=origins, persist_directory=str(folder))
        return len(texts)

    return index


def _time(pipeline: Pipeline, part: Sequence[Document], folder: Path) -> _Lap:
    started = perf_counter()
    passages = pipeline(part, folder)
    seconds = perf_counter() - started
    return _Lap(sum(len(document.text) for document in part), passages, seconds)


def _rate(laps: Sequence[_Lap]) -> Rate:
    seconds = sum(lap.seconds for lap in laps)
    return Rate(
        sum(lap.passages for lap in laps), seconds, sum(lap.characters for lap in laps) / seconds
    )


def _compare(measure: IndexingMeasure, laps: dict[str, list[_Lap]]) -> IndexingMeasure:
    """Return the measure with the stock pipeline's part and how many times faster ours is."""
    stock = _rate(laps["stock"])
    ratios = [t.seconds / o.seconds for o, t in zip(laps["ours"], laps["stock"], strict=True)]
    return replace(
        measure,
        stock=stock,
        ratio=measure.ours.characters_per_s / stock.characters_per_s,
        lowest=min(ratios),
        highest=max(ratios),
    )
