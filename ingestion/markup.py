"""Turns HTML into blocks: the way that every structured format takes."""

import re
from collections.abc import Iterator
from typing import Any

from ingestion.blocks import Block, clean
from ingestion.errors import Rejected

_DROPPED = frozenset(
    "script style noscript template nav header footer form svg canvas iframe object select"
    " textarea input img video audio head map dialog menu".split()
)
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog"})
# Cards and lists of links to other pages: navigation that the ministry's sheets carry along.
_DROPPED_CLASSES = frozenset(
    {"fr-card", "ondine-linked-pages", "fr-link__detail", "fr-breadcrumb", "fr-skiplinks",
     "breadcrumb", "sr-only", "visually-hidden", "cookie-banner"}
)  # fmt: skip
_ASIDES = frozenset({"fr-highlight", "fr-callout", "fr-alert"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "p div section article main ul ol li dl dt dd table blockquote pre figure figcaption address"
    " hr aside details summary center fieldset body html".split()
) | frozenset(_HEADINGS)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_JOINED_BREAK = re.compile(r"(?<=[^\W\d_,])\s*\n\s*(?=[a-zà-ÿ])")
_WHITE = re.compile(r"\s+")
_BULLET = re.compile(r"^\s*[-–—•▪◦●·]\s+")
_DEEPEST = 150
_LONGEST_LABEL = 80
_LARGEST_SPAN = 50


def parse_html(source: str) -> Any:  # noqa: ANN401  (lxml has no public element type)
    """Return the root element of an HTML page or fragment, with neither network nor entities.

    Raises:
        Rejected: nothing in it is HTML.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8"
    )
    try:
        return html.document_fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Rejected("le fichier n'a pas de contenu HTML lisible.") from error


def html_blocks(source: str, *, level: int = 0) -> list[Block]:
    """Return the blocks of an HTML text, its headings lowered by ``level``."""
    if not source.strip():
        return []
    return element_blocks(parse_html(source), level=level)


def element_blocks(element: Any, *, level: int = 0) -> list[Block]:  # noqa: ANN401
    """Return the blocks under a parsed element, its headings lowered by ``level``."""
    return [block for block in _Walk(level).blocks(element) if block.text]


class _Walk:
    """Visits elements in reading order, gathering inline text into blocks."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._inline: list[str] = []
        self._depth = 0

    def blocks(self, element: Any) -> Iterator[Block]:  # noqa: ANN401
        """Yield the blocks of an element and its descendants."""
        yield from self._children(element, in_aside=False)
        yield from self._flush()

    def _children(self, element: Any, *, in_aside: bool) -> Iterator[Block]:  # noqa: ANN401
        self._depth += 1
        if element.text:
            self._inline.append(_WHITE.sub(" ", element.text))
        if self._depth <= _DEEPEST:
            for child in element:
                if isinstance(child.tag, str) and not _is_dropped(child):
                    yield from self._element(child, in_aside=in_aside)
                if child.tail:
                    self._inline.append(_WHITE.sub(" ", child.tail))
        self._depth -= 1

    def _element(self, element: Any, *, in_aside: bool) -> Iterator[Block]:  # noqa: ANN401
        tag = element.tag.lower()
        if tag == "br":
            self._inline.append("\n")
        elif tag not in _BLOCKS:
            yield from self._children(element, in_aside=in_aside)
        elif tag in _HEADINGS:
            yield from self._flush()
            text = flat_text(element)
            if in_aside:
                yield Block("label", text)
            else:
                yield Block("heading", text, self._level + _HEADINGS[tag])
        elif tag in {"ul", "ol"}:
            yield from self._flush()
            yield from _list_blocks(element, level=self._level, depth=0)
        elif tag == "table":
            yield from self._flush()
            yield from self._table(element, in_aside=in_aside)
        else:
            aside = in_aside or tag in {"aside", "blockquote"} or bool(_classes(element) & _ASIDES)
            yield from self._flush()
            yield from self._children(element, in_aside=aside)
            yield from self._flush()

    def _table(self, element: Any, *, in_aside: bool) -> Iterator[Block]:  # noqa: ANN401
        rows = _rows(element)
        width = max((len(row) for row in rows), default=0)
        caption = element.find("caption")
        if caption is not None:
            yield Block("label", flat_text(caption))
        if width <= 1:
            # One column is a frame drawn around text, not a table.
            for position, cell in enumerate(element.iter("td", "th")):
                text = flat_text(cell)
                if position == 0 and len(rows) > 1 and len(text) <= _LONGEST_LABEL:
                    yield Block("label", text)
                    continue
                yield from self._children(cell, in_aside=in_aside)
                yield from self._flush()
            return
        for row in rows:
            if any(row):
                yield Block("row", " | ".join(row))

    def _flush(self) -> Iterator[Block]:
        """Yield the gathered inline text: a blank line or more than one break ends a paragraph."""
        raw = "".join(self._inline)
        self._inline = []
        for part in re.split(r"\s*\n\s*\n\s*", raw):
            text = _JOINED_BREAK.sub(" ", clean(part))
            bullet = _BULLET.match(text)
            if bullet is not None and "\n" not in text:
                yield Block("item", text[bullet.end() :])
            else:
                yield Block("paragraph", text)


def flat_text(element: Any) -> str:  # noqa: ANN401
    """Return the text of an element on one line, without what is dropped."""
    pieces: list[str] = []

    def gather(node: Any, depth: int) -> None:  # noqa: ANN401
        if node.text:
            pieces.append(node.text)
        for child in node:
            if isinstance(child.tag, str) and not _is_dropped(child) and depth < _DEEPEST:
                breaks = child.tag.lower() in _BLOCKS or child.tag.lower() == "br"
                pieces.append(" " if breaks else "")
                gather(child, depth + 1)
                pieces.append(" " if breaks else "")
            if child.tail:
                pieces.append(child.tail)

    gather(element, 0)
    return clean(_WHITE.sub(" ", "".join(pieces)))


def _list_blocks(element: Any, *, level: int, depth: int) -> Iterator[Block]:  # noqa: ANN401
    """Yield the items of a list, what stands inside an item as deeper items."""
    ordered = element.tag.lower() == "ol"
    number = 0
    for child in element:
        if not isinstance(child.tag, str) or _is_dropped(child):
            continue
        if child.tag.lower() in {"ul", "ol"}:
            yield from _list_blocks(child, level=level, depth=min(depth + 1, _DEEPEST))
            continue
        number += 1
        marker = f"{number}." if ordered else "-"
        first = True
        for block in _item_parts(child, level=level, depth=depth):
            if block.kind == "item":
                yield block
            elif first or block.kind == "row":
                yield Block("item", block.text, depth, marker if first else "-")
            else:
                yield Block("item", block.text, depth + 1)
            first = False


def _item_parts(item: Any, *, level: int, depth: int) -> Iterator[Block]:  # noqa: ANN401
    """Yield the paragraphs of an item, and its nested lists one level deeper."""
    if depth >= _DEEPEST:
        return
    for block in _Walk(level).blocks(item):
        if not block.text:
            continue
        if block.kind == "item":
            yield Block("item", block.text, depth + 1 + block.level, block.marker)
        else:
            yield Block("paragraph", block.text.replace("\n", " "))


def _rows(table: Any) -> list[list[str]]:  # noqa: ANN401
    """Return the cells of a table, those that span several rows repeated in each."""
    rows: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        following: dict[int, tuple[int, str]] = {}
        own = [c for c in row if isinstance(c.tag, str) and c.tag.lower() in {"td", "th"}]
        while own or len(cells) in spanning:
            if len(cells) in spanning:
                left, text = spanning[len(cells)]
            else:
                cell = own.pop(0)
                left, text = _span(cell, "rowspan"), flat_text(cell)
            if left > 1:
                following[len(cells)] = (left - 1, text)
            cells.append(text)
        spanning = following
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
    return rows


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    """Return how many rows a cell covers."""
    value = cell.get(name, "1").strip()
    return min(int(value), _LARGEST_SPAN) if value.isdecimal() else 1


def _classes(element: Any) -> frozenset[str]:  # noqa: ANN401
    return frozenset((element.get("class") or "").split())


def _is_dropped(element: Any) -> bool:  # noqa: ANN401
    """Tell whether an element shows nothing, or only leads elsewhere."""
    tag = element.tag.lower()
    if tag in _DROPPED or (tag == "button" and element.getparent().tag not in _HEADINGS):
        return True
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") == "true" and tag in _BLOCKS)
        or element.get("role") in _DROPPED_ROLES
        or bool(_HIDDEN.search(element.get("style") or ""))
        or bool(_classes(element) & _DROPPED_CLASSES)
    )
