"""Reads the files of a consultation as the notes of its workspace."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingestion.errors import Rejected
from ingestion.names import file_slug
from ingestion.readers.formats import read
from ingestion.readers.plain import decode
from ingestion.readers.reading import Request
from ingestion.walk import ABSENT, find_files
from knowledge.consultation.note import Note, note_of
from knowledge.consultation.remarks import remarks_of
from knowledge.documents import Document
from knowledge.system_reasons import reason

_TEXTS = frozenset({".md", ".markdown", ".txt", ".text", ".csv", ".tsv"})


def read_note_files(paths: Iterable[Path]) -> tuple[list[Note], dict[str, str]]:
    """Return the notes of the files under these paths, and the files refused with the reason.

    A table holds one note for each of its meetings. Two files of one name in two folders are two
    notes.
    """
    found = find_files(list(paths))
    rejected = {path.name: ABSENT for path in found.absent}
    rejected |= {Path(each.path).name: each.reason for each in found.rejected}
    notes: dict[str, Note] = {}
    for path in found.files:
        try:
            for note in _notes_of(path):
                known = notes.get(note.id)
                unlike = known is not None and known.sha256 != note.sha256
                unique = f"{note.id}-{note.sha256[:6]}" if unlike else note.id
                notes[unique] = replace(note, id=unique)
        except Rejected as refusal:
            rejected[path.name] = str(refusal)
        except OSError as error:
            rejected[path.name] = f"le fichier ne peut pas être lu : {reason(error)}."
    return list(notes.values()), rejected


def _notes_of(path: Path) -> Iterator[Note]:
    """Yield the notes of a file.

    Raises:
        Rejected: it cannot be read, or says that nobody came and nothing that was said; with the
            remedy in French.
    """
    content = path.read_bytes()
    digest = sha256(content).hexdigest()
    raw = None
    if path.suffix.lower() in _TEXTS:
        raw = decode(content).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    kind = path.suffix.lower().removeprefix(".")
    for document in read(Request(path=path, collection="consultation", forced=True)):
        if isinstance(document, Document):
            id_ = f"{document.source.id or file_slug(path)}-{kind}"
            note = note_of(document, id=id_, file=path.name, sha256=digest, raw=raw)
            yield _without_zero(note) if note.shape.participants == 0 else note


def _without_zero(note: Note) -> Note:
    """Return a note that says 0 participants as one that does not say how many there were.

    Raises:
        Rejected: nothing stands under a part either (sentences may tell why nobody came): there was
            no meeting to count.
    """
    if not any(remark.part or remark.piece.kind for remark in remarks_of(note)):
        raise Rejected(
            "le compte rendu est vide : 0 participant, et aucune remontée. Écrivez"
            " combien de personnes étaient là, ou retirez le fichier."
        )
    return replace(note, shape=replace(note.shape, participants=None))
