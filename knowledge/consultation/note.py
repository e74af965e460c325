"""The note of a meeting: its header, its text, and the pieces of text that may be remarks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.consultation.kinds import Kind, kind_named
from knowledge.consultation.locate import letters_of, locate
from knowledge.documents import Document, MeetingShape, Public
from knowledge.units import Unit, cells, is_header, units_in

_BULLET = re.compile(r"\s*(?:[-–•*]|\d+[.)°]|[a-z][)])\s+")
_SIGN = re.compile(r"\s*\(([+-])\)\s*")
_FILED = re.compile(r"(?P<kind>[^:«]{3,30}) : ")
_COLUMNS = re.compile(r" \([\w '’-]{2,30} : .*\)$", re.DOTALL)
_LABEL = 3
_TABLES = frozenset({"csv", "tsv", "xlsx"})
_CELLS = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A list item, sentence or table cell: ``note.text[start:end]``.

    ``above`` is what stands over it, outermost first: headings, lead-in, the other cells of its
    row. ``kind`` is given by whoever wrote the table. ``is_prose`` tells a sentence from an item.
    """

    start: int
    end: int
    above: tuple[str, ...] = ()
    kind: Kind | None = None
    is_prose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    r"""A note as it was imported; ``text`` is that of the file named, of this SHA-256.

    ``text`` is the file's own text, in which line breaks are ``\n``, for text files and tables
    of text; what was read from it for others (DOCX, XLSX, PDF). ``region`` is None where the
    note does not say it: it is never guessed.
    """

    id: str
    file: str
    sha256: str
    title: str
    text: str
    pieces: tuple[Piece, ...]
    region: str | None = None
    date: str | None = None
    public: Public = "professionnels"
    fictional: bool = False
    shape: MeetingShape = field(default_factory=MeetingShape)

    @property
    def is_of_young_people(self) -> bool:
        """Whether young people spoke; a note that does not say who did is of professionals."""
        return self.public == "jeunes"

    def to_json(self) -> dict[str, Any]:
        """Return the note for JSON, its text apart."""
        return {key: value for key, value in asdict(self).items() if key != "text"}

    @classmethod
    def from_json(cls, values: dict[str, Any], *, text: str) -> "Note":
        """Return the note that ``to_json`` wrote."""
        pieces = [{**piece, "above": tuple(piece["above"])} for piece in values["pieces"]]
        shape = {**values["shape"], "agenda": tuple(values["shape"]["agenda"])}
        return cls(
            **{
                **values,
                "text": text,
                "pieces": tuple(Piece(**piece) for piece in pieces),
                "shape": MeetingShape(**shape),
            }
        )


def note_of(document: Document, *, id: str, file: str, sha256: str, raw: str | None) -> Note:  # noqa: A002
    """Return the note that a document is.

    Args:
        document: what was read of the file.
        id: the identifier of the note.
        file: the name of the file.
        sha256: of its bytes.
        raw: the file's own text where it is a text file; spans are then of this text.
    """
    source = document.source
    read = tuple(_pieces_of(document))
    text, pieces = _in_raw(read, document.text, raw) or (document.text, read)
    return Note(
        id=id,
        file=file,
        sha256=sha256,
        title=source.title,
        text=text,
        pieces=pieces,
        region=source.territory,
        date=source.date if document.meeting else None,
        public=source.public or "professionnels",
        fictional=source.fictional,
        shape=document.meeting or MeetingShape(),
    )


def _in_raw(
    pieces: Sequence[Piece], text: str, raw: str | None
) -> tuple[str, tuple[Piece, ...]] | None:
    """Return the file's own text and the pieces as spans of it, or None when one is not there."""
    if raw is None:
        return None
    letters, after, placed = letters_of(raw), 0, []
    for piece in pieces:
        span = locate(text[piece.start : piece.end], text=raw, letters=letters, after=after)
        if span is None:
            return None
        after = span[1]
        placed.append(
            Piece(
                start=span[0],
                end=span[1],
                above=piece.above,
                kind=piece.kind,
                is_prose=piece.is_prose,
            )
        )
    return raw, tuple(placed)


def _pieces_of(document: Document) -> Iterator[Piece]:
    """Yield the pieces of a document, in reading order."""
    text = document.text
    headings = {section.start for section in document.sections}
    units = [unit for unit in units_in(text) if text.rfind("\n", 0, unit.start) + 1 not in headings]
    places = {unit.position: unit for unit in units}
    in_table = document.source.kind in _TABLES
    for line in _by_line(units, text):
        unit = line[0]
        over = tuple(
            section.title
            for section in document.sections
            if section.start < unit.start < section.end
        )
        lead = places.get(unit.lead_in) if unit.lead_in is not None else None
        above = (*over, *([lead.text] if lead else []))
        if unit.is_row:
            yield from _cell_piece(unit, above)
        elif unit.is_item:
            yield _item_piece(text, unit.start, line[-1].end, above=above, in_table=in_table)
        elif not in_table:
            yield from _sentence_pieces(text, line, above)


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


def _cell_piece(unit: Unit, above: tuple[str, ...]) -> Iterator[Piece]:
    """Yield what was said in a row: its longest cell, the others standing above it."""
    if is_header(unit):
        return
    row = cells(unit)
    said = max(row, key=len)
    start = unit.start + unit.text.index(said)
    others = tuple(cell for cell in row if cell != said and cell)
    kind: Kind | None = next(filter(None, map(kind_named, others)), None)
    yield Piece(start=start, end=start + len(said), above=(*above, *others), kind=kind)


def _item_piece(
    text: str, start: int, end: int, *, above: tuple[str, ...], in_table: bool
) -> Piece:
    """Return the piece that a whole list item is, without its bullet and its sign."""
    bullet = _BULLET.match(text, start, end)
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
        end = start + columns.start() if columns else end
    return Piece(start=start, end=end, above=above, kind=kind)


def _sentence_pieces(text: str, line: Sequence[Unit], above: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the sentences of a line; words that are quoted belong to what comes before them."""
    spans: list[tuple[int, int]] = []
    for unit in line:
        if spans and unit.text.startswith(("«", "“", "(")):
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
    if len(spans) > 1 and _is_label(text[slice(*spans[0])]):
        # « Formation. Former avant la bascule… »: the first words name what the others are about.
        above = (*above, text[slice(*spans.pop(0))].rstrip(" ."))
    for start, end in spans:
        yield Piece(start=start, end=end, above=above, is_prose=True)


def _is_label(said: str) -> bool:
    return said.endswith(".") and len(said.split()) <= _LABEL
