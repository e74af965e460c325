"""Finds what proves a sentence: a slice of a passage that says it, figures, negation and names too.

A sentence that a language model wrote is shown only where such a slice is found. What must hold is
strict (figures with their units, months, acronyms, negation); what is alike is weighed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts import numbers
from assistant.units import Unit, units_of
from knowledge.analysis import fold, terms
from knowledge.documents import Hit
from knowledge.library import Library

_LONGEST_QUOTE = 700
# Strict, not learned yet: what is left out is said in the words of the source all the same.
_LEAST_TITLED, _MOST_FOREIGN = 0.9, 0.05
# A slice that denies as the sentence does is worth this much more; one this much longer, 1 less.
_SAME_SENSE = 0.1
_LENGTH_OF_A_POINT = 4000
_MOST_UNITS = 4
_IN_LETTERS = {
    name: str(number)
    for number, name in enumerate(
        (
            "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        ).split(),
        start=2,
    )
} | {"vingt": "20", "trente": "30", "dix-huit": "18", "vingt-cinq": "25", "vingt-neuf": "29"}
_LETTERS = re.compile(rf"\b({'|'.join(sorted(_IN_LETTERS, key=len, reverse=True))})\b")
_UNIT = re.compile(
    r"(\d+(?:,\d+)?) ?(?:(?:a|et|ou) (\d+) ?)?"
    r"(euros?|%|pour cent|mois|ans?|annees?|jours?|semaines?|heures?|h)(?![a-z])"
)
_ONE_UNIT = {"euro": "euros", "an": "ans", "annee": "ans", "annees": "ans", "jour": "jours",
             "semaine": "semaines", "heure": "heures", "h": "heures", "pour cent": "%"}  # fmt: skip
_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
_NEGATION = re.compile(
    r"\b(?:n(?:e|')\s?.{1,40}?\b(?:pas|plus|jamais|aucun\w*|ni|rien|personne)\b|aucun\w*\b|sans\b"
    r"|interdit\w*|impossible|non\b|exclu\w*|refus\w*|ecarte\w*|sauf\b)"
)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What proves a sentence: a slice of a passage, from ``start`` to ``end`` in its text.

    ``covered`` is the share of the sentence's terms that the slice holds, ``titled`` the same with
    its titles, ``foreign`` the share that neither these nor the question hold; ``same_sense`` tells
    that both deny, or neither does.
    """

    hit: int
    start: int
    end: int
    covered: float
    titled: float
    foreign: float
    same_sense: bool


def find_support(
    sentence: str, *, passages: Sequence[Hit], question: str, library: Library
) -> Support | None:
    """Return the slice that says best what a sentence says; None where none has its figures.

    Args:
        sentence: without marks.
        passages: those that the writer was shown.
        question: that the sentence answers, whose words need no proof.
        library: tells how rare a term is.
    """
    wanted, plain = _figures(sentence), numbers(sentence)
    said = {term: library.rarity(term) for term in terms(sentence)}
    asked = set(terms(question))
    candidates: list[Support] = []
    for rank, hit in enumerate(passages):
        titles = " ".join((hit.source.title, *hit.passage.section_path))
        for window in _windows(units_of(passages, ranks=[rank])):
            start, end = window[0].start, window[-1].end
            quote = hit.passage.text[start:end]
            if not (wanted <= _figures(quote) and plain <= numbers(quote)):
                continue
            if not _acronyms(sentence) <= _acronyms(f"{quote} {titles} {question}".upper()):
                continue
            held = set(terms(quote))
            with_titles = held | set(terms(titles))
            covered = _share(said, held)
            found = Support(
                hit=rank,
                start=start,
                end=end,
                covered=covered,
                titled=_share(said, with_titles),
                foreign=1 - _share(said, with_titles | asked),
                same_sense=_denies(sentence) == _denies(quote),
            )
            candidates.append(found)
    return max(candidates, key=_worth, default=None)


def _worth(support: Support) -> tuple[float, int]:
    """Return how well a slice proves: what it covers, in few words, in the same sense."""
    length = support.end - support.start
    return (
        support.titled + _SAME_SENSE * support.same_sense - length / _LENGTH_OF_A_POINT,
        -length,
    )


def _windows(units: Sequence[Unit]) -> list[Sequence[Unit]]:
    """Return the runs of neighbouring units that a quote may span."""
    return [
        units[first:last]
        for first in range(len(units))
        for last in range(first + 1, min(first + _MOST_UNITS, len(units)) + 1)
        if units[last - 1].end - units[first].start <= _LONGEST_QUOTE or last == first + 1
    ]


def _figures(text: str) -> set[str]:
    """Return the numbers of a text, alone and with their units, its articles and its months."""
    plain = fold(text.replace("\u202f", " ").replace("\u00a0", " ").replace("€", " euros"))
    plain = re.sub(r"(?<=\d) (?=\d{3}\b)", "", plain)
    plain = re.sub(r" +", " ", _LETTERS.sub(lambda found: _IN_LETTERS[found[1]], plain))
    with_units = set()
    for first, second, unit in _UNIT.findall(plain):
        one = _ONE_UNIT.get(unit, unit)
        with_units |= {f"{each.removesuffix(',00')} {one}" for each in (first, second) if each}
    named = numbers(_LETTERS.sub(lambda found: _IN_LETTERS[found[1]], text.lower()).upper())
    return named | with_units | (_MONTHS & set(re.findall(r"[a-z]+", plain)))


def _acronyms(text: str) -> set[str]:
    return set(_ACRONYM.findall(text))


def _denies(text: str) -> bool:
    """Tell whether a text denies something."""
    return bool(_NEGATION.search(fold(text.replace("’", "'"))))


def _share(weights: dict[str, float], held: set[str]) -> float:
    """Return the share of the weights that belongs to the terms held."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def proves(support: Support) -> bool:
    """Tell whether a slice proves its sentence, to be shown as such."""
    return (
        support.same_sense and support.titled >= _LEAST_TITLED and support.foreign <= _MOST_FOREIGN
    )
