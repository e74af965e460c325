"""The vectors of the examples, and what was learned of them, kept beside them: nobody waits.

``python -m knowledge.consultation.keep_examples`` writes them again. An example that was changed
or added since is embedded when it is needed, and what examples tell is learned again then: the file
saves time and changes nothing else.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.consultation.regression import Numbers
from knowledge.embedding import Embedder, Vectors
from knowledge.kept_vectors import keep_vectors, kept_vectors, key_of

FILE = Path(__file__).parents[1] / "corpus" / "remontees-exemples.npz"
_VECTORS, _WEIGHTS = "vectors", "weights of "


def vectors_of_examples(said: Sequence[str], *, embedder: Embedder) -> Vectors:
    """Return the vectors of examples: those that were kept of this model, the others embedded."""
    held = kept_vectors(FILE, model=embedder.name, only=_VECTORS)
    kept = {key: held.arrays[_VECTORS][row] for key, row in held.rows.items()}
    keys = [key_of(text) for text in said]
    new = [text for text, key in zip(said, keys, strict=True) if key not in kept]
    if new:
        embedded = embedder.embed_passages(new)
        kept |= {key_of(text): vector for text, vector in zip(new, embedded, strict=True)}
    return np.stack([kept[key] for key in keys]).astype(np.float32)


def kept_weights(model: str | None) -> dict[str, Numbers]:
    """Return what was learned of examples, by the digest of what it was learned of.

    ``model`` is the one whose vectors it was learned of; None where no vectors are read.
    """
    arrays = kept_vectors(FILE, model=model, only=_WEIGHTS).arrays
    return {name.removeprefix(_WEIGHTS): array.astype(np.float32) for name, array in arrays.items()}


def keep(
    said: Sequence[str],
    *,
    vectors: Vectors,
    weights: Mapping[str, Numbers],
    model: str,
    file: Path = FILE,
) -> None:
    """Write the vectors of examples and what was learned of them, in half precision."""
    halves = {f"{_WEIGHTS}{digest}": array.astype(np.float16) for digest, array in weights.items()}
    keep_vectors(file, texts=said, model=model, vectors=vectors.astype(np.float16), **halves)
