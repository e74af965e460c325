"""Makes libraries of any size for the benchmark: real French sentences, vectors like real ones.

Encoding takes the same time for each passage, however many there are, and the usual benchmark
measures it; here it is left out, so that the size of the index alone counts. Texts are passages of
the retrieval sets at ``../shared/eval``; once these are used up, halves of two passages make a
new one.

Vectors lie between a really encoded passage and its neighbours (as in SMOTE: Chawla et al., 2002,
doi:10.1613/jair.953), with some noise, brought to norm 1. Among the 24,191 real vectors of
``vdd-2020`` the nearest other one has a cosine of .963 on average, and the local dimension (maximum
likelihood over 20 neighbours: Levina and Bickel, 2004) is 11; among as many made, .962 and 14.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

import ingestion.split
from evaluation.bench_process import ROOT
from evaluation.errors import Unmeasured
from knowledge.documents import Document, Passage, Source
from knowledge.embedding import Embedder, Progress, Vectors, load_embedder

SETS = ROOT.parent / "shared" / "eval"
_NAMES = ("vdd-2020", "piaf", "fiches-travail-headings")
_REAL_VECTORS = 4_000
_PASSAGES_A_DOCUMENT = 8
_NEIGHBOURS = 16
_NOISE = 0.01
_SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Material:
    """What libraries are made of: texts, questions, and vectors, shape ``(n, dimension)``."""

    texts: tuple[str, ...]
    questions: tuple[str, ...]
    anchors: NDArray[np.float32]


def read_material(*, passages: int, questions: int, real: int = _REAL_VECTORS) -> Material:
    """Return real passages, questions, and the vectors of some of the passages.

    Args:
        passages: how many texts at most.
        questions: how many questions at most.
        real: how many passages are encoded.

    Raises:
        Unmeasured: the sets are absent.
    """
    folders = [SETS / name for name in _NAMES if (SETS / name / "corpus.jsonl").exists()]
    if not folders:
        message = f"les jeux de {SETS} sont absents"
        raise Unmeasured(message)
    texts: list[str] = []
    for folder in folders:
        texts += _passages(folder, at_most=passages - len(texts))
    asked = [q for folder in folders for q in _questions(folder)]
    source = np.random.default_rng(_SEED)
    some = source.choice(len(texts), min(real, len(texts)), replace=False)
    drawn = source.choice(len(asked), min(questions, len(asked)), replace=False)
    anchors = load_embedder().embed_passages([texts[i] for i in some])
    return Material(tuple(texts), tuple(asked[i] for i in drawn), anchors)


def make_texts(material: Material, size: int) -> list[str]:
    """Return ``size`` passages: the real ones, then halves of two."""
    source = np.random.default_rng(_SEED)
    texts = list(material.texts[:size])
    while len(texts) < size:
        first, second = (material.texts[i] for i in source.integers(0, len(material.texts), 2))
        texts.append(f"{first[: len(first) // 2]} {second[len(second) // 2 :]}")
    return texts


def make_vectors(anchors: NDArray[np.float32], size: int, *, seed: int = _SEED) -> Vectors:
    """Return ``size`` vectors of norm 1 that lie as real ones do, shape ``(size, dimension)``."""
    source = np.random.default_rng(seed)
    near = np.argsort(-(anchors @ anchors.T), axis=1, kind="stable")[:, 1 : _NEIGHBOURS + 1]
    count = near.shape[1]
    first = source.integers(0, len(anchors), size)
    share = source.uniform(0, 1, (size, 1))
    shares = np.hstack([1 - share, share * source.dirichlet(np.ones(count), size)])
    columns = np.column_stack([first, near[first]])
    starts = np.arange(0, (count + 1) * size + 1, count + 1)
    mixes = csr_array((shares.astype(np.float32).ravel(), columns.ravel(), starts))
    noise = source.normal(0, _NOISE, (size, anchors.shape[1])).astype(np.float32)
    mixed = mixes @ anchors + noise
    made: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return made


def documents_of(texts: Sequence[str]) -> Iterator[tuple[Document, list[Passage]]]:
    """Yield documents of a few passages each."""
    for number, first in enumerate(range(0, len(texts), _PASSAGES_A_DOCUMENT)):
        name = f"d{number:06}"
        passages, start = [], 0
        part = texts[first : first + _PASSAGES_A_DOCUMENT]
        for position, text in enumerate(part):
            end = start + len(text)
            passages.append(
                Passage(
                    id=f"{name}#{position}",
                    document_id=name,
                    position=position,
                    start=start,
                    end=end,
                    text=text,
                )
            )
            start = end + 1
        source = Source(id=name, title=f"Document {number}", collection="local", kind="texte")
        yield Document(source=source, text="\n".join(part)), passages


class MadeEmbedder:
    """Gives passages their made vectors, in order, under the name of the bundled model."""

    def __init__(self, vectors: Vectors) -> None:
        """Serve these vectors, one a passage."""
        self._bundled: Embedder = load_embedder()
        self._vectors = vectors
        self._served = 0
        self.name, self.dimension = self._bundled.name, self._bundled.dimension

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the real vectors of questions."""
        return self._bundled.embed_questions(texts)

    def embed_passages(
        self,
        texts: Sequence[str],
        *,
        on_progress: Progress | None = None,  # noqa: ARG002 - it takes no time
    ) -> Vectors:
        """Return the next vectors."""
        first, self._served = self._served, self._served + len(texts)
        return self._vectors[first : self._served]


def _passages(folder: Path, *, at_most: int) -> list[str]:
    found: list[str] = []
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            if len(found) >= at_most:
                break
            record = json.loads(line)
            source = Source(id=record["_id"], title="", collection="local", kind="texte")
            document = Document(source=source, text=record["text"].strip())
            found += [passage.text for passage in ingestion.split.split(document)]
    return found[: max(0, at_most)]


def _questions(folder: Path) -> list[str]:
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]
