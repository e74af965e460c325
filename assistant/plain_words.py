"""Rewords verified sentences for a young person: short, without references, nothing added.

What is left out is a legal reference, an opening « Oui, », a sentence meant for the adviser; an
amount keeps the date of its source. Words are never replaced: what is hard is explained apart.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from assistant.answer import Citation, Sentence
from assistant.facts import numbers
from knowledge.acronyms import acronym_spans
from knowledge.analysis import terms

#: The sections of a sheet that speak to the adviser.
STEPS, CAUTIONS = "Comment faire, pas à pas", "Points de vigilance"

_GLOSSARY = Path(__file__).parent / "data" / "mots-simples.csv"
_MOST_EXPLAINED = 4
# « (article L5135-1) », « (fiche du ministère du 1er avril 2025) »: not for a young person.
_REFERENCE = re.compile(
    r"\s*\((?P<said>(?:articles?|fiche|page|paramètres?|décret|Code|cités?|voir|règle|calcul|texte)"
    r"\b[^()]*)\)"
)
_LEGAL_TAIL = re.compile(r" : (?:l'article|selon|voir|c'est le rôle)\b.*$")
_DAY = re.compile(r"\b(?:1er|\d{1,2}) [a-zéû]+ 20\d\d\b|\b20\d\d\b")
_YEAR = re.compile(r"\b20\d\d\b")
_AMOUNT = re.compile(r"\d\s*(?:€|%)")
_YES_OR_NO = re.compile(r"^(?:Oui|Non|Sinon|Par ailleurs|De plus|Toutefois|Cependant), ")
_FOR_THE_ADVISER = re.compile(
    r"\b(?:sources? d'Appui|connus? d'Appui|textes consultés|sources consultées|I-Milo|"
    r"affiche(?:nt)? encore|(?:votre|le) référent\b(?! unique)|référent logement)"
)
_ORDER = re.compile(r"^(?:\w+, )?(?!(?:Assez|Chez|Rez)\b)[A-ZÉÈ][\w'-]*ez\b")
_OF_THE_YOUNG = re.compile(r"\b(?:jeunes?|bénéficiaires?)\b", re.IGNORECASE)
_SAYS_VOUS = re.compile(r"\b(?:vous|votre|vos)\b|^(?:\w+, )?[A-ZÉÈ][\w'-]*ez\b", re.IGNORECASE)
# Where a sentence of two clauses can be cut and leave two sentences.
_CUT = re.compile(
    r" ; |, (?=mais (?:l'|la |le |les |un |une |il |elle |on ))"
    r"|, et (?=(?:ils?|elles?|on) )|, alors que (?=(?:l'|la |le |les |un |une ))"
)
_EXPLAINS = re.compile(r" : (?=(?:l'|la |le |les |un |une |ils? |elles? |on |cette |ce )[^;:]*$)")
_LEAST_BEFORE_A_COLON = 5
# « Un mineur touche … » says again « L'allocation est de … pour un mineur ».
_WORDS_FOR_A_NEW_ONE = 4
_DENIES = re.compile(r"\bn[e'’]|\b(?:pas|sans|aucune?|sauf)\b", re.IGNORECASE)


def told(
    sentences: Sequence[Sentence], citations: Sequence[Citation], *, informal: bool = False
) -> tuple[Sentence, ...]:
    """Return what a young person is told of an answer; ``informal``, in words fit for « tu »."""
    sections = {each.n: (each.section or "").rsplit(" > ", 1)[-1] for each in citations}
    kept = []
    for sentence in sentences:
        meant = {sections.get(n) for n in sentence.citations}
        if meant & {STEPS, CAUTIONS} or _is_for_the_adviser(sentence.text):
            continue
        light = lightened(sentence.text)
        if not (informal and _SAYS_VOUS.search(light)):
            kept.append(replace(sentence, text=light))
    return distinct(kept)


def distinct(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences without those that repeat one before them."""
    kept: list[Sentence] = []
    for sentence in sentences:
        if not any(_says_the_same(sentence.text, each.text) for each in kept):
            kept.append(sentence)
    return tuple(kept)


def _is_for_the_adviser(text: str) -> bool:
    orders_about_the_young = _ORDER.match(text) and _OF_THE_YOUNG.search(text)
    return bool(orders_about_the_young or _FOR_THE_ADVISER.search(text))


def lightened(text: str) -> str:
    """Return a sentence without its legal references; an amount keeps the date of its source."""
    without = _LEGAL_TAIL.sub(".", _REFERENCE.sub("", text))
    if _AMOUNT.search(text) and not _YEAR.search(without):
        without = _REFERENCE.sub(_only_dated, text)
    return capital(_YES_OR_NO.sub("", without))


def _only_dated(reference: re.Match[str]) -> str:
    """Return a reference cut to its date: « (au 12 décembre 2024) »."""
    days = _DAY.findall(reference["said"])
    if not days:
        return ""
    noun = "règle" if reference["said"].startswith("article") else "chiffre"
    return f" ({noun} {'de' if days[-1].isdigit() else 'du'} {days[-1]})"


def capital(text: str) -> str:
    """Return a text that opens with a capital."""
    return text[:1].upper() + text[1:]


def _says_the_same(text: str, other: str) -> bool:
    """Tell whether a sentence repeats another: same figures, same sense, hardly a new word."""
    mine = set(terms(text))
    return (
        len(mine - set(terms(other))) <= len(mine) // _WORDS_FOR_A_NEW_ONE
        and numbers(text) == numbers(other)
        and bool(_DENIES.search(text)) == bool(_DENIES.search(other))
    )


def ideas(text: str) -> list[str]:
    """Return a sentence cut into shorter ones, where its clauses stand alone."""
    pieces = _CUT.split(text)
    return [
        f"{capital(part.strip(' .'))}."
        for piece in pieces
        for part in _at_the_colon(piece)
        if part.strip(" .")
    ]


def _at_the_colon(text: str) -> list[str]:
    found = _EXPLAINS.search(text)
    whole = found and len(text[: found.start()].split()) >= _LEAST_BEFORE_A_COLON
    if found is None or not whole:
        return [text]
    return [text[: found.start()], text[found.end() :]]


def spelt(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts whose acronyms of one sense are spelt out, once in all, outside brackets."""
    known: set[str] = set()
    for text in texts:
        written, end = "", 0
        for start, stop, senses in acronym_spans(text):
            short, before = text[start:stop], text[:start]
            if len(senses) != 1 or short in known or before.count("(") > before.count(")"):
                continue
            known.add(short)
            if senses[0].expansion not in text:
                written += f"{text[end:start]}{short} ({senses[0].expansion})"
                end = stop
        yield written + text[end:]


def explained(text: str) -> list[tuple[str, str]]:
    """Return the hard words of a text with what they mean, in the order in which they come."""
    found = [
        (match.start(), word, meaning)
        for word, pattern, meaning in _glossary()
        if (match := pattern.search(text))
    ]
    return [(word, meaning) for _, word, meaning in sorted(found)][:_MOST_EXPLAINED]


@cache
def _glossary() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    with _GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return tuple(
        (row["mot"], re.compile(rf"\b(?:{row['formes']})\b", re.IGNORECASE), row["sens"])
        for row in rows
    )
