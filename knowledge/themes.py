"""The themes of a consultation on an information system, from ``knowledge/corpus/themes-si.csv``.

What one meeting calls « ça rame » is « lenteur » in another: the words of a theme stand for each
other. The file is there to be edited by the people who know the field.
"""

import csv
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import words

_FILE = Path(__file__).parent / "corpus" / "themes-si.csv"

Words = tuple[str, ...]


@lru_cache(maxsize=1)
def _themes() -> dict[Words, tuple[str, ...]]:
    """Return the themes of each word or group of words; the name of a theme is one of them."""
    found: dict[Words, tuple[str, ...]] = {}
    with _FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            for group in {row["theme"], *row["mots"].split(", ")}:
                key = tuple(words(group))
                found[key] = (*found.get(key, ()), row["theme"])
    return found


def themes_in(text: str) -> frozenset[str]:
    """Return the themes that a text speaks of; « hors connexion » is not « connexion »."""
    return frozenset(theme for theme, _, _ in theme_mentions(text))


def theme_mentions(text: str) -> list[tuple[str, int, int]]:
    """Return each mention of a theme: its name, at which word it starts, its length in words."""
    known = _themes()
    said = words(text)
    found: list[tuple[str, int, int]] = []
    start = 0
    while start < len(said):
        longest = min(_longest(), len(said) - start)
        length = next(
            (n for n in range(longest, 0, -1) if tuple(said[start : start + n]) in known), 0
        )
        themes = known.get(tuple(said[start : start + length]), ())
        found += [(theme, start, length) for theme in themes]
        start += max(length, 1)
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _themes()))


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    """Return the group of each theme that has one."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return {row["theme"]: row["groupe"] for row in rows if row["groupe"]}


def group_of(theme: str) -> str:
    """Return the group under which a theme is counted in a consultation; itself when alone."""
    return _groups().get(theme, theme)


@lru_cache(maxsize=1)
def theme_names() -> frozenset[str]:
    """Return the names of all themes."""
    return frozenset(theme for themes in _themes().values() for theme in themes)
