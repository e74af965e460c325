"""The acronyms of the field and what they stand for, from ``knowledge/corpus/sigles.csv``."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import strip_accents

_FILE = Path(__file__).parent / "corpus" / "sigles.csv"
_TOKEN = re.compile(r"\w[\w&/-]*\w")
_PART = re.compile(r"[^/-]+")


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym as it is written, its expansion, and its sense where it has several."""

    short: str
    expansion: str
    sense: str


@lru_cache(maxsize=1)
def acronyms() -> dict[str, tuple[Acronym, ...]]:
    """Return the acronyms, by their lower-case form without accents."""
    found: dict[str, tuple[Acronym, ...]] = {}
    if not _FILE.exists():
        return found
    with _FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            entry = Acronym(row["sigle"], row["expansion"], row.get("sens") or "")
            key = _key(entry.short)
            found[key] = (*found.get(key, ()), entry)
    return found


def acronyms_in(text: str) -> list[Acronym]:
    """Return the acronyms that ``text`` holds, in order, when they have one sense only.

    An acronym that is also an everyday word (« AI », « MILO ») counts in capitals alone.
    """
    found: dict[str, Acronym] = {}
    for token in _tokens(text):
        key = _key(token)
        senses = acronyms().get(key, ())
        written_as_acronym = token.isupper() or any(char.isdigit() for char in token)
        if len(senses) == 1 and (written_as_acronym or len(key) >= _SAFE_LENGTH):
            found.setdefault(key, senses[0])
    return list(found.values())


def _tokens(text: str) -> Iterator[str]:
    """Yield the words of ``text``; « CUI-CAE » is one acronym, « CEJ/PACEA » are two."""
    for token in _TOKEN.findall(text):
        if _key(token) in acronyms():
            yield token
        else:
            yield from _PART.findall(token)


# Two letters in lower case are a word of the language far more often than an acronym.
_SAFE_LENGTH = 3


def _key(word: str) -> str:
    return strip_accents(word.lower())
