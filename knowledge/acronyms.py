"""The acronyms of the field and what they stand for, from ``knowledge/corpus/sigles.csv``."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import strip_accents, terms

_FILE = Path(__file__).parent / "corpus" / "sigles.csv"
_TOKEN = re.compile(r"\w[\w&/-]*\w")
_PART = re.compile(r"[^/-]+")
_ADDRESS = r"https?://\S+|www\.\S+|\S+@\S+"
_IN_CAPITALS = re.compile(r"[^a-zß-öø-ÿœ\n]+")
_WORD = re.compile(r"[^\W\d_]{2,}")


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


def expansions_in(text: str) -> list[Acronym]:
    """Return the acronyms of the expressions that ``text`` spells out, the longest first.

    An expression counts when its search terms follow each other.
    """
    said = terms(text)
    known = _expressions(tuple(s[0] for s in acronyms().values() if len(s) == 1))
    found = []
    for length in sorted({len(expression) for expression in known}, reverse=True):
        starts = range(len(said) - length + 1)
        spoken = {tuple(said[start : start + length]) for start in starts} & known.keys()
        found += [known[expression] for expression in sorted(spoken)]
    return found


@lru_cache(maxsize=1)
def _expressions(known: tuple[Acronym, ...]) -> dict[tuple[str, ...], Acronym]:
    """Return acronyms by the search terms of their expansion, two at least."""
    spelt = {tuple(terms(acronym.expansion)): acronym for acronym in known}
    return {said: acronym for said, acronym in spelt.items() if len(said) > 1}


def acronym_spans(text: str) -> Iterator[tuple[int, int, tuple[Acronym, ...]]]:
    """Yield where acronyms stand in ``text`` (start, end, every sense), in order.

    Only what is written as an acronym counts (« AI », never « ai »), outside web and mail
    addresses, and outside a phrase wholly in capitals (« SI VOUS AVEZ »), where any word would.
    """
    known = acronyms()
    if not known:
        return
    written = _written(tuple(senses[0].short for senses in known.values()))
    shouted = [
        phrase.span()
        for phrase in _IN_CAPITALS.finditer(text)
        if _WORD.search(written.sub(" ", phrase[0]))
    ]
    for found in written.finditer(text):
        start, end = found.span()
        if found[1] and not any(first <= start and end <= last for first, last in shouted):
            yield start, end, known[_key(" ".join(found[1].split()))]


@lru_cache(maxsize=1)
def _written(shorts: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds an address, or in group 1 an acronym as it may be written."""
    forms = {
        form for short in shorts for form in (short, short.upper(), strip_accents(short.upper()))
    }
    # The longest first: « PASS IAE » is neither a « PASS » nor the « IAE ».
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    either = "|".join(r"\s".join(map(re.escape, form.split(" "))) for form in longest_first)
    return re.compile(rf"{_ADDRESS}|(?<!\w)({either})(?!\w)")


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
