"""The figures of a French text with their units: in digits or in letters, one or a range."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = r"\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_WORDS = {
    word: value
    for value, words in {
        **dict(
            enumerate(
                "zéro un|une|unième deux|deuxième trois|troisième quatre|quatrième cinq|cinquième"
                " six|sixième sept|septième huit|huitième neuf|neuvième dix|dixième onze|onzième"
                " douze|douzième treize quatorze quinze seize|seizième".split()
            )
        ),
        20: "vingt|vingts|vingtième",
        30: "trente|trentième",
        40: "quarante",
        50: "cinquante",
        60: "soixante",
        100: "cent|cents",
        1000: "mille",
    }.items()
    for word in words.split("|")
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_LETTERS = rf"(?:{_WORD})(?:[ -](?:et[ -](?=(?:un|une|onze)\b))?(?:{_WORD}))*"
_NUMBER = rf"(?<![\w,.])(?<!\d{{3}}-)(?>{_DIGITS})|\b(?>{_LETTERS})\b(?!-)"
# Each unit of the front matters, as sheets and sources write it.
_UNITS = {
    "€": r"€|euros?\b",
    "%": r"%|p\. ?100\b|pour ?cent\b",
    "points": r"points?\b",
    "km": r"km\b|kilomètres?\b",
    "minutes": r"minutes?\b|min\b",
    "heures": r"heures?\b|h\b",
    "jours": r"jours?\b",
    "semaines": r"semaines?\b",
    "mois": r"mois\b",
    "ans": r"ans?\b|années?\b|anniversaire",
}
_UNIT = "|".join(f"(?:{form})" for form in _UNITS.values())
_BETWEEN = r"(?:premi\w+|derni\w+|prochain\w*|autres) "
_HOURS_AND_MINUTES = re.compile(r"\b(\d+) h (\d{2})\b")
_RANGE = rf"(?P<low>{_NUMBER})(?: (?:{_BETWEEN})?(?P<low_unit>{_UNIT}))? ?(?P<link>à|et|ou|-|/) ?"
_FIGURE = re.compile(rf"(?:{_RANGE})?(?P<value>{_NUMBER}) ?(?:{_BETWEEN})?(?P<unit>{_UNIT})")
_ANY = re.compile(_NUMBER)
_ORDINAL = "ième"
_NEAR = 60
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its unit, one of those of the front matters; ``start`` is where it stands."""

    value: float
    unit: str
    start: int


def figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a text that bear a unit; « 16 à 25 ans » makes two of them.

    « 7 h 30 » is seven hours and a half. The « un » of « un jour » is an article, and « la
    deuxième année » no duration. Years, dates, article and telephone numbers bear no unit.
    """
    plain = _plain(text)
    for match in _HOURS_AND_MINUTES.finditer(plain):
        yield Figure(int(match[1]) + int(match[2]) / 60, "heures", match.start())
        plain = plain[: match.start()] + " " * len(match[0]) + plain[match.end() :]
    for match in _FIGURE.finditer(plain):
        unit = _unit(match["unit"])
        if match["low_unit"]:
            yield Figure(_value(match["low"]), _unit(match["low_unit"]), match.start("low"))
        # « au niveau 5 et 2 000 € »: what stands before is no amount.
        elif match["low"] and not (
            (unit == "€" and match["link"] in {"et", "ou"}) or match["low"].endswith(_ORDINAL)
        ):
            yield Figure(_value(match["low"]), unit, match.start("low"))
        if match["value"] not in {"un", "une"} and not match["value"].endswith(_ORDINAL):
            yield Figure(_value(match["value"]), unit, match.start("value"))


def unit_family(unit: str) -> str:
    """Return the unit without what it is counted by: ``€/mois`` gives ``€``."""
    return unit.partition("/")[0]


def say_number(value: float) -> str:
    """Return a number as French writes it: ``1867.02`` gives « 1 867,02 »."""
    grouped = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    return grouped.removesuffix(",00")


def holds_figure(text: str, *, value: float, unit: str) -> bool:
    """Tell whether a text gives a number with its unit close behind.

    Texts of law put words between them (« quinze à vingt heures », « 20 ou 24 fois par mois »).
    """
    plain = _plain(text)
    forms = _UNITS[unit_family(unit)]
    wanted = {value: re.compile(forms)}
    if value % 1 == _HALF:
        # « Quatre heures et demie ».
        wanted[value - _HALF] = re.compile(rf"(?:{forms}) et demie?\b")
    return any(
        _value(match[0]) in wanted
        and wanted[_value(match[0])].search(plain, match.end(), match.end() + _NEAR)
        for match in _ANY.finditer(plain)
    )


def _unit(form: str) -> str:
    """Return the unit that a text writes in one of its forms."""
    return next(unit for unit, forms in _UNITS.items() if re.fullmatch(forms, form))


def _value(written: str) -> float:
    """Return the number that is written in digits or in letters."""
    if written[0].isdigit():
        joined = re.sub(r"[ .](?=\d{3}(?!\d))", "", written)
        return float(joined.replace(",", "."))
    total = current = 0
    for word in re.split(r"[ -]", written):
        value = _WORDS.get(word, 0)
        if value == 1000:  # noqa: PLR2004
            total, current = total + max(current, 1) * value, 0
        elif value == 100 or (value == 20 and current % 100 == 4):  # noqa: PLR2004
            # « deux cents », « quatre-vingts »: the hundreds and the scores multiply.
            current = max(current, 1) * 100 if value == 100 else current - 4 + 80  # noqa: PLR2004
        else:
            current += value
    return float(total + current)


def _plain(text: str) -> str:
    """Return text with plain spaces and lower case, each character at its place."""
    return text.translate({0xA0: " ", 0x202F: " ", 0x2019: "'"}).lower()
