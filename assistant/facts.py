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
# That there is nothing to pay, or no end, answers « combien » as well as a figure does.
_NO_AMOUNT = (
    r"\bgratuit\w*|\bsans (?:frais|remuneration)\b|\bnon remuner\w+"
    r"|\b(?:n'est|ne sont) pas (?:paye|remuner)\w*"
    r"|\bne (?:coute|paie|touche|gagne)\w* (?:rien|pas)\b"
)
_NO_END = (
    r"\b(?:pas de|sans) (?:duree limite|limite de (?:duree|temps))|\billimite\w*|\bdefiniti\w+"
)
_KINDS: dict[Expected, re.Pattern[str]] = {
    "amount": re.compile(
        rf"(?:{_NUMBER}) ?(?:€|euros?\b|%|fois le smic)|pour ?cent\b|smic\b|{_NO_AMOUNT}"
    ),
    "duration": re.compile(
        rf"\b(?:{_NUMBER}|{_LETTERS}) (?:mois|ans?|annees?|jours?|semaines?|heures?)\b|{_NO_END}"
    ),
    "age": re.compile(
        rf"\b(?:{_NUMBER}|{_LETTERS})(?: ans\b|(?= (?:a|et) (?:{_NUMBER}|{_LETTERS}) ans\b))"
    ),
    "count": re.compile(rf"\b(?:{_NUMBER}|{_LETTERS})\b(?! (?:€|euros?|ans)\b)"),
    "date": re.compile(
        rf"\b(?:1er|\d{{1,2}}) (?:{_MONTH})\b|\b(?:{_MONTH}) (?:19|20)\d\d\b|\b(?:19|20)\d\d\b"
    ),
    "person": re.compile(
        r"\b(?:missions? locales?|france travail|employeurs?|conseillers?|prefet|departement|region"
        r"|cap emploi|structures?|organismes?|entreprises?|jeunes?|salaries?|referents?|signe\w*"
        r"|prescri\w+|personnes?|etat|maires?|opco|caf|msa|agefiph)\b"
    ),
    "contact": re.compile(
        r"\b0 ?\d(?:[ .]?\d{2,3}){3,4}\b|\b(?:le|au) (?:3\d{3}|3\d \d{2}|1\d{2})\b"
        r"|\S@\S|\b[\w-]+\.(?:fr|org|com|net)\b"
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
_ENDED = re.compile(
    r"\b(?:a pris fin|ont pris fin|n'existe(?:nt)? plus|n'est plus (?:versee?|en vigueur|proposee?)"
    r"|(?:a ete|est) (?:supprimee?|abrogee?)|est terminee?)\b"
)
# How the bundled sheets say that their sources are silent (docs/guide-fiches.md).
_UNKNOWN = re.compile(
    r"(?:(?:sources|textes) (?:d'appui|consulte\w*(?: par appui)?)) (?:ne|n')"
    r"|(?:n'est|ne sont|n'a|ne figure)\b.{0,40}\bdans les sources d'appui"
)
_EUROS = re.compile(rf"(?:{_NUMBER}) ?(?:€|euros?\b)")
_AGE = re.compile(r"\b(\d{2}) ans\b")
_AGE_RANGE = re.compile(r"\b(\d{2})(?: ans)?(?: revolus)? (?:a|et|-) (\d{2}) ans\b")
_UNDER_AGE = re.compile(r"\bmoins de (\d{2}) ans\b")
_FROM_AGE = re.compile(r"\b(?:a partir de|des|au moins|plus de) (\d{2}) ans(?! (?:a|et) \d)\b")
_MINORS = re.compile(r"\bmineure?s?\b")
_ADULTS = re.compile(r"(?<!force )\bmajeure?s?\b")
_OLD = 120
#: The age, in years, from which one is no minor.
OF_AGE = 18
_SINCE = re.compile(rf"\b(?:depuis le|au|a partir du) (1er|\d{{1,2}}) ({_MONTH}) ((?:19|20)\d\d)")
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


def articles(text: str) -> set[str]:
    """Return the numbers of articles of law in a text, in one form (« L5131-6 »)."""
    return {number for number in numbers(text) if number[0].isalpha()}


def says_ended(text: str) -> bool:
    """Tell whether a sentence says that something is over."""
    return bool(_ENDED.search(_plain(text)))


def says_yes_or_no(sentence: str) -> bool:
    """Tell whether a sentence opens with « oui, » or « non, »."""
    return sentence.lower().startswith(("oui,", "non,"))


def says_unknown(text: str) -> bool:
    """Tell whether a sentence says that the sources do not give something."""
    return bool(_UNKNOWN.search(_plain(text)))


def holds_euros(text: str) -> bool:
    """Tell whether a text gives an amount in euros."""
    return bool(_EUROS.search(_plain(text)))


def dates_since(text: str) -> list[str]:
    """Return the dates (ISO) that a text gives as those since when it holds."""
    months = _MONTH.split("|")
    return [
        f"{year}-{months.index(month) + 1:02d}-{1 if day == '1er' else int(day):02d}"
        for day, month, year in _SINCE.findall(_plain(text))
    ]


def age_in_question(question: str) -> int | None:
    """Return the one age, in years, of the person that a question is about."""
    plain = _AGE_RANGE.sub(" ", _plain(question))
    ages = {int(age) for age in _AGE.findall(plain)}
    if not ages:
        ages = {OF_AGE - 1} if _MINORS.search(plain) else set()
        ages |= {OF_AGE} if _ADULTS.search(plain) else set()
    return ages.pop() if len(ages) == 1 else None


def age_fits(age: int, text: str) -> bool | None:
    """Tell whether an age lies in one of the ranges of ages of a text; None when it gives none.

    Minors are those under 18, adults those from 18 on.
    """
    plain = _plain(text)
    ranges = [(int(low), int(high)) for low, high in _AGE_RANGE.findall(plain)]
    ranges += [(0, int(high) - 1) for high in _UNDER_AGE.findall(plain)]
    ranges += [(int(low), _OLD) for low in _FROM_AGE.findall(plain)]
    ranges += [(0, OF_AGE - 1)] if _MINORS.search(plain) else []
    ranges += [(OF_AGE, _OLD)] if _ADULTS.search(plain) else []
    if not ranges:
        return None
    return any(low <= age <= high for low, high in ranges)


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
