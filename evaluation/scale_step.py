"""One step of the benchmark at scale, in a process of its own: ``build`` or ``query``.

``python -m evaluation.scale_step build|query ours|stock FOLDER`` reads what ``FOLDER`` holds
(``texts.json``, ``questions.json``, ``vectors.npy``, ``asked.npy``) and prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.scale_corpus import MadeEmbedder, documents_of

_WARM_UP = 5
_NEIGHBOURS, _HITS = 20, 10


def build_ours(folder: Path) -> dict[str, float]:
    """Store and index the passages as ``ingestion add`` does once they are encoded."""
    from knowledge.publish import publish
    from knowledge.store import Store

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    embedder = MadeEmbedder(np.load(folder / "vectors.npy"))
    started = time.perf_counter()
    home = folder / "ours"
    home.mkdir()
    store = Store(home)
    with store.transaction():
        for document, passages in documents_of(texts):
            store.put(document, passages, content_hash=document.source.id)
    publish(store, home=home, embedder=embedder)
    store.close()
    return {"seconds": time.perf_counter() - started}


def build_stock(folder: Path) -> dict[str, float]:
    """Index the passages with LangChain's Chroma and its settings."""
    from langchain_chroma import Chroma

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    embedder = MadeEmbedder(np.load(folder / "vectors.npy"))
    started = time.perf_counter()
    Chroma.from_texts(texts, _as_langchain(embedder), persist_directory=str(folder / "stock"))
    return {"seconds": time.perf_counter() - started}


def query_ours(folder: Path) -> dict[str, float]:
    """Open the library and ask the questions; then compare its neighbours with exact search."""
    from knowledge.generation import open_generation
    from knowledge.library import open_library
    from knowledge.ranker import NO_RANKER

    questions = _questions(folder)
    with open_library(folder / "ours", ranker=NO_RANKER) as library:
        started = time.perf_counter()
        library.search(questions[0])
        first = time.perf_counter() - started
        spent = _time(lambda question: library.search(question, k=_HITS), questions)
        encoding = _time(lambda question: library.embedder.embed_questions([question]), questions)
        resident = _resident_mb()
        name = library.embedder.name
    vectors, asked = np.load(folder / "vectors.npy"), np.load(folder / "asked.npy")
    generation = open_generation(folder / "ours", embedder_name=name)
    try:
        rows = {row.id: number for number, row in enumerate(generation.rows)}
        shares = [
            _share(
                vectors,
                vector,
                [rows[i] for i, _ in generation.vectors.nearest(vector, k=_NEIGHBOURS)],
            )
            for vector in asked
        ]
    finally:
        generation.close()
    return {
        "first_s": first,
        "resident_mb": resident,
        "encoding_ms": float(np.percentile(encoding, 50)),
        "recall": float(np.mean(shares)),
        **_percentiles(spent),
    }


def query_stock(folder: Path) -> dict[str, float]:
    """Open LangChain's Chroma and ask the questions."""
    from langchain_chroma import Chroma

    questions = _questions(folder)
    embedder = MadeEmbedder(np.zeros((0, 0), np.float32))
    started = time.perf_counter()
    store = Chroma(
        persist_directory=str(folder / "stock"), embedding_function=_as_langchain(embedder)
    )
    store.similarity_search(questions[0], k=_HITS)
    first = time.perf_counter() - started
    spent = _time(lambda question: store.similarity_search(question, k=_HITS), questions)
    return {"first_s": first, "resident_mb": _resident_mb(), **_percentiles(spent)}


def _as_langchain(embedder: MadeEmbedder) -> Any:  # noqa: ANN401 - a class made here
    from langchain_core.embeddings import Embeddings

    class Made(Embeddings):
        """The made vectors, as LangChain asks for them."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed_passages(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = embedder.embed_questions([text])[0].tolist()
            return vector

    return Made()


def _questions(folder: Path) -> list[str]:
    questions: list[str] = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    return questions


def _time(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds that each question took, once some have warmed the process up."""
    for question in questions[:_WARM_UP]:
        ask(question)
    spent = []
    for question in questions[_WARM_UP:]:
        started = time.perf_counter()
        ask(question)
        spent.append((time.perf_counter() - started) * 1_000)
    return spent


def _percentiles(spent: Sequence[float]) -> dict[str, float]:
    return {f"p{rank}_ms": float(np.percentile(spent, rank)) for rank in (50, 95)}


def _share(vectors: NDArray[np.float32], asked: NDArray[np.float32], found: Sequence[int]) -> float:
    """Return the share of the true nearest neighbours that an index found."""
    exact = set(np.argsort(-(vectors @ asked), kind="stable")[:_NEIGHBOURS].tolist())
    return len(exact & set(found)) / len(exact)


def _resident_mb() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss / 1e6)


_STEPS = {
    ("build", "ours"): build_ours,
    ("build", "stock"): build_stock,
    ("query", "ours"): query_ours,
    ("query", "stock"): query_stock,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(_STEPS[sys.argv[1], sys.argv[2]](Path(sys.argv[3]))))
