"""An embedder that remembers what it has embedded: the same sentences answer many questions."""

import threading
from collections.abc import Sequence

import numpy as np

from knowledge.embedding import Embedder, Progress, Vectors

# How many texts are remembered, some 25 MB of vectors of 384 dimensions.
_MOST = 16_384


class Remembering:
    """An embedder that keeps the vectors of the last passages; threads may share it."""

    def __init__(self, embedder: Embedder) -> None:
        """Remember what ``embedder`` embeds."""
        self._embedder = embedder
        self._kept: dict[str, Vectors] = {}
        self._lock = threading.Lock()
        self.name, self.dimension = embedder.name, embedder.dimension

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, which are seldom asked again."""
        return self._embedder.embed_questions(texts)

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: Progress | None = None
    ) -> Vectors:
        """Return the vectors of passages, shape ``(texts, dimension)``."""
        known = {text: kept for text in texts if (kept := self._kept.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            vectors = self._embedder.embed_passages(new, on_progress=on_progress)
            known.update(zip(new, vectors, strict=True))
        with self._lock:
            for text in known:
                self._kept.pop(text, None)
            self._kept.update(known)
            for text in list(self._kept)[: max(0, len(self._kept) - _MOST)]:
                del self._kept[text]
        return np.array([known[text] for text in texts]).reshape(len(texts), self.dimension)
