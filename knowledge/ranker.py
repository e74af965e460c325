"""Reads a question together with each of the best passages, and says which answer it.

The bundled ranker is a cross-encoder trained for French (see ``knowledge/models/ranker-fr``), run
by ONNX Runtime alone; any other can be named (``knowledge/named_ranker.py``).
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.onnx_model import cores, open_session, read_manifest
from knowledge.reading import load_tokenizer, pair_tokens, reading_window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

BUNDLED = Path(__file__).parent / "models" / "ranker-fr"
#: Asks for search without a ranker.
NO_RANKER = "none"


@dataclass(frozen=True, slots=True)
class Readable:
    """A passage as a ranker reads it: the titles above it, and its text."""

    titles: str
    text: str


class Ranker(Protocol):
    """A model that reads a question and a passage together."""

    @property
    def name(self) -> str:
        """What measures record: it changes whenever the figures would."""

    def relevance(
        self, question: str, passages: Sequence[Readable], *, wanted: Mapping[str, float]
    ) -> NDArray[np.float32]:
        """Return how far each passage answers, in [0, 1], shape ``(passages,)``.

        ``wanted`` gives the question's search terms, each with its weight among the passages: a
        ranker that does not read a passage whole reads where they are.
        """


def load_ranker(spec: str | None = None) -> Ranker | None:
    """Load a ranker.

    Args:
        spec: a sentence-transformers CrossEncoder by its name on a hub or by its folder; None for
            the one that comes with Appui; ``"none"`` for no ranker.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    if spec == NO_RANKER:
        return None
    if spec is None:
        manifest = read_manifest(BUNDLED / "ranker.json")
        return _BundledRanker(open_session(BUNDLED / "ranker.onnx"), name=manifest["name"])
    from knowledge.named_ranker import load_named_ranker

    return load_named_ranker(spec)


class _BundledRanker:
    """The trained ranker in ONNX, one passage a call, as many at a time as there are cores."""

    def __init__(self, session: "InferenceSession", *, name: str) -> None:
        self.name = name
        self._session = session
        self._threads = ThreadPoolExecutor(max_workers=cores())

    def relevance(
        self, question: str, passages: Sequence[Readable], *, wanted: Mapping[str, float]
    ) -> NDArray[np.float32]:
        def read(passage: Readable) -> float:
            start, end = reading_window(passage.text, wanted=wanted)
            pair = pair_tokens(
                load_tokenizer(), question, context=passage.titles, text=passage.text[start:end]
            )
            tokens = np.array([pair.ids], dtype=np.int64)
            (score,) = self._session.run(None, {"input_ids": tokens})
            return float(score[0])

        logits = np.fromiter(self._threads.map(read, passages), np.float32, len(passages))
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
