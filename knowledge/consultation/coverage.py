"""Tells how much of each note was read: decided, proposed, set aside, passed over."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.consultation.coded import what_is_said
from knowledge.consultation.note import Note
from knowledge.consultation.pieces import Piece
from knowledge.consultation.remarks import Remark
from knowledge.consultation.standing import Status


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of a note, by what became of them; ``unread`` are those taken for no remark."""

    note: Note
    decided: int = 0
    proposed: int = 0
    set_aside: int = 0
    unread: int = 0

    @property
    def sentences(self) -> int:
        """How many sentences the note has."""
        return self.decided + self.proposed + self.set_aside + self.unread


def coverage(notes: Iterable[Note], said: Iterable[tuple[Remark, Status]]) -> list[Coverage]:
    """Return how much of each note was read, in the order of the notes.

    A sentence of which several remarks were made counts as proposed while one of them is.

    Args:
        notes: those that count.
        said: their remarks, each with where it stands.
    """
    by_note: dict[str, list[tuple[Remark, Status]]] = defaultdict(list)
    for remark, status in said:
        by_note[remark.note.id].append((remark, status))
    return [
        Coverage(note, **Counter(_became(piece, note, by_note[note.id]) for piece in note.pieces))
        for note in notes
    ]


def _became(piece: Piece, note: Note, said: Sequence[tuple[Remark, Status]]) -> str:
    """Return what became of a sentence; one that repeats another shares its fate."""
    told = what_is_said(Remark(note, piece, None))
    states = {
        status
        for each, status in said
        if (each.piece.start < piece.end and piece.start < each.piece.end)
        or what_is_said(each) == told
    }
    if "proposed" in states:
        return "proposed"
    if "accepted" in states:
        return "decided"
    return "set_aside" if states else "unread"
