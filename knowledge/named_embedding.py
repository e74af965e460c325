"""Embedding by any sentence-transformers model, from a hub or from a folder.

Everything heavy is imported inside functions: torch takes seconds.
"""

import hashlib
import logging
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.embedding import PASSAGE, QUESTION, Embedder, Progress, Vectors
from knowledge.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_E5 = re.compile(r"(^|[-_/\\])e5(?!.*instruct)([-_]|$)")
_BATCH = 16
_SLICE = 256
_HUB_TIMEOUT_S = 10.0
_REMEDY = "Enlevez ce réglage pour revenir au modèle fourni avec Appui."


def load_named(spec: str) -> Embedder:
    """Load a model by its name on a hub or by its folder.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    model = _load_folder(spec) if _is_folder(spec) else _load_from_hub(spec)
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


def _is_folder(spec: str) -> bool:
    return Path(spec).exists() or spec.startswith((".", "/", "~", "\\")) or spec.count("/") > 1


def _load_folder(spec: str) -> "SentenceTransformer":
    folder = Path(spec).expanduser()
    if not folder.is_dir():
        message = f"Le dossier de modèle {spec} n'existe pas. Corrigez son chemin. {_REMEDY}"
        raise ModelUnavailable(message)
    try:
        return _sentence_transformer(str(folder), offline=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        message = (
            f"Le dossier {spec} ne contient pas de modèle sentence-transformers lisible. "
            f"Téléchargez-le de nouveau. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error


def _load_from_hub(spec: str) -> "SentenceTransformer":
    """Load a model from the local cache, otherwise from the hub once it has answered.

    Asking first matters: without network, the download itself would retry for over a minute.
    """
    import httpx
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return _sentence_transformer(spec, offline=True)
    except (OSError, ValueError):
        pass
    try:
        HfApi().model_info(spec, timeout=_HUB_TIMEOUT_S)
        return _sentence_transformer(spec, offline=False)
    except (HfHubHTTPError, HFValidationError) as error:
        message = (
            f"Le modèle {spec} n'existe pas ou n'est pas accessible sur le dépôt de modèles. "
            f"Vérifiez son nom. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error
    except (httpx.HTTPError, OSError, ValueError, RuntimeError) as error:
        message = (
            f"Le modèle {spec} n'est pas sur cette machine et n'a pas pu être téléchargé. "
            f"Vérifiez la connexion, ou donnez le dossier où il se trouve. {_REMEDY}"
        )
        raise ModelUnavailable(message) from error


def _sentence_transformer(spec: str, *, offline: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # Their remarks are in English; what the user must know is in our own errors.
    disable_progress_bar()  # type: ignore[no-untyped-call]
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
