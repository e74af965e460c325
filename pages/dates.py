"""Dates and counts as a French reader expects them."""

import re
from datetime import date, datetime, timedelta

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


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: « 1 source », « 1 250 sources »; zero is singular."""
    noun = many or f"{one}s" if number > 1 else one
    return f"{number:,}".replace(",", "\u202f") + f" {noun}"
