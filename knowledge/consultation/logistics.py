"""Tells the sentences on the meeting itself from those on the tools and the work.

By the letters of their words alone, compared with examples of both: no model is needed.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from knowledge.consultation.example_vectors import kept_weights
from knowledge.consultation.examples import Example, examples
from knowledge.consultation.grams import Grams
from knowledge.consultation.regression import Numbers, regress
from knowledge.consultation.wishes import is_against

# From how much on a sentence is of the meeting; in a list of remarks, or where it refuses, it must
# be surer.
_SENTENCE, _ITEM = 0.5, 0.85
_HOLD = 0.3


class Sorter:
    """What the examples tell of sentences on the meeting itself."""

    def __init__(self, examples: Sequence[Example], *, kept: Mapping[str, Numbers]) -> None:
        """Learn from examples, or take what was kept of them by the digest of the examples."""
        said = [example.said for example in examples]
        given = ["remark" if example.theme else "meeting" for example in examples]
        self._grams = Grams(said)
        self._rows = self._grams.rows(said)
        digest = sha256(repr((said, given, _HOLD)).encode()).hexdigest()
        if digest in kept:
            weights = kept[digest]
        else:
            alike = (self._rows @ self._rows.T).toarray()
            weights = regress(alike, given, classes=["meeting"], hold=_HOLD, even=1.0)
        #: The weight of each example, by the digest of all of them.
        self.weights: dict[str, Numbers] = {digest: weights}
        self._weights = weights

    def logistics_in(self, said: str) -> float:
        """Return how much words read as logistics: about 0 for a remark, 1 for logistics."""
        return float(((self._grams.rows([said]) @ self._rows.T).toarray() @ self._weights)[0, 0])


def is_of_the_meeting(said: str, *, is_prose: bool) -> bool:
    """Tell whether words read as logistics: « Restitution prévue au printemps. »."""
    return logistics_in(said) >= (_SENTENCE if is_prose and not is_against(said) else _ITEM)


@lru_cache(maxsize=4096)
def logistics_in(said: str) -> float:
    """Return how much words read as logistics: about 0 for a remark, 1 for logistics."""
    return _learned().logistics_in(said)


@lru_cache(maxsize=1)
def _learned() -> Sorter:
    return Sorter(examples(), kept=kept_weights(None))
