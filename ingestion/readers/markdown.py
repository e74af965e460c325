"""Reads Markdown, with the keys of its front matter: bundled sheets and meeting notes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ingestion.blocks import Block
from ingestion.dates import date_in
from ingestion.errors import Rejected
from ingestion.markup import html_blocks
from ingestion.names import readable_name, slug
from ingestion.readers.plain import decode
from ingestion.readers.reading import Reading, Request, check_length, make_document
from knowledge.documents import COLLECTIONS, Collection

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MEETING_KEYS = frozenset({"region", "lieu", "participants", "ordre_du_jour", "fictif"})
_DATES = (
    ("updated", "mis à jour le"),
    # A sheet's `date` is that of its newest source; what an adviser needs is when it was checked.
    ("checked_on", "vérifié le"),
    ("date", "publié le"),
    ("valid_from", "en vigueur depuis le"),
)
_PLAIN_KEYS = ("url", "publisher", "superseded_by", "language")


def read_markdown(request: Request) -> Reading:
    """Yield the one document of a Markdown file."""
    text = decode(request.path.read_bytes())
    check_length(len(text), request.limits)
    keys, body = _front_matter(text)
    blocks = markdown_blocks(body)
    title = _text(keys, "titre", "title", "name")
    if title is None and blocks and blocks[0].kind == "heading":
        title = blocks[0].text
    yield make_document(
        _without_title(blocks, title),
        request=request,
        kind="markdown",
        title=title or readable_name(request.path),
        **source_fields(keys, request=request),
    )


def markdown_blocks(body: str) -> list[Block]:
    """Return the blocks of Markdown text, tables included, HTML in it read as HTML."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return html_blocks(parser.render(body))


def source_fields(keys: Mapping[str, Any], *, request: Request) -> dict[str, Any]:
    """Return the fields of a source that front matter gives, in English or in French."""
    meeting = bool(_MEETING_KEYS & keys.keys())
    fields: dict[str, Any] = {"id": slug(identifier) if (identifier := _text(keys, "id")) else ""}
    default: Collection = "consultation" if meeting else request.collection
    stated = keys.get("collection", default)
    fields["collection"] = request.collection_or(stated if stated in COLLECTIONS else default)
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
    fields["fictional"] = keys.get("fictif", keys.get("fictional", False)) is True
    return fields


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the keys in front of a Markdown text, and the text after them.

    Raises:
        Rejected: the keys are not valid YAML, or not a list of keys.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    import yaml

    try:
        keys = yaml.safe_load(match[1]) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # The mark counts from 0 and from the line after the opening dashes.
        place = f" à la ligne {mark.line + 2}" if mark is not None else ""
        raise Rejected(
            f"l'en-tête du fichier est mal écrit{place}. Corrigez-le (une clé par ligne :"
            " « titre: … »)."
        ) from error
    if not isinstance(keys, dict):
        raise Rejected(
            "l'en-tête du fichier n'est pas une suite de clés. Écrivez une clé par ligne :"
            " « titre: … »."
        )
    return {str(key): value for key, value in keys.items()}, text[match.end() :]


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
    """Return a date that YAML read as such, or that is written in words or figures."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return date_in(value)
