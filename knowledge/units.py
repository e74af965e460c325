"""The sentences, list items and table rows of the passages found: what an answer is made of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.documents import Hit
from knowledge.sentences import split_sentences

_ITEM = re.compile(r"^\s*(?:[-–•*]|\d+[.)°]|[a-z][)])\s+")
_CELLS = " | "
_SHORTEST = 12
# A line without closing punctuation and shorter than this is a title, not a sentence.
_TITLE_LENGTH = 90
_CLOSED = re.compile(r"[.!?…:;»\")\]]$")
_STOPS = (".", "!", "?", "…", ";")
# What sends the reader elsewhere says nothing here.
_POINTER = re.compile(
    r"^(?:consulte[rz]|voir|lire|télécharge[rz]|clique[rz]|pour en savoir plus|en savoir plus"
    r"|retrouvez|accéde[rz]|rendez-vous sur la page|à lire)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, list item or table row of a passage.

    ``start`` and ``end`` are indices into the passage's text, so that ``text`` is an exact slice of
    it. ``hit`` is the rank of its passage among the hits; ``lead_in`` the position, among the units
    of that passage, of the line that introduces it (« Les pièces à fournir : », a table's caption),
    if there is one; ``header`` that of the header of a row's table.
    """

    hit: int
    position: int
    start: int
    end: int
    text: str
    is_item: bool = False
    is_row: bool = False
    lead_in: int | None = None
    header: int | None = None


def units_of(hits: Sequence[Hit], *, ranks: Iterable[int]) -> list[Unit]:
    """Return the units of the hits of some ranks, in reading order within each."""
    return [unit for rank in ranks for unit in units_in(hits[rank].passage.text, rank)]


def units_in(text: str, rank: int = 0) -> list[Unit]:
    """Return the units of a text, which is that of the hit of this rank."""
    units: list[Unit] = []
    after_item = False
    for line in re.finditer(r"[^\n]+", text):
        is_row = _CELLS in line.group()
        line_is_item = not is_row and bool(_ITEM.match(line.group()))
        spans = [line.span()] if is_row else split_sentences(line.group())
        offset = 0 if is_row else line.start()
        for first, (start, end) in enumerate(spans):
            unit = Unit(
                hit=rank,
                position=len(units),
                start=start + offset,
                end=end + offset,
                text=text[start + offset : end + offset],
                is_item=first == 0 and line_is_item,
                is_row=is_row,
            )
            units.append(
                replace(
                    unit,
                    lead_in=_lead_in(unit, units, opens_line=first == 0, after_item=after_item),
                    header=_header(unit, units),
                )
            )
        after_item = line_is_item
    return units


def _lead_in(
    unit: Unit, before: Sequence[Unit], *, opens_line: bool, after_item: bool
) -> int | None:
    """Return the position of the unit that introduces this one; ``after_item``: the line above."""
    if not before:
        return None
    previous = before[-1]
    if unit.is_row:
        caption = previous.position if is_caption(previous) else None
        return previous.lead_in if previous.is_row else caption
    if previous.text.rstrip().endswith(":") and not previous.is_item:
        return previous.position
    if unit.is_item and not (after_item or previous.is_row) and is_caption(previous):
        return previous.position
    if unit.is_item or not opens_line:
        return previous.lead_in if not previous.is_row else None
    return None


def _header(unit: Unit, before: Sequence[Unit]) -> int | None:
    """Return the position of the header of the table in which a row stands."""
    if not unit.is_row or not before or not before[-1].is_row:
        return None
    previous = before[-1]
    return previous.position if is_header(previous) else previous.header


def is_header(unit: Unit) -> bool:
    """Tell whether a table's row names its columns: the first one, without figures to its right."""
    if not unit.is_row or unit.header is not None:
        return False
    return not any(re.search(r"\d\s*(?:%|€|$)", cell) for cell in cells(unit)[1:])


def is_caption(unit: Unit) -> bool:
    """Tell whether a unit is the title or the introduction of what follows it."""
    text = unit.text.rstrip()
    return text.endswith(":") or (len(text) < _TITLE_LENGTH and not text.endswith(_STOPS))


def bare(text: str) -> str:
    """Return the text of a unit without its bullet."""
    return _ITEM.sub("", text).strip()


def cells(unit: Unit) -> list[str]:
    """Return the cells of a table row."""
    return [cell.strip() for cell in unit.text.split(_CELLS)]


def is_worth_showing(unit: Unit) -> bool:
    """Tell whether a unit says something by itself: no title, no header, no mere pointer."""
    text = bare(unit.text)
    if len(text) < _SHORTEST or not any(char.islower() for char in text) or _POINTER.match(text):
        return False
    if unit.is_row:
        return not is_header(unit)
    return unit.is_item or len(text) >= _TITLE_LENGTH or bool(_CLOSED.search(text))
