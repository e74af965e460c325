"""BM25 over the terms of every passage, by bm25s; row ``i`` is the index's ``i``-th passage."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge import analysis

# Stands for an index that has nothing to hold, so that a missing file is never taken for one.
_NO_TERM = "no-term"


class LexicalIndex:
    """Scores every passage of one generation for a question."""

    def __init__(self, model: Any, *, rows: int) -> None:  # noqa: ANN401 - bm25s has no types
        """Wrap a loaded bm25s model of ``rows`` passages; None when no passage has a term."""
        self._model = model
        self._rows = rows

    @classmethod
    def load(cls, folder: Path, *, rows: int) -> "LexicalIndex":
        """Open the index that ``build`` wrote in ``folder``."""
        if (folder / _NO_TERM).exists():
            return cls(None, rows=rows)
        import bm25s

        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), rows=rows)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return the BM25 score of each row, shape ``(rows,)``; zeros where no term is shared."""
        if self._model is None:
            return np.zeros(self._rows, dtype=np.float32)
        vocabulary = self._model.vocab_dict
        known = [vocabulary[term] for term in analysis.terms(question) if term in vocabulary]
        if not known:
            return np.zeros(self._rows, dtype=np.float32)
        scores: NDArray[np.float32] = self._model.get_scores_from_ids(known)
        return scores

    def knows(self, term: str) -> bool:
        """Tell whether some passage holds a term."""
        return self._model is not None and term in self._model.vocab_dict

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term, in nats, as Lucene's BM25 has it.

        A term that no passage holds gets the highest value.
        """
        if self._model is None:
            return 0.0
        column = self._model.vocab_dict.get(term)
        spans = self._model.scores["indptr"]
        frequency = 0 if column is None else int(spans[column + 1] - spans[column])
        return math.log(1 + (self._rows - frequency + 0.5) / (frequency + 0.5))


def build(texts: Sequence[str], folder: Path) -> None:
    """Write the BM25 index of ``texts`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    token_lists = analysis.all_terms(texts)
    if not any(token_lists):
        (folder / _NO_TERM).touch()
        return
    import bm25s

    model = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    model.index(token_lists, show_progress=False)
    model.save(str(folder))
