"""Intervals of means."""

import pytest

from evaluation.bootstrap import estimate_mean


def test_the_interval_of_a_proportion_is_near_the_normal_one():
    estimate = estimate_mean([1.0] * 60 + [0.0] * 40)
    # 0.6 ± 1.96 × √(0.6 × 0.4 / 100)
    assert estimate.value == pytest.approx(0.6)
    assert estimate.low == pytest.approx(0.504, abs=0.011)
    assert estimate.high == pytest.approx(0.696, abs=0.011)


def test_the_same_scores_always_give_the_same_interval():
    assert estimate_mean([0.0, 1.0, 1.0]) == estimate_mean([0.0, 1.0, 1.0])


def test_equal_scores_leave_no_doubt():
    estimate = estimate_mean([0.5, 0.5])
    assert (estimate.low, estimate.value, estimate.high) == (0.5, 0.5, 0.5)
