"""The font of the PDF files: reportlab's own, whose letters go into the file (ADR 0007)."""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from knowledge.typography import unbroken

# The signs that the font has not, as it can write them.
_ABSENT = str.maketrans(
    {"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "→": "->", "⇒": "=>", "●": "•",
     "▪": "•", "−": "-", "✓": "oui", "✔": "oui", "☐": "[\u00a0\u00a0]"}
)  # fmt: skip

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Vera", "VeraBd", "VeraIt", "VeraBI"


@cache
def register_fonts() -> None:
    """Make the font known to reportlab, with its bold and italic."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = Path(reportlab.__file__).parent / "fonts"
    for name in (REGULAR, BOLD, ITALIC, BOLD_ITALIC):
        pdfmetrics.registerFont(TTFont(name, fonts / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC
    )


def printed(text: str) -> str:
    """Return a text with the spaces of French and the signs of the font."""
    return unbroken(text).translate(_ABSENT)


def marked_up(text: str) -> str:
    """Return a text for a paragraph of reportlab, none of its signs read as marks."""
    return escape(printed(text))
