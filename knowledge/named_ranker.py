"""Ranking by any sentence-transformers CrossEncoder, from a hub or from a folder.

Everything heavy is imported inside functions: torch takes seconds.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.hub import load_model
from knowledge.ranker import Ranker, Readable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 8


def load_named_ranker(spec: str) -> Ranker:
    """Load a CrossEncoder by its name on a hub or by its folder.

    Raises:
        ModelUnavailable: it cannot be loaded; the message says what to do.
    """
    return _NamedRanker(load_model(spec, _cross_encoder), name=Path(spec).name)


class _NamedRanker:
    """A CrossEncoder with one output, which reads each passage whole under its titles."""

    def __init__(self, model: "CrossEncoder", *, name: str) -> None:
        self.name = name
        self._model = model

    def relevance(
        self,
        question: str,
        passages: Sequence[Readable],
        *,
        wanted: Mapping[str, float],  # noqa: ARG002 - it reads the passages whole
    ) -> NDArray[np.float32]:
        from torch.nn import Sigmoid

        pairs = [(question, f"{passage.titles}\n{passage.text}") for passage in passages]
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(
            self._model.predict(
                pairs, batch_size=_BATCH, activation_fn=Sigmoid(), show_progress_bar=False
            ),
            dtype=np.float32,
        )


def _cross_encoder(spec: str, offline: bool) -> "CrossEncoder":  # noqa: FBT001
    from sentence_transformers import CrossEncoder

    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    model: CrossEncoder = CrossEncoder(spec, num_labels=1, local_files_only=offline)
    return model
