"""Files made for the tests of ingestion, and a reader of them without a child process."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingestion.limits import Limits
from ingestion.readers.formats import read
from ingestion.readers.reading import Request
from knowledge.documents import Collection, Document

MakePdf = Callable[..., Path]


@pytest.fixture
def make_pdf(tmp_path) -> MakePdf:
    """Return a maker of PDFs: each page is a list of lines, or of (size, line)."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    def make(name: str, pages: Sequence[Sequence[str | tuple[int, str]]], **options) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas = Canvas(str(path), pagesize=A4, encrypt=options.get("encrypt"))
        if "title" in options:
            canvas.setTitle(options["title"])
        for page in pages:
            y = 800
            for line in page:
                size, text = line if isinstance(line, tuple) else (11, line)
                canvas.setFont("Helvetica", size)
                canvas.drawString(60, y, text)
                y -= size + 4
            if options.get("image"):
                canvas.rect(50, 50, 400, 400, fill=1)
                for n in range(60):
                    canvas.line(60, 60 + n, 400, 60 + n)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def make_zip(tmp_path) -> Callable[[str, dict[str, str | bytes]], Path]:
    """Return a maker of ZIP archives, office documents included."""

    def make(name: str, members: dict[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return make


@pytest.fixture
def read_all() -> Callable[..., list[Document | str]]:
    """Return what a file gives: documents and remarks."""

    def read_path(
        path: Path, *, collection: Collection = "local", forced: bool = False, **limits
    ) -> list[Document | str]:
        request = Request(path=path, collection=collection, forced=forced, limits=Limits(**limits))
        return list(read(request))

    return read_path


@pytest.fixture
def read_one(read_all) -> Callable[..., Document]:
    """Return the one document of a file."""

    def read_path(path: Path, **options) -> Document:
        (document,) = read_all(path, **options)
        assert isinstance(document, Document)
        return document

    return read_path


class FakeEmbedder:
    """Stands for the embedding model: a vector made of the letters of a text."""

    name = "fake"
    dimension = 8

    def embed_questions(self, texts):
        import numpy as np

        vectors = np.array(
            [[1 + sum(ord(c) % 8 == n for c in text) for n in range(8)] for text in texts],
            dtype=np.float32,
        )
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_passages(self, texts, *, on_progress=None):
        return self.embed_questions(texts)


@pytest.fixture
def fake_model(monkeypatch) -> FakeEmbedder:
    """Make the library use the fake model."""
    embedder = FakeEmbedder()
    for module in ("knowledge.library", "knowledge.editor"):
        monkeypatch.setattr(f"{module}.load_embedder", lambda spec=None: embedder)
    return embedder
