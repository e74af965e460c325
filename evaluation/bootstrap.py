"""Intervals of means, by resampling the questions (percentile bootstrap)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
SEED = 20_260_101
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


def estimate_mean(values: Sequence[float]) -> Estimate:
    """Return the mean of what the questions of a set scored, with its interval.

    The seed is fixed: the same values always give the same interval.

    Args:
        values: one score a question, at least one.
    """
    scores = np.asarray(values, dtype=np.float64)
    source = np.random.default_rng(SEED)
    means = np.concatenate(
        [
            scores[source.integers(0, len(scores), size=(_CHUNK, len(scores)))].mean(axis=1)
            for _ in range(RESAMPLES // _CHUNK)
        ]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(scores.mean()), float(low), float(high))
