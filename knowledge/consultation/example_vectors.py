"""Keeps the vectors of the examples beside them, so that nobody waits for them to be computed.

``python -m knowledge.consultation.example_vectors`` writes them again. An example that was changed
or added since is embedded when it is needed: the file saves time and changes nothing else.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.consultation.examples import examples
from knowledge.embedding import Embedder, Vectors, load_embedder
from knowledge.kept_vectors import keep_vectors, kept_vectors, key_of

FILE = Path(__file__).parents[1] / "corpus" / "remontees-exemples.npz"


def vectors_of_examples(said: Sequence[str], *, embedder: Embedder) -> Vectors:
    """Return the vectors of examples: those that were kept of this model, the others embedded."""
    held = kept_vectors(FILE, model=embedder.name)
    kept = {key: held.arrays["vectors"][row] for key, row in held.rows.items()}
    keys = [key_of(text) for text in said]
    new = [text for text, key in zip(said, keys, strict=True) if key not in kept]
    if new:
        embedded = embedder.embed_passages(new)
        kept |= {key_of(text): vector for text, vector in zip(new, embedded, strict=True)}
    return np.stack([kept[key] for key in keys]).astype(np.float32)


def keep(said: Sequence[str], *, embedder: Embedder, file: Path = FILE) -> None:
    """Write the vectors of examples, in half precision."""
    vectors = embedder.embed_passages(said).astype(np.float16)
    keep_vectors(file, texts=said, model=embedder.name, vectors=vectors)


if __name__ == "__main__":
    keep([each.said for each in examples() if each.theme], embedder=load_embedder())
