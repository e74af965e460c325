"""The livre blanc: what its author wrote, and the extracts that every sentence rests on."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from knowledge.consultation.anonymity import anonymous, shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.note import Note

Mask = Callable[[str], str]

_SHORT = re.compile(r"-([0-9a-f]{8})$")
_SPOKEN = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title at a line of the source; level 1 is that of the whole, 2 of a chapter."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence, and the marks of the extracts that it rests on."""

    line: int
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that stand together."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of an extract, set apart from the sentences."""

    line: int
    text: str
    marks: tuple[str, ...]


Item = Title | Paragraph | Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What was written; ``sources`` are the digests of the notes when it was.

    ``strays`` are the lines that are none of the items, which no build takes.
    """

    title: str
    sources: Mapping[str, str]
    items: tuple[Item, ...]
    strays: tuple[tuple[int, str], ...] = ()

    @property
    def claims(self) -> list[Claim]:
        """Every sentence, in order."""
        return [
            claim for item in self.items if isinstance(item, Paragraph) for claim in item.claims
        ]

    @property
    def titles(self) -> list[Title]:
        """Every title, in order."""
        return [item for item in self.items if isinstance(item, Title)]

    @property
    def said(self) -> list[Claim | Quotation]:
        """Every sentence, then every quotation."""
        return [*self.claims, *self.quotations]

    @property
    def quotations(self) -> list[Quotation]:
        """Every quotation, in order."""
        return [item for item in self.items if isinstance(item, Quotation)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words of an extract: said by a participant, or written by whoever took the notes."""

    text: str
    is_spoken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A remark as it is published: its number in the annex, its words without personal data."""

    number: int
    mark: str
    coded: Coded
    words: str

    @property
    def note(self) -> Note:
        """The note that holds it."""
        return self.coded.remark.note

    def parts(self, start: int = 0, end: int | None = None) -> list[Part]:
        """Return the words between two places, those of a participant apart from the notes."""
        end = len(self.words) if end is None else end
        found, done = [], start
        for match in _SPOKEN.finditer(self.words):
            first, last = max(match.start(), start), min(match.end(), end)
            if first >= last:
                continue
            found.append(Part(text=self.words[done:first], is_spoken=False))
            found.append(Part(text=self.words[first:last], is_spoken=True))
            done = last
        found.append(Part(text=self.words[done:end], is_spoken=False))
        return [part for part in found if part.text.strip()]


@dataclass(frozen=True, slots=True)
class Count:
    """How many meetings, and which regions."""

    meetings: int
    regions: tuple[str, ...]


class Evidence:
    """Every extract that may be published, numbered as the annex lists them."""

    def __init__(self, matrix: Matrix, *, mask: Mask) -> None:
        """Take the extracts of a matrix: those of professionals come first."""
        self.matrix = matrix
        self.mask: Mask = cache(mask)
        said = [*_in_order(matrix, matrix.coded), *_in_order(matrix, matrix.young)]
        marks = marks_of(said)
        self.extracts = tuple(
            Extract(number=number, mark=marks[each.remark.id], coded=each,
                    words=shown(each.remark, mask=self.mask))
            for number, each in enumerate(said, start=1)
        )  # fmt: skip

    @cached_property
    def by_mark(self) -> dict[str, Extract]:
        """The extracts by their mark and by their whole identifier."""
        whole = {each.coded.remark.id: each for each in self.extracts}
        return whole | {each.mark: each for each in self.extracts}

    @cached_property
    def set_aside(self) -> dict[str, Coded]:
        """The remarks that people set aside, by mark and identifier."""
        aside = self.matrix.set_aside
        marks = marks_of(aside)
        return {key: each for each in aside for key in (marks[each.remark.id], each.remark.id)}

    def cited(self, marks: Iterable[str]) -> list[Extract]:
        """Return the extracts of these marks, in the order of the annex; unknown ones left out."""
        found = {mark: self.by_mark[mark] for mark in marks if mark in self.by_mark}
        unique = {each.number: each for each in found.values()}
        return [unique[number] for number in sorted(unique)]

    def held(self, *, young: bool) -> Count:
        """Return how many meetings were held, of young people or of professionals."""
        notes = [note for note in self.matrix.notes if note.is_of_young_people == young]
        return _count(notes)

    def anonymous(self, text: str, notes: Iterable[Note]) -> str:
        """Return a text without personal data, nor what tells which young people spoke."""
        text = self.mask(text)
        young = [note for note in notes if note.is_of_young_people]
        places = [note.shape.place for note in young if note.shape.place]
        return anonymous(text, places=places) if young else text

    def mark_of(self, coded: Coded) -> str:
        """Return the mark of a remark."""
        return self.by_mark[coded.remark.id].mark


def counts(extracts: Sequence[Extract]) -> Count:
    """Return in how many meetings, and in which regions, these were said."""
    return _count([each.note for each in extracts])


def marks_of(said: Sequence[Coded]) -> dict[str, str]:
    """Return a mark for each remark: the end of its identifier where no other one has it."""
    ends = {each.remark.id: _SHORT.search(each.remark.id) for each in said}
    used = Counter(end[1] for end in ends.values() if end)
    return {id_: end[1] if end and used[end[1]] == 1 else id_ for id_, end in ends.items()}


def _count(notes: Sequence[Note]) -> Count:
    regions = sorted({note.region for note in notes if note.region})
    return Count(len({note.id for note in notes}), tuple(regions))


def _in_order(matrix: Matrix, said: Sequence[Coded]) -> list[Coded]:
    places = {note.id: place for place, note in enumerate(matrix.notes)}
    return sorted(said, key=lambda each: (places[each.remark.note.id], each.remark.piece.start))
