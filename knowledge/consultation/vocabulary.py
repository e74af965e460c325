"""Lists of names, each with the words that say it, and where a text says them."""

import csv
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import words

_FOLDER = Path(__file__).parents[1] / "corpus"


class Vocabulary:
    """Names and the words that say each; the name is one of them."""

    def __init__(self, rows: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Read rows of a name and the words that say it."""
        self.names: tuple[str, ...] = ()
        self._said: dict[tuple[str, ...], tuple[str, str]] = {}
        for name, said in rows:
            self.names += (name,)
            for each in (name, *said):
                self._said.setdefault(tuple(words(each)), (name, each.strip()))
        self._said.pop((), None)
        self._longest = max(map(len, self._said), default=0)

    def mentions(self, text: str) -> list[tuple[str, str]]:
        """Return the names that a text says, in order, each with the words that say it.

        The longest words win: « chargée d'accueil » is no « accueil ».
        """
        told = words(text)
        found, at = [], 0
        while at < len(told):
            runs = (tuple(told[at : at + n]) for n in range(self._longest, 0, -1))
            run = next((run for run in runs if run in self._said), None)
            if run:
                found.append(self._said[run])
            at += len(run) if run else 1
        return found


def read_vocabulary(file: str) -> Vocabulary:
    """Return the list that a table of ``knowledge/corpus`` holds: a name, then its words."""
    return Vocabulary((name, said.split(",")) for name, said, *_ in _rows(file))


def _rows(file: str) -> list[list[str]]:
    with (_FOLDER / file).open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream, delimiter=";")
    return rows


@lru_cache(maxsize=1)
def components() -> Vocabulary:
    """Return the components of the information system, which people can edit."""
    return read_vocabulary("composants-si.csv")


@lru_cache(maxsize=1)
def component_of_theme() -> dict[str, str]:
    """Return the component under which each theme of the thesaurus falls."""
    return {
        theme.strip(): name
        for name, _, themes in _rows("composants-si.csv")
        for theme in themes.split(",")
    }


@lru_cache(maxsize=1)
def profiles() -> Vocabulary:
    """Return the profiles of those who speak, which people can edit."""
    return read_vocabulary("profils.csv")
