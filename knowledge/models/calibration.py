"""Finds the few channels whose activations are far larger than all the others.

An int8 product has one scale for all its activations: a single channel at 70 where the rest stay
under 5 leaves 4 bits to the rest. Multiplying these channels apart, in float32, costs next to
nothing (the idea of LLM.int8(), https://arxiv.org/abs/2208.07339).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper

TEXTS = Path(__file__).parent / "calibration.txt"
STATES = 4
INNER = 8

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outliers:
    """Channels to keep in float32 in one layer.

    ``states`` are channels of what enters the feed-forward block, ``inner`` of what its
    activation function gives; both in increasing order.
    """

    states: Numbers
    inner: Numbers


def find_outliers(
    reference: ModelProto,
    texts: Sequence[Sequence[int]],
    *,
    activations: Mapping[int, tuple[str, str]],
) -> dict[int, Outliers]:
    """Return the outlier channels of each layer, measured on calibration texts.

    Args:
        reference: the float32 graph; it gets these activations as outputs.
        texts: the token numbers of each text.
        activations: the names, by layer, of what enters the feed-forward block and of what its
            activation function gives.
    """
    names = [name for pair in activations.values() for name in pair]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names]
    reference.graph.output.extend(outputs)
    session = onnxruntime.InferenceSession(
        reference.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, NDArray[np.float32]] = {}
    for text in texts:
        tokens = np.array([text], dtype=np.int64)
        for name, values in zip(names, session.run(names, {"input_ids": tokens}), strict=True):
            found = np.abs(values[0]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, found), found)
    return {
        layer: Outliers(_top(largest[states], STATES), _top(largest[inner], INNER))
        for layer, (states, inner) in activations.items()
    }


def calibration_texts() -> list[str]:
    """Return the texts that stand for what the encoder will read, with their prefixes."""
    text = "\n" + TEXTS.read_text(encoding="utf-8").strip()
    marked = text.replace("\nquery: ", "\0query: ").replace("\npassage: ", "\0passage: ")
    return marked.split("\0")[1:]


def _top(values: NDArray[np.float32], count: int) -> Numbers:
    return np.sort(np.argsort(-values, kind="stable")[:count]).astype(np.int64)
