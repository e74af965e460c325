"""Keeps the vectors of the examples beside them, so that nobody waits for them to be computed.

``python -m knowledge.consultation.example_vectors`` writes them again. An example that was changed
or added since is embedded when it is needed: the file saves time and changes nothing else.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.consultation.examples import examples
from knowledge.embedding import Embedder, Vectors, load_embedder

FILE = Path(__file__).parents[1] / "corpus" / "remontees-exemples.npz"
_BYTES = 8


def vectors_of_examples(said: Sequence[str], *, embedder: Embedder) -> Vectors:
    """Return the vectors of examples: those that were kept of this model, the others embedded."""
    kept = _kept(embedder.name)
    keys = [_key(text) for text in said]
    new = [text for text, key in zip(said, keys, strict=True) if key not in kept]
    if new:
        embedded = embedder.embed_passages(new)
        kept |= {_key(text): vector for text, vector in zip(new, embedded, strict=True)}
    return np.stack([kept[key] for key in keys]).astype(np.float32)


def keep(said: Sequence[str], *, embedder: Embedder, file: Path = FILE) -> None:
    """Write the vectors of examples, in half precision."""
    vectors = embedder.embed_passages(said).astype(np.float16)
    keys = np.array([list(_key(text)) for text in said], dtype=np.uint8)
    with file.open("wb") as stream:
        np.savez(stream, model=np.array(embedder.name), keys=keys, vectors=vectors)


def _kept(model: str) -> dict[bytes, Vectors]:
    """Return the vectors of the file if they are of this model; none if it cannot be read."""
    try:
        with FILE.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            if str(held["model"]) != model:
                return {}
            keys = [bytes(row) for row in held["keys"]]
            return dict(zip(keys, held["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _key(said: str) -> bytes:
    return sha256(said.encode()).digest()[:_BYTES]


if __name__ == "__main__":
    keep([each.said for each in examples() if each.theme], embedder=load_embedder())
