"""Finds where words that were read from a file stand in the text of the file itself."""

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_OPENING = frozenset("«“\"'‘’([")
_CLOSING = frozenset("»”\"'’)].!?…;,:%€")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and figures of a text without accents, and where each one stands in it."""

    letters: str
    places: tuple[int, ...]


def letters_of(text: str) -> Letters:
    """Return the letters and figures of a text: marks, breaks and white space are left out."""
    letters, places = [], []
    for place, char in enumerate(text):
        for base in unicodedata.normalize("NFKD", char).casefold():
            if base.isalnum():
                letters.append(base)
                places.append(place)
    return Letters("".join(letters), tuple(places))


def locate(words: str, *, text: str, letters: Letters, after: int = 0) -> tuple[int, int] | None:
    """Return the span of ``text`` that holds these words, whatever its marks and line breaks.

    Args:
        words: what was read, from which Markdown marks, hyphens and breaks may have been removed.
        text: the text of the file.
        letters: its letters, of ``letters_of``.
        after: an index into ``text``; the first place from there on is preferred.
    """
    sought = letters_of(words).letters
    if not sought:
        return None
    first = letters.letters.find(sought, bisect_left(letters.places, after))
    if first < 0:
        first = letters.letters.find(sought)
    if first < 0:
        return None
    start = letters.places[first]
    end = letters.places[first + len(sought) - 1] + 1
    return _opened(words, text, start), _closed(words, text, end)


def _opened(words: str, text: str, start: int) -> int:
    """Return ``start`` moved back over the signs that open the words."""
    signs = words[: next(i for i, char in enumerate(words) if char.isalnum())].split()
    for sign in reversed("".join(signs)):
        place = start
        while place and _is_gap(text[place - 1]):
            place -= 1
        if sign not in _OPENING or not place or text[place - 1] != sign:
            break
        start = place - 1
    return start


def _closed(words: str, text: str, end: int) -> int:
    """Return ``end`` moved on over the signs that close the words."""
    last = max(i for i, char in enumerate(words) if char.isalnum())
    for sign in "".join(words[last + 1 :].split()):
        place = end
        while place < len(text) and _is_gap(text[place]):
            place += 1
        if sign not in _CLOSING or place >= len(text) or text[place] != sign:
            break
        end = place + 1
    return end


def _is_gap(char: str) -> bool:
    """Tell whether a character may stand between words and the signs around them."""
    return char.isspace() or char in "*_"
