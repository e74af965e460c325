"""What was said in meetings, remark by remark, and which remarks speak of a topic."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from assistant.meeting_question import Part, Topic
from knowledge.analysis import strip_accents, terms
from knowledge.documents import Hit
from knowledge.themes import themes_in
from knowledge.units import Unit, bare, is_header, is_worth_showing, units_of

# Parts of a meeting note in which nobody gives an opinion.
_NO_REMARKS = re.compile(r"logistique|questions|ordre du jour|prochaine", re.IGNORECASE)
# What says that a note is invented, which nobody said in the meeting.
_NOTICE = re.compile(r"compte rendu fictif\b", re.IGNORECASE)
# The first that matches what stands above a remark tells its part.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "ne fonctionne pas",
        re.compile(
            r"ne (?:fonctionne|marche|va) pas|points? faibles?|^\(-\)|ce qui use|cote negatif"
        ),
    ),
    (
        "fonctionne",
        re.compile(
            r"fonctionne|marche|points? forts?|^\(\+\)|tient la route|cote positif"
            r"|ce qui (?:va(?: bien)?|est bien)(?= ?:|$)"
        ),
    ),
    ("besoins", re.compile(r"besoins?|attentes?|propositions?|souhaits?")),
    ("état des lieux", re.compile(r"etat des lieux|constats?")),
)
# What opens a remark and tells its part: « Ce qui ne va pas : … », « (+) … ».
_OPENING = re.compile(r"\([+-]\)|[^:.«]{3,40}(?= :)")
_SHORTEST = 12
# A logistic regression fitted on the development half of evaluation/sets/consultation.jsonl: with
# the share of the topic's words that a remark holds, and that of its themes.
_INTERCEPT, _WORDS, _THEMES = -5.15, 3.66, 4.81
_LEAST_LOGIT = -1.386
#: From this logit on, a remark surely speaks of the topic: it holds its themes and more words.
SURE = 1.0
# Where the topic has no theme that is known, a remark must hold this share of its words.
_LEAST_WORDS = 0.6


class Spoken(Protocol):
    """What was said, of which one may ask whether it speaks of a topic."""

    @property
    def terms(self) -> frozenset[str]:
        """Its search terms."""

    @property
    def themes(self) -> frozenset[str]:
        """The themes that it speaks of."""


Said = TypeVar("Said", bound=Spoken)


@dataclass(frozen=True)
class Remark:
    """A list item, table row or sentence of a meeting note.

    ``start`` and ``end`` are indices into the text of the passage of ``hit``; ``above`` is what
    introduces it (headings and lead-in).
    """

    hit: Hit
    start: int
    end: int
    above: str

    @property
    def note(self) -> str:
        """The identifier of the note."""
        return self.hit.source.id

    @property
    def text(self) -> str:
        """The exact words of the note."""
        return self.hit.passage.text[self.start : self.end]

    @property
    def said(self) -> str:
        """The words without bullet, the cells of a row after one another."""
        return bare(self.text).replace(" | ", " – ").rstrip(" ;,")

    @cached_property
    def terms(self) -> frozenset[str]:
        """The search terms of the remark."""
        return frozenset(terms(self.said))

    @cached_property
    def themes(self) -> frozenset[str]:
        """The themes that the remark speaks of."""
        return themes_in(self.said)

    @cached_property
    def part(self) -> Part | None:
        """What kind of remark it is, as far as what stands above it or opens it says so."""
        opening = _OPENING.match(self.said)
        for text in ([opening[0]] if opening else []) + self.above.split("\n")[::-1]:
            plain = strip_accents(text.lower())
            for part, pattern in _PARTS:
                if pattern.search(plain):
                    return part
        return None


def remarks_of(hits: Sequence[Hit]) -> list[Remark]:
    """Return the remarks of the passages of meeting notes, in reading order."""
    units = units_of(hits, ranks=range(len(hits)))
    places = {(unit.hit, unit.position): unit for unit in units}
    found: dict[tuple[int, int], Remark] = {}
    for unit in units:
        hit = hits[unit.hit]
        lead = places.get((unit.hit, unit.lead_in)) if unit.lead_in is not None else None
        above = [*hit.passage.section_path, *([lead.text] if lead else [])]
        if not _is_remark(unit, above):
            continue
        start, end = _whole_line(unit, hit, places)
        found.setdefault((unit.hit, start), Remark(hit, start, end, "\n".join(above)))
    return list(found.values())


def relevant(remarks: Sequence[Said], topic: Topic) -> list[tuple[Said, float]]:
    """Return the remarks that speak of a topic, each with how surely (a logit), in their order."""
    words_in = Counter(term for remark in remarks for term in remark.terms)
    themes_of = Counter(theme for remark in remarks for theme in remark.themes)
    words = {term: _rarity(words_in[term], len(remarks)) for term in topic.terms}
    themes = {theme: _rarity(themes_of[theme], len(remarks)) for theme in topic.themes}
    kept = []
    for remark in remarks:
        held, spoken = _share(words, remark.terms), _share(themes, remark.themes)
        logit = _INTERCEPT + _WORDS * held + _THEMES * spoken
        if logit >= _LEAST_LOGIT if themes else held >= _LEAST_WORDS:
            kept.append((remark, logit))
    return kept


def _is_remark(unit: Unit, above: Sequence[str]) -> bool:
    """Tell whether a unit was said: no question, no title, no logistics, no notice."""
    if any(_NO_REMARKS.search(title) for title in above) or is_header(unit):
        return False
    text = bare(unit.text)
    if text.endswith(("?", ":")) or _NOTICE.match(text):
        return False
    return len(text) >= _SHORTEST and (unit.is_item or is_worth_showing(unit))


def _whole_line(unit: Unit, hit: Hit, places: dict[tuple[int, int], Unit]) -> tuple[int, int]:
    """Return the span of the whole list item that a sentence belongs to, or of the sentence."""
    text = hit.passage.text
    start = text.rfind("\n", 0, unit.start) + 1
    end = text.find("\n", unit.start)
    end = len(text) if end < 0 else end
    opens = next(
        (each for (rank, _), each in places.items() if rank == unit.hit and each.start == start),
        unit,
    )
    return (start, end) if opens.is_item or opens.is_row else (unit.start, unit.end)


def _rarity(count: int, total: int) -> float:
    """Return how rare a word is, never 0: what every remark says is said all the same."""
    return math.log((total + 2) / (count + 1))


def _share(weights: dict[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for each, weight in weights.items() if each in held) / total if total else 0.0
