"""The pieces of words of short texts, weighted, so that texts that share rare ones are alike."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_array

from knowledge.analysis import words

_SHORTEST, _LONGEST = 3, 5


class Grams:
    """Weighs the runs of 3 to 5 letters of words as the texts that it was made of have them.

    A run weighs 1 + ln(its count in the text), times ln((1 + n) / (1 + texts that have it)) + 1,
    and the weights of a text are of length 1 (the usual tf-idf). Runs never seen weigh nothing.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn the weights of the runs of these texts."""
        counted = [_runs(text) for text in texts]
        held = Counter(run for runs in counted for run in runs)
        self._columns = {run: column for column, run in enumerate(sorted(held))}
        self._rarity = np.array(
            [np.log((1 + len(texts)) / (1 + held[run])) + 1 for run in self._columns]
        )

    def rows(self, texts: Sequence[str]) -> csr_array:
        """Return one row of weights a text."""
        columns: list[int] = []
        counts: list[int] = []
        starts = [0]
        for text in texts:
            for run, count in _runs(text).items():
                if run in self._columns:
                    columns.append(self._columns[run])
                    counts.append(count)
            starts.append(len(columns))
        weights = (1 + np.log(np.array(counts, dtype=float))) * self._rarity[
            np.array(columns, dtype=int)
        ]
        row = np.repeat(np.arange(len(texts)), np.diff(starts))
        lengths = np.sqrt(np.bincount(row, weights**2, minlength=len(texts)))
        weights /= lengths[row]
        return csr_array((weights, columns, starts), shape=(len(texts), len(self._columns)))


@lru_cache(maxsize=16384)
def _runs(text: str) -> Counter[str]:
    """Count the runs of letters of each word, the spaces at its ends among them."""
    found: Counter[str] = Counter()
    for word in words(text):
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            found.update(padded[at : at + length] for at in range(len(padded) - length + 1))
    return found
