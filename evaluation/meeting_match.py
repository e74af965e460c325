"""Pairs the remarks found in meeting notes with those that were really said."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from scipy.optimize import linear_sum_assignment

ENOUGH = 0.5
_BROKEN_WORD = re.compile(r"(?<=\w)-\n\s*(?=\w)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """A remark and where it stands: ``span`` is None where only its words are known."""

    file: str
    text: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which found remark stands for which true one, by position.

    ``pieces`` are the found remarks that hold half of a true one (or are half held by it) which
    another one stands for; ``merged`` the true ones that lie so in a found remark which stands for
    another.
    """

    pairs: Mapping[int, int]
    pieces: frozenset[int]
    merged: frozenset[int]


def pair_remarks(true: Sequence[Place], *, found: Sequence[Place]) -> Pairing:
    """Pair each true remark with at most one found remark of its file, the nearest ones first.

    Two remarks can be paired when they share at least half of the shorter one; of all ways to pair
    them, the one with the largest shared parts is kept, so that a found remark as long as a page
    counts for one remark only.
    """
    shared = np.zeros((len(true), len(found)))
    by_file: dict[str, list[int]] = {}
    for column, place in enumerate(found):
        by_file.setdefault(place.file, []).append(column)
    for row, place in enumerate(true):
        for column in by_file.get(place.file, ()):
            shared[row, column] = _shared(place, found[column])
    rows, columns = linear_sum_assignment(shared, maximize=True)
    pairs = {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if shared[row, column] > 0
    }
    touched = np.argwhere(shared > 0).tolist()
    used = set(pairs.values())
    return Pairing(
        pairs,
        pieces=frozenset(column for _, column in touched if column not in used),
        merged=frozenset(row for row, _ in touched if row not in pairs),
    )


def _shared(one: Place, other: Place) -> float:
    """Return what part of the longer remark is shared, 0 under half of the shorter one."""
    if one.span and other.span:
        common = min(one.span[1], other.span[1]) - max(one.span[0], other.span[0])
        lengths = [span[1] - span[0] for span in (one.span, other.span)]
    else:
        common, lengths = _common_words(one.text, other.text)
    if common <= 0 or common < ENOUGH * min(lengths):
        return 0.0
    return common / max(lengths)


def _common_words(one: str, other: str) -> tuple[int, list[int]]:
    """Return the length of the longest run of words in both texts, and the length of each text."""
    words, others = _words(one), _words(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    run = matcher.find_longest_match()
    return _length(words[run.a : run.a + run.size]), [_length(words), _length(others)]


def _words(text: str) -> list[str]:
    """Return the words of a text without case, typography or the breaks of hyphenated words."""
    whole = _BROKEN_WORD.sub("", text)
    return _WORD.findall(unicodedata.normalize("NFKC", whole).casefold())


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words))
