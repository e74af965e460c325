"""Masks personal data before anything is searched, stored or sent.

What it finds: phone numbers, mail addresses, NIR (even mistyped), IBAN, birth dates, street
addresses, and the names that ``assistant.names`` finds. It misses other names: this is no
anonymisation.
"""

import re
from collections import Counter
from dataclasses import dataclass

from assistant.names import find_names

_S = r"[ \u00a0\u202f]"
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre)"
)
_DATE = (
    rf"(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -](?:\d{{4}}|\d{{2}})\b|\d{{1,2}}(?:er)? {_MONTH} \d{{4}})"
)
_PARTICLE = r"(?:de la|de l['’]|de|du|des|d['’]|les|le|la|l['’]|et|sur|sous|aux?|en)"
_CAPITAL = r"(?-i:[A-ZÀ-Ý][a-zà-ÿœ][\w'’.-]*(?<!\.))"
_PROPER = rf"(?:{_PARTICLE} ?){{0,2}}(?:{_CAPITAL}|\d{{1,2}}(?:er)? {_MONTH}(?: \d{{4}})?)"
# A street typed without capitals ends where the question starts again.
_LOWER = (
    r"(?!(?:a|à|ai|as|est|et|il|elle|on|je|j|qui|que|qu|quel\w*|quoi|combien|comment|pour|pr|avec"
    r"|sans|depuis|dans|chez|peut|doit|veut|faut|avoir|habite|droit|c|ce|cherche|sa|son|ses|mais"
    r"|où|ou|n|ne|pas)\b)[^\W\d_][\w'’-]*"
)
_WAY = r"(?:rue|avenue|ave?\b\.?|bd\b\.?|boulevard|all[ée]e|impasse|ruelle|faubourg|sentier)"
# These count as a street only before a capital: « 20 cours de français », « 3 places ».
_LOOSE_WAY = (
    r"(?:all[ée]es|place|chemin|route|square|quai|r[ée]sidence|cit[ée]|lotissement|cours|passage"
    r"|hameau|esplanade|villa|pl\.|ch\.|rte)"
)
_TOWN = (
    rf"(?:,?{_S}(?:à )?\d{{5}}(?:{_S}{_CAPITAL}){{0,3}}|,? à {_CAPITAL}(?:{_S}{_CAPITAL}){{0,2}})"
)
_NUMBER = r"\b\d{1,4}(?: ?(?:bis|ter|quater)| ?[a-d])?,? "
# Each pattern's group « data » is what is masked; what surrounds it tells what it is.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "adresse mail",
        re.compile(
            r"(?P<data>(?:\A\W*r[ée]pon(?:dre|se) [àa] )?[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
            re.IGNORECASE,
        ),
    ),
    (
        "IBAN",
        re.compile(
            r"\b(?P<data>(?:IBAN ?:? ?)?[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)\b"
        ),
    ),
    (
        "numéro de sécurité sociale",
        re.compile(
            r"(?P<data>(?:\b(?:NIR|(?:n°|num[ée]ro)(?: de)? s[ée]cu(?:rit[ée] sociale)?) ?:? ?)?"
            r"(?<![\d,.])[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?"
            r"(?:(?:\d{2}|2[AB])[ .-]?\d{3}|\d{3}[ .-]?\d{2})[ .-]?\d{3}"
            r"(?:[ ./-]{0,3}\d{2})?)(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "numéro de téléphone",
        re.compile(
            r"(?P<data>(?:\b(?:joignable (?:au|sur le)|(?:t[ée]l(?:[ée]phone)?|portable)\b\.?"
            r"(?: au)?) ?:? ?)?"
            r"(?<!\d)(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[1-9](?:[ ./\u00a0-]?\d{2}){4})(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "date de naissance",
        re.compile(
            rf"\b(?:n[ée](?:\(e\)|e)?s?(?: le)? (?P<data>{_DATE})"
            rf"|(?P<labelled>(?:date de naissance|ddn) ?:? ?(?:le )?{_DATE}))",
            re.IGNORECASE,
        ),
    ),
    (
        "adresse",
        re.compile(
            rf"(?P<data>(?:\badresse ?: ?)?{_NUMBER}"
            rf"(?:(?:{_WAY}|{_LOOSE_WAY}) {_PROPER}(?: {_PROPER}){{0,4}}"
            rf"|{_WAY}(?: {_LOWER}){{1,6}}){_TOWN}?)",
            re.IGNORECASE,
        ),
    ),
)
_NAME = "nom"
_KINDS = (*(kind for kind, _ in _PATTERNS), _NAME)
# Stands for what was found, a character for each, so that the rest keeps its place.
_TAKEN = "\ue000"
_FEMININE = frozenset({"adresse mail", "date de naissance", "adresse"})
_MASK = r"\[(?:adresse(?: mail)?|IBAN|numéro de [^\]]+|date de naissance|nom)\]"
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
    for kind, pattern in _PATTERNS:
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
