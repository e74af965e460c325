"""Tells which notes give the same meeting again: a copied file, another format, a version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.analysis import words
from knowledge.consultation.note import Note

# The share of the words of a note that stand in another one, from which it is the same one.
_SAME = 0.75
_RUN = 3


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A note that says what ``of`` says already."""

    note: Note
    of: Note


def without_duplicates(notes: Iterable[Note]) -> tuple[list[Note], list[Duplicate]]:
    """Return the notes that count, and those that add nothing, whatever their order.

    Of the notes of one meeting, the longest counts. Two regions are two meetings whatever is said.
    """
    kept: list[Note] = []
    duplicates: list[Duplicate] = []
    runs: dict[str, frozenset[tuple[str, ...]]] = {}
    for note in sorted(notes, key=lambda each: (-len(_runs(each)), each.file, each.id)):
        runs[note.id] = _runs(note)
        same = next((each for each in kept if _is_same(note, each, runs)), None)
        if same is None:
            kept.append(note)
        else:
            duplicates.append(Duplicate(note, same))
    kept.sort(key=lambda note: (note.region or "", note.date or "", note.id))
    duplicates.sort(key=lambda each: each.note.file)
    return kept, duplicates


def is_version(note: Note, other: Note) -> bool:
    """Tell whether two notes of one file name are versions of one, be it longer or corrected.

    They are when their headers tell the same meeting, or when the shorter stands mostly in the
    other, under the same region or the same date: both are not corrected at once.
    """
    same_region, same_date = note.region == other.region, note.date == other.date
    if same_region and same_date and None not in (note.region, note.date):
        return (note.public, note.title) == (other.public, other.title) or _overlap(
            _runs(note), _runs(other)
        )
    return (same_region or same_date) and _overlap(_runs(note), _runs(other))


def _overlap(runs: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether the shorter of two notes says mostly what the other says, by their runs."""
    shorter, longer = sorted((runs, others), key=len)
    return len(shorter & longer) >= _SAME * len(shorter)


def _is_same(note: Note, other: Note, runs: dict[str, frozenset[tuple[str, ...]]]) -> bool:
    if (note.region, note.date, note.public) != (other.region, other.date, other.public):
        return note.sha256 == other.sha256 and note.title == other.title
    return _overlap(runs[note.id], runs[other.id])


def _runs(note: Note) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of what was said in a note."""
    said: Sequence[str] = [
        word for piece in note.pieces for word in words(note.text[piece.start : piece.end])
    ]
    return frozenset(zip(*(said[shift:] for shift in range(_RUN)), strict=False))
