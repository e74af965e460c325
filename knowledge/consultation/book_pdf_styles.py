"""The styles of the livre blanc in PDF."""

from functools import cache
from typing import TYPE_CHECKING

from knowledge.pdf_fonts import BOLD, REGULAR, register_fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

Styles = dict[str, "ParagraphStyle"]

MARGIN = 56
SMALL = 7.5
INK, LINK, PANEL, LINE = "#1B1F23", "#0B5D5E", "#F1EFE9", "#8A867C"
_QUIET = "#4A4F55"


@cache
def styles() -> Styles:
    """Return the styles by name."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    register_fonts()
    ink, teal = HexColor(INK), HexColor(LINK)

    def style(
        name: str, parent: "ParagraphStyle | None" = None, **more: object
    ) -> "ParagraphStyle":
        return ParagraphStyle(name, parent=parent, **more)

    text = style(
        "text",
        fontName=REGULAR,
        fontSize=9,
        leading=13,
        spaceAfter=5,
        textColor=ink,
        allowWidows=0,
        allowOrphans=0,
    )
    bold = style("bold", text, fontName=BOLD, keepWithNext=1)
    small = style("small", text, fontSize=8, leading=11, textColor=HexColor(_QUIET))
    cell = style("cell", text, fontSize=7.5, leading=9.5, spaceAfter=0)
    return {
        "text": text,
        "claim": style("claim", text, keepWithNext=1),
        "small": small,
        "notice": style("notice", text, fontName=BOLD, spaceBefore=4),
        "title": style("title", bold, fontSize=22, leading=28, spaceAfter=10, textColor=teal),
        "heading 1": style("h1", bold, fontSize=16, leading=21, spaceAfter=8, textColor=teal),
        "heading 2": style("h2", bold, fontSize=12.5, leading=17, spaceBefore=10),
        "heading 3": style("h3", bold, fontSize=10, leading=14, spaceBefore=9, spaceAfter=3),
        "quote": style("quote", text, fontSize=8.5, leading=12, leftIndent=18, rightIndent=6,
                       backColor=HexColor(PANEL), borderPadding=(3, 5, 3, 6), spaceBefore=3,
                       spaceAfter=8),
        "entry": style("entry", text, fontSize=8.5, leading=11.5, spaceAfter=1, keepWithNext=1),
        "place": style("place", small, fontSize=SMALL, leading=10, leftIndent=18, spaceAfter=7),
        "caption": style("caption", text, fontName=BOLD, fontSize=8.5, leading=12, spaceBefore=6),
        "cell": cell,
        "cell bold": style("cell bold", cell, fontName=BOLD),
        "contents title": style("contents title", text, fontName=BOLD, fontSize=12.5, leading=18),
        "contents 1": style("contents 1", text, fontName=BOLD, spaceBefore=4, spaceAfter=1),
        "contents 2": style("contents 2", text, leftIndent=14, spaceAfter=1),
    }  # fmt: skip
