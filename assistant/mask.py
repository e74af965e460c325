"""Masks personal data before anything is searched, stored or sent.

What it finds: phone numbers, mail addresses, NIR (checked by its key), IBAN, birth dates, and names
after a civility or « s'appelle ». It misses other names: this is no anonymisation.
"""

import re
from collections import Counter
from dataclasses import dataclass

_NAME = r"[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+){0,2}"
# Each pattern's group « data » is what is masked; what surrounds it tells what it is.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("adresse mail", re.compile(r"(?P<data>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")),
    (
        "IBAN",
        re.compile(r"\b(?P<data>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)\b"),
    ),
    (
        "numéro de sécurité sociale",
        re.compile(r"\b(?P<data>[1-4] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?)\b"),
    ),
    (
        "numéro de téléphone",
        re.compile(r"(?<!\d)(?P<data>(?:(?:\+|00)33 ?|0)[1-9](?:[ .-]?\d{2}){4})(?!\d)"),
    ),
    (
        "date de naissance",
        re.compile(
            r"\bnée?(?:\(e\))? le (?P<data>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
            r"|\d{1,2}(?:er)? \w+ \d{4})"
        ),
    ),
    (
        "nom",
        re.compile(
            r"(?:\bMme |\bM\. |\bMlle |\b[Mm]adame |\b[Mm]onsieur |s['’]appelle )"
            rf"(?P<data>{_NAME})"
        ),
    ),
)
_NIR_LENGTH = 15
_FEMININE = frozenset({"adresse mail", "date de naissance"})


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data; ``kinds`` counts what was masked, by kind in French."""

    text: str
    kinds: dict[str, int]


def mask(text: str) -> Masked:
    """Replace the personal data of ``text`` by their kind between brackets."""
    kinds: Counter[str] = Counter()
    for kind, pattern in _PATTERNS:

        def replace(match: re.Match[str], kind: str = kind) -> str:
            data = match["data"]
            if kind == "numéro de sécurité sociale" and not _is_nir(data):
                return match.group()
            kinds[kind] += 1
            return match.group().replace(data, f"[{kind}]")

        text = pattern.sub(replace, text)
    return Masked(text, dict(kinds))


def say_masked(kinds: dict[str, int]) -> str:
    """Return the sentence that tells an adviser what was masked."""
    parts = []
    for kind, count in kinds.items():
        article = "une" if kind in _FEMININE else "un"
        parts.append(f"{article} {kind}" if count == 1 else f"{count} {_plural(kind)}")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"
    return f"J'ai masqué {listed} avant de chercher."


def _plural(kind: str) -> str:
    """Return the plural of a kind: its first word takes the mark (« numéros de téléphone »)."""
    first, *rest = kind.split(" ")
    return " ".join((first if first == "IBAN" else f"{first}s", *rest))


def _is_nir(text: str) -> bool:
    """Check the key of a NIR: 97 minus its first 13 digits modulo 97 (2A is 19, 2B is 18)."""
    digits = text.replace(" ", "")
    if len(digits) < _NIR_LENGTH:
        return True
    number = int(digits[:13].replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(digits[13:])
