"""Finds what proves a sentence: a slice of a passage that says it, figures, negation and names too.

A sentence that a language model wrote is shown only where such a slice is found. What must hold is
strict (figures with their units, months, acronyms, negation); what is alike is weighed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts import numbers
from knowledge.analysis import fold, terms
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.units import units_of
from knowledge.wording import with_acronyms

# Strict, not learned yet: what is left out is said in the words of the source all the same.
_LEAST_COVERED, _MOST_FOREIGN = 0.95, 0.05
# A slice that denies as the sentence does is worth this much more; one this much longer, 1 less.
_SAME_SENSE = 0.1
_LENGTH_OF_A_POINT = 4000
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
# What a rule is subject to: the clause that opens it, those that restrict it.
_OPENING_CLAUSE = re.compile(
    r"^\W*(?:\d+\. )?((?:de|d'|avant|apres|pour|sans|si|s'|en|des|a|au|jusqu|lorsqu|quand|sauf"
    r"|depuis|hors|dans|sous|entre|chez|pendant)\b[^,:]{2,80}), "
)
_RESTRICTING_CLAUSE = re.compile(
    r"\b(?:si|s'il|s'ils|s'elles?|sauf|a condition|sous reserve|sous condition|uniquement|seulement"
    r"|lorsqu\w*|quand|exception|qui|dont)\b[^,;:.(]*"
)
_LEAST_OF_A_CLAUSE = 0.5
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What proves a sentence: a slice of a passage, from ``start`` to ``end`` in its text.

    ``covered`` is the share of the sentence's terms that the slice holds, its acronyms spelt out,
    rare terms counting more; ``foreign`` the share that neither the slice nor its titles nor the
    question hold; ``same_sense`` tells that both deny, or neither does, that no range is halved and
    that no condition of the slice is left out.
    """

    hit: int
    start: int
    end: int
    covered: float
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
        named = set(terms(titles))
        if set(said) <= named:
            # It says no more than a title: there is nothing to prove.
            continue
        for unit in units_of(passages, ranks=[rank]):
            if not (wanted <= _figures(unit.text) and plain <= numbers(unit.text)):
                continue
            if not _acronyms(sentence) <= _acronyms(f"{unit.text} {titles}".upper()):
                continue
            held = set(terms(with_acronyms(unit.text)))
            candidates.append(
                Support(
                    hit=rank,
                    start=unit.start,
                    end=unit.end,
                    covered=_share(said, held),
                    foreign=1 - _share(said, held | named | asked),
                    same_sense=_denies(sentence) == _denies(unit.text)
                    and not _halves_a_range(wanted, unit.text)
                    and not _drops_a_condition(set(said), unit.text),
                )
            )
    return max(candidates, key=_worth, default=None)


def _worth(support: Support) -> tuple[float, int]:
    """Return how well a slice proves: what it covers, in few words, in the same sense."""
    length = support.end - support.start
    return (
        support.covered + _SAME_SENSE * support.same_sense - length / _LENGTH_OF_A_POINT,
        -length,
    )


def _halves_a_range(figures: set[str], quote: str) -> bool:
    """Tell whether figures hold one end only of a range of a quote (« 15 à 20 heures »)."""
    ranges = [
        {f"{each} {_ONE_UNIT.get(unit, unit)}" for each in (first, second)}
        for first, second, unit in _UNIT.findall(_plain(quote))
        if second
    ]
    return any(len(figures & ends) == 1 for ends in ranges)


def _drops_a_condition(said: set[str], quote: str) -> bool:
    """Tell whether words leave out a condition of a quote: « de 21 à 25 ans, », « si … »."""
    plain = fold(quote.replace("’", "'"))
    opening = _OPENING_CLAUSE.match(plain)
    clauses = [opening[1]] if opening else []
    clauses += [clause[0] for clause in _RESTRICTING_CLAUSE.finditer(plain)]
    held = (set(terms(clause)) for clause in clauses)
    return any(each and len(each & said) < _LEAST_OF_A_CLAUSE * len(each) for each in held)


def _figures(text: str) -> set[str]:
    """Return the numbers of a text, alone and with their units, its articles and its months."""
    plain = _plain(text)
    with_units = set()
    for first, second, unit in _UNIT.findall(plain):
        one = _ONE_UNIT.get(unit, unit)
        with_units |= {f"{each.removesuffix(',00')} {one}" for each in (first, second) if each}
    named = numbers(_LETTERS.sub(lambda found: _IN_LETTERS[found[1]], text.lower()).upper())
    return named | with_units | (_MONTHS & set(re.findall(r"[a-z]+", plain)))


def _plain(text: str) -> str:
    """Return a text as figures are read in it: folded, spaces unified, small numbers in digits."""
    spaced = fold(text.replace("\u202f", " ").replace("\u00a0", " ").replace("€", " euros"))
    joined = re.sub(r"(?<=\d) (?=\d{3}\b)", "", spaced)
    return re.sub(r" +", " ", _LETTERS.sub(lambda found: _IN_LETTERS[found[1]], joined))


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
        support.same_sense
        and support.covered >= _LEAST_COVERED
        and support.foreign <= _MOST_FOREIGN
    )
