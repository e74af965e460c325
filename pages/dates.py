"""Dates and counts as a French reader expects them."""

import re
from datetime import date, datetime, timedelta

from knowledge import typography

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


#: Returns a number with its noun.
counted = typography.counted


def in_words(iso: str) -> str:
    """Return an ISO date, whole or cut to its month or year, in words: « 1er avril 2025 »."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", iso[:10])
    if not found:
        return iso
    year, month, day = found.groups()
    words = [year]
    if month:
        words.insert(0, MONTHS[int(month) - 1])
    if day:
        words.insert(0, "1er" if day == "01" else str(int(day)))
    return " ".join(words)


def day_heading(moment: datetime, *, today: date) -> str:
    """Return how a list by day names the day of ``moment``: « Aujourd'hui », « Hier », a date."""
    day = moment.date()
    if day == today:
        return "Aujourd'hui"
    if day == today - timedelta(days=1):
        return "Hier"
    return in_words(day.isoformat())
