"""Makes paragraphs, list items and headings of the lines of PDF pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingestion.blocks import Block, BlockKind
from ingestion.readers.pdf_headings import LONGEST_HEADING, heading_rank, is_capitals, is_named
from ingestion.readers.pdf_lines import PageLines

_BULLET = re.compile(r"^(?:[•▪▫◦●○■□➢➤►▶‣∙✓✔❖·\uf000-\uf0ff]\s*|[-–—]\s+|o\s+(?=[A-ZÀ-Ý]))(?=\S)")
_DASH = re.compile(r"^[-–—](?=[A-ZÀ-Ýa-zà-ÿ])")
_STRONG_END = re.compile(r"[.!?:;]$|[.!?] ?»$")
_STARTS_NEW = re.compile(r"^(?:[A-ZÀ-Ý«“\"(]|\d)")
_UNFINISHED = re.compile(
    r"(?:^|[\s'’])(?:à|au|aux|de|du|des|la|le|les|l|d|un|une|et|ou|par|pour|en|sur|sous|avec|dans"
    r"|n°|madame|monsieur|mme|m\.|que|qui)$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"^\d[\d  .,]*\s?(?:€|euros?|%)\W?$")
_HYPHEN = re.compile(r"[^\W\d_]-$")
# Parts that keep their hyphen at the end of a line: « peut-être », « rendez-vous ».
_KEPT = frozenset(
    "peut rendez celui celle ceux celles lui elle eux moi soi quelques ci là non mi demi post"
    " sous vis micro demandeurs est a y socio médico après avant avez pouvez dit sur vice co outre"
    " entre arc porte garde savoir mot grand main chef".split()
)
_KEPT_AFTER = frozenset("il ils elle elles on t ci là ce vous nous même mêmes être".split())
# Of the length of a full line: letters differ in width.
_FULL = 0.85
_FULL_AFTER_COMMA = 0.93
_USUAL = 0.85


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what is around it; ``width`` is how long full lines of its page are."""

    text: str
    page: int
    width: int
    after_blank: bool


@dataclass(slots=True)
class _Open:
    """The heading, paragraph or item that is being written; ``last`` is its latest line."""

    kind: BlockKind
    text: str
    page: int
    last: _Line
    rank: int = 0
    turns: list[tuple[int, int]] = field(default_factory=list)

    def block(self) -> Block:
        """Return what was written."""
        return Block(self.kind, self.text, self.rank, page=self.page, turns=tuple(self.turns))


def paragraphs(pages: Sequence[PageLines], *, outline: frozenset[str]) -> Iterator[Block]:
    """Yield the blocks of a PDF in reading order.

    Args:
        pages: the pages' own lines.
        outline: the titles of its bookmarks, in lower case and without white space.
    """
    words = _Words(pages)
    lines = _lines(pages)
    current: _Open | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if current is not None and current.kind == "heading" and _continues_heading(current, line):
            _join(current, line, words)
            continue
        opened = _opened(line, following, current, outline=outline)
        if opened is None and current is not None:
            _join(current, line, words)
            continue
        if current is not None:
            yield current.block()
        current = opened
    if current is not None:
        yield current.block()


def _opened(
    line: _Line, following: _Line | None, current: _Open | None, *, outline: frozenset[str]
) -> _Open | None:
    """Return the block that a line opens, or None when it goes on with the current one."""
    breaks = current is None or current.kind == "heading" or _breaks(current.last, line)
    if breaks:
        after = None if following is None else following.text
        apart = line.after_blank and (following is None or following.after_blank)
        rank = heading_rank(line.text, following=after, apart=apart, outline=outline)
        if rank is not None:
            return _Open("heading", line.text, line.page, line, rank)
    bullet = _BULLET.match(line.text) or (_DASH.match(line.text) if breaks else None)
    if bullet is not None:
        return _Open("item", line.text[bullet.end() :], line.page, line)
    if current is None or current.kind == "heading" or _parts(current.last, line):
        return _Open("paragraph", line.text, line.page, line)
    return None


def _lines(pages: Sequence[PageLines]) -> list[_Line]:
    """Return the written lines of all pages."""
    lines: list[_Line] = []
    for page in pages:
        lengths = sorted(len(line) for line in page.lines if line)
        width = lengths[int(len(lengths) * _USUAL)] if lengths else 0
        after_blank = not lines
        for text in page.lines:
            if text:
                lines.append(_Line(text, page.number, width, after_blank))
            after_blank = not text
    return lines


def _continues_heading(current: _Open, line: _Line) -> bool:
    """Tell whether a line goes on with the heading before it: capitals, or a name cut short."""
    if line.after_blank or current.page != line.page:
        return False
    if len(current.text) + len(line.text) > LONGEST_HEADING:
        return False
    if is_capitals(current.text):
        return is_capitals(line.text)
    cut = line.text[0].islower() and not _STRONG_END.search(current.text)
    return cut and is_named(current.text) and line.text[-1] not in ".,;"


def _breaks(last: _Line, line: _Line) -> bool:
    """Tell whether a line starts anew: a sentence ended before it, or its first word had room."""
    if line.after_blank:
        return not line.text[0].islower()
    if _STRONG_END.search(last.text):
        return _STARTS_NEW.match(line.text) is not None or last.text.endswith(";")
    first_word = line.text.split(" ", 1)[0]
    full = last.width * (_FULL_AFTER_COMMA if last.text.endswith(",") else _FULL)
    had_room = len(last.text) + 1 + len(first_word) < full
    return (
        had_room and not _UNFINISHED.search(last.text) and _STARTS_NEW.match(line.text) is not None
    )


def _parts(last: _Line, line: _Line) -> bool:
    """Tell whether a blank line parts two lines into paragraphs."""
    if _AMOUNT.match(line.text):
        return False
    if line.after_blank:
        return line.text[0].isupper() or _STRONG_END.search(last.text) is not None
    return False


def _join(current: _Open, line: _Line, words: "_Words") -> None:
    """Add a line to what is being written: on a line of its own, or after the one before."""
    gap = " "
    capitals = current.kind == "heading" and is_capitals(current.text)
    if _HYPHEN.search(current.text) and (line.text[0].islower() or capitals):
        gap = ""
        if not words.keeps_hyphen(current.text, line.text):
            current.text = current.text[:-1]
    elif current.kind != "heading" and _breaks(current.last, line) and not _AMOUNT.match(line.text):
        gap = "\n"
    if line.page != current.last.page:
        current.turns.append((len(current.text) + len(gap), line.page))
    current.text += gap + line.text
    current.last = line


class _Words:
    """The words of a document, to tell a hyphen of spelling from one of the line's end."""

    def __init__(self, pages: Sequence[PageLines]) -> None:
        text = " ".join(line for page in pages for line in page.lines).lower()
        self._known = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Tell whether the word cut between two lines is written with a hyphen."""
        first = re.split(r"[\s'’(«]", before[:-1].lower())[-1]
        second = re.match(r"[^\W\d_]*", after.lower())
        rest = second.group() if second is not None else ""
        if first + rest in self._known:
            return False
        if f"{first}-{rest}" in self._known:
            return True
        return first.rsplit("-", 1)[-1] in _KEPT or rest in _KEPT_AFTER
