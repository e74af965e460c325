"""Lays a consultation matrix beside what was really said, remark by remark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from evaluation.meeting_files import FoundRemark, Matrix, TrueRemark, Truth, read_note
from evaluation.meeting_match import Pairing, Place, pair_remarks

_PLAIN = frozenset({".md", ".txt"})


@dataclass(frozen=True, slots=True)
class Compared:
    """A truth and a matrix, with the found remarks that stand for the true ones.

    Attributes:
        truth: what was said.
        matrix: what was found.
        found: the remarks of the matrix, young people's last.
        slices: for each found remark of a text file, whether its offsets give its words.
        pairing: the pairs of true and found remarks, by position.
    """

    truth: Truth
    matrix: Matrix
    found: tuple[FoundRemark, ...]
    slices: Mapping[str, bool]
    pairing: Pairing

    def pairs(self) -> list[tuple[int, TrueRemark, FoundRemark]]:
        """Return each true remark that was found, after its index."""
        return [
            (index, self.truth.remarks[index], self.found[at])
            for index, at in sorted(self.pairing.pairs.items())
        ]

    def found_for(self, indexes: Iterable[int]) -> set[str]:
        """Return the identifiers of the found remarks that stand for these true ones."""
        pairs = self.pairing.pairs
        return {self.found[pairs[index]].id for index in indexes if index in pairs}


def compare(matrix: Matrix, *, truth: Truth, notes: Path) -> Compared:
    """Pair the remarks of a matrix with the true ones.

    Offsets count where they give the remark's words in the file; otherwise words are compared. What
    is found in a copy counts as found in the original.

    Args:
        matrix: what was found.
        truth: what was said.
        notes: the folder of the notes.

    Raises:
        BadTruth: a note cannot be read.
    """
    files = {meeting.id: PurePath(meeting.file).name for meeting in matrix.meetings}
    found = (*matrix.remarks, *matrix.young_people.remarks)
    slices = _slices(found, files=files, notes=notes)
    originals = {copy.file: copy.of for copy in truth.duplicates}
    places = []
    for each in found:
        file = files[each.meeting]
        exact = slices.get(each.id, False) and file not in originals
        span = _span(each) if exact else None
        places.append(Place(originals.get(file, file), each.text, span))
    true = [Place(each.file, each.text, _span(each)) for each in truth.remarks]
    return Compared(truth, matrix, found, slices, pair_remarks(true, found=places))


def _slices(
    found: Iterable[FoundRemark], *, files: Mapping[str, str], notes: Path
) -> dict[str, bool]:
    texts: dict[str, str] = {}
    slices = {}
    for each in found:
        name = files[each.meeting]
        if PurePath(name).suffix.lower() not in _PLAIN or each.start is None:
            continue
        if name not in texts:
            texts[name] = read_note(notes / name)
        slices[each.id] = texts[name][each.start : each.end] == each.text
    return slices


def _span(remark: TrueRemark | FoundRemark) -> tuple[int, int] | None:
    if remark.start is None or remark.end is None:
        return None
    return remark.start, remark.end
