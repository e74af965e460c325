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
    known = _themes()
    said = words(text)
    found: set[str] = set()
    start = 0
    while start < len(said):
        length = next(
            (n for n in range(_longest(), 0, -1) if tuple(said[start : start + n]) in known), 0
        )
        found.update(known.get(tuple(said[start : start + length]), ()))
        start += max(length, 1)
    return frozenset(found)


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _themes()))
