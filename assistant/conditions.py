"""The conditions of a question that a later one changes: an age, a year, a majority, a place."""

import re
from functools import lru_cache

from knowledge.analysis import strip_accents
from knowledge.departments import REGIONS, departments

_AGE = re.compile(r"(?:\b(?:de|à|a)\s+)?\b\d{1,2}\s?ans\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_RANK = re.compile(
    r"\b(?:premi[eè]re?|1\s?[eè]?re|1er|deuxi[eè]me|seconde|2\s?(?:[eè]me|nde|e)"
    r"|troisi[eè]me|3\s?(?:[eè]me|e))\b",
    re.IGNORECASE,
)
_MAJORITY = re.compile(r"\b(?:mineur|majeur)e?s?\b", re.IGNORECASE)


def replace_conditions(earlier: str, later: str) -> tuple[str, str]:
    """Return the earlier question with the conditions that the later one changes, and the rest.

    « Combien gagne un apprenti de 18 ans ? » then « une fille de 26 ans » are
    « Combien gagne un apprenti de 26 ans ? » and « une fille ».
    """
    for slot in (_AGE, _RANK, _MAJORITY, _places()):
        old, new = slot.search(earlier), slot.search(later)
        if old is None or new is None:
            continue
        start, end = old.span()
        said = new.group()
        if slot is _AGE:
            # « un apprenti de 18 ans » keeps its « de » before « à 22 ans ».
            said = _NUMBER.sub(_NUMBER.search(said).group(), old.group())  # type: ignore[union-attr]
        earlier = f"{earlier[:start]}{said}{earlier[end:]}"
        later = f"{later[: new.start()]}{later[new.end() :]}"
    return earlier, " ".join(later.split())


def without_conditions(text: str) -> str:
    """Return a text without the conditions that another may change."""
    for slot in (_AGE, _RANK, _MAJORITY, _places()):
        text = slot.sub(" ", text)
    return text


def place_in(text: str) -> str | None:
    """Return the region or department that a text names, with its preposition."""
    found = _places().search(text)
    return found.group() if found else None


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    names = {*REGIONS, *departments().values(), "métropole", "province", "outre-mer"}
    forms = {form.replace("-", "[ -]") for name in names for form in (name, strip_accents(name))}
    either = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(
        rf"\b(?:à|a|en|dans (?:le|la|les|l['’])|hors)\s*(?:{either})(?!\w)", re.IGNORECASE
    )
