"""A PDF in French: its font, its styles, its numbered pages."""

import functools
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from knowledge.pdf_fonts import BOLD, REGULAR, printed, register_fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_MARGIN, _WIDE_MARGIN = 56, 36
_FOOTER_PT = 8

Styles = dict[str, "ParagraphStyle"]


def write_paper(
    story: Callable[[float], list["Flowable"]],
    *,
    title: str,
    subject: str,
    footer: str,
    wide: bool = False,
) -> bytes:
    """Return a PDF in A4, its font within.

    Args:
        story: gives what is on the pages, for their width in points.
        title: of the document.
        subject: what must be known of it.
        footer: said at the foot of each page, before its number.
        wide: in landscape.
    """
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    size = landscape(A4) if wide else A4
    margin = _WIDE_MARGIN if wide else _MARGIN
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin + 12,
        title=title,
        author="Appui",
        creator="Appui",
        subject=subject,
        lang="fr-FR",
    )
    said = printed(footer)

    def number_page(canvas: Any, _: object) -> None:  # noqa: ANN401  reportlab's is untyped
        canvas.setFont(REGULAR, _FOOTER_PT)
        canvas.drawString(margin, margin - 6, said)
        canvas.drawRightString(size[0] - margin, margin - 6, f"Page {canvas.getPageNumber()}")

    document.build(story(document.width), onFirstPage=number_page, onLaterPages=number_page)
    return stream.getvalue()


@functools.cache
def paper_styles(size: float, leading: float) -> Styles:
    """Return the styles; their font is reportlab's own, whose letters go into the file."""
    from reportlab.lib.styles import ParagraphStyle

    register_fonts()
    base = ParagraphStyle(
        "text", fontName=REGULAR, fontSize=size, leading=leading, spaceAfter=leading / 5
    )
    return {
        "text": base,
        "bold": ParagraphStyle("bold", parent=base, fontName=BOLD),
        "item": ParagraphStyle("item", parent=base, leftIndent=14, bulletIndent=2),
        "heading": ParagraphStyle(
            "heading", base, fontName=BOLD, fontSize=11, leading=16, spaceBefore=6
        ),
        "title": ParagraphStyle("title", base, fontName=BOLD, fontSize=16, leading=22),
    }
