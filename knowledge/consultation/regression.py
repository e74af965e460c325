"""Kernel ridge regression of classes: what a text is, from how alike it is to others."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve

Numbers = NDArray[np.floating]


def regress(
    alike: Numbers, given: Sequence[str], *, classes: Sequence[str], hold: float, even: float
) -> Numbers:
    """Return the weight of each text for each class.

    Multiplied by how alike a new text is to each, they tell from about 0 for what it is not to
    about 1 for what it is, its share of the texts taken off.

    Args:
        alike: how alike texts are to each other.
        given: the class of each text.
        classes: those of which the weights are wanted, in order.
        hold: how much the regression is held back.
        even: 0 for texts that all weigh the same, 1 for classes that do.
    """
    sizes = Counter(given)
    weights = np.array([sizes[each] ** -even for each in given])
    wanted = np.array([[float(each == name) for name in classes] for each in given])
    held = alike + hold * np.diag(weights.mean() / weights)
    solved: Numbers = solve(held, wanted - wanted.mean(axis=0), assume_a="pos", check_finite=False)
    return solved


def unit(rows: Numbers) -> Numbers:
    """Return rows of length 1, those of zeros left as they are."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Numbers = rows / np.where(lengths == 0, 1.0, lengths)
    return result
