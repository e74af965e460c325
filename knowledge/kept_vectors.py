"""Vectors kept in a file beside the texts that they are of, so that nobody waits for them.

A vector is found by the digest of its text: a text that was changed or added since has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

_BYTES = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """The arrays of a file, and the row of each text in ``vectors`` by the key of the text."""

    rows: Mapping[bytes, int] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def keep_vectors(file: Path, *, texts: Sequence[str], model: str, **arrays: NDArray[Any]) -> None:
    """Write arrays, ``vectors`` among them, that a model gave of some texts, a row for each."""
    keys = np.array([list(key_of(text)) for text in texts], dtype=np.uint8)
    with file.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, model=np.array(model), keys=keys, **arrays)


def kept_vectors(file: Path, *, model: str | None, only: str = "") -> Kept:
    """Return what a file keeps; nothing where it is another model's or cannot be read.

    Any model's is returned where None is asked for. Only the arrays whose name opens with ``only``
    are read: the others cost nothing.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            if model is None or str(held["model"]) == model:
                rows = {bytes(key): row for row, key in enumerate(held["keys"])}
                names = [name for name in held.files if name.startswith(only)]
                return Kept(rows, {name: held[name] for name in names})
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        pass
    return Kept()


def key_of(text: str) -> bytes:
    """Return what a text is found by."""
    return sha256(text.encode()).digest()[:_BYTES]
