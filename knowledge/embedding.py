"""Turns questions and passages into vectors: the bundled model, or any sentence-transformers one.

The bundled model is multilingual-e5-small with its vocabulary reduced to French, in int8, run by
ONNX Runtime alone: a question must not pay for importing torch (docs/adr/0002).
"""

import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

BUNDLED = Path(__file__).parent / "models" / "e5-small-fr"

_QUESTION, _PASSAGE = "query: ", "passage: "
_E5 = re.compile(r"(^|[-_/\\])e5(?!.*instruct)([-_]|$)")
_BATCH = 16
_SLICE = 256
_HUB_TIMEOUT_S = 10.0
_REMEDY = "Enlevez ce réglage pour revenir au modèle fourni avec Appui."


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
    return _load_bundled(BUNDLED) if spec is None else _load_named(spec)


class _BundledEmbedder:
    """The e5 model in ONNX, one text a call so that a vector depends on its text alone.

    Activations are quantised with one scale a call, so a batch would mix its texts. One call a
    core at a time is also the fastest way measured: nothing is padded.
    """

    def __init__(
        self, tokenizer: "Tokenizer", session: "InferenceSession", *, name: str, dimension: int
    ) -> None:
        self.name = name
        self.dimension = dimension
        self._tokenizer = tokenizer
        self._session = session

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed([_QUESTION + text for text in texts], None)

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: Progress | None = None
    ) -> Vectors:
        return self._embed([_PASSAGE + text for text in texts], on_progress)

    def _embed(self, texts: list[str], on_progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 1:
            vectors[0] = self._encode(texts[0])
            return vectors
        executor = ThreadPoolExecutor(max_workers=_cores())
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


class _NamedEmbedder:
    """A sentence-transformers model, with the prefixes that its family was trained with."""

    def __init__(self, model: "SentenceTransformer", *, name: str, e5: bool) -> None:
        self.name = name
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._prefixes = (_QUESTION, _PASSAGE) if e5 else ("", "")

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


def _load_bundled(folder: Path) -> Embedder:
    try:
        manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        whole = all(
            (folder / name).stat().st_size == file["bytes"]
            for name, file in manifest["files"].items()
        )
    except (OSError, ValueError) as error:
        raise ModelUnavailable(_incomplete(folder)) from error
    if not whole:
        raise ModelUnavailable(_incomplete(folder))

    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written with fused operators: there is nothing left to optimise.
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    session = InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return _BundledEmbedder(
        tokenizer, session, name=manifest["name"], dimension=manifest["dimension"]
    )


def _load_named(spec: str) -> Embedder:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    model = _load_folder(spec) if _is_folder(spec) else _load_from_hub(spec)
    e5 = not any(model.prompts.values()) and _E5.search(spec.lower()) is not None
    return _NamedEmbedder(model, name=f"{Path(spec).name}-{_fingerprint(model)}", e5=e5)


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

    # Its remarks are in English; what the user must know is in our own errors.
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


def _incomplete(folder: Path) -> str:
    return (
        f"Le modèle de recherche fourni avec Appui est absent ou incomplet ({folder}). "
        "Réinstallez Appui, ou rétablissez ce dossier avec « git checkout »."
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
