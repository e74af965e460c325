"""The figures of a text: amounts, durations, ages, dates, article numbers, and plain numbers."""

import re

from assistant.understand import Expected
from knowledge.analysis import strip_accents

_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_LETTERS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|dix-huit|vingt"
    "|vingt-cinq|vingt-neuf|trente"
)
_MONTH = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_KINDS: dict[Expected, re.Pattern[str]] = {
    "amount": re.compile(rf"(?:{_NUMBER}) ?(?:€|euros?\b|%|fois le smic)|pour ?cent\b|smic\b"),
    "duration": re.compile(
        rf"\b(?:{_NUMBER}|{_LETTERS}) (?:mois|ans?|annees?|jours?|semaines?|heures?)\b"
    ),
    "age": re.compile(
        rf"\b(?:{_NUMBER}|{_LETTERS})(?: ans\b|(?= (?:a|et) (?:{_NUMBER}|{_LETTERS}) ans\b))"
    ),
    "date": re.compile(
        rf"\b(?:1er|\d{{1,2}}) (?:{_MONTH})\b|\b(?:{_MONTH}) (?:19|20)\d\d\b|\b(?:19|20)\d\d\b"
    ),
    "person": re.compile(
        r"\b(?:missions? locales?|france travail|employeurs?|conseillers?|prefet|departement|region"
        r"|cap emploi|structures?|organismes?|entreprises?|jeunes?|salaries?|referents?|signe\w*"
        r"|prescri\w+|personnes?|etat|maires?|opco|caf|msa|agefiph)\b"
    ),
    "steps": re.compile(
        r"\b(?:contact\w+|adress\w+|demand\w+|inscri\w+|rendez-vous|dossier|formulaire|"
        r"remet\w+|transmet\w+|sign\w+|prescri\w+|doit|faut|conclu\w*|en ligne)\b"
    ),
    "papers": re.compile(
        r"\b(?:justificatifs?|pieces?|attestations?|copies?|carte|certificat|cerfa|"
        r"formulaire|dossier|releves?|rib|avis d'imposition|convention)\b"
    ),
}
_ANY_NUMBER = re.compile(_NUMBER)
_ARTICLE = re.compile(r"\b[LRD]\.? ?\*?\d{3,4}(?:-\d+)+")


def holds(expected: Expected, text: str) -> bool:
    """Tell whether ``text`` holds the kind of fact that is expected."""
    pattern = _KINDS.get(expected)
    return pattern is not None and bool(pattern.search(_plain(text)))


def numbers(text: str) -> set[str]:
    """Return the numbers of ``text`` in one form: no thousands separator, decimal comma, no zero.

    Article numbers (« L. 5131-6 ») count as one each; the ``[1]`` marks of citations do not count.
    """
    unmarked = re.sub(r"\[\d+\]", " ", text)
    articles = {re.sub(r"[. *]", "", a) for a in _ARTICLE.findall(unmarked)}
    rest = _ARTICLE.sub(" ", unmarked.replace("\u202f", " ").replace("\u00a0", " "))
    return articles | {_one_form(n) for n in _ANY_NUMBER.findall(rest)}


def _one_form(number: str) -> str:
    """Return a number without separators of thousands nor useless decimals."""
    joined = number.replace(" ", "")
    if "," in joined or re.search(r"\.\d{3}(?!\d)", joined):
        joined = joined.replace(".", "")
    joined = joined.replace(".", ",")
    return re.sub(r",0+$", "", joined)


def _plain(text: str) -> str:
    """Return text as the patterns expect it."""
    spaced = text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    return strip_accents(spaced.lower())
