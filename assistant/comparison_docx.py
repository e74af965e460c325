"""A comparison as a Word document: one table, its header repeated, and its numbered sources."""

import datetime as dt
import io
from typing import TYPE_CHECKING

from assistant.comparison_text import (
    NOTICE,
    SILENT,
    TITLE,
    say_export,
    say_marked,
    say_reference,
    say_title,
)
from knowledge.catalogue import Comparison
from knowledge.sheet_facts import Value
from knowledge.word_file import repeat, speak_french

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_MARGIN_CM = 1.5
_CRITERION_CM = 3.2
_TEXT_PT = 9


def write_docx(comparison: Comparison, *, today: dt.date) -> bytes:
    """Return a Word document in French, in landscape."""
    import docx

    document = docx.Document()
    _set_up(document, say_title(comparison), today)
    document.add_heading(TITLE, level=1)
    document.add_paragraph(", ".join(sheet.title for sheet in comparison.sheets))
    document.add_paragraph(f"{say_export(today)} {NOTICE}")
    _add_table(document, comparison, today)
    document.add_heading("Sources", level=2)
    for number, reference in enumerate(comparison.references, start=1):
        said = f"[{number}] {say_reference(reference)}"
        document.add_paragraph(f"{said} · {reference.url}" if reference.url else said)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: "Document", title: str, today: dt.date) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    properties = document.core_properties
    properties.title, properties.author = title, "Appui"
    properties.comments = NOTICE
    properties.created = properties.modified = dt.datetime.combine(today, dt.time(), dt.UTC)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    normal = document.styles["Normal"]
    normal.font.size = Pt(_TEXT_PT)
    normal.paragraph_format.space_after = Pt(3)
    speak_french(document)


def _add_table(document: "Document", comparison: Comparison, today: dt.date) -> None:
    from docx.shared import Cm

    count = len(comparison.sheets)
    table = document.add_table(rows=1, cols=count + 1)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    header = table.rows[0]
    repeat(header)
    for cell, said in zip(
        header.cells, ["Critère", *(sheet.title for sheet in comparison.sheets)], strict=True
    ):
        _write(cell, said, bold=True)
    for criterion in comparison.criteria:
        first, *others = table.add_row().cells
        _write(first, criterion, bold=True)
        for cell, sheet in zip(others, comparison.sheets, strict=True):
            _write_values(cell, comparison.cells[criterion, sheet.id], comparison, today)
    width = (29.7 - 2 * _MARGIN_CM - _CRITERION_CM) / count
    for column, centimetres in zip(table.columns, [_CRITERION_CM] + [width] * count, strict=True):
        column.width = Cm(centimetres)
        for cell in column.cells:
            cell.width = Cm(centimetres)


def _write(cell: "_Cell", said: str, *, bold: bool = False) -> None:
    cell.paragraphs[0].add_run(said).bold = bold


def _write_values(
    cell: "_Cell", values: tuple[Value, ...], comparison: Comparison, today: dt.date
) -> None:
    if not values:
        cell.paragraphs[0].add_run(SILENT).italic = True
    for position, value in enumerate(values):
        said, numbers = say_marked(value, comparison, today=today)
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        marks = "".join(f"[{number}]" for number in numbers)
        paragraph.add_run(f"{'• ' if len(values) > 1 else ''}{said} {marks}")
