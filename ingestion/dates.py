"""Finds the date that a document gives itself."""

import re
from datetime import UTC, date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january", "février fevrier february", "mars march", "avril april", "mai may",
            "juin june", "juillet july", "août aout august", "septembre september",
            "octobre october", "novembre november", "décembre decembre december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_WRITTEN = re.compile(
    rf"(?:(?<!\d)(?P<day>[0-3]?\d)(?:er)?\s+)?(?P<month>{'|'.join(_MONTHS)})\s+{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-]{_YEAR}(?!\d)")
_ISO = re.compile(rf"(?<!\d){_YEAR}[-_](?P<month>[01]\d)[-_](?P<day>[0-3]\d)(?!\d)")
_BEFORE_DAY = re.compile(
    r"^(?:le\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?", re.IGNORECASE
)
_PDF = re.compile(r"^(?:D:)?(?P<year>\d{4})(?P<month>\d{2})?(?P<day>\d{2})?")
# The date of something else: a law that is quoted, an event, a deadline.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(loi|décret|arrêté|ordonnance|code|article|circulaire|délibération|né|jusqu|avant|depuis"
    r"|compter|entre|directive|convention)\b",
    re.IGNORECASE,
)
_FIRST_YEAR = 1990
_DATED_LINE = 80


def iso_date(year: int, month: int, day: int = 1) -> str | None:
    """Return a date as ISO 8601, or None when no document can bear it (impossible or to come)."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    today = datetime.now(tz=UTC).date()
    return found.isoformat() if year >= _FIRST_YEAR and found <= today else None


def date_in(text: str) -> str | None:
    """Return the first date that a text states, in words, in figures or as ISO 8601."""
    for pattern in (_ISO, _WRITTEN, _NUMERIC):
        match = pattern.search(text)
        if match is not None:
            named = match["month"].lower()
            month = _MONTHS.get(named) or int(named)
            return iso_date(int(match["year"]), month, int(match["day"] or 1))
    return None


def exact_day(text: str) -> date | None:
    """Return the day that a whole text states, past or to come; a month alone is none."""
    words = _BEFORE_DAY.sub("", text.strip())
    match = _WRITTEN.fullmatch(words) or _NUMERIC.fullmatch(words)
    try:
        if match is None:
            return date.fromisoformat(words)
        named = match["month"].lower()
        return date(int(match["year"]), _MONTHS.get(named) or int(named), int(match["day"] or 0))
    except ValueError:
        return None


def date_of_document(lines: list[str]) -> str | None:
    """Return the date on a short line of its own, such as « Service insertion, mai 2015 »."""
    for line in lines:
        if len(line) <= _DATED_LINE and not _OF_SOMETHING_ELSE.search(line):
            found = date_in(line)
            if found is not None:
                return found
    return None


def date_of_property(value: str | None) -> str | None:
    """Return the date of a file property: ``D:20190619110911+02'00'`` or ISO 8601."""
    match = _PDF.match((value or "").replace("-", ""))
    if match is None:
        return None
    return iso_date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))


def date_of_milliseconds(value: int) -> date:
    """Return the day of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(value / 1000, tz=UTC).date()
