"""Splits a document into passages that follow its structure and are exact slices of its text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents import Document, Passage, Section
from knowledge.sentences import split_sentences

TARGET = 900
LONGEST = 1_500
LONGEST_SENTENCE = 2_400
SHORTEST = 40
LONGEST_LABEL = 90

_ITEM = re.compile(r"\s*(?:[-–•]|\d{1,3}[.°)]|[a-z][)°]|[IVX]{1,5}\s?[.)]?\s?[-–])\s*\S")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(slots=True)
class _Piece:
    """A span that stays whole; ``bound`` when it must not part from the piece after it."""

    start: int
    end: int
    bound: bool = False

    @property
    def size(self) -> int:
        return self.end - self.start


def split(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document, in order.

    A passage stays within one section and holds about 900 characters, 1,500 at most; only a
    sentence longer than that exceeds it. Items stay with the line that introduces them, rows of
    tables and sentences stay whole.
    """
    text = document.text
    page_starts = [page.start for page in document.pages]
    # An article of law is quoted whole wherever that is possible.
    whole_up_to = LONGEST if document.source.kind == "article" else TARGET
    passages: list[Passage] = []
    for start, end, path in _section_bodies(document):
        for piece in _passages_of(text, start, end, whole_up_to=whole_up_to):
            position = len(passages)
            page = bisect_right(page_starts, piece.start) - 1
            passages.append(
                Passage(
                    id=f"{document.source.id}#{position}",
                    document_id=document.source.id,
                    position=position,
                    start=piece.start,
                    end=piece.end,
                    text=text[piece.start : piece.end],
                    section_path=path,
                    page=document.pages[page].number if page >= 0 else None,
                )
            )
    return tuple(passages)


def _section_bodies(document: Document) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the spans between headings with the titles above them, headings left out.

    A heading without anything under it, subsections included, is yielded itself.
    """
    text = document.text
    path: list[Section] = []
    cursor = 0
    for section in document.sections:
        if section.start > cursor:
            yield cursor, section.start, tuple(s.title for s in path)
        while path and (path[-1].level >= section.level):
            path.pop()
        path.append(section)
        cursor = max(cursor, _body_start(text, section))
        if not text[cursor : section.end].strip():
            yield section.start, section.end, tuple(s.title for s in path)
            cursor = section.end
    yield cursor, len(text), tuple(s.title for s in path)


def _body_start(text: str, section: Section) -> int:
    """Return where a section's text starts, after its heading line if the text has one."""
    if not text.startswith(section.title[:20], section.start):
        return section.start
    blank = _BLANK_LINE.search(text, section.start, section.end)
    return blank.end() if blank else section.end


def _passages_of(text: str, start: int, end: int, *, whole_up_to: int) -> list[_Piece]:
    """Return the passages of one section's own text."""
    whole = _trimmed(text, start, end)
    if whole.size == 0:
        return []
    if whole.size <= whole_up_to:
        return [whole]
    groups = [
        part
        for group in _groups(text, whole.start, whole.end)
        for part in (
            [group] if group.size <= TARGET or _is_kept(text, group) else _cut(text, group)
        )
    ]
    return [_trimmed(text, p.start, p.end) for p in _merge(groups)]


def _is_kept(text: str, group: _Piece) -> bool:
    """Tell whether a group above the target stays whole: one line, or a list or table that fits."""
    lines = text[group.start : group.end].split("\n")
    listed = sum(_ITEM.match(line) is not None or " | " in line for line in lines)
    return group.size <= LONGEST and (len(lines) == 1 or listed * 2 >= len(lines))


def _groups(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Yield paragraphs, a lead-in joined with the list that it introduces when both fit."""
    paragraphs = _paragraphs(text, start, end)
    position = 0
    while position < len(paragraphs):
        group = paragraphs[position]
        position += 1
        if text[group.start : group.end].endswith(":") and position < len(paragraphs):
            group = _Piece(group.start, group.end, bound=True)
            last = group.end
            while position < len(paragraphs):
                following = paragraphs[position]
                is_item = _ITEM.match(text, following.start, following.end) is not None
                if last != group.end and not is_item:
                    break
                if following.end - group.start > LONGEST:
                    break
                last = following.end
                position += 1
                if not is_item:
                    break
            group = _Piece(group.start, last, bound=last == group.end)
        yield group


def _paragraphs(text: str, start: int, end: int) -> list[_Piece]:
    """Return the spans between blank lines."""
    pieces = []
    cursor = start
    for blank in _BLANK_LINE.finditer(text, start, end):
        pieces.append(_trimmed(text, cursor, blank.start()))
        cursor = blank.end()
    pieces.append(_trimmed(text, cursor, end))
    return [piece for piece in pieces if piece.size]


def _cut(text: str, group: _Piece) -> list[_Piece]:
    """Cut a paragraph, list or table that is too long: between lines, then between sentences."""
    parts: list[_Piece] = []
    cursor = group.start
    while cursor < group.end:
        stop = text.find("\n", cursor, group.end)
        stop = group.end if stop < 0 else stop
        line = _trimmed(text, cursor, stop)
        cursor = stop + 1
        if line.size == 0:
            continue
        line.bound = _announces(text[line.start : line.end])
        if line.size <= LONGEST:
            parts.append(line)
        else:
            parts.extend(_cut_line(text, line))
    return parts


def _cut_line(text: str, line: _Piece) -> Iterator[_Piece]:
    """Yield the sentences of a line; one that is longer than any passage is cut at a space."""
    for first, last in split_sentences(text[line.start : line.end]):
        start, end = line.start + first, line.start + last
        while end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            stop = space if space > start else start + LONGEST_SENTENCE
            yield _trimmed(text, start, stop)
            start = stop
        yield _trimmed(text, start, end)


def _announces(line: str) -> bool:
    """Tell whether a line introduces the next one: « Sont concernés : », or a small title."""
    titled = len(line) <= LONGEST_LABEL and line[0].isupper() and line[-1].isalpha()
    return line.endswith(":") or (titled and " | " not in line)


def _bound_together(pieces: list[_Piece]) -> list[_Piece]:
    """Join each piece that introduces another with it, when both fit."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.bound and piece.end - last.start <= LONGEST:
            joined[-1] = _Piece(last.start, piece.end, piece.bound)
        else:
            joined.append(_Piece(piece.start, piece.end, piece.bound))
    return joined


def _merge(pieces: list[_Piece]) -> list[_Piece]:
    """Join neighbours up to the target, never beyond the longest, and leave no crumb alone."""
    merged: list[_Piece] = []
    for piece in _bound_together(pieces):
        last = merged[-1] if merged else None
        size = piece.end - last.start if last else 0
        joins = last is not None and (
            size <= TARGET or (size <= LONGEST and min(last.size, piece.size) < SHORTEST)
        )
        if last is not None and joins:
            merged[-1] = _Piece(last.start, piece.end, piece.bound)
        else:
            merged.append(piece)
    return merged


def _trimmed(text: str, start: int, end: int) -> _Piece:
    """Return a span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _Piece(start, end)
