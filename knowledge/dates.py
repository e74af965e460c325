"""Says dates in French."""

from datetime import date

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)


def say_date(iso: str) -> str:
    """Return a date as people say it: ``2025-04-01`` gives « 1er avril 2025 »."""
    day = date.fromisoformat(iso)
    return f"{'1er' if day.day == 1 else day.day} {say_month(iso)}"


def say_month(iso: str) -> str:
    """Return the month of a date: ``2015-09-14`` gives « septembre 2015 »."""
    day = date.fromisoformat(iso)
    return f"{_MONTHS[day.month - 1]} {day.year}"
