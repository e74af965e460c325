"""The livre blanc as a PDF: contents with page numbers, bookmarks, links from number to extract."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

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
from knowledge.consultation.book_charts import draw
from knowledge.consultation.book_pdf_styles import (
    INK,
    LINE,
    LINK,
    MARGIN,
    PANEL,
    SMALL,
    Styles,
    styles,
)  # fmt: skip
from knowledge.dates import say_date
from knowledge.pdf_fonts import REGULAR, marked_up, printed

if TYPE_CHECKING:
    from reportlab.platypus import BaseDocTemplate, Flowable, Table

_CONTENTS_LEVELS = 2
_PADDING = 4
# A table starts where this is left of a page, in points; a chart where all of it fits.
_ROOM, _FIGURE_ROW = 90, 17


def write_pdf(layout: Layout, *, today: dt.date) -> bytes:
    """Return a PDF in portrait, its font within, built until its contents agree with its pages."""
    from reportlab.platypus import PageBreak, Paragraph, Spacer
    from reportlab.platypus.tableofcontents import TableOfContents

    style = styles()
    contents = TableOfContents(
        levelStyles=[style["contents 1"], style["contents 2"]], dotsMinLevel=0
    )
    story: list[Flowable] = [
        Paragraph(marked_up(layout.title), style["title"]),
        Paragraph(marked_up(layout.subtitle), style["text"]),
        *(Paragraph(marked_up(notice), style["notice"]) for notice in layout.notices),
        Paragraph(
            marked_up(f"Construit par Appui le {say_date(today.isoformat())}."), style["small"]
        ),
        Spacer(1, 14),
        Paragraph("Sommaire", style["contents title"]),
        contents,
        PageBreak(),
    ]
    stream = io.BytesIO()
    document = _document(stream, layout)
    for block in layout.blocks:
        story += _flowables(block, style, width=document.width)
    document.multiBuild(story)
    return stream.getvalue()


def _document(stream: io.BytesIO, layout: Layout) -> "BaseDocTemplate":
    """Return the document, which tells its titles to the contents and numbers its pages."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    class Numbered(BaseDocTemplate):  # type: ignore[misc]  # reportlab's is untyped
        """A document that knows how many pages its last pass had."""

        pages = 0

        def afterFlowable(self, flowable: Any) -> None:  # noqa: ANN401, N802
            heading = getattr(flowable, "heading", None)
            if heading is None:
                return
            said = printed(heading.text)
            self.canv.bookmarkPage(heading.key)
            self.canv.addOutlineEntry(
                said, heading.key, heading.level - 1, closed=heading.level > 1
            )
            if heading.level <= _CONTENTS_LEVELS:
                entry = (heading.level - 1, marked_up(heading.text), self.page, heading.key)
                self.notify("TOCEntry", entry)

        def _endBuild(self) -> None:  # noqa: N802
            self.pages = self.page
            super()._endBuild()

    def dress(canvas: Any, document: Numbered) -> None:  # noqa: ANN401
        width, height = A4
        canvas.setFont(REGULAR, SMALL)
        canvas.setFillColor(HexColor(INK))
        for place, notice in enumerate(layout.notices):
            canvas.drawString(MARGIN, height - 24 - 10 * place, printed(notice))
        canvas.drawString(MARGIN, 26, printed(layout.title))
        canvas.drawRightString(
            width - MARGIN, 26, f"Page {document.page} / {document.pages or document.page}"
        )

    document = Numbered(
        stream, pagesize=A4, title=layout.title, author="Appui", creator="Appui", lang="fr-FR",
        subject=" ".join(layout.notices), leftMargin=MARGIN, rightMargin=MARGIN,
        topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    frame = Frame(MARGIN, MARGIN, document.width, document.height, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=dress)])
    return document


def _flowables(block: Block, style: Styles, *, width: float) -> Iterator["Flowable"]:
    from reportlab.platypus import CondPageBreak, PageBreak, Paragraph, Spacer

    match block:
        case Heading():
            if block.level == 1 and block.key != "titre-0":
                yield PageBreak()
            title = Paragraph(marked_up(block.text), style[f"heading {min(block.level, 3)}"])
            title.heading = block
            yield title
        case Text():
            said = " ".join(f"{marked_up(text)} {_links(numbers)}" for text, numbers in block.runs)
            label = f'<font name="VeraBd" size="{SMALL}">{marked_up(block.label)}.</font> '
            yield Paragraph(label + said, style["claim"])
        case Quote():
            yield Paragraph(f"{_quoted(block)} {_links((block.number,))}", style["quote"])
        case Plain():
            yield Paragraph(marked_up(block.text), style["small" if block.is_quiet else "text"])
        case Entry():
            number = block.quote.number
            anchor = f'<a name="extrait-{number}"/><b>[{number}]</b> '
            yield Paragraph(anchor + _quoted(block.quote, with_source=False), style["entry"])
            yield Paragraph(marked_up(block.place), style["place"])
        case Grid():
            yield CondPageBreak(_ROOM)
            yield Paragraph(marked_up(block.caption), style["caption"])
            yield _table(block, style, width=width)
            yield Spacer(1, 12)
        case Figure():
            yield CondPageBreak(_ROOM + _FIGURE_ROW * len(block.bars))
            yield Paragraph(marked_up(block.title), style["caption"])
            yield draw(block)
            yield Spacer(1, 10)


def _links(numbers: tuple[int, ...]) -> str:
    """Return the numbers of extracts, each a link to the annex."""
    said = []
    for first, last in say_numbers(numbers):
        shown = f"{first}" if first == last else f"{first}–{last}"
        said.append(f'<a href="#extrait-{first}" color="{LINK}">{shown}</a>')
    return f"[{', '.join(said)}]"


def _quoted(quote: Quote, *, with_source: bool = True) -> str:
    """Return words of an extract, those of a participant in italics, after who says them."""
    words = "".join(
        f"<i>{marked_up(part.text)}</i>" if part.is_spoken else marked_up(part.text)
        for part in quote.parts
    )
    source = f" — {marked_up(quote.source)}" if with_source else ""
    return f'<font name="VeraBd" size="{SMALL}">{quote.label} :</font> {words}{source}'


def _table(grid: Grid, style: Styles, *, width: float) -> "Table":
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    rows = [[Paragraph(marked_up(name), style["cell bold"]) for name in grid.header]]
    for first, *others in grid.rows:
        rows.append(
            [Paragraph(marked_up(first), style["cell bold"]),
             *(Paragraph(marked_up(each), style["cell"]) for each in others)]
        )  # fmt: skip
    line = HexColor(LINE)
    return Table(
        rows,
        colWidths=[share * width for share in grid.shares],
        repeatRows=1,
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), _PADDING - 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _PADDING - 1),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(PANEL)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, line),
            ("LINEBELOW", (0, 0), (-1, 0), 1, line),
        ],
    )
