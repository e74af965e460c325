"""Masks personal data before anything is searched, stored or sent.

What it finds: phone numbers, mail addresses, NIR (even mistyped), IBAN, birth dates, street
addresses, and the names that ``assistant.names`` finds. It misses other names: this is no
anonymisation.
"""

import re
from collections import Counter
from dataclasses import dataclass

from assistant.identifiers import PATTERNS
from assistant.names import find_names

_NAME = "nom"
_KINDS = (*(kind for kind, _ in PATTERNS), _NAME)
# Stands for what was found, a character for each, so that the rest keeps its place.
_TAKEN = "\ue000"
_FEMININE = frozenset({"adresse mail", "date de naissance", "adresse"})
_MASK = r"\[(?:adresse(?: mail)?|IBAN|numéro de [^\]]+|identifiant [^\]]+|date de naissance|nom)\]"
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
    """A text without its personal data; ``kinds`` counts what was masked, by kind in French."""

    text: str
    kinds: dict[str, int]


def mask(text: str) -> Masked:
    """Replace the personal data of ``text`` by their kind between brackets."""
    found = find(text)
    kinds = Counter(each.kind for each in found)
    for each in reversed(found):
        text = f"{text[: each.start]}[{each.kind}]{text[each.end :]}"
    if found:
        text = _BETWEEN_MASKS.sub(" ", text)
    return Masked(text, {kind: kinds[kind] for kind in _KINDS if kinds[kind]})


def find(text: str) -> list[Found]:
    """Return the personal data of ``text``, in its order."""
    found: list[Found] = []
    left = text
    for kind, pattern in PATTERNS:
        spans = [_span(match) for match in pattern.finditer(left)]
        found += [Found(*span, kind) for span in spans]
        for start, end in spans:
            left = f"{left[:start]}{_TAKEN * (end - start)}{left[end:]}"
    found += [Found(*span, _NAME) for span in find_names(left)]
    return sorted(found, key=lambda each: each.start)


def say_masked(kinds: dict[str, int]) -> str:
    """Return the sentence that tells an adviser what was masked."""
    parts = []
    for kind, count in kinds.items():
        article = "une" if kind in _FEMININE else "un"
        parts.append(f"{article} {kind}" if count == 1 else f"{count} {_plural(kind)}")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"
    return f"J'ai masqué {listed} avant de chercher."


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the data of a match begin and end."""
    return match.span("data") if match["data"] else match.span("labelled")


def _plural(kind: str) -> str:
    """Return the plural of a kind: its first word takes the mark (« numéros de téléphone »)."""
    first, *rest = kind.split(" ")
    return " ".join((first if first == "IBAN" else f"{first}s", *rest))
