"""Turns French text into the terms that lexical search compares.

Lower case, no accents, no elided article, no stop word, Snowball stems; an article of law is one
term however it is written (« L. 5131-6 », « L5131-6 »). Accents go before stemming, so that a
question typed without them finds the same terms.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

#: Changes whenever the terms of a text would, since the index must then be made again.
ANALYSIS_VERSION = "3"

_SHORT_STEM = 4
_DIACRITICS = re.compile("[\u0300-\u036f]+")
_ARTICLE = re.compile(r"\b([lrd])\s?\.?\s?\*?(\d{3,4}(?:-\d+)+)\b")
_WORD = re.compile(r"[lrd]\d{3,4}(?:-\d+)+|\d+(?:[.,]\d+)+|[^\W_]+")
_ELISION = re.compile(r"\b(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)")
_STOP_WORDS = frozenset(
    "a ai ainsi alors au aucun aussi autre autres aux avec avoir c ca car ce ceci cela celle"
    " celles celui ces cet cette ceux chaque ci combien comme comment d dans de des deja"
    " depuis donc dont du elle elles en encore entre es est et etaient etait etant ete etre eu"
    " eux fait faire faut fois font hors ici il ils j je l la laquelle le lequel les"
    " lesquelles lesquels leur leurs lors lui m ma mais me meme memes mes moi moins mon n ne"
    " ni nos notre nous on ont ou par parce pas pendant peu peut peuvent peux plus pour"
    " pourquoi pouvez puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera"
    " seront ses si soi soit son sont sous sur t ta te tel telle telles tels tes toi ton tous"
    " tout toute toutes tres tu un une vers veut veux vos votre vous y".split()
)


def strip_accents(text: str) -> str:
    """Return ``text`` without its diacritics, ligatures opened."""
    opened = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    return _DIACRITICS.sub("", unicodedata.normalize("NFD", opened))


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents."""
    return strip_accents(text.lower())


def surface_words(text: str) -> list[str]:
    """Return the words of ``text`` in order: lower case, accents kept, no elided article."""
    return _WORD.findall(_ELISION.sub("", text.lower()))


def is_stop_word(word: str) -> bool:
    """Tell whether a word is too common to be searched."""
    return fold(word) in _STOP_WORDS


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order: lower case, no accents, no elided article."""
    plain = fold(text)
    plain = _ELISION.sub("", plain)
    plain = _ARTICLE.sub(r"\1\2", plain)
    return _WORD.findall(plain)


def terms(text: str) -> list[str]:
    """Return the search terms of ``text`` in order, stop words left out."""
    return [_stem(word) for word in words(text) if word not in _STOP_WORDS]


def all_terms(texts: Iterable[str]) -> list[list[str]]:
    """Return the search terms of each text."""
    return [terms(text) for text in texts]


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    """Return the stem of a word; numbers and article numbers stay as they are.

    Snowball keeps the plural of words that end with a vowel (« emplois », « essais »).
    """
    if word[-1].isdigit():
        return word
    stem: str = _stemmer().stemWord(word)
    return stem[:-1] if len(stem) > _SHORT_STEM and stem[-1] in "sx" else stem


@lru_cache(maxsize=1)
def _stemmer() -> Any:  # noqa: ANN401 - PyStemmer has no types
    """Return the French Snowball stemmer."""
    import Stemmer

    return Stemmer.Stemmer("french")
