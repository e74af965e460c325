"""Tells the lines that are titles though nothing marks them so: capitals, numbers, bare words."""

import re

from knowledge.consultation.kinds import is_silent, part_said

_NUMBER = re.compile(r"^\s*(?:[IVX]+|\d{1,2}|[A-Ha-h])\s?[.)°/–-]+\s+(?=\S)")
# « 1.2 Recherche »
_SUB_NUMBER = re.compile(r"\s*\d{1,2}\.\d{1,2}[.)]?\s+(?=[A-ZÀ-Ý])")
# « Ce qui ne fonctionne pas. »: a title with a full stop.
_PART = re.compile(r"(?i)(?:ce qu[ie']|(?:les )?points |besoins|attentes)(?: ?[\w'’]+){0,5}\.")
_ENDS_A_SENTENCE = (".", "!", "…", ";", ",", "»", ")")
_LONGEST, _MOST_WORDS = 80, 9
_LONGEST_QUESTION = 6
_CAPITALS = 6


def bare_title(line: str) -> str:
    """Return a title without its number, its marks and its colon."""
    return _NUMBER.sub("", line).strip(" *_#=:.\n").strip()


def is_title(line: str) -> bool:
    """Tell whether a line that stands alone is the title of what follows it.

    It is written in capitals, or it is a few words that say a part of the meeting or bear a number
    of two levels: « Points de friction », « II. Besoins et attentes », « 1.2 Recherche ».
    """
    text = line.strip(" *_#=\n")
    if _PART.fullmatch(text):
        text = text.rstrip(".")
    bare = bare_title(text)
    if not bare or len(text) > _LONGEST or "\n" in text:
        return False
    if _is_in_capitals(bare):
        return True
    most = _LONGEST_QUESTION if text.endswith("?") else _MOST_WORDS
    if text.endswith(_ENDS_A_SENTENCE) or len(bare.split()) > most:
        return False
    return bool(_SUB_NUMBER.match(text)) or part_said(bare) is not None or is_silent(bare)


def is_main_title(line: str) -> bool:
    """Tell whether a title is of a whole part: in capitals, or numbered."""
    text = line.strip(" *_#=\n")
    return _is_in_capitals(bare_title(text)) or bool(_NUMBER.match(text))


def _is_in_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _CAPITALS and all(char.isupper() for char in letters)
