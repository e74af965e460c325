"""Keeps the vectors of the examples, and what was learned of them, beside them.

``python -m knowledge.consultation.keep_examples`` takes a few minutes.
"""

import numpy as np

from knowledge.consultation.example_vectors import keep
from knowledge.consultation.examples import examples
from knowledge.consultation.learned import Learned
from knowledge.consultation.logistics import Sorter
from knowledge.embedding import load_embedder


def main() -> None:
    """Learn of all the examples again, and keep what they tell."""
    remarks = [each for each in examples() if each.theme]
    said = [each.said for each in remarks]
    embedder = load_embedder()
    # What is kept is learned of the vectors as they are kept.
    vectors = embedder.embed_passages(said).astype(np.float16).astype(np.float32)
    weights = Learned(remarks, vectors, kept={}).weights | Sorter(examples(), kept={}).weights
    keep(said, vectors=vectors, weights=weights, model=embedder.name)


if __name__ == "__main__":
    main()
