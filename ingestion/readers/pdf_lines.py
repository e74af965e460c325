"""Drops from the lines of PDF pages what a page repeats: headers, footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_EDGE = 4
_FEWEST_PAGES = 3
_SHARE = 0.2
_NUMBER_AT_END = re.compile(r"\b(?P<number>\d{1,4})(?:\s*(?:/|sur)\s*\d{1,4})?$")
_NUMBER_AT_START = re.compile(r"^(?P<number>\d{1,4})\b")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?P<number>\d{1,4})\s*(?:(?:/|sur|de)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"\s*\bpages?\s+\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?\s*$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){5,}|_{4,}|…{2,}")
_CONTENTS_LINE = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}\s*$")
_BOXES = re.compile(r"(?:I?_{1,2}I?){4,}|(?:\|_){3,}\|?")
_LONELY_ELISION = re.compile(r"\b([LDNSCJMTldnscjmt]|[Qq]u) ?([’']) ?(?=[^\W\d_])")
_FEWEST_CONTENTS_LINES = 4


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page, numbered from 1; blank ones are kept, they part paragraphs."""

    number: int
    lines: list[str]


def without_edges(pages: Sequence[PageLines]) -> list[PageLines]:
    """Return pages without running heads, page numbers, leaders and tables of contents.

    A running head is a line that stands at the top or bottom of many pages, its digits aside; it
    is kept at the top of the first page, where it may say what the document is.
    """
    running = _running(pages)
    return [PageLines(page.number, _body(page, running, last=pages[-1].number)) for page in pages]


def _running(pages: Sequence[PageLines]) -> frozenset[tuple[str, int]]:
    """Return the lines that recur at the edges of pages, as they are compared."""
    counts = Counter(
        key
        for page in pages
        for key in {_compared(page.lines[position], page.number) for position in _edges(page.lines)}
    )
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))
    return frozenset(key for key, count in counts.items() if count >= needed)


def _edges(lines: Sequence[str]) -> list[int]:
    """Return the positions of the first and last written lines of a page."""
    written = [position for position, line in enumerate(lines) if line]
    return sorted({*written[:_EDGE], *written[-_EDGE:]})


def _compared(line: str, page: int) -> tuple[str, int]:
    """Return a line without the number at its end or start, and how far that is from the page's.

    A number that grows with the pages is a page number; that of « Article 3 » hardly ever is.
    """
    words = " ".join(line.lower().split())
    match = _NUMBER_AT_END.search(words) or _NUMBER_AT_START.match(words)
    if match is None:
        return words, 0
    return words[: match.start()] + words[match.end() :], int(match["number"]) - page


def _body(page: PageLines, running: frozenset[tuple[str, int]], *, last: int) -> list[str]:
    """Return the lines of a page that are its own."""
    edges = _edges(page.lines)
    top = edges[: len(edges) // 2] if page.number == 1 else []
    contents = sum(_CONTENTS_LINE.search(line) is not None for line in page.lines)
    kept: list[str] = []
    for position, line in enumerate(page.lines):
        at_edge = position in edges
        if at_edge and _is_page_number(line, last):
            continue
        if at_edge and position not in top and _compared(line, page.number) in running:
            continue
        if contents >= _FEWEST_CONTENTS_LINES and _CONTENTS_LINE.search(line):
            continue
        kept.append(_tidy(_LAST_NUMBER.sub("", line) if at_edge else line))
    return kept


def _is_page_number(line: str, last: int) -> bool:
    match = _PAGE_NUMBER.match(line)
    return match is not None and int(match["number"]) <= last + 20


def _tidy(line: str) -> str:
    """Return a line without leaders nor boxes to fill in, its elisions joined."""
    line = _BOXES.sub(" ", _LEADERS.sub(" … ", line))
    line = _LONELY_ELISION.sub(r"\1\2", line)
    line = " ".join(line.split())
    return "" if line.strip(" …:.-") == "" else line
