"""The livre blanc as a Word file: titles, contents, page numbers, tables and links to the annex."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.consultation import book_docx_fields as fields
from knowledge.consultation.book_back import Figure, Grid
from knowledge.consultation.book_blocks import (
    Block,
    Entry,
    Heading,
    Layout,
    Plain,
    Quote,
    Text,
    say_numbers,
)  # fmt: skip
from knowledge.consultation.book_charts import png
from knowledge.dates import say_date
from knowledge.word_file import repeat, speak_french

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_INK, _TEAL, _QUIET, _PANEL = "1B1F23", "0B5D5E", "4A4F55", "F1EFE9"
_MARGIN_CM, _WIDTH_CM = 2.0, 17.0
_FONT = "Arial"
_LEVELS = 3
_CONTENTS_LEVELS = 2
_QUOTE, _PLACE = "Extrait", "Référence"


def write_docx(layout: Layout, *, today: dt.date) -> bytes:
    """Return a Word file in French, in portrait."""
    import docx

    document = docx.Document()
    _set_up(document, layout, today)
    document.add_paragraph(layout.title, style="Title")
    document.add_paragraph(layout.subtitle)
    for notice in layout.notices:
        document.add_paragraph().add_run(notice).bold = True
    document.add_paragraph(f"Construit par Appui le {say_date(today.isoformat())}.")
    titles = [
        block
        for block in layout.blocks
        if isinstance(block, Heading) and block.level <= _CONTENTS_LEVELS
    ]
    document.add_paragraph().add_run("Sommaire").bold = True
    fields.add_contents(
        document, [(each.level, each.text, each.key) for each in titles], levels=_CONTENTS_LEVELS
    )
    for block in layout.blocks:
        _add(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: "Document", layout: Layout, today: dt.date) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author = layout.title, "Appui"
    properties.comments = " ".join(layout.notices)
    properties.created = properties.modified = dt.datetime.combine(today, dt.time(), dt.UTC)
    speak_french(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    fields.set_font(normal, _FONT)
    normal.font.color.rgb = RGBColor.from_string(_INK)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in enumerate((24, 17, 13, 11)):
        style = document.styles["Title" if level == 0 else f"Heading {level}"]
        style.font.color.rgb = RGBColor.from_string(_TEAL if level < _CONTENTS_LEVELS else _INK)
        style.font.size = Pt(size)
        fields.set_font(style, _FONT)
    document.styles["Caption"].font.color.rgb = RGBColor.from_string(_INK)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    quote = document.styles.add_style(_QUOTE, WD_STYLE_TYPE.PARAGRAPH)
    quote.base_style = normal
    # The ground comes first: Word wants the properties of a paragraph in their order.
    fields.shade(quote.element.get_or_add_pPr(), _PANEL)
    quote.paragraph_format.left_indent = Cm(0.8)
    place = document.styles.add_style(_PLACE, WD_STYLE_TYPE.PARAGRAPH)
    place.base_style = normal
    place.font.size = Pt(8.5)
    place.font.color.rgb = RGBColor.from_string(_QUIET)
    for notice in layout.notices or ("",):
        paragraphs = section.header.paragraphs
        (paragraphs[0] if not paragraphs[0].text else section.header.add_paragraph()).text = notice
    fields.number_pages(section.footer.paragraphs[0], layout.title)


def _add(document: "Document", block: Block) -> None:
    match block:
        case Heading():
            title = document.add_heading(block.text, level=min(block.level, _LEVELS))
            fields.bookmark(title, block.key)
        case Text():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(f"{block.label}. ").bold = True
            for text, numbers in block.runs:
                paragraph.add_run(f"{text} ")
                _add_numbers(paragraph, numbers)
        case Quote():
            paragraph = document.add_paragraph(style=_QUOTE)
            _add_quote(paragraph, block)
            paragraph.add_run(f" — {block.source} ")
            _add_numbers(paragraph, (block.number,))
        case Plain():
            document.add_paragraph(block.text, style=_PLACE if block.is_quiet else "Normal")
        case Entry():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(f"[{block.quote.number}] ").bold = True
            fields.bookmark(paragraph, f"extrait-{block.quote.number}")
            _add_quote(paragraph, block.quote)
            document.add_paragraph(block.place, style=_PLACE)
        case Grid():
            _add_table(document, block)
        case Figure():
            _add_figure(document, block)


def _add_numbers(paragraph: "Paragraph", numbers: Sequence[int]) -> None:
    """Add the numbers of extracts, each a link to the annex."""
    paragraph.add_run("[")
    for place, (first, last) in enumerate(say_numbers(numbers)):
        if place:
            paragraph.add_run(", ")
        shown = f"{first}" if first == last else f"{first}–{last}"
        fields.link(paragraph, shown, to=f"extrait-{first}", colour=_TEAL)
    paragraph.add_run("] ")


def _add_quote(paragraph: "Paragraph", quote: Quote) -> None:
    paragraph.add_run(f"{quote.label} : ").bold = True
    for part in quote.parts:
        paragraph.add_run(part.text).italic = part.is_spoken


def _add_table(document: "Document", grid: Grid) -> None:
    from docx.shared import Cm, Pt

    caption = document.add_paragraph(grid.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(grid.header))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, share in zip(table.columns, grid.shares, strict=True):
        column.width = Cm(share * _WIDTH_CM)
    for place, row in enumerate((grid.header, *grid.rows)):
        added = table.add_row()
        if not place:
            repeat(added)
        fields.keep_whole(added)
        for column, (cell, said) in enumerate(zip(added.cells, row, strict=True)):
            cell.width = Cm(grid.shares[column] * _WIDTH_CM)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(said)
            run.font.size = Pt(8.5)
            run.bold = not place or not column
    fields.describe_table(table, grid.caption)
    document.add_paragraph()


def _add_figure(document: "Document", figure: Figure) -> None:
    from docx.shared import Cm

    caption = document.add_paragraph(figure.title, style="Caption")
    caption.paragraph_format.keep_with_next = True
    picture = document.add_picture(io.BytesIO(png(figure)), width=Cm(_WIDTH_CM))
    described = picture._inline.docPr  # noqa: SLF001  python-docx has no other way
    described.set("descr", figure.alternative)
    described.set("title", figure.title)
