"""Finds the words of a quotation in the extract that it names."""

import re

from knowledge.consultation.book import Extract

_CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
# Signs that a word processor changes, of the same length.
_SIGNS = str.maketrans("\u00a0\u202f\u2009’‘‑", "   ''-")


def plain_signs(text: str) -> str:
    """Return a text with the spaces, apostrophes and hyphens that people type; same length."""
    return text.translate(_SIGNS)


def place_in(extract: Extract, words: str) -> tuple[int, int] | None:
    """Return where words stand in an extract, whatever their spaces and apostrophes."""
    sought = " ".join(plain_signs(words).split())
    start = plain_signs(extract.words).find(sought)
    return (start, start + len(sought)) if sought and start >= 0 else None


def pieces_of(text: str) -> list[str]:
    """Return the runs of words of a quotation, cut where « […] » leaves some out."""
    return [piece for piece in _CUT.split(text) if piece.strip()]


def holds(extract: Extract, words: str) -> bool:
    """Tell whether an extract holds each run of words of a quotation."""
    return all(place_in(extract, piece) for piece in pieces_of(words))
