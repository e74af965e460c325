"""The note of a meeting: its header, its text, and the pieces of text that may be remarks."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from knowledge.consultation.locate import letters_of, locate
from knowledge.consultation.pieces import Piece, pieces_of
from knowledge.documents import Document, MeetingShape, Public


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    r"""A note as it was imported; ``text`` is that of the file named, of this SHA-256.

    ``text`` is the file's own text, in which line breaks are ``\n``, for text files and tables
    of text; what was read from it for others (DOCX, XLSX, PDF). ``region`` is None where the
    note does not say it: it is never guessed. ``warnings`` tell what to know of how the file was
    read: keys that are absent or unknown, pages without text.
    """

    id: str
    file: str
    sha256: str
    title: str
    text: str
    pieces: tuple[Piece, ...]
    region: str | None = None
    date: str | None = None
    public: Public = "professionnels"
    fictional: bool = False
    shape: MeetingShape = field(default_factory=MeetingShape)
    warnings: tuple[str, ...] = ()

    @property
    def is_of_young_people(self) -> bool:
        """Whether young people spoke; a note that does not say who did is of professionals."""
        return self.public == "jeunes"

    def to_json(self) -> dict[str, Any]:
        """Return the note for JSON, its text apart."""
        return {key: value for key, value in asdict(self).items() if key != "text"}

    @classmethod
    def from_json(cls, values: dict[str, Any], *, text: str) -> "Note":
        """Return the note that ``to_json`` wrote."""
        pieces = [{**piece, "above": tuple(piece["above"])} for piece in values["pieces"]]
        shape = {**values["shape"], "agenda": tuple(values["shape"]["agenda"])}
        return cls(
            **{
                **values,
                "text": text,
                "pieces": tuple(Piece(**piece) for piece in pieces),
                "shape": MeetingShape(**shape),
                "warnings": tuple(values.get("warnings", ())),
            }
        )


def note_of(document: Document, *, id: str, file: str, sha256: str, raw: str | None) -> Note:  # noqa: A002
    """Return the note that a document is.

    Args:
        document: what was read of the file.
        id: the identifier of the note.
        file: the name of the file.
        sha256: of its bytes.
        raw: the file's own text where it is a text file; spans are then of this text.
    """
    source = document.source
    read = tuple(pieces_of(document))
    text, pieces = _in_raw(read, document.text, raw) or (document.text, read)
    return Note(
        id=id,
        file=file,
        sha256=sha256,
        title=source.title,
        text=text,
        pieces=pieces,
        region=source.territory,
        date=source.date if document.meeting else None,
        public=source.public or "professionnels",
        fictional=source.fictional,
        shape=document.meeting or MeetingShape(),
        warnings=document.notes,
    )


def _in_raw(
    pieces: Sequence[Piece], text: str, raw: str | None
) -> tuple[str, tuple[Piece, ...]] | None:
    """Return the file's own text and the pieces as spans of it, or None when one is not there."""
    if raw is None:
        return None
    letters, after, placed = letters_of(raw), 0, []
    for piece in pieces:
        span = locate(text[piece.start : piece.end], text=raw, letters=letters, after=after)
        if span is None:
            return None
        after = span[1]
        placed.append(replace(piece, start=span[0], end=span[1]))
    return raw, tuple(placed)


def warnings_of(notes: Iterable[Note]) -> list[tuple[str, str]]:
    """Return what to know of how notes were read, each with its file.

    The meetings of one table lack the same columns: that is said once.
    """
    return list(dict.fromkeys((note.file, said) for note in notes for said in note.warnings))
