"""How a question on what was said in meetings is worded: by whom, of what, in which part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.acronyms import acronyms
from knowledge.analysis import strip_accents, terms
from knowledge.documents import Public
from knowledge.themes import themes_in

Part = Literal["fonctionne", "ne fonctionne pas", "état des lieux", "besoins"]

# What people said of the information system, as against what a rule is.
# Verbs of opinion; « demander » and « proposer » are as often what a rule does.
_OPINING = (
    r"(?:dis|dit|disent|parl|evoqu|reproch|souhait|veul|voudr|attend|pens|imagin|exprim|crai|plai)"
    r"\w*"
)
_SAYING = rf"(?:{_OPINING}|(?:demand|propos)\w*)"
_SPEAKERS = (
    r"(?:conseillere?s|professionnels|collegues|regions|missions locales|jeunes|structures"
    r"|participants|directions|equipes)"
)
_CONSULTATION = re.compile(
    r"\b(?:consultations?|reunions?|ambassadeurs?|livre blanc|double saisie|attentes?|ressenti"
    r"|remontees?|participants?|remarques? sur|reserves? des"
    rf"|{_SPEAKERS}(?: \w+ils?)? {_OPINING}|{_OPINING}(?:[ -]\w+)? (?:les|des|nos) {_SPEAKERS}"
    rf"|(?:que|quoi|qu'est-ce que) (?:demandent|proposent) (?:les|des|nos) {_SPEAKERS}"
    rf"|(?:ce que|qu'est-ce que|que) (?:les|des|nos) {_SPEAKERS} (?:demandent|proposent)"
    r"|(?:dit|parle-t|pense-t|reproche-t|evoque-t)-on"
    rf"|qui l'a {_SAYING}|(?:a-t-on|quelqu'un a(?:-t-il)?|est-ce que quelqu'un|on a) {_SAYING}"
    rf"|c'est {_SAYING} ou|(?:a|ont) ete {_SAYING})\b"
)
# « à la Réunion », the island, unless the meeting of somebody or on something is meant.
_ISLAND = re.compile(r"\b(?:a|de|pour|sur) la reunion\b(?! (?:d[eu]s?|avec|sur)\b| d')")
_SAID = re.compile(r"\b(?:dit|dite|dits|parle\w*|evoque\w*)\b")
# The system itself is what the meetings were about, unless somebody asks how to use it.
_SYSTEM = re.compile(
    r"\b(?:i-?milo|logiciels?|systeme d'information|si actuel|futur (?:si|logiciel))\b"
)
_HOW_TO = re.compile(r"\b(?:je|comment|mon|ma|mes)\b|\bj'")
_THE_YOUNG = re.compile(rf"\bles jeunes {_SAYING}|\b{_SAYING} les jeunes\b")
_THE_STAFF = re.compile(r"\b(?:professionnels|conseillere?s|collegues|directions|equipes)\b")
# The part of the meetings that a question is about, where it names no topic.
_PARTS_ASKED: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "ne fonctionne pas",
        re.compile(
            r"(?:fonctionne|marche|va) (?:pas|mal)|problemes?|difficultes?|points? faibles?"
        ),
    ),
    ("fonctionne", re.compile(r"fonctionne|marche|points? forts?")),
    ("besoins", re.compile(r"attend|attentes?|besoins?|demand|souhait|veul|propos")),
)
# Words with which one asks what was said, which are not what it was about.
_ASKING = re.compile(
    r"-t-(?:il|elle|on|ils)\b|-(?:il|elle|on|ils|elles|ce)\b|\b(?:est-ce que|qu'est-ce qu[ei]|dit"
    r"|dites?|disent|disait|pens\w+|demand\w*|propos\w*|reproch\w*|parl\w*|evoqu\w*|voul\w*|veul\w*"
    r"|veut|souhait\w*|attend\w*|attentes?|besoins?|exprim\w*|remarqu\w*|remontees?|reunions?"
    r"|consultations?|collegues?|conseill\w+|professionnels?|structures?|regions?"
    r"|missions? locales?"
    r"|revien\w*|mauvaise|bonne|idee|jeunes?|avis|opinions?|imagin\w*|ambassad\w*"
    r"|quelqu'un|personnes?|gens|autres?|aussi|notre|nos|meme|participants?|systeme d'information"
    r"|\bsi\b|logiciels?|i-?milo|fonctionn\w*|march\w*|va pas|aujourd'hui|actuel\w*|futur\w*"
    r"|problemes?|difficultes?)\b"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question on the consultation is about: its search terms and its themes."""

    terms: frozenset[str]
    themes: frozenset[str]
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """How the topic is named in an answer."""
        if self.themes:
            return " et ".join(sorted(self.themes))
        senses = (acronyms().get(word) for word in self.words)
        return " ".join(
            known[0].short if known else word
            for known, word in zip(senses, self.words, strict=True)
        )


def topic_of(question: str, *, places: Sequence[str]) -> Topic:
    """Return the topic of a question, the names of ``places`` and the words of asking left out.

    ``question`` holds no mask of personal data (see ``understand.without_masks``).
    """
    plain = _plain(question)
    for place in places:
        plain = re.sub(_place(place), " ", plain)
    rest = _ASKING.sub(" ", plain)
    said = tuple(word for word in re.findall(r"[\w-]+", rest) if terms(word))
    return Topic(frozenset(terms(rest)), themes_in(plain), said)


def asks_what_was_said(question: str) -> bool:
    """Tell whether a question asks what people said, not what a rule is."""
    plain = _plain(question)
    if not _SAID.search(plain):
        plain = _ISLAND.sub(" ", plain)
    is_on_system = _SYSTEM.search(plain) and not _HOW_TO.search(plain)
    return bool(_CONSULTATION.search(plain) or is_on_system)


def public_asked(question: str) -> Public | None:
    """Return whose words a question asks for: the young's, the professionals', or anyone's."""
    plain = _plain(question)
    if _THE_YOUNG.search(plain):
        return "jeunes"
    return "professionnels" if _THE_STAFF.search(plain) else None


def names_place(question: str, place: str) -> bool:
    """Tell whether a question names a place, whatever its apostrophes, hyphens and accents."""
    return bool(re.search(_place(place), _plain(question)))


def part_asked(question: str) -> Part | None:
    """Return the part of the meetings that a question is about: what works, what is needed."""
    plain = _plain(question)
    return next((part for part, pattern in _PARTS_ASKED if pattern.search(plain)), None)


def _place(name: str) -> str:
    """Return the pattern of a place's name."""
    return r"\b" + r"[\W_]+".join(re.findall(r"\w+", _plain(name))) + r"\b"


def _plain(question: str) -> str:
    return strip_accents(question.lower().replace("’", "'"))
