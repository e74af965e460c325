"""A question that many dispositifs could answer gets one short question with a few choices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.subjects import Subjects
from assistant.understand import AUDIENCE, GENERIC, INTENT, Expected, Understood
from knowledge.analysis import fold, terms
from knowledge.documents import Source
from knowledge.library import Library

_CHOICES = 5
_FEWEST = 3
# Beyond so many search terms a question says more than a name.
_BARE = 3
# A sheet is about a word that stands in its title or in this share of its passages, and speaks of
# one that stands in the second share.
_ABOUT, _SPEAKS = 0.3, 0.1
# The passages of all sheets are looked at: their terms are kept from one question to the next.
_KEPT = 8192
# The dispositifs that Missions Locales speak of most, the first of them first.
_MOST_ASKED = (
    "cej",
    "pacea",
    "apprentissage",
    "contrat-de-professionnalisation",
    "pmsmp",
    "aides-permis",
    "aides-au-logement",
    "prime-d-activite",
    "epide",
    "e2c",
    "fonds-d-aide-aux-jeunes",
    "rsa",
    "cpf",
)
_ASKS: dict[Expected, str] = {
    "amount": "quel montant ?",
    "duration": "quelle durée ?",
    "age": "à quel âge ?",
    "count": "combien ?",
    "date": "depuis quand ?",
    "papers": "quelles pièces fournir ?",
    "steps": "quelles démarches ?",
    "person": "à qui s'adresser ?",
    "contact": "à qui s'adresser ?",
    "definition": "c'est quoi ?",
    "any": "c'est quoi ?",
}
_WHICH = {
    noun: f"De quel{'le' if feminine else ''} {noun} parlez-vous ?"
    for feminine, nouns in (
        (True, "aide allocation prime formation mesure garantie bourse"),
        (False, "contrat stage parcours accompagnement programme projet fonds dispositif"),
    )
    for noun in nouns.split()
} | dict.fromkeys(("permis", "logement"), "De quelle aide parlez-vous ?")


@dataclass(frozen=True, slots=True)
class Clarification:
    """What is asked back, and the whole questions that can be asked instead."""

    text: str
    choices: tuple[str, ...]


def clarify(
    understood: Understood, *, library: Library, subjects: Subjects, today: date
) -> Clarification | None:
    """Return what to ask back on a question that many dispositifs could answer, else None.

    The choices are the sheets in force that the words of the question are about, the most asked
    first; a question that names nothing at all has the most asked ones.
    """
    named = _named(understood, subjects)
    if named is None:
        return None
    sheets = [
        source
        for source in library.sources()
        if subjects.get(source.id) is not None and source.is_in_force(today)
    ]
    about = _about(named, sheets, library) if named else {}
    if not understood.is_vague and not _is_ambiguous(named, about):
        return None
    found = [subject for each in _choices(about, sheets) if (subject := subjects.get(each))]
    ask = _ASKS[understood.expected]
    return Clarification(
        text=f"{_which(understood.standalone)} Choisissez, ou précisez son nom :",
        choices=tuple(f"{subject.label} : {ask}" for subject in found),
    )


def _named(understood: Understood, subjects: Subjects) -> set[str] | None:
    """Return the search terms of what is named, None where the question is clear or long."""
    asked = terms(understood.search_text)
    said = {t for t in asked if t not in INTENT and not t[0].isdigit()}
    named = said - AUDIENCE or said
    if understood.is_vague:
        return named
    is_bare = len(asked) <= _BARE and len(named) <= _BARE - 1
    return named if named and is_bare and not subjects.named_in(understood.standalone) else None


def _is_ambiguous(named: set[str], about: dict[str, float]) -> bool:
    """Tell whether words that name something could be several dispositifs.

    « le permis » could; « l'aide au permis » is the one sheet with such a title.
    """
    in_title = sum(score >= 1 for score in about.values())
    alone = len(named) == 1
    return len(about) >= _FEWEST and in_title >= (1 if alone else 2)


def _about(named: set[str], sheets: Sequence[Source], library: Library) -> dict[str, float]:
    """Return how much each sheet is about words: 1 and more when its title has them all."""
    specific = named - GENERIC or named
    found = {}
    for source in sheets:
        passages = library.passages(source.id)
        held = sum(specific <= _terms_of(passage.text) for passage in passages)
        share = held / len(passages) if passages else 0.0
        in_title = specific <= set(terms(source.title))
        if in_title or share >= _SPEAKS:
            found[source.id] = in_title + share
    return found


@lru_cache(maxsize=_KEPT)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _choices(about: dict[str, float], sheets: Sequence[Source]) -> list[str]:
    """Return the sheets to choose from: those with such a title when they are enough."""
    if not about:
        return sorted((source.id for source in sheets), key=lambda each: _rank(each, about))[
            :_CHOICES
        ]
    for least in (1.0, _ABOUT):
        close = [each for each, score in about.items() if score >= least]
        if len(close) >= _FEWEST:
            return sorted(close, key=lambda each: _rank(each, about))[:_CHOICES]
    return sorted(about, key=lambda each: -about[each])[:_CHOICES]


def _rank(document_id: str, about: dict[str, float]) -> tuple[int, float]:
    """Return the place of a sheet among the choices: the most asked, then what is most about it."""
    known = document_id in _MOST_ASKED
    place = _MOST_ASKED.index(document_id) if known else len(_MOST_ASKED)
    return place, -about.get(document_id, 0.0)


def _which(question: str) -> str:
    """Return the question that asks which one, with the noun that was typed."""
    for word in re.findall(r"\w+", fold(question)):
        for noun in (word, word.rstrip("s")):
            if noun in _WHICH:
                return _WHICH[noun]
    return "De quel dispositif parlez-vous ?"
