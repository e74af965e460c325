"""Finds the header of a meeting note in a document without front matter: Word, OpenDocument."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingestion.blocks import clean
from ingestion.markup import element_blocks, flat_text
from ingestion.meeting_keys import SLIP, Entry, key_of, nearest_key

_KEYED = re.compile(r"^\W{0,2}([^\W_][^:\n]{1,39}?)\s*:\s*(.*)$")
_POINT = re.compile(r"^[-–•*]\s+(.*)$")
# How far from the top the header may start: below a title, a subtitle, the name of a body.
_LAST_START = 6
_COLUMNS = 2
# Line feeds in HTML are spaces; this character cannot be in it.
_BREAK = "\0"


@dataclass(frozen=True, slots=True)
class Header:
    """The keys found, each on its row or line, and the elements that hold nothing else."""

    entries: tuple[Entry, ...]
    elements: tuple[Any, ...]

    def remove(self) -> None:
        """Take the header out of its document, so that its keys are no part of the text."""
        for element in self.elements:
            element.getparent().remove(element)


def find_header(page: Any) -> Header:  # noqa: ANN401  (lxml has no public element type)
    """Return the header at the top of a document that was turned into HTML, empty if none.

    It is a first table of two columns, or the first lines « clé : valeur ». A row or line with an
    unknown key is part of it when a known one follows, so that a slip does not hide the rest.
    """
    parts = _parts(page)
    table = next((part for part in parts[:_LAST_START] if part.tag == "table"), None)
    if table is not None:
        entries = _rows(table)
        if any(key_of(entry.label) for entry in entries):
            return Header(entries, (table,))
    return _lines(parts)


def find_text_header(text: str) -> tuple[tuple[Entry, ...], str]:
    """Return the header at the top of a text, « clé : valeur » on each line, and what follows it.

    Blank lines stand where they like in it, and a list of points under a key without value is its
    value; without a header, the text is returned as it is.
    """
    lines = text.split("\n")
    entries: list[Entry] = []
    kept, rest = 0, 0
    for number, line in enumerate(lines, start=1):
        said = clean(line)
        keyed = _KEYED.match(said.replace("**", ""))
        point = _POINT.match(said)
        if entries and point and isinstance(value := entries[-1].value, str | tuple):
            if isinstance(value, str) and value:
                break
            entries[-1] = Entry(entries[-1].label, (*(value or ()), point[1]), entries[-1].line)
        elif keyed:
            entries.append(Entry(keyed[1], keyed[2].strip(' "'), number))
        elif said and (entries or number > _LAST_START):
            break
        if entries and said and _is_of_header(entries[-1].label):
            kept, rest = len(entries), number
    return tuple(entries[:kept]), "\n".join(lines[rest:])


def _parts(page: Any) -> list[Any]:  # noqa: ANN401
    """Return the paragraphs, lists and tables of a document, in their order."""
    body = next(iter(page.iter("body")), page)
    while len(body) == 1 and body[0].tag == "div":
        body = body[0]
    return [part for part in body if isinstance(part.tag, str)]


def _rows(table: Any) -> tuple[Entry, ...]:  # noqa: ANN401
    """Return the rows of a table with two columns; a row of one cell is a title."""
    entries = []
    for number, row in enumerate(table.iter("tr"), start=1):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if len(cells) > _COLUMNS:
            return ()
        if len(cells) == _COLUMNS and any(map(flat_text, cells)):
            label = flat_text(cells[0]).rstrip(" :")
            entries.append(_entry(label, [b.text for b in element_blocks(cells[1])], number))
    return tuple(entries)


def _lines(parts: list[Any]) -> Header:
    """Return the lines « clé : valeur » that follow each other at the top of a document."""
    entries: list[Entry] = []
    elements: list[Any] = []
    kept = 0, 0
    number = 0
    for position, part in enumerate(parts):
        lines = list(_lines_of(part))
        if entries and entries[-1].value == "" and part.tag in {"ul", "ol"}:
            entries[-1] = _entry(entries[-1].label, lines, entries[-1].line)
        else:
            keyed = [_KEYED.match(line) for line in lines]
            if not all(keyed) or part.tag == "table":
                if entries or position >= _LAST_START:
                    break
                number += len(lines)
                continue
            entries += [
                Entry(match[1], match[2].strip(), number + place)
                for place, match in enumerate(keyed, start=1)
                if match is not None
            ]
        number += len(lines)
        elements.append(part)
        if entries and _is_of_header(entries[-1].label):
            kept = len(entries), len(elements)
    return Header(tuple(entries[: kept[0]]), tuple(elements[: kept[1]]))


def _lines_of(part: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the lines that a reader sees in a paragraph or a list."""
    for line in part.iter("li") if part.tag in {"ul", "ol"} else [part]:
        pieces = [line.text or ""]
        for inner in line.iterdescendants():
            pieces += [_BREAK if inner.tag == "br" else inner.text or "", inner.tail or ""]
        yield from filter(None, map(_flat, "".join(pieces).split(_BREAK)))


def _flat(text: str) -> str:
    return clean(text.replace("\n", " "))


def _is_of_header(label: str) -> bool:
    """Tell whether a label is a key of the header, or a slip for one."""
    return key_of(label) is not None or nearest_key(label, likeness=SLIP) is not None


def _entry(label: str, lines: list[str], number: int) -> Entry:
    """Return a key with its value, which has several parts for the agenda only."""
    value = tuple(lines) if key_of(label) == "ordre_du_jour" else " ".join(lines)
    return Entry(label, value, number)
