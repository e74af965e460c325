"""Reads the ministry's practical sheets (the fiches-travail data package)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingestion.blocks import Block, clean
from ingestion.dates import date_in
from ingestion.errors import Rejected
from ingestion.markup import html_blocks
from ingestion.readers.reading import Reading, Request, make_document

_PUBLISHER = "Ministère du Travail"
_SECTION_LEVEL = 1
# Links to other sheets and follow-us boxes: their cards are dropped, what remains says nothing.
_LEADS_ELSEWHERE = ("à lire sur ce site", "suivez-nous", "partager la page")


def read_sheets(content: list[Any], *, request: Request) -> Reading:
    """Yield one document for each sheet of the package."""
    for sheet in content:
        blocks = list(_sheet_blocks(sheet))
        if not blocks:
            yield f"la fiche « {sheet['title']} » est vide : elle n'a pas été ajoutée."
            continue
        day = date_in(sheet.get("date") or "")
        yield make_document(
            blocks,
            request=request,
            id=sheet["pubId"],
            kind="fiche",
            title=clean(sheet["title"]),
            collection=request.collection_or("dispositifs"),
            language="fr",
            url=sheet.get("url"),
            publisher=_PUBLISHER,
            date=day,
            date_meaning="mis à jour le" if day else None,
        )


def _sheet_blocks(sheet: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the introduction, then each section under its heading."""
    yield from html_blocks(sheet.get("intro") or "")
    for section in sheet.get("sections") or []:
        title = clean(section.get("title") or "").replace("\n", " ")
        if title.lower().startswith(_LEADS_ELSEWHERE):
            continue
        body = html_blocks(section.get("html") or "", level=_SECTION_LEVEL)
        if body:
            yield Block("heading", title, _SECTION_LEVEL)
            yield from body


def is_sheets(content: object) -> bool:
    """Tell whether a parsed JSON file is the package of sheets."""
    return (
        isinstance(content, list)
        and bool(content)
        and all(isinstance(sheet, dict) and {"pubId", "title"} <= sheet.keys() for sheet in content)
    )


def check_sheets(content: object) -> list[Any]:
    """Return the sheets of a parsed JSON file.

    Raises:
        Rejected: it is something else.
    """
    if isinstance(content, list) and is_sheets(content):
        return content
    raise Rejected("le fichier JSON n'est pas un paquet de fiches connu.")
