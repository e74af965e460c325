"""Tells the words of quantity that the extracts of a sentence do not support.

The unit is the meeting, then the region. People are not counted, a silence proves nothing, and a
share is never said. A word of quantity on anything else (« plusieurs logiciels ») must stand in an
extract that the sentence cites.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.analysis import fold
from knowledge.consultation.book import Count, Extract
from knowledge.consultation.book_quantity_words import (
    BARE,
    COUNTED,
    FIGURE,
    MEETING,
    OF,
    OUT_OF,
    REGION,
    SCOPE,
    SHARE,
    THING,
    TIME,
    WORD,
    value,
)  # fmt: skip
from knowledge.dates import say_date

Scope = Literal["meetings", "regions", "people", "alone", "time", "other"]

# Words that count people when a verb follows: « beaucoup le disent ».
_NAMELESS = ("beaucoup", "nombreu")
_NOBODY = ("personne", "nul", "pas un")
_SPOKEN = re.compile(r"«[^«»]*»")
_FEW, _A_THIRD, _HALF = 3, 3, 2

_NO_SHARE = "une part ou un pourcentage"
_ABSENT = "aucun extrait cité ne le dit avec ce mot"
_SILENT = "l'absence d'une parole n'est pas une parole"
_FOREIGN = "ce nombre n'est dans aucun extrait cité"
_UNCOUNTED = "les personnes ne sont pas comptées"
REMEDY_COUNT = "Écrivez le nombre de réunions et de régions, ou citez les extraits manquants."
REMEDY_SHARE = "Écrivez « n réunions sur m » : jamais de pourcentage ni de fraction."
REMEDY_PEOPLE = "Comptez des réunions ou des régions, jamais des personnes."
REMEDY_SILENCE = "Écrivez « non évoqué » ou « non abordé », avec la région."
REMEDY_WORDS = "Citez un extrait qui le dit avec ce mot, ou enlevez le mot."


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Words of a sentence that its extracts do not support, why, and what to write instead."""

    words: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a sentence rests on: its extracts, what was said in them and what was held.

    ``is_contradicted``: the opposite was said on one of its themes.
    """

    extracts: Sequence[Extract]
    said: Count
    held: Count
    is_contradicted: bool

    def holds(self, words: str) -> bool:
        """Tell whether an extract holds these folded words."""
        return any(words in _plain(each.words) for each in self.extracts)


def unsupported(text: str, ground: Ground) -> Iterator[Unsupported]:
    """Yield the words of quantity of a sentence, outside its quotations, that have no ground."""
    plain = _plain(_SPOKEN.sub(_blank, text))
    for match in SHARE.finditer(plain):
        if "%" in match[0] or "cent" in match[0] or not ground.holds(match[0]):
            yield Unsupported(_words(match, text), _NO_SHARE, REMEDY_SHARE)
    rest = SHARE.sub(_blank, plain)
    for counted in (OUT_OF, COUNTED):
        for match in counted.finditer(rest):
            for reason in _wrong_count(match.groupdict(), ground):
                yield Unsupported(_words(match, text), reason, REMEDY_COUNT)
        rest = counted.sub(_blank, rest)
    for match in WORD.finditer(rest):
        fault = _fault(match, rest[match.end() :], ground)
        if fault:
            yield Unsupported(_words(match, text), *fault)
    for match in _foreign_numbers(rest, ground):
        yield Unsupported(_words(match, text), _FOREIGN, REMEDY_WORDS)


def _plain(text: str) -> str:
    """Return a text folded sign by sign, so that places in it are those of the text."""
    return "".join(" " if sign.isspace() else fold(sign)[:1] or " " for sign in text).replace(
        "’", "'"
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _words(match: re.Match[str], text: str) -> str:
    """Return the words of the text that its folded form matched."""
    return text[match.start() : match.end()].strip()


def _wrong_count(said: Mapping[str, str | None], ground: Ground) -> Iterator[str]:
    """Yield what a number of meetings, regions or extracts says that is not so."""
    unit, digits, of = said["unit"] or "", said["number"] or "", said["all"]
    if digits in {"un", "une"} and not (of or said.get("alone") or said.get("only")):
        # « dans une réunion » is an article.
        return
    number = value(digits)
    if re.fullmatch(MEETING, unit):
        real, held, name = ground.said.meetings, ground.held.meetings, "réunion"
    elif re.fullmatch(REGION, unit):
        real, held, name = len(ground.said.regions), len(ground.held.regions), "région"
    else:
        real, held, name = len(ground.extracts), len(ground.extracts), "extrait"
    about = (said.get("about") or "").strip().replace(" d'", " de")
    is_so = {
        "au moins": real >= number, "plus de": real > number,
        "moins de": real < number, "au plus": real <= number,
    }.get(about, real == number)  # fmt: skip
    if not is_so:
        yield f"les extraits cités donnent : {_said(real, name)}"
    if of and value(of) != held:
        yield f"la consultation compte : {_said(held, name)}"


def _said(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number > 1 else ''}"


def _fault(match: re.Match[str], after: str, ground: Ground) -> tuple[str, str] | None:
    """Return why a word of quantity is not supported and the remedy, or None when it is."""
    kind, word = str(match.lastgroup), match[0].strip()
    scope = _scope(kind, word, after)
    fault: tuple[str, str] | None = None
    if scope == "time":
        return None
    if scope == "other":
        counted = THING.match(after)
        held = ground.holds(f"{word}{counted[0] if counted else ''}")
        fault = None if held else (_ABSENT, REMEDY_WORDS)
    elif kind == "none":
        fault = (_SILENT, REMEDY_SILENCE)
    elif scope == "people" and not (kind == "several" and ground.said.meetings > 1):
        fault = (_UNCOUNTED, REMEDY_PEOPLE)
    elif not _is_so(kind, scope, ground):
        fault = (_real(kind, ground), REMEDY_COUNT)
    return fault


def _real(kind: str, ground: Ground) -> str:
    """Say what the extracts of a sentence do support."""
    if kind == "one_voice" and ground.is_contradicted:
        return "le contraire a été dit aussi sur ce thème"
    said, held = ground.said, ground.held
    return (
        f"les extraits cités viennent de {_said(said.meetings, 'réunion')} sur {held.meetings}"
        f" et de {_said(len(said.regions), 'région')} sur {len(held.regions)}"
    )


def _scope(kind: str, word: str, after: str) -> Scope:
    """Return what the words after a word of quantity say that it counts."""
    if kind in {"everywhere", "one_voice"}:
        return "alone"
    if kind == "all" and TIME.match(after):
        return "time"
    if found := SCOPE.match(after):
        return "regions" if found["regions"] else "meetings" if found["meetings"] else "people"
    return _scope_unnamed(kind, word, after)


def _scope_unnamed(kind: str, word: str, after: str) -> Scope:
    """Return what a word of quantity counts where no meeting, region or person is named."""
    is_bare = bool(BARE.match(after))
    if word.startswith("chacun") or (is_bare and (kind == "all" or word.startswith(_NAMELESS))):
        return "people"
    if is_bare or word.startswith(_NOBODY):
        return "alone"
    if kind in {"majority", "many", "few"} and not OF.match(after):
        return "alone"
    return "other"


def _is_so(kind: str, scope: Scope, ground: Ground) -> bool:
    """Tell whether the meetings or the regions of a sentence bear a word of quantity."""
    by_region = scope == "regions" or kind == "everywhere"
    real = len(ground.said.regions) if by_region else ground.said.meetings
    held = len(ground.held.regions) if by_region else ground.held.meetings
    match kind:
        case "majority":
            return real > 1 and _HALF * real > held
        case "many":
            return real >= _FEW and _A_THIRD * real >= held
        case "few":
            return _A_THIRD * real <= held
        case "several":
            return real > 1
        case "one_voice":
            return real == held > 1 and not ground.is_contradicted
        case _:
            return real == held > 1


def _foreign_numbers(plain: str, ground: Ground) -> Iterator[re.Match[str]]:
    """Yield the figures that stand in no extract, and the people that a sentence counts."""
    for match in FIGURE.finditer(plain):
        number = match[0].strip()
        held = any(_has_number(_told(each), number) for each in ground.extracts)
        if number not in {"un", "une"} and not held:
            yield match


def _told(extract: Extract) -> str:
    """Return the words of an extract, and the day on which they were said."""
    date = extract.note.date
    return f"{extract.words} {say_date(date) if date else ''}"


def _has_number(words: str, number: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(number)}(?!\w)", _plain(words)))
