"""Dates are said as people say them."""

import pytest

from knowledge.dates import say_date, say_month


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2025-04-01", "1er avril 2025"),
        ("2024-02-29", "29 février 2024"),
        ("2015-12-31", "31 décembre 2015"),
        ("2026-08-11", "11 août 2026"),
    ],
)
def test_a_date_is_said_in_french(iso, said):
    assert say_date(iso) == said


def test_a_month_is_said_without_its_day():
    assert say_month("2015-09-14") == "septembre 2015"


def test_what_is_no_date_is_refused():
    with pytest.raises(ValueError, match="month"):
        say_date("2025-13-01")
