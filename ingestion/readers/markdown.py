"""Reads Markdown, with the keys of its front matter: sheets, meeting notes and anything else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ingestion.blocks import Block
from ingestion.dates import date_in
from ingestion.front_matter import FrontMatter, read_front_matter
from ingestion.markup import html_blocks
from ingestion.meeting_keys import is_meeting
from ingestion.names import readable_name, slug
from ingestion.readers.note_header import find_text_header
from ingestion.readers.notes import make_note, text_note
from ingestion.readers.plain import decode
from ingestion.readers.reading import Reading, Request, check_length, make_document
from ingestion.sheets import SHEET, check_sheet, is_sheet
from knowledge.consultation.speakers import turns_apart
from knowledge.documents import COLLECTIONS

_DATES = (
    ("updated", "mis à jour le"),
    # A sheet's `date` is that of its newest source; what an adviser needs is when it was checked.
    ("checked_on", "vérifié le"),
    ("date", "publié le"),
    ("valid_from", "en vigueur depuis le"),
)
_PLAIN_KEYS = ("url", "publisher", "superseded_by", "language")
# Below the opening dashes.
_FIRST_KEY_LINE = 2
_MISSING = "la clé « {key} » manque. Ajoutez « {key}: {example} » dans l'en-tête."


def read_markdown(request: Request) -> Reading:
    """Yield the one document of a Markdown file."""
    text = decode(request.path.read_bytes())
    check_length(len(text), request.limits)
    front = read_front_matter(text)
    entries, body = find_text_header(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not front.entries and is_meeting(entries, collection=request.collection):
        yield text_note(
            markdown_blocks(turns_apart(body)), entries, request=request, kind="markdown"
        )
        return
    sheet = is_sheet(front.keys.keys())
    if sheet:
        check_sheet(request.path)
    elif _heads_a_meeting(front, request):
        yield from _read_note(front, markdown_blocks(turns_apart(front.body)), request=request)
        return
    blocks = markdown_blocks(front.body)
    title = _text(front.keys, "titre", "title", "name") or _first_heading(blocks)
    yield make_document(
        _without_title(blocks, title),
        request=request,
        kind=SHEET if sheet else "markdown",
        title=title or readable_name(request.path),
        **_source_fields(front.keys, request=request),
    )


def markdown_blocks(body: str) -> list[Block]:
    """Return the blocks of Markdown text, tables included, HTML in it read as HTML."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return html_blocks(parser.render(body))


def _heads_a_meeting(front: FrontMatter, request: Request) -> bool:
    """Tell whether a front matter is that of a note, and not of another stated collection."""
    stated = front.keys.get("collection")
    if stated not in COLLECTIONS:
        return is_meeting(front.entries, collection=request.collection)
    of_consultation = stated == "consultation" or any(e.key == "fictif" for e in front.entries)
    return of_consultation and is_meeting(front.entries, collection="consultation")


def _read_note(front: FrontMatter, blocks: list[Block], *, request: Request) -> Reading:
    """Yield the note of a meeting."""
    from ingestion.meeting import read_header

    header = read_header(front.entries, top=_FIRST_KEY_LINE, missing=_MISSING)
    title = header.meeting.titre or _first_heading(blocks)
    yield make_note(
        _without_title(blocks, title),
        header=header,
        request=request,
        kind="markdown",
        title=title or readable_name(request.path),
    )


def _source_fields(keys: Mapping[str, Any], *, request: Request) -> dict[str, Any]:
    """Return the fields of a source that front matter gives, in English or in French."""
    fields: dict[str, Any] = {"id": slug(identifier) if (identifier := _text(keys, "id")) else ""}
    stated = keys.get("collection")
    fields["collection"] = request.collection_or(
        stated if stated in COLLECTIONS else request.collection
    )
    for key in _PLAIN_KEYS:
        if (value := _text(keys, key)) is not None:
            fields[key] = value
    for key, meaning in _DATES:
        if (value := _day(keys.get(key))) is not None:
            fields |= {"date": value, "date_meaning": meaning}
            break
    fields["valid_from"] = _day(keys.get("valid_from"))
    fields["valid_until"] = _day(keys.get("valid_until") or keys.get("superseded_on"))
    fields["territory"] = _text(keys, "territory", "territoire", "region")
    fields["fictional"] = keys.get("fictional") is True
    return fields


def _first_heading(blocks: list[Block]) -> str | None:
    return blocks[0].text if blocks and blocks[0].kind == "heading" else None


def _without_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop the first heading when it only repeats the title and holds the whole text."""
    if (
        len(blocks) > 1
        and blocks[0].kind == "heading"
        and blocks[0].text == title
        and not any(b.kind == "heading" and b.level <= blocks[0].level for b in blocks[1:])
    ):
        return blocks[1:]
    return blocks


def _text(keys: Mapping[str, Any], *names: str) -> str | None:
    """Return the first of these keys that holds something to read, on one line."""
    for name in names:
        value = keys.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            words = " ".join(str(value).split())
            if words:
                return words
    return None


def _day(value: object) -> str | None:
    """Return a date that is written in words or figures."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return date_in(value)
