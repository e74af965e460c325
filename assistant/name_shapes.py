"""How far a name goes, word after word, and which words may belong to one."""

import re

from assistant.name_words import (
    FOREIGN_PARTICLES,
    NO_NAME_AFTER_TITLE,
    ORDINARY,
    PARTICLES,
    common_words,
    plain,
)
from knowledge.acronyms import acronyms

# « Kevin Durand », « Kevin d'Angelo »
_BETWEEN = frozenset(" \u00a0\u202f'’")
_SHORTEST_IN_CAPITALS = 4
_LONGEST = 3


def extend(text: str, words: list[re.Match[str]], index: int) -> int:
    """Return the index after the words with a capital that follow the word at ``index``."""
    end = index + 1
    for _ in range(_LONGEST - 1):
        step = next(
            (
                step
                for step in (1, 2, 3)
                if end + step <= len(words)
                and all(touch(text, words, at) for at in range(end, end + step))
                and all(is_particle(w.group()) for w in words[end : end + step - 1])
                and is_name_like(words[end + step - 1].group())
            ),
            None,
        )
        if step is None:
            break
        end += step
    return end


def extend_in_lower_case(text: str, words: list[re.Match[str]], index: int) -> int:
    """Return the index after the words that no list knows and that follow a name."""
    end = index + 1
    while (
        end < len(words)
        and end < index + _LONGEST
        and touch(text, words, end)
        and may_follow(words[end].group())
    ):
        end += 1
    return end


def may_follow(word: str) -> bool:
    """Tell whether a word may go on a name without capitals: it is no word that is known."""
    said = plain(word)
    unknown = not is_ordinary(word) and said not in NO_NAME_AFTER_TITLE and len(said) > 1
    return unknown and said not in acronyms() and said not in ORDINARY


def is_particle(word: str) -> bool:
    """Tell whether a word joins the words of a name (« de », « ben »)."""
    return plain(word) in PARTICLES | FOREIGN_PARTICLES


def touch(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Tell whether one space or apostrophe alone parts a word from the one before it."""
    return text[words[index - 1].end() : words[index].start()] in _BETWEEN


def is_name_like(word: str) -> bool:
    """Tell whether a word may belong to a name: a capital, and neither a body nor an acronym."""
    said = plain(word)
    if not word[0].isupper() or said in ORDINARY or said in acronyms():
        return False
    if word.isupper():
        return len(word) >= _SHORTEST_IN_CAPITALS
    return said not in PARTICLES


def is_ordinary(word: str) -> bool:
    """Tell whether a word is one of the language, each part of it if it is a compound."""
    said = plain(word)
    return said in common_words() or ("-" in said and set(said.split("-")) <= common_words())
