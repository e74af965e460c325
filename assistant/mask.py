"""Masks personal data before anything is searched, stored or sent.

What it finds: what has a form (``assistant.identifiers``) and the names that ``assistant.names``
finds. It misses some: this is no anonymisation (``docs/privacy.md`` tells how many).
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from assistant.identifiers import BIRTH_DATE, BORN_AFTER_NAME, PATTERNS, SOCIAL_SECURITY
from assistant.name_words import plain
from assistant.names import find_names
from assistant.nir import is_mistyped

_NAME = "nom"
_KINDS = (*(kind for kind, _ in PATTERNS), _NAME)
# Stands for what was found, a character for each, so that the rest keeps its place.
_TAKEN = "\ue000"
_FEMININE = frozenset({"adresse mail", "date de naissance", "adresse"})
_MASK = r"\[(?:adresse(?: mail)?|IBAN|numéro de [^\]]+|identifiant [^\]]+|date de naissance|nom)\]"
_MISTYPED = (
    "La clé (les deux derniers chiffres) du numéro de sécurité sociale ne correspond pas :"
    " il a sans doute été mal recopié."
)
# What is left between two masks and says nothing alone.
_BETWEEN_MASKS = re.compile(
    rf"(?<=\])(?: ?[,;/–-]| :)?(?:,? (?:qui )?(?:habit(?:e|ant)|domicili[ée]e?|demeurant)"
    rf"(?: au)?)? ?(?={_MASK})"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data found in a text: from ``start`` to ``end``, of a ``kind`` named in French."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data.

    ``kinds`` counts what was masked, by kind in French; ``mistyped`` tells whether the key of a
    social security number is wrong.
    """

    text: str
    kinds: dict[str, int]
    mistyped: bool = False


def mask(text: str, *, allowed: Collection[str] = ()) -> Masked:
    """Replace the personal data of ``text`` by their kind between brackets.

    Args:
        text: as it was typed.
        allowed: words that the adviser said to be no name (see ``single_names``).
    """
    found = find(text, allowed=allowed)
    kinds = Counter(each.kind for each in found)
    mistyped = any(
        each.kind == SOCIAL_SECURITY and is_mistyped(text[each.start : each.end]) for each in found
    )
    for each in reversed(found):
        text = f"{text[: each.start]}[{each.kind}]{text[each.end :]}"
    if found:
        text = _BETWEEN_MASKS.sub(" ", text)
    return Masked(text, {kind: kinds[kind] for kind in _KINDS if kinds[kind]}, mistyped)


def find(text: str, *, allowed: Collection[str] = ()) -> list[Found]:
    """Return the personal data of ``text``, in its order; ``allowed`` words are no names."""
    found: list[Found] = []
    left = text
    for kind, pattern in PATTERNS:
        spans = [_span(match) for match in pattern.finditer(left)]
        found += [Found(*span, kind) for span in spans]
        for start, end in spans:
            left = f"{left[:start]}{_TAKEN * (end - start)}{left[end:]}"
    kept = frozenset(map(plain, allowed))
    names = [span for span in find_names(left) if plain(text[slice(*span)]) not in kept]
    found += [Found(*span, _NAME) for span in names]
    births = (BORN_AFTER_NAME.match(left, end) for _, end in names)
    found += [Found(*birth.span("data"), BIRTH_DATE) for birth in births if birth]
    return sorted(found, key=lambda each: each.start)


def single_names(text: str, *, allowed: Collection[str] = ()) -> list[str]:
    """Return the words that are masked as names alone, and may be something else, once each."""
    found = (
        text[each.start : each.end] for each in find(text, allowed=allowed) if each.kind == _NAME
    )
    return list({plain(name): name for name in found if name.isalpha()}.values())


def say_masked(masked: Masked) -> str:
    """Return what tells an adviser what was masked, and of a number that was mistyped."""
    parts = []
    for kind, count in masked.kinds.items():
        article = "une" if kind in _FEMININE else "un"
        parts.append(f"{article} {kind}" if count == 1 else f"{count} {_plural(kind)}")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"
    said = f"J'ai masqué {listed} avant de chercher."
    return f"{said} {_MISTYPED}" if masked.mistyped else said


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the data of a match begin and end."""
    return match.span("data") if match["data"] else match.span("labelled")


def _plural(kind: str) -> str:
    """Return the plural of a kind: its first word takes the mark (« numéros de téléphone »)."""
    first, *rest = kind.split(" ")
    return " ".join((first if first == "IBAN" else f"{first}s", *rest))
