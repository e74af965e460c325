"""Embedding by any sentence-transformers model, from a hub or from a folder.

Everything heavy is imported inside functions: torch takes seconds.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.embedding import PASSAGE, QUESTION, Embedder, Progress, Vectors
from knowledge.hub import load_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_E5 = re.compile(r"(^|[-_/\\])e5(?!.*instruct)([-_]|$)")
_BATCH = 16
_SLICE = 256


def load_named(spec: str) -> Embedder:
    """Load a model by its name on a hub or by its folder.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    model = load_model(spec, _sentence_transformer)
    e5 = not any(model.prompts.values()) and _E5.search(spec.lower()) is not None
    return _NamedEmbedder(model, name=f"{Path(spec).name}-{_fingerprint(model)}", e5=e5)


class _NamedEmbedder:
    """A sentence-transformers model, with the prefixes that its family was trained with."""

    def __init__(self, model: "SentenceTransformer", *, name: str, e5: bool) -> None:
        self.name = name
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._prefixes = (QUESTION, PASSAGE) if e5 else ("", "")

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed(self._model.encode_query, self._prefixes[0], texts, None)

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: Progress | None = None
    ) -> Vectors:
        return self._embed(self._model.encode_document, self._prefixes[1], texts, on_progress)

    def _embed(
        self,
        encode: Callable[..., Any],
        prefix: str,
        texts: Sequence[str],
        on_progress: Progress | None,
    ) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _SLICE):
            part = [prefix + text for text in texts[start : start + _SLICE]]
            vectors[start : start + len(part)] = encode(
                part, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            if on_progress:
                on_progress(start + len(part))
        return vectors


def _sentence_transformer(spec: str, offline: bool) -> "SentenceTransformer":  # noqa: FBT001
    from sentence_transformers import SentenceTransformer

    # Their remarks are in English; what the user must know is in our own errors.
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return SentenceTransformer(spec, local_files_only=offline)


def _fingerprint(model: "SentenceTransformer") -> str:
    """Return twelve hexadecimal digits that change when the weights or the settings do.

    The first values of every tensor are enough to tell trainings apart, and reading them takes
    no time even for a model of several gigabytes.
    """
    digest = hashlib.sha256(f"{model.max_seq_length} {model.prompts}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        start = tensor.flatten()[:64].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)}".encode() + start.tobytes())
    return digest.hexdigest()[:12]
