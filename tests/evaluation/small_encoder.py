"""An encoder drawn at random, small, with the bundled vocabulary, for the tests of training."""

import numpy as np
from tokenizers import Tokenizer

from knowledge.embedding import BUNDLED
from knowledge.models.weights import BLOCK, Quantised, Weights

HIDDEN, INNER, HEADS = 32, 64, 2


def small_encoder(layers: int) -> Weights:
    """Return its weights, as a wheel would hold them."""
    vocabulary = Tokenizer.from_file(str(BUNDLED / "tokenizer.json")).get_vocab()
    source = np.random.default_rng(5)

    def matrix(rows, columns):
        values = source.integers(-8, 8, (rows, columns)).astype(np.int8)
        return Quantised(values, np.full((rows, columns // BLOCK), 0.02, np.float32))

    matrices = {"emb.word": matrix(len(vocabulary), HIDDEN)}
    vectors = {
        "emb.pos": source.normal(0, 0.1, 512 * HIDDEN).astype(np.float32),
        "emb.type": np.zeros(2 * HIDDEN, np.float32),
        "emb.ln.w": np.ones(HIDDEN, np.float32),
        "emb.ln.b": np.zeros(HIDDEN, np.float32),
    }
    for layer in range(layers):
        for name in ("q", "k", "v", "ao", "fo", "fi"):
            rows, columns = INNER if name == "fi" else HIDDEN, INNER if name == "fo" else HIDDEN
            matrices[f"l{layer}.{name}.w"] = matrix(rows, columns)
            vectors[f"l{layer}.{name}.b"] = np.zeros(rows, np.float32)
        for name in ("aln", "oln"):
            vectors[f"l{layer}.{name}.w"] = np.ones(HIDDEN, np.float32)
            vectors[f"l{layer}.{name}.b"] = np.zeros(HIDDEN, np.float32)
    return Weights(
        hidden=HIDDEN,
        layers=layers,
        heads=HEADS,
        feed_forward=INNER,
        positions=512,
        epsilon=1e-12,
        pieces=tuple(sorted(vocabulary, key=vocabulary.__getitem__)),
        scores=np.zeros(len(vocabulary), np.float32),
        vectors=vectors,
        matrices=matrices,
    )
