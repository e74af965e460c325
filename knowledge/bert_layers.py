"""Layers of a BERT encoder in NumPy, for the few of them that were trained for one task alone."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, softmax

Floats = NDArray[np.float32]

#: What follows a matrix's name in that of the scales of its rows.
SCALE = ".scale"
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Layer:
    """Self-attention and a feed-forward block, each followed by a normalisation.

    ``tensors`` are named as in the file of the encoder (``q.w``, ``q.b`` …), matrices with their
    outputs in rows.
    """

    tensors: Mapping[str, Floats]
    heads: int
    epsilon: float

    def __call__(self, states: Floats) -> Floats:
        """Return the states of a text after this layer, shape ``(tokens, hidden)`` as before."""
        query, key, value = (
            self._product(states, name).reshape(len(states), self.heads, -1).swapaxes(0, 1)
            for name in "qkv"
        )
        near = softmax(query @ key.swapaxes(1, 2) / math.sqrt(query.shape[2]), axis=2)
        mixed = (near @ value).swapaxes(0, 1).reshape(states.shape)
        states = self._normalised(states + self._product(mixed, "ao"), "aln")
        wide = self._product(states, "fi")
        # GELU: the input times the share of a normal distribution below it.
        return self._normalised(states + self._product(wide * ndtr(wide), "fo"), "oln")

    def _product(self, states: Floats, name: str) -> Floats:
        product: Floats = states @ self.tensors[f"{name}.w"].T + self.tensors[f"{name}.b"]
        return product

    def _normalised(self, states: Floats, name: str) -> Floats:
        centred = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + self.epsilon)
        normalised: Floats = (
            centred / spread * self.tensors[f"{name}.w"] + self.tensors[f"{name}.b"]
        )
        return normalised


def compact(tensors: Mapping[str, Floats]) -> dict[str, NDArray[Any]]:
    """Return matrices in int8 with a scale for each row, the other tensors in half precision."""
    made: dict[str, NDArray[Any]] = {}
    for name, tensor in tensors.items():
        if tensor.ndim == 1:
            made[name] = tensor.astype(np.float16)
            continue
        scale = np.maximum(np.abs(tensor).max(axis=1, keepdims=True), 1e-12) / _LARGEST
        made[name] = np.rint(tensor / scale).astype(np.int8)
        made[name + SCALE] = scale.astype(np.float32)
    return made


def expand(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return what ``compact`` made in float32."""
    return {
        name: array.astype(np.float32) * arrays.get(name + SCALE, np.float32(1))
        for name, array in arrays.items()
        if not name.endswith(SCALE)
    }
