"""Reads PDF files: the text of every page, then its lines, paragraphs and headings."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.blocks import Block, clean
from ingestion.dates import date_of_document, date_of_property
from ingestion.errors import Rejected
from ingestion.limits import Limits
from ingestion.names import good_title, readable_name
from ingestion.readers.pdf_lines import PageLines, without_edges
from ingestion.readers.pdf_paragraphs import paragraphs
from ingestion.readers.reading import Reading, Request, check_length, make_document

_PROTECTED = "le fichier est protégé par un mot de passe. Enlevez la protection puis réessayez."
_DAMAGED = "le PDF est abîmé ou incomplet. Récupérez-en une nouvelle copie."
_HEAVY = (
    "une page ou un objet du PDF est trop lourd à lire. Enregistrez-le plus simplement"
    " (« Imprimer en PDF » par exemple), ou découpez-le."
)
_SCANNED = (
    "aucune page n'a de texte, le document est probablement numérisé. Passez-le par un logiciel"
    " de reconnaissance de caractères (OCR) puis réessayez."
)
# Fewer letters than this on a page that draws something: a stamp or a header over an image.
_FEWEST_LETTERS = 60
_TITLE_SCALE = 1.25
_LONGEST_TITLE = 150
_DATED_LINES = 6
_BLANK_CONTENT = 400


@dataclass(frozen=True, slots=True)
class _PdfPage:
    """The text of a page, its largest lines when asked for, and whether it draws anything."""

    text: str
    largest: str
    draws: bool


def read_pdf(request: Request) -> Reading:
    """Yield the one document of a PDF file."""
    from pypdf.errors import DependencyError, LimitReachedError, PdfReadError, PyPdfError

    # Its warnings on damaged files are for developers, and one a page.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with request.path.open("rb") as stream:
            reader = _open(stream)
            pages = list(_pages(reader, request.limits))
            properties = _properties(reader)
            outline = frozenset(_outline(reader))
    except DependencyError as error:
        raise Rejected(_PROTECTED) from error
    except LimitReachedError as error:
        raise Rejected(_HEAVY) from error
    except PdfReadError as error:
        raise Rejected(_DAMAGED) from error
    except (PyPdfError, *_FROM_DAMAGE) as error:
        raise Rejected(_DAMAGED) from error
    if not any(page.text.strip() for page in pages):
        raise Rejected(_SCANNED)
    lines = [PageLines(number, page.text.split("\n")) for number, page in enumerate(pages, start=1)]
    stated = date_of_document(_dated_lines(pages))
    date = stated or date_of_property(properties.get("/CreationDate"))
    blocks = list(paragraphs(without_edges(lines), outline=outline))
    yield make_document(
        blocks,
        request=request,
        notes=tuple(_notes(pages)),
        id="",
        kind="pdf",
        title=_title(properties, pages[0], blocks, request.path),
        date=date,
        date_meaning="publié le" if date else None,
    )


# What pypdf raises on damaged files beside its own errors.
_FROM_DAMAGE = (
    AttributeError, KeyError, IndexError, TypeError, ValueError, AssertionError, RecursionError,
    NotImplementedError, ZeroDivisionError, OverflowError,
)  # fmt: skip


def _open(stream: Any) -> Any:  # noqa: ANN401
    """Open a PDF, with the empty password when it only restricts printing or copying."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Rejected(_PROTECTED)
    return reader


def _pages(reader: Any, limits: Limits) -> Iterator[_PdfPage]:  # noqa: ANN401
    """Yield the pages, within the limits on their number and on their text.

    Raises:
        Rejected: there are no pages, too many, or too much text.
    """
    count = len(reader.pages)
    if count == 0:
        raise Rejected(_DAMAGED)
    if count > limits.pages:
        raise Rejected(
            f"le document a {count} pages, la limite est de {limits.pages}. Découpez-le en"
            " plusieurs fichiers."
        )
    characters = 0
    for number in range(count):
        page = _page(reader.pages[number], first=number == 0)
        characters += len(page.text)
        check_length(characters, limits)
        yield page


def _page(page: Any, *, first: bool) -> _PdfPage:  # noqa: ANN401
    """Return the text that a page shows: what lies outside its visible box is left out."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    inside: list[str] = []
    hidden = False
    sizes: list[tuple[float, str]] = []

    def visit(text: str, frame: list[float], place: list[float], _font: Any, size: float) -> None:  # noqa: ANN401
        nonlocal hidden
        x = place[4] * frame[0] + place[5] * frame[2] + frame[4]
        y = place[4] * frame[1] + place[5] * frame[3] + frame[5]
        # A point at the origin is a break that pypdf adds, with no place of its own.
        if (left <= x <= right and bottom <= y <= top) or not text.strip() or x == y == 0:
            inside.append(text)
        else:
            hidden = True
        if first and text.strip():
            sizes.append((round(abs(size * (place[3] or place[1]) * (frame[3] or 1)), 1), text))

    whole = page.extract_text(visitor_text=visit) or ""
    text = "".join(inside) if hidden else whole
    text = "\n".join(clean(line) for line in text.split("\n"))
    return _PdfPage(text, _largest(sizes) if first else "", draws=_draws(page))


def _largest(sizes: Sequence[tuple[float, str]]) -> str:
    """Return what is written in the largest letters of a page and reads like a title."""
    runs: list[tuple[float, str]] = []
    for size, text in sizes:
        if runs and runs[-1][0] == size:
            runs[-1] = (size, f"{runs[-1][1]} {text}")
        else:
            runs.append((size, text))
    spread = sorted(size for size, text in sizes for _ in range(1 + len(text) // 20))
    usual = spread[len(spread) // 2] if spread else 0
    for size, text in sorted(runs, key=lambda run: -run[0]):
        title = good_title(clean(text.replace("\n", " ")))
        titled = title is not None and title[0].isupper() and title[-1] not in ",;:"
        if size >= usual * _TITLE_SCALE and title and titled and len(title) <= _LONGEST_TITLE:
            return title
    return ""


def _draws(page: Any) -> bool:  # noqa: ANN401
    """Tell whether a page shows something that is not text."""
    resources = page.get("/Resources")
    if resources is not None and resources.get_object().get("/XObject"):
        return True
    content = page.get_contents()
    return content is not None and len(content.get_data()) > _BLANK_CONTENT


def _properties(reader: Any) -> dict[str, str]:  # noqa: ANN401
    return {key: str(value) for key, value in (reader.metadata or {}).items()}


def _outline(reader: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the titles of the bookmarks, without white space nor case."""
    from pypdf.errors import PyPdfError

    try:
        entries = list(reader.outline)
    except (PyPdfError, *_FROM_DAMAGE):
        return  # damaged bookmarks are no reason to refuse the text
    while entries:
        entry = entries.pop()
        if isinstance(entry, list):
            entries.extend(entry)
        else:
            yield "".join(str(entry.title).lower().split())


def _title(properties: dict[str, str], page: _PdfPage, blocks: Sequence[Block], path: Path) -> str:
    """Return the title of the properties, else what page 1 shows largest, else a first heading."""
    title = good_title(properties.get("/Title")) or page.largest
    if title:
        return title
    opening = blocks[0].text if blocks and blocks[0].kind == "heading" else None
    return good_title(opening) or readable_name(path)


def _dated_lines(pages: Sequence[_PdfPage]) -> list[str]:
    """Return the lines of the first page on which a document is dated."""
    lines = [line for line in pages[0].text.split("\n") if line.strip()]
    return [*lines[:_DATED_LINES], *lines[-_DATED_LINES:]]


def _notes(pages: Sequence[_PdfPage]) -> Iterator[str]:
    """Yield remarks on the pages that draw something and have no text, or hardly any."""
    scanned, nearly = [], []
    for number, page in enumerate(pages, start=1):
        letters = sum(map(str.isalpha, page.text))
        if page.draws and letters == 0:
            scanned.append(number)
        elif page.draws and letters < _FEWEST_LETTERS and len(pages) == 1:
            nearly.append(number)
    if scanned:
        yield f"{_numbered(scanned)} sans texte, probablement numérisée{'s' * (len(scanned) > 1)}"
    if nearly:
        yield f"{_numbered(nearly)} presque sans texte, probablement numérisée"


def _numbered(numbers: Sequence[int]) -> str:
    """Return « page 3 » or « pages 3 à 9, 12 »."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]} à {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"page{'s' * (len(numbers) > 1)} {', '.join(said)}"
