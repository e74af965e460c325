"""Cuts the document of a meeting into the pieces that may be remarks: items, sentences, cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from knowledge.consultation.kinds import Kind, kind_named, part_said
from knowledge.consultation.open_titles import BULLET, OpenTitles
from knowledge.consultation.speakers import Speakers, leads
from knowledge.documents import Document
from knowledge.units import Unit, cells, is_header, units_in

_SIGN = re.compile(r"\s*\(([+-])\)\s*")
_FILED = re.compile(r"(?P<kind>[^:«]{3,30}) : ")
_COLUMNS = re.compile(r" \([\w '’-]{2,30} : .*\)$", re.DOTALL)
_TURN = re.compile(r"(?<=[»)])\s+(?=«)")
_SEMICOLON = re.compile(r"\s?;\s+(?![^«]*»)(?![^(]*\))")
_SHORTEST_POINT = 25
# What readers write on top of a note that says elsewhere that it is fictional.
_NOTICE = re.compile(
    r"\W*compte[ -]rendu fictif\b|\W*(?:note|document|relev[eé]|r[eé]union)s? ficti(?:f|ve)s?\W*$",
    re.IGNORECASE,
)
_SUBJECT_COLUMN = re.compile(
    r"[(;] ?(?:th[eè]me|sujet|objet|domaine|rubrique|point|module|fonctionnalit[eé]) : ([^;()]+)",
    re.IGNORECASE,
)
_LABEL = 3
_LONGEST_LEAD = 6
_TABLES = frozenset({"csv", "tsv", "xlsx"})
_CELLS = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A list item, sentence or table cell: ``note.text[start:end]``.

    ``above`` is what stands over it, outermost first: headings, lead-in, the other cells of its
    row. ``kind`` is given by whoever wrote the table. ``is_prose`` tells a sentence from an item.
    ``speaker`` is who says it in a dialogue, empty elsewhere.
    """

    start: int
    end: int
    above: tuple[str, ...] = ()
    kind: Kind | None = None
    is_prose: bool = False
    speaker: str = ""


def pieces_of(document: Document) -> Iterator[Piece]:
    """Yield the pieces of a document, in reading order."""
    text = document.text
    headings = {section.start for section in document.sections}
    units = [unit for unit in units_in(text) if text.rfind("\n", 0, unit.start) + 1 not in headings]
    places = {unit.position: unit for unit in units}
    in_table = document.source.kind in _TABLES
    titles, speakers = OpenTitles(), Speakers(text)
    for line, following in zip_longest(lines := list(_by_line(units, text)), lines[1:]):
        unit = line[0]
        over = tuple(
            section.title
            for section in document.sections
            if section.start < unit.start < section.end
        )
        titles.enter(over, is_item=unit.is_item)
        if turn := speakers.turn(text.rfind("\n", 0, unit.start) + 1):
            yield from _turn_pieces(text, line, turn, titles=titles, over=over)
            continue
        if _NOTICE.match(unit.text):
            continue
        if not in_table and titles.open(line, text=text, following=following):
            continue
        above = (*over, *titles.said, *_lead_in(unit, places, titles.said))
        if unit.is_row:
            yield from _cell_pieces(unit, above, places)
        elif unit.is_item:
            yield _item_piece(text, unit.start, line[-1].end, above=above, in_table=in_table)
        elif not in_table:
            yield from _sentence_pieces(text, line, above)


def _turn_pieces(
    text: str,
    line: Sequence[Unit],
    turn: tuple[str, int],
    *,
    titles: OpenTitles,
    over: tuple[str, ...],
) -> Iterator[Piece]:
    """Yield what somebody says in a dialogue; whoever leads it opens its parts."""
    who, start = turn
    said = [
        replace(unit, start=max(unit.start, start), text=text[max(unit.start, start) : unit.end])
        for unit in line
        if unit.end > start
    ]
    if leads(who):
        for unit in said:
            if part_said(unit.text):
                titles.announce(unit.text)
    for piece in _sentence_pieces(text, said, (*over, *titles.said)):
        yield replace(piece, speaker=who)


def _lead_in(unit: Unit, places: Mapping[int, Unit], titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the line that introduces a unit, if there is one and it is not a whole sentence."""
    lead = places.get(unit.lead_in) if unit.lead_in is not None else None
    if lead is None or any(lead.text in title for title in titles):
        return ()
    is_short = len(lead.text.split()) <= _LONGEST_LEAD
    return (lead.text,) if is_short or lead.text.rstrip().endswith(":") else ()


def _by_line(units: Sequence[Unit], text: str) -> Iterator[list[Unit]]:
    """Yield the units of each line."""
    line: list[Unit] = []
    for unit in units:
        if line and "\n" in text[line[-1].end : unit.start]:
            yield line
            line = []
        line.append(unit)
    if line:
        yield line


def _cell_pieces(unit: Unit, above: tuple[str, ...], places: Mapping[int, Unit]) -> Iterator[Piece]:
    """Yield what was said in a row.

    Where the columns are headed by parts of a meeting (« Ce qui marche », « Besoins »), each of
    their cells was said; elsewhere the longest cell was, the others standing above it.
    """
    if is_header(unit):
        return
    row = unit.text.split(_CELLS)
    head = places.get(unit.header) if unit.header is not None else None
    heads = cells(head) if head else []
    heads = [*heads, *[""] * (len(row) - len(heads))]
    said = [place for place, head in enumerate(heads[: len(row)]) if part_said(head)]
    if not said:
        said = [max(range(len(row)), key=lambda place: len(row[place].strip()))]
    others = tuple(
        cell.strip() for place, cell in enumerate(row) if place not in said and cell.strip()
    )
    kind: Kind | None = next(filter(None, map(kind_named, others)), None)
    start = unit.start
    for place, cell in enumerate(row):
        if place in said and cell.strip():
            first = start + len(cell) - len(cell.lstrip())
            headed = (heads[place],) if heads[place] else ()
            yield Piece(
                start=first,
                end=first + len(cell.strip()),
                above=(*above, *others, *headed),
                kind=kind,
            )
        start += len(cell) + len(_CELLS)


def _item_piece(
    text: str, start: int, end: int, *, above: tuple[str, ...], in_table: bool
) -> Piece:
    """Return the piece that a whole list item is, without its bullet and its sign."""
    bullet = BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    sign = _SIGN.match(text, start, end)
    if sign:
        start, above = sign.end(), (*above, f"({sign[1]})")
    kind = None
    if in_table:
        filed = _FILED.match(text, start, end)
        if filed and len(filed["kind"].split()) <= _LABEL:
            kind = kind_named(filed["kind"])
            start, above = filed.end(), (*above, filed["kind"])
        columns = _COLUMNS.search(text[start:end])
        if columns:
            end = start + columns.start()
            above = (*above, *_SUBJECT_COLUMN.findall(columns[0]))
    return Piece(start=start, end=end, above=above, kind=kind)


def _sentence_pieces(text: str, line: Sequence[Unit], above: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the sentences of a line; words that are quoted belong to what comes before them."""
    spans: list[tuple[int, int]] = []
    for unit in line:
        if spans and _goes_with(text[slice(*spans[-1])], unit.text):
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
    spans = [part for span in spans for part in _parts(text, *span)]
    if len(spans) > 1 and _is_label(text[slice(*spans[0])]):
        # « Formation. Former avant la bascule… »: the first words name what the others are about.
        above = (*above, text[slice(*spans.pop(0))].rstrip(" ."))
    for start, end in spans:
        yield Piece(start=start, end=end, above=above, is_prose=True)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the turns of a dialogue, or of the points that semicolons separate."""
    said = text[start:end]
    if said.startswith("«"):
        cuts = [match.span() for match in _TURN.finditer(said)]
    else:
        cuts = [match.span() for match in _SEMICOLON.finditer(said)]
        ends = [0, *(cut[0] for cut in cuts), len(said)]
        if min(after - before for before, after in pairwise(ends)) < _SHORTEST_POINT:
            cuts = []
    at = start
    for cut, after in cuts:
        yield at, start + cut
        at = start + after
    yield at, end


def _goes_with(before: str, said: str) -> bool:
    """Tell whether words belong to the sentence before: its speaker, its quotation, the rest of it.

    In a dialogue, the quotation that follows another one is of somebody else.
    """
    if said.startswith("(") or before.count("«") > before.count("»"):
        return True
    return said.startswith(("«", "“")) and not before.startswith(("«", "“"))


def _is_label(said: str) -> bool:
    """Tell whether a few words name what follows: « Formation. »."""
    is_short = said.endswith(".") and len(said.split()) <= _LABEL
    return is_short and not said.lower().startswith("merci")
