"""Small documents, a fake embedder that counts, and the real bundled one."""

import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from knowledge import analysis, library
from knowledge import editor as writing
from knowledge.documents import Document, Passage, Source
from knowledge.embedding import Embedder, load_embedder


@lru_cache(maxsize=10_000)
def _word_vector(word: str, dimension: int):
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dimension)


class FakeEmbedder:
    """Places a text by the words it holds, and remembers the passages that it was given."""

    dimension = 64

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.embedded: list[str] = []

    def embed_questions(self, texts):
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], *, on_progress=None):
        self.embedded.extend(texts)
        return self.embed_questions(texts)

    def _vector(self, text: str):
        vector = np.full(self.dimension, 0.01)
        for word in analysis.words(text):
            vector += _word_vector(word, self.dimension)
        return vector / np.linalg.norm(vector)


def make_document(document_id: str, *lines: str, collection="local", **source):
    """Return a document with one passage a line."""
    text = "\n".join(lines)
    passages, start = [], 0
    for position, line in enumerate(lines):
        passages.append(
            Passage(
                id=f"{document_id}#{position}",
                document_id=document_id,
                position=position,
                start=start,
                end=start + len(line),
                text=line,
            )
        )
        start += len(line) + 1
    title = source.pop("title", f"Titre {document_id}")
    return (
        Document(
            source=Source(
                id=document_id, title=title, collection=collection, kind="texte", **source
            ),
            text=text,
        ),
        passages,
    )


@pytest.fixture
def document() -> Callable[..., tuple[Document, list[Passage]]]:
    return make_document


@pytest.fixture
def fake_embedder() -> type[FakeEmbedder]:
    return FakeEmbedder


@pytest.fixture
def embedder(monkeypatch) -> FakeEmbedder:
    """The fake embedder that every library of the test uses."""
    fake = FakeEmbedder()
    for module in (library, writing):
        monkeypatch.setattr(module, "load_embedder", lambda spec=None: fake)
    return fake


@pytest.fixture(scope="session")
def bundled_embedder() -> Embedder:
    return load_embedder()


@pytest.fixture
def bundled(monkeypatch, bundled_embedder) -> Embedder:
    """The real embedder, loaded once, that every library of the test uses."""
    for module in (library, writing):
        monkeypatch.setattr(module, "load_embedder", lambda spec=None: bundled_embedder)
    return bundled_embedder


@pytest.fixture
def fill() -> Callable[..., int]:
    """Put documents into a library and publish them."""

    def put(home: Path, *documents: tuple[Document, list[Passage]]) -> int:
        with writing.edit_library(home) as editor:
            for each, passages in documents:
                editor.store.put(each, passages, content_hash=str(zlib.crc32(each.text.encode())))
            return editor.publish()

    return put


@pytest.fixture
def reader():
    """Open libraries, without ranker unless asked, that are closed when the test ends."""
    opened = []

    def read(home: Path, *, ranker: str | None = "none") -> library.Library:
        opened.append(library.open_library(home, ranker=ranker))
        return opened[-1]

    yield read
    for each in opened:
        each.close()
