"""Turns questions and passages into vectors: the bundled model, or any sentence-transformers one.

The bundled model is multilingual-e5-small with its vocabulary reduced to French, in int8, run by
ONNX Runtime alone: a question must not pay for importing torch (docs/adr/0002).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.onnx_model import cores, open_session, read_manifest

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

BUNDLED = Path(__file__).parent / "models" / "e5-small-fr"

#: The prefixes that e5 models were trained with.
QUESTION, PASSAGE = "query: ", "passage: "


class Embedder(Protocol):
    """A model that places questions and passages in one vector space."""

    @property
    def name(self) -> str:
        """What an index records: it changes whenever the vectors would."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of norm 1 a question, shape (questions, dimension)."""

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: Progress | None = None
    ) -> Vectors:
        """Return one vector of norm 1 a passage, shape (passages, dimension).

        ``on_progress`` is called with the number of passages done so far.
        """


def load_embedder(spec: str | None = None) -> Embedder:
    """Load an embedding model.

    Args:
        spec: a sentence-transformers model by its name on a hub or by its folder; None for the
            model that comes with Appui.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    if spec is None:
        return _load_bundled(BUNDLED)
    from knowledge.named_embedding import load_named

    return load_named(spec)


class _BundledEmbedder:
    """The e5 model in ONNX, one text a call so that a vector depends on its text alone."""

    def __init__(
        self, tokenizer: "Tokenizer", session: "InferenceSession", *, name: str, dimension: int
    ) -> None:
        self.name = name
        self.dimension = dimension
        self._tokenizer = tokenizer
        self._session = session

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed([QUESTION + text for text in texts], None)

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: Progress | None = None
    ) -> Vectors:
        return self._embed([PASSAGE + text for text in texts], on_progress)

    def _embed(self, texts: list[str], on_progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 1:
            vectors[0] = self._encode(texts[0])
            return vectors
        executor = ThreadPoolExecutor(max_workers=cores())
        try:
            for number, vector in enumerate(executor.map(self._encode, texts)):
                vectors[number] = vector
                if on_progress:
                    on_progress(number + 1)
        finally:
            executor.shutdown(cancel_futures=True)
        return vectors

    def _encode(self, text: str) -> Vectors:
        tokens = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        (vectors,) = self._session.run(None, {"input_ids": tokens})
        vector: Vectors = vectors[0]
        return vector


def _load_bundled(folder: Path) -> Embedder:
    manifest = read_manifest(folder / "model.json")
    from tokenizers import Tokenizer

    return _BundledEmbedder(
        Tokenizer.from_file(str(folder / "tokenizer.json")),
        open_session(folder / "model.onnx"),
        name=manifest["name"],
        dimension=manifest["dimension"],
    )
