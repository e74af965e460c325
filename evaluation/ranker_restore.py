"""Reads the trained tensors back from a ranker's ONNX file, to train it further."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from knowledge.models.weights import Weights, apply_checkpoint

_PARTS = "qkv"

Tensors = dict[str, NDArray[np.float32]]


def restore(weights: Weights, file: Path) -> Weights:
    """Return the encoder's weights with those that a ranker's file holds in their place.

    Matrices come back as their int8 values say. The channels of the feed-forward blocks come in
    another order than in training, which changes nothing of what the blocks compute.

    Args:
        weights: the encoder that the ranker was made from.
        file: what ``knowledge.models.export_ranker`` wrote.
    """
    held = {c.name: numpy_helper.to_array(c) for c in _constants(file) if c.name != "emb.word"}
    tensors: Tensors = {}
    for layer in (f"l{number}" for number in range(weights.layers)):
        tensors |= _attention(held, layer) | _feed_forward(held, layer)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b", "ao.b", "fo.b"):
            tensors[f"{layer}.{name}"] = held[f"{layer}.{name}"]
    tensors |= {"score.w": held["score.wide.w"].ravel(), "score.b": held["score.b"]}
    return apply_checkpoint(weights, tensors)


def _constants(file: Path) -> list[onnx.TensorProto]:
    return list(onnx.load(file).graph.initializer)


def _product(held: Tensors, name: str) -> NDArray[np.float32]:
    """Return a matrix, inputs in rows and outputs in columns."""
    return np.asarray(held[f"{name}.w"] * held[f"{name}.s"], dtype=np.float32)


def _attention(held: Tensors, layer: str) -> Tensors:
    matrices = np.split(_product(held, f"{layer}.qkv"), len(_PARTS), axis=1)
    biases = np.split(held[f"{layer}.qkv.b"], len(_PARTS))
    tensors = {f"{layer}.ao.w": _product(held, f"{layer}.ao").T}
    for part, matrix, bias in zip(_PARTS, matrices, biases, strict=True):
        tensors |= {f"{layer}.{part}.w": matrix.T, f"{layer}.{part}.b": bias}
    return tensors


def _feed_forward(held: Tensors, layer: str) -> Tensors:
    """Return the block whole, its calm channels first and its outliers last."""
    calm = _product(held, f"{layer}.fi.calm")
    calm[held[f"{layer}.states"]] = held[f"{layer}.fi.loud.w"]
    enter = np.hstack([calm, held[f"{layer}.fi.inner.w"]])
    leave = np.vstack([_product(held, f"{layer}.fo.calm"), held[f"{layer}.fo.loud.w"]])
    bias = np.concatenate([held[f"{layer}.fi.b"], held[f"{layer}.fi.inner.b"]])
    return {f"{layer}.fi.w": enter.T, f"{layer}.fi.b": bias, f"{layer}.fo.w": leave.T}
