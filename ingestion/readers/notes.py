"""Makes a document of the note of a meeting, whichever format it is written in."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ingestion.blocks import Block
from ingestion.markup import element_blocks
from ingestion.meeting_keys import Entry, is_meeting
from ingestion.names import good_title, readable_name
from ingestion.readers.note_header import find_header
from ingestion.readers.reading import Request, make_document
from knowledge.documents import Document, MeetingShape

if TYPE_CHECKING:
    # It needs pydantic, which is loaded for notes only.
    from ingestion.meeting import Header

_HEADER = ("titre", "date", "lieu", "format", "participants", "public", "ordre_du_jour")
_MARK = "(compte rendu fictif)"
_NOTICE = "Compte rendu fictif (démonstration)."
_MISSING = "la clé « {key} » manque. Ajoutez « {key} : {example} » en haut du document."
_LONGEST_TITLE = 150
_SAID = re.compile(r"\bcompte rendu fictif\b", re.IGNORECASE)


def read_note(
    page: Any,  # noqa: ANN401  (lxml has no public element type)
    *,
    request: Request,
    kind: str,
    title: str | None,
) -> Document | None:
    """Return the note that a document turned into HTML is, or None when it is something else.

    Args:
        page: the document, from which the header of a note is taken out.
        request: the file.
        kind: its format.
        title: the title in its properties, for a note whose header gives none.

    Raises:
        Rejected: the header tells no region, or the note says nothing.
    """
    header = find_header(page)
    if not is_meeting(header.entries, collection=request.collection):
        return None
    from ingestion.meeting import read_header

    read = read_header(header.entries, top=1, missing=_MISSING)
    header.remove()
    blocks = element_blocks(page)
    return make_note(
        blocks,
        header=read,
        request=request,
        kind=kind,
        title=read.meeting.titre or title or first_line(blocks) or readable_name(request.path),
    )


def text_note(
    blocks: list[Block], entries: Sequence[Entry], *, request: Request, kind: str
) -> Document:
    """Return the note that a text is whose first lines are the keys of a meeting.

    Raises:
        Rejected: the keys tell no region, or the note says nothing.
    """
    from ingestion.meeting import read_header

    header = read_header(entries, top=1, missing=_MISSING)
    title = header.meeting.titre or first_line(blocks) or readable_name(request.path)
    return make_note(blocks, header=header, request=request, kind=kind, title=title)


def first_line(blocks: Sequence[Block]) -> str | None:
    """Return the first heading or short paragraph as a title."""
    first = blocks[0] if blocks else None
    if first is None or first.kind not in {"heading", "paragraph"}:
        return None
    line = first.text.split("\n")[0]
    return good_title(line) if len(line) <= _LONGEST_TITLE and line[-1:] not in ".;," else None


def make_note(
    blocks: Iterable[Block],
    *,
    header: "Header",
    request: Request,
    kind: str,
    title: str,
    id: str = "",  # noqa: A002  (the name of the field of Source)
    expected: Sequence[str] = _HEADER,
) -> Document:
    """Compose the document of a meeting.

    A fictional one says so in its title and first line, so that a copied passage says it too.
    The keys among ``expected`` that are absent are reported, for a person to fill, after the
    remarks on how the header was read.

    Raises:
        Rejected: the note says nothing.
    """
    body = list(blocks)
    meeting, remarks = header.meeting, header.remarks
    if meeting.fictif:
        title = title if title.lower().endswith(_MARK) else f"{title} {_MARK}"
        if body and not _SAID.search(body[0].text):
            body.insert(0, Block("paragraph", _NOTICE))
    absent = [key for key in meeting.unknown(expected) if key not in header.doubtful]
    unknown = ", ".join(f"« {key} »" for key in absent)
    missing = f"il manque {unknown}. Appui n'en suppose rien ; complétez si vous le savez."
    return make_document(
        body,
        request=request,
        notes=(*remarks, missing) if unknown else remarks,
        meeting=MeetingShape(
            format=meeting.format,
            place=meeting.lieu,
            participants=meeting.participants,
            agenda=meeting.ordre_du_jour,
        ),
        id=id,
        kind=kind,
        title=title,
        collection=request.collection_or("consultation"),
        date=meeting.date,
        date_meaning="réunion du" if meeting.date else None,
        territory=meeting.region,
        fictional=meeting.fictif,
        public=meeting.public,
    )
