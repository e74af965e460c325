"""Composes a document's text from its blocks, and keeps where sections and pages stand in it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Page, Section

BlockKind = Literal["heading", "paragraph", "label", "item", "row"]

_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row, in reading order.

    ``level`` is the heading's level (1 for the topmost) or the item's depth (0 for the outermost).
    A ``label`` is a short line that belongs to what follows it (« À noter »). ``marker`` opens an
    item. ``page`` is where the block starts; ``turns`` are the offsets in ``text`` at which
    further pages start.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = "-"
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """A text with the spans of its sections and pages."""

    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]


def clean(text: str) -> str:
    """Return text in NFC with ordinary spaces, no invisible characters and no blank lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text.replace("\u2028", "\n")))
    return _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text)).strip()


def compose(blocks: Iterable[Block]) -> Composition:
    """Lay blocks out as plain text: blank lines between paragraphs, one item or row a line."""
    parts: list[str] = []
    length = 0
    headings: list[tuple[Block, int]] = []
    turns: list[tuple[int, int]] = []
    previous: Block | None = None
    for block in blocks:
        if not block.text:
            continue
        gap = _gap(previous, block)
        opening = f"{'  ' * block.level}{block.marker} " if block.kind == "item" else ""
        start = length + len(gap)
        if block.kind == "heading":
            headings.append((block, start))
        if block.page is not None:
            turns.append((start, block.page))
        turns.extend((start + len(opening) + offset, page) for offset, page in block.turns)
        parts.extend((gap, opening, block.text))
        length = start + len(opening) + len(block.text)
        previous = block
    return Composition("".join(parts), _sections(headings, length), _pages(turns, length))


def _gap(previous: Block | None, block: Block) -> str:
    """Return what separates two blocks."""
    if previous is None:
        return ""
    together = (
        previous.kind == "label"
        or (previous.kind == block.kind and block.kind in {"item", "row"})
        or (previous.kind == "paragraph" and block.kind == "item" and previous.text.endswith(":"))
    )
    return "\n" if together and block.kind != "heading" else "\n\n"


def _sections(headings: Sequence[tuple[Block, int]], length: int) -> tuple[Section, ...]:
    """Return the sections that headings open, nested without a gap in their levels."""
    open_sections: list[tuple[int, int]] = []  # position in `found`, level as written
    found: list[Section] = []

    def close(down_to: int, end: int) -> None:
        while open_sections and open_sections[-1][1] >= down_to:
            position, _ = open_sections.pop()
            section = found[position]
            found[position] = Section(section.level, section.title, section.start, end)

    for block, start in headings:
        close(block.level, start)
        title = block.text.replace("\n", " ").rstrip(" :")
        found.append(Section(len(open_sections) + 1, title, start, length))
        open_sections.append((len(found) - 1, block.level))
    return tuple(found)


def _pages(turns: Sequence[tuple[int, int]], length: int) -> tuple[Page, ...]:
    """Return the spans of the pages, each to where the next one starts."""
    starts: list[tuple[int, int]] = []
    for start, number in turns:
        if not starts or starts[-1][1] != number:
            starts.append((start, number))
    ends = [start for start, _ in starts[1:]] + [length] if starts else []
    return tuple(
        Page(number, start, end) for (start, number), end in zip(starts, ends, strict=True)
    )
