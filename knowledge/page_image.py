"""A page of a PDF as an image, with the quoted words marked where they stand."""

import io
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from PIL import Image
    from pypdfium2 import PdfPage, PdfTextPage

MARK = (0xFF, 0xF1, 0xB8)
UNDERLINE = (0xB7, 0x79, 0x1F)

# An A0 poster at 900 px of width stays under this; a forged page of 5 × 200 inches does not.
MOST_PIXELS = 6_000_000
MOST_CHARACTERS = 60_000
SHORTEST_RUN = 16

# PDFium keeps global state: two threads inside it at once crash the process.
_pdfium_lock = threading.Lock()

Box = tuple[float, float, float, float]


class PageUnavailable(KnowledgeError):
    """The page of a PDF cannot be shown as an image."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: PNG bytes, and whether any word of the quote was found and marked."""

    png: bytes
    marked: bool


def render_page(pdf: Path, page: int, *, quote: str, width: int = 900) -> PageImage:
    """Render one page with the quote's words over a coloured ground and underlined.

    White space, hyphenation, ligatures, accents and punctuation may differ between the quote
    and the page. A quote that continues on the next page is marked as far as this page goes.

    Args:
        pdf: The file.
        page: The page's number, from 1.
        quote: The words to mark; nothing is marked when they are not on the page.
        width: Width of the image in pixels; a page out of proportion gets a narrower one.

    Raises:
        PageUnavailable: The file cannot be read or has no such page.
    """
    import pypdfium2

    with _pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise PageUnavailable(
                f"{pdf.name} : la page ne peut pas être affichée, le fichier est illisible. "
                "Retirez le document puis ajoutez-le de nouveau."
            ) from error
        try:
            if not 1 <= page <= len(document):
                raise PageUnavailable(
                    f"{pdf.name} n'a pas de page {page} : il en a {len(document)}."
                )
            return _draw(document[page - 1], quote, width)
        except pypdfium2.PdfiumError as error:
            raise PageUnavailable(f"{pdf.name} : la page {page} ne peut pas être lue.") from error
        finally:
            document.close()


def page_png(pdf: bytes, *, scale: float) -> bytes:
    """Return the first page of a PDF of ours as a PNG image; ``scale`` 1 is 72 dots an inch."""
    import pypdfium2

    with _pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            image = document[0].render(scale=scale).to_pil()
        finally:
            document.close()
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def _draw(page: "PdfPage", quote: str, width: int) -> PageImage:
    page_width, page_height = page.get_size()
    scale = min(width / page_width, (MOST_PIXELS / (page_width * page_height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = [_to_pixels(page, box, image.size) for box in _quote_boxes(page, quote)]
    if boxes:
        image = _mark(image, boxes)
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return PageImage(buffer.getvalue(), marked=bool(boxes))


def _mark(image: "Image.Image", boxes: Sequence[Box]) -> "Image.Image":
    from PIL import Image, ImageChops, ImageDraw

    ground = Image.new("RGB", image.size, "white")
    painter = ImageDraw.Draw(ground)
    for box in boxes:
        painter.rectangle(box, fill=MARK)
    # Multiplied, the ground tints the paper and leaves the letters as dark as they were.
    marked = ImageChops.multiply(image, ground)
    pen = ImageDraw.Draw(marked)
    for left, _, right, bottom in boxes:
        pen.line((left, bottom, right, bottom), fill=UNDERLINE, width=2)
    return marked


def _to_pixels(page: "PdfPage", box: Box, size: tuple[int, int]) -> Box:
    """Map a box of page coordinates (origin at the bottom) to the image, crop and turn included."""
    import ctypes

    from pypdfium2 import raw

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            page, 0, 0, size[0], size[1], 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        corners.append((across.value, down.value))
    (first_x, first_y), (second_x, second_y) = corners
    return (
        min(first_x, second_x) - 1,
        min(first_y, second_y) - 1,
        max(first_x, second_x) + 1,
        max(first_y, second_y) + 1,
    )


def _quote_boxes(page: "PdfPage", quote: str) -> list[Box]:
    """Return one box a line for what the page holds of the quote, in page coordinates."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    count = min(text_page.count_chars(), MOST_CHARACTERS)
    letters = "".join(chr(raw.FPDFText_GetUnicode(text_page, index)) for index in range(count))
    boxes: list[Box] = []
    for start, end in find_quote(quote, letters):
        boxes.extend(_lines(text_page, start, end))
    return boxes


def _lines(text_page: "PdfTextPage", start: int, end: int) -> Iterator[Box]:
    line: Box | None = None
    for index in range(start, end):
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        if right <= left or top <= bottom:
            continue
        if line is not None and line[1] <= (bottom + top) / 2 <= line[3] and left >= line[0]:
            line = (line[0], min(line[1], bottom), max(line[2], right), max(line[3], top))
            continue
        if line is not None:
            yield line
        line = (left, bottom, right, top)
    if line is not None:
        yield line


def find_quote(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of a page's text that hold the quote, as string indices of that text.

    The whole quote is one span. When it is not there in one piece (a page break, a column, a
    line that the ingestion cleaned away), the spans are its longest runs found in reading
    order, each of at least ``SHORTEST_RUN`` letters or digits.
    """
    wanted, _ = _letters_and_digits(quote)
    available, origins = _letters_and_digits(text)
    if not wanted:
        return []
    whole = available.find(wanted)
    if whole >= 0:
        return [(origins[whole], origins[whole + len(wanted) - 1] + 1)]
    spans = []
    position = 0
    after = 0
    while position + SHORTEST_RUN <= len(wanted):
        length = _longest_run(wanted, position, available, after)
        if length < SHORTEST_RUN:
            position += 1
            continue
        found = available.find(wanted[position : position + length], after)
        spans.append((origins[found], origins[found + length - 1] + 1))
        position += length
        after = found + length
    return spans


def _longest_run(wanted: str, position: int, available: str, after: int) -> int:
    """Return the length of the longest start of ``wanted[position:]`` that stands further on."""
    shortest, longest = 0, len(wanted) - position
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if available.find(wanted[position : position + middle], after) >= 0:
            shortest = middle
        else:
            longest = middle - 1
    return shortest


def _letters_and_digits(text: str) -> tuple[str, list[int]]:
    """Return the text reduced to plain letters and digits, and where each one came from."""
    kept: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for plain in unicodedata.normalize("NFKD", character).casefold():
            if plain.isalnum():
                kept.append(plain)
                origins.append(index)
    return "".join(kept), origins
