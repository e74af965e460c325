"""A comparison as a PDF: pages in landscape, the header repeated, numbered sources."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from assistant.comparison_text import (
    NOTICE,
    SILENT,
    TITLE,
    say_export,
    say_marked,
    say_reference,
    say_title,
)
from assistant.pdf_paper import Styles, paper_styles, write_paper
from knowledge.catalogue import Comparison
from knowledge.pdf_fonts import marked_up
from knowledge.sheet_facts import Value
from knowledge.typography import web_address

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph, Table

_CRITERION = 84
_TEXT_PT = 8
_LEADING = 10.5
_PADDING = 6
# A row is never taller, in points: what a cell holds beyond goes on in the next row, so that pages
# are filled, and that no cell is taller than a page.
_A_ROW = 120


def write_pdf(comparison: Comparison, *, today: dt.date) -> bytes:
    """Return a PDF in landscape, its font within."""
    from reportlab.platypus import Paragraph, Spacer

    styles = paper_styles(_TEXT_PT, _LEADING)
    names = ", ".join(sheet.title for sheet in comparison.sheets)

    def story(width: float) -> list["Flowable"]:
        return [
            Paragraph(TITLE, styles["title"]),
            Paragraph(marked_up(names), styles["text"]),
            Paragraph(marked_up(f"{say_export(today)} {NOTICE}"), styles["text"]),
            Spacer(1, 8),
            _table(comparison, styles=styles, today=today, width=width),
            Spacer(1, 12),
            Paragraph("Sources", styles["heading"]),
            *(
                Paragraph(_reference(number, comparison), styles["text"])
                for number in range(1, len(comparison.references) + 1)
            ),
        ]

    return write_paper(
        story,
        title=say_title(comparison),
        subject=NOTICE,
        footer=f"{TITLE} · {say_export(today)}",
        wide=True,
    )


def _table(comparison: Comparison, *, styles: Styles, today: dt.date, width: float) -> "Table":
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    column = (width - _CRITERION) / len(comparison.sheets)
    titles = ["Critère", *(sheet.title for sheet in comparison.sheets)]
    rows: list[list[Any]] = [[Paragraph(marked_up(title), styles["bold"]) for title in titles]]
    starts = []
    for criterion in comparison.criteria:
        starts.append(len(rows))
        cells = [
            _cut(
                _paragraphs(comparison.cells[criterion, sheet.id], comparison, styles, today),
                width=column - 2 * _PADDING,
            )
            for sheet in comparison.sheets
        ]
        for position, parts in enumerate(itertools.zip_longest(*cells, fillvalue=[])):
            name = f"{criterion} (suite)" if position else criterion
            rows.append([Paragraph(marked_up(name), styles["bold"]), *parts])
    line = HexColor("#8A867C")
    return Table(
        rows,
        colWidths=[_CRITERION] + [column] * len(comparison.sheets),
        repeatRows=1,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#F1EFE9")),
            ("BOX", (0, 0), (-1, -1), 0.5, line),
            ("LINEAFTER", (0, 0), (-2, -1), 0.5, line),
            ("LINEBELOW", (0, 0), (-1, 0), 1, line),
            *(("LINEABOVE", (0, start), (-1, start), 0.5, line) for start in starts),
        ],
    )


def _cut(paragraphs: Sequence["Paragraph"], *, width: float) -> list[list["Paragraph"]]:
    """Return the paragraphs of a cell in parts, none of them taller than a row may be."""
    parts: list[list[Paragraph]] = [[]]
    left: float = _A_ROW
    waiting = [*reversed(paragraphs)]
    while waiting:
        paragraph = waiting.pop()
        _, height = paragraph.wrap(width, _A_ROW)
        if height > _A_ROW:
            waiting += reversed(paragraph.split(width, _A_ROW))
            continue
        if height > left:
            parts.append([])
            left = _A_ROW
        parts[-1].append(paragraph)
        left -= height
    return parts


def _paragraphs(
    values: tuple[Value, ...], comparison: Comparison, styles: Styles, today: dt.date
) -> list["Paragraph"]:
    from reportlab.platypus import Paragraph

    if not values:
        return [Paragraph(marked_up(SILENT), styles["text"])]
    said = []
    for value in values:
        words, numbers = say_marked(value, comparison, today=today)
        marks = "".join(
            f'<a href="#source-{each}" color="#0B5D5E">[{each}]</a>' for each in numbers
        )
        bullet = "• " if len(values) > 1 else ""
        said.append(Paragraph(f"{bullet}{marked_up(words)} {marks}", styles["text"]))
    return said


def _reference(number: int, comparison: Comparison) -> str:
    reference = comparison.references[number - 1]
    said = f'<a name="source-{number}"/>[{number}] {marked_up(say_reference(reference))}'
    if address := web_address(reference.url):
        said += f' · <a href={quoteattr(address)} color="#0B5D5E">{escape(address)}</a>'
    return said
