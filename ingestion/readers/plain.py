"""Reads text files in whatever encoding French offices write them."""

import codecs
import re
from itertools import pairwise

from ingestion.blocks import Block, clean
from ingestion.dates import date_of_document
from ingestion.errors import Rejected
from ingestion.meeting_keys import is_meeting
from ingestion.names import readable_name
from ingestion.readers.note_header import find_text_header
from ingestion.readers.notes import text_note
from ingestion.readers.reading import Reading, Request, check_length, make_document
from knowledge.consultation.speakers import turns_apart

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BULLET = re.compile(r"^\s*(?:[-–—•▪◦●*])\s+(?=\S)")
_WRAPPED_AT = 100
_LONGEST_TITLE = 100
_LONGEST_QUESTION = 250
_FEWEST_QUESTIONS = 3
_BINARY_SHARE = 0.02


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16, else Windows-1252.

    Raises:
        Rejected: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    sample = content[:100_000]
    strange = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)  # noqa: PLR2004
    if b"\0" in sample or strange > len(sample) * _BINARY_SHARE:
        raise Rejected(
            "le contenu du fichier n'est pas du texte. Vérifiez son type, ou enregistrez-le en"
            " PDF, DOCX ou texte."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\ufffd", " ")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Rejected(
            "le texte est abîmé ou incomplet. Enregistrez-le de nouveau en UTF-8."
        ) from error


def read_text(request: Request) -> Reading:
    """Yield the one document of a text file."""
    text = decode(request.path.read_bytes())
    check_length(len(text), request.limits)
    entries, body = find_text_header(text.replace("\r\n", "\n").replace("\r", "\n"))
    if is_meeting(entries, collection=request.collection):
        yield text_note(
            text_blocks(clean_lines(turns_apart(body))), entries, request=request, kind="texte"
        )
        return
    lines = clean_lines(text)
    blocks = text_blocks(lines)
    written = [line for line in lines if line]
    yield make_document(
        blocks,
        request=request,
        id="",
        kind="texte",
        title=_title(lines) or readable_name(request.path),
        date=(date := date_of_document([*written[:6], *written[-3:]])),
        date_meaning="publié le" if date else None,
    )


def clean_lines(text: str) -> list[str]:
    """Return the lines of a text, cleaned one by one so that blank ones stay."""
    return [clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def text_blocks(lines: list[str]) -> list[Block]:
    """Return paragraphs, list items and, in an interview, the questions as headings."""
    questions = _questions(lines)
    wrapped = _is_wrapped(lines)
    blocks: list[Block] = []
    fresh = True
    for line in lines:
        bullet = _BULLET.match(line)
        if not line:
            fresh = True
        elif line in questions:
            blocks.append(Block("heading", line, 1))
            fresh = True
        elif bullet is not None:
            blocks.append(Block("item", line[bullet.end() :]))
            fresh = False
        elif wrapped and not fresh and blocks:
            last = blocks.pop()
            blocks.append(Block(last.kind, f"{last.text} {line}"))
        else:
            blocks.append(Block("paragraph", line))
            fresh = False
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether lines were cut to a width: then only blank lines separate paragraphs."""
    written = [line for line in lines if line]
    cut = sum(
        1
        for line, following in pairwise(lines)
        if line and following[:1].islower() and len(line) <= _WRAPPED_AT
    )
    return len(written) < len(lines) and cut >= max(1, len(written) // 5)


def _questions(lines: list[str]) -> frozenset[str]:
    """Return the questions of an interview: lines that ask, each followed by one that answers."""
    written = [line for line in lines if line]
    asked = [
        line
        for line, answer in pairwise(written)
        if line.endswith("?") and len(line) <= _LONGEST_QUESTION and not answer.endswith("?")
    ]
    return frozenset(asked) if len(asked) >= _FEWEST_QUESTIONS else frozenset()


def _title(lines: list[str]) -> str | None:
    """Return the first line when it stands alone and reads like a title."""
    first = next((position for position, line in enumerate(lines) if line), None)
    if first is None:
        return None
    line = lines[first].strip("#=* ")
    alone = first + 1 >= len(lines) or not lines[first + 1]
    titled = line[:1].isupper() and len(line) <= _LONGEST_TITLE and line[-1:] not in ".,;:?!"
    return line if alone and titled else None
