"""Tells the words of quantity that the extracts of a sentence do not support.

The unit is the meeting, then the region. People are not counted, a silence proves nothing, and a
share is never said. A word of quantity on anything else (« plusieurs logiciels ») must stand in an
extract that the sentence cites.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.analysis import fold
from knowledge.consultation.book import Count, Extract

_NAMES = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf vingt"
).split()
_VALUES = {name: value for value, name in enumerate(_NAMES, start=1)} | {"une": 1}
_NUMBER = rf"(?:\d+|{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_MEETING = r"(?:reunions?|comptes? rendus?|rencontres?|ateliers?|groupes?)"
_REGION = r"(?:regions?|territoires?)"
_PEOPLE = (
    r"(?:participant\w*|conseill\w+|personnes?|professionnel\w*|jeunes?|ambassad\w+|salarie\w*|gens"
    r"|equipes?|structures?|missions? locales?|direct\w+|collegues?|agents?|referent\w*|charge\w*"
    r"|cip|animat\w+|monde|voix|avis)"
)
Scope = Literal["meetings", "regions", "people", "alone", "time", "other"]

_SHARE = re.compile(
    r"%|\bpour ?cents?\b|\bpourcent\w*|\b(?:la|une) (?:petite |grosse |bonne )?moitie\b|\bmoitie d"
    r"|\b(?:un|deux|le)[ -]tiers\b|\bquarts?\b(?! d'heure)"
    rf"|\b{_NUMBER} (?:\w+ )?{_PEOPLE} sur {_NUMBER}\b|\b(?:un|une) sur {_NUMBER}\b"
)
_COUNTED = re.compile(
    rf"(?P<about>\bau moins |\bplus de |\bmoins de |\bau plus )?\b(?P<only>seules? )?"
    rf"(?P<number>{_NUMBER}) (?P<alone>seules? )?(?:autres |differente?s )?"
    rf"(?P<unit>{_MEETING}|{_REGION}|extraits?|remontees?|idees?)"
    rf"(?: de jeunes| de professionnels| tenues?| consultees?)?"
    rf"(?: sur (?:les )?(?P<all>{_NUMBER}))?"
)
_MAJORITY = (
    r"\bla plupart\b|\b(?:la|une) (?:large |grande |forte |tres large )?majorite\b|\ben majorite\b"
    r"|\bmajoritaire\w*|\ble plus souvent\b|\bla plus grande part\w*|\bsurtout dit\w*"
)
_MANY = (
    r"\b(?:de |tres |les |ces )?nombreu(?:x|ses?)\b|\bbeaucoup\b|\bsouvent\b|\bfrequem\w+"
    r"|\blargement\b|\bmassivement\b|\bbon nombre\b|\bregulierement\b|\bgeneralement\b"
    r"|\ben general\b|\bglobalement\b|\bmultiples\b|\bune multitude\b"
)
_SEVERAL = r"\bplusieurs\b|\bquelques\b|\bdivers(?:es)?\b"
_ALL = (
    r"\bchacune?\b|\btous\b|\btoutes\b"
    r"|\btout le\b|\bchaque\b|\bl'ensemble\b|\bl'integralite\b|\bla totalite\b"
)
_EVERYWHERE = r"\bpartout\b"
_ONE_VOICE = (
    r"\bunanim\w+|\bl'unanimite\b|\bconsens\w+|\bd'une seule voix\b|\bsans exception\b"
    r"|\bsans (?:aucune )?(?:opposition|objection|reserve)s?\b|\btous d'accord\b"
    r"|\bsystematiquement\b"
)
_NONE = r"\baucune?\b|\bnulle part\b|\bpersonne (?:ne|n')|\bnul ne\b|\bpas une? seule?\b"
_WORDS = {
    "majority": _MAJORITY, "many": _MANY, "several": _SEVERAL, "everywhere": _EVERYWHERE,
    "one_voice": _ONE_VOICE, "none": _NONE, "all": _ALL,
}  # fmt: skip
_WORD = re.compile(
    "|".join(f"(?P<{name.replace(' ', '_')}>{said})" for name, said in _WORDS.items())
)
_SCOPE = re.compile(
    rf"\W*(?:(?:d'entre|entre|des|de|du|d'|les|la|le|l'|ces|leurs|nos|autres|nombreu(?:x|ses)|\w+antes?"
    rf"|differente?s) ?){{0,4}}(?:(?P<regions>{_REGION})|(?P<meetings>{_MEETING})"
    rf"|(?P<people>{_PEOPLE}))\b"
)
_SPOKEN = re.compile(r"«[^«»]*»")
# « tous les jours » counts nothing of the consultation.
_TIME = re.compile(
    r" (?:les |l'|le |la )?(?:\w+ )?(?:jours?|journees?|semaines?|mois|ans|annees?|heures?|minutes?"
    r"|matins?|lundis?|fois|temps|suite)\b"
)
# « tous demandent », « plusieurs disent », « aucun ne veut » : who speaks is not named.
_BARE = re.compile(
    r"(?: (?:ne|se|le|la|les|en|y|leur) | n'| s'| l'| )?"
    r"(?:\w+(?:ent|ont|ait)\b|$|[,.;:)])| n(?:e |')"
)
_OF = re.compile(r" (?:des|de|du|d'|les|ces|leurs|nos)\b ?")
# What a word of quantity counts: « plusieurs | logiciels », « tous | les écrans ».
_COUNTS = re.compile(r"(?: (?:des|de|du|les|la|le|ces|leurs|nos)| d'| l')? ?[\w-]+")
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
    for match in _SHARE.finditer(plain):
        if "%" in match[0] or "cent" in match[0] or not ground.holds(match[0]):
            yield Unsupported(_words(match, text), _NO_SHARE, REMEDY_SHARE)
    for match in _COUNTED.finditer(plain):
        for reason in _wrong_count(match, ground):
            yield Unsupported(_words(match, text), reason, REMEDY_COUNT)
    rest = _COUNTED.sub(_blank, _SHARE.sub(_blank, plain))
    for match in _WORD.finditer(rest):
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


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _VALUES[number]


def _wrong_count(match: re.Match[str], ground: Ground) -> Iterator[str]:
    """Yield what a number of meetings, regions or extracts says that is not so."""
    unit, number = match["unit"], _value(match["number"])
    if match["number"] in {"un", "une"} and not (match["alone"] or match["only"] or match["all"]):
        return
    if re.fullmatch(_MEETING, unit):
        real, held, name = ground.said.meetings, ground.held.meetings, "réunion"
    elif re.fullmatch(_REGION, unit):
        real, held, name = len(ground.said.regions), len(ground.held.regions), "région"
    else:
        real, held, name = len(ground.extracts), len(ground.extracts), "extrait"
    about = (match["about"] or "").strip()
    is_so = {
        "au moins": real >= number, "plus de": real > number,
        "moins de": real < number, "au plus": real <= number,
    }.get(about, real == number)  # fmt: skip
    if not is_so:
        yield f"les extraits cités donnent : {_said(real, name)}"
    if match["all"] and _value(match["all"]) != held:
        yield f"la consultation compte : {_said(held, name)}"


def _said(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number > 1 else ''}"


def _fault(match: re.Match[str], after: str, ground: Ground) -> tuple[str, str] | None:
    """Return why a word of quantity is not supported and the remedy, or None when it is."""
    kind, word = str(match.lastgroup), match[0].strip()
    scope = _scope("chacun" if word.startswith("chacun") else kind, after)
    fault: tuple[str, str] | None = None
    if scope == "time":
        return None
    if scope == "other":
        counted = _COUNTS.match(after)
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


def _scope(kind: str, after: str) -> Scope:
    """Return what the words after a word of quantity say that it counts."""
    found = _SCOPE.match(after)
    if kind in {"everywhere", "one_voice"}:
        return "alone"
    if kind == "all" and _TIME.match(after):
        return "time"
    if found:
        return "regions" if found["regions"] else "meetings" if found["meetings"] else "people"
    if kind in {"majority", "many"}:
        return "other" if _OF.match(after) else "alone"
    if kind == "chacun" or _BARE.match(after):
        return "people" if kind in {"all", "chacun"} else "alone"
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
        case "several":
            return real > 1
        case "one_voice":
            return real == held > 1 and not ground.is_contradicted
        case _:
            return real == held > 1


def _foreign_numbers(plain: str, ground: Ground) -> Iterator[re.Match[str]]:
    """Yield the figures that stand in no extract, and the people that a sentence counts."""
    counted = re.finditer(rf"\b(?:\d[\d ]*(?:[,.]\d+)?|{_NUMBER}(?= {_PEOPLE}\b))", plain)
    for match in counted:
        number = match[0].strip()
        if number in {"un", "une"} or any(
            _has_number(each.words, number) for each in ground.extracts
        ):
            continue
        yield match


def _has_number(words: str, number: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(number)}(?!\w)", _plain(words)))
