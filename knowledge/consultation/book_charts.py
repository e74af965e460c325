"""The charts of a livre blanc, as vectors: bars with their label and figure beside them."""

from typing import TYPE_CHECKING

from knowledge.consultation.book_back import Figure
from knowledge.pdf_fonts import BOLD, REGULAR, printed, register_fonts
from knowledge.typography import counted

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

WIDTH = 470.0
_ROW, _BAR, _LABELS, _FIGURE = 17.0, 10.0, 190.0, 62.0
_SIZE = 8.5
_DEEP_TEAL, _INK = "#0B5D5E", "#1B1F23"


def draw(figure: Figure) -> "Drawing":
    """Return a chart, its longest bar as wide as the room left by labels and figures."""
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib.colors import HexColor

    register_fonts()
    height = _ROW * len(figure.bars)
    drawing = Drawing(WIDTH, height)
    room = (WIDTH - _LABELS - _FIGURE) / max((number for _, number in figure.bars), default=1)
    for place, (label, number) in enumerate(figure.bars, start=1):
        base = height - place * _ROW + (_ROW - _BAR) / 2
        said = printed(_cut(label))
        drawing.add(
            String(_LABELS - 8, base + 2, said, textAnchor="end", fontName=REGULAR,
                   fontSize=_SIZE, fillColor=HexColor(_INK))
        )  # fmt: skip
        drawing.add(
            Rect(
                _LABELS, base, room * number, _BAR, fillColor=HexColor(_DEEP_TEAL), strokeColor=None
            )
        )
        drawing.add(
            String(_LABELS + room * number + 5, base + 2, printed(counted(number, figure.unit)),
                   fontName=BOLD, fontSize=_SIZE, fillColor=HexColor(_INK))
        )  # fmt: skip
    return drawing


def png(figure: Figure, *, scale: float = 3.0) -> bytes:
    """Return a chart as an image, for a format that takes no vectors."""
    from reportlab.graphics import renderPDF

    from knowledge.page_image import page_png

    return page_png(renderPDF.drawToString(draw(figure)), scale=scale)


def _cut(label: str, *, most: int = 34) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
