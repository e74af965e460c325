"""The sentences and list items of the passages found: what an answer can be made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents import Hit
from knowledge.sentences import split_sentences

_ITEM = re.compile(r"^\s*(?:[-–•*]|\d+[.)°]|[a-z][)])\s+")
_SHORTEST = 12
# A line without closing punctuation and shorter than this is a title, not a sentence.
_TITLE_LENGTH = 90
_CLOSED = re.compile(r"[.!?…:;»\")\]]$")
# What sends the reader elsewhere says nothing here.
_POINTER = re.compile(
    r"^(?:consulte[rz]|voir|lire|télécharge[rz]|clique[rz]|pour en savoir plus|en savoir plus"
    r"|retrouvez|accéde[rz]|rendez-vous sur la page|à lire)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence or list item of a passage.

    ``start`` and ``end`` are indices into the passage's text, so that ``text`` is an exact slice of
    it. ``hit`` is the rank of its passage among the hits; ``lead_in`` the position, among the units
    of that passage, of the line that introduces it (« Les pièces à fournir : »), if there is one.
    """

    hit: int
    position: int
    start: int
    end: int
    text: str
    is_item: bool
    lead_in: int | None


def units_of(hits: Sequence[Hit]) -> list[Unit]:
    """Return the units of every hit, in reading order within each."""
    return [
        unit for rank, hit in enumerate(hits) for unit in _units_of_text(hit.passage.text, rank)
    ]


def _units_of_text(text: str, rank: int) -> list[Unit]:
    """Return the units of one passage."""
    units: list[Unit] = []
    lead_in: int | None = None
    for start, end in split_sentences(text):
        line_start = text.rfind("\n", 0, start) + 1
        is_item = bool(_ITEM.match(text[line_start:end])) and not text[line_start:start].strip()
        if not is_item and line_start == start:
            lead_in = None
        units.append(
            Unit(
                hit=rank,
                position=len(units),
                start=start,
                end=end,
                text=text[start:end],
                is_item=is_item,
                lead_in=lead_in,
            )
        )
        if text[start:end].rstrip().endswith(":") and not is_item:
            lead_in = len(units) - 1
    return units


def bare(text: str) -> str:
    """Return the text of a unit without its bullet."""
    return _ITEM.sub("", text).strip()


def is_worth_showing(unit: Unit) -> bool:
    """Tell whether a unit says something by itself: no title, no fragment, no mere pointer."""
    text = bare(unit.text)
    if len(text) < _SHORTEST or not any(char.islower() for char in text) or _POINTER.match(text):
        return False
    return unit.is_item or len(text) >= _TITLE_LENGTH or bool(_CLOSED.search(text))
