"""Tells the sentences on the meeting itself from those on the tools and the work.

By the letters of their words alone, compared with examples of both: no model is needed.
"""

from functools import lru_cache

from scipy.sparse import csr_array

from knowledge.consultation.examples import examples
from knowledge.consultation.grams import Grams
from knowledge.consultation.regression import Numbers, regress

# From how much on a sentence is of the meeting; in a list of remarks it must be surer.
_SENTENCE, _ITEM = 0.6, 0.85
_HOLD = 0.3


def is_of_the_meeting(said: str, *, is_prose: bool) -> bool:
    """Tell whether words read as logistics: « Restitution prévue au printemps. »."""
    return logistics_in(said) >= (_SENTENCE if is_prose else _ITEM)


@lru_cache(maxsize=4096)
def logistics_in(said: str) -> float:
    """Return how much words read as logistics: about 0 for a remark, 1 for logistics."""
    grams, rows, weights = _learned()
    return float(((grams.rows([said]) @ rows.T).toarray() @ weights)[0, 0])


@lru_cache(maxsize=1)
def _learned() -> tuple[Grams, csr_array, Numbers]:
    said = [example.said for example in examples()]
    given = ["remark" if example.theme else "meeting" for example in examples()]
    grams = Grams(said)
    rows = grams.rows(said)
    alike = (rows @ rows.T).toarray()
    return grams, rows, regress(alike, given, classes=["meeting"], hold=_HOLD, even=1.0)
