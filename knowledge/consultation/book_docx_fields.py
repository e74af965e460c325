"""What python-docx does not write by itself: fields, bookmarks, links, descriptions."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph


def add_contents(
    document: "Document", titles: Sequence[tuple[int, str, str]], *, levels: int
) -> None:
    """Add a table of contents: a field, which Word numbers on opening, and the titles in it now.

    Args:
        document: the file.
        titles: the level, text and bookmark of each title.
        levels: down to which level titles are listed.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    for level in range(1, levels + 1):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
    paragraph: Paragraph | None = None
    for place, (level, text, key) in enumerate(titles):
        paragraph = document.add_paragraph(style=f"toc {level}")
        if not place:
            begin = _mark(paragraph, "begin")
            begin.set(_name("dirty"), "true")
            _instruct(paragraph, f'TOC \\o "1-{levels}" \\h \\z \\u')
            _mark(paragraph, "separate")
        link(paragraph, text, to=key)
    if paragraph is not None:
        _mark(paragraph, "end")


def number_pages(paragraph: "Paragraph", title: str) -> None:
    """Write the title and « Page x / y », which Word counts."""
    paragraph.add_run(f"{title} · Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def bookmark(paragraph: "Paragraph", key: str) -> None:
    """Name a place, to which links lead."""
    number = str(sum(map(ord, key)) * 100_000 + int(re.sub(r"\D", "", key) or 0))
    start, end = _element("bookmarkStart"), _element("bookmarkEnd")
    for mark in (start, end):
        mark.set(_name("id"), number)
    start.set(_name("name"), _bookmarked(key))
    paragraph._p.append(start)  # noqa: SLF001  python-docx has no other way
    paragraph._p.append(end)  # noqa: SLF001


def link(paragraph: "Paragraph", text: str, *, to: str, colour: str | None = None) -> None:
    """Add words that lead to a bookmark of the document."""
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
        run.font.underline = True
    leading = _element("hyperlink")
    leading.set(_name("anchor"), _bookmarked(to))
    paragraph._p.append(leading)  # noqa: SLF001
    leading.append(run._r)  # noqa: SLF001


def set_font(style: "ParagraphStyle", name: str) -> None:
    """Give a style a font of its own, in place of that of the theme."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_name(attribute), None)


def shade(properties: Any, colour: str) -> None:  # noqa: ANN401  an element of lxml
    """Give paragraphs a ground."""
    ground = _element("shd")
    ground.set(_name("val"), "clear")
    ground.set(_name("fill"), colour)
    properties.append(ground)


def keep_whole(row: "_Row") -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("cantSplit"))  # noqa: SLF001


def describe_table(table: "Table", said: str) -> None:
    """Say what a table holds, for who does not see it."""
    described = _element("tblCaption")
    described.set(_name("val"), said)
    table._tbl.tblPr.append(described)  # noqa: SLF001


def _bookmarked(key: str) -> str:
    return key.replace("-", "_")


def _field(paragraph: "Paragraph", name: str) -> None:
    _mark(paragraph, "begin")
    _instruct(paragraph, name)
    _mark(paragraph, "separate")
    paragraph.add_run("1")
    _mark(paragraph, "end")


def _mark(paragraph: "Paragraph", kind: str) -> Any:  # noqa: ANN401
    mark = _element("fldChar")
    mark.set(_name("fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # noqa: SLF001
    return mark


def _instruct(paragraph: "Paragraph", instruction: str) -> None:
    said = _element("instrText")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = f" {instruction} "
    paragraph.add_run()._r.append(said)  # noqa: SLF001


def _element(tag: str) -> Any:  # noqa: ANN401
    from docx.oxml.parser import OxmlElement

    return OxmlElement(f"w:{tag}")


def _name(attribute: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{attribute}"))
