"""The blocks that any format of the livre blanc writes: text, quotations, tables, charts, annex."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.consultation.book import Evidence, Extract, Part
from knowledge.consultation.book_back import Figure, Grid
from knowledge.consultation.book_words import pieces_of, place_in
from knowledge.dates import say_date

SPOKEN, NOTED, BOTH = (
    "Mots d'un participant",
    "Compte rendu",
    "Compte rendu et mots d'un participant",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title; ``level`` is 1 for a chapter; ``key`` names the place for links."""

    level: int
    text: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Sentences, each with the numbers of its extracts; ``label`` tells who worded them."""

    label: str
    runs: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an extract: who says them, the words, where from, and the extract's number."""

    label: str
    parts: tuple[Part, ...]
    source: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A line that Appui computes from the matrix; a quiet one stands under what it is about."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An extract of the annex: its words, and where they stand."""

    quote: Quote
    place: str


Block = Heading | Text | Quote | Plain | Entry | Grid | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole document; ``notices`` are said on every page."""

    title: str
    subtitle: str
    notices: tuple[str, ...]
    blocks: tuple[Block, ...]


def say_numbers(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers as runs, first and last: 3, 5 to 7."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def quote_of(extract: Extract, words: str | None = None) -> Quote:
    """Return words of an extract, or all of them, those of a participant apart."""
    parts: list[Part] = []
    for piece in pieces_of(words) if words else [extract.words]:
        start, end = place_in(extract, piece) or (0, len(extract.words))
        if parts:
            parts.append(Part(text=" […] ", is_spoken=False))
        parts += extract.parts(start, end)
    letters = [part for part in parts if any(map(str.isalpha, part.text))]
    spoken = {part.is_spoken for part in letters}
    label = BOTH if len(spoken) > 1 else SPOKEN if True in spoken else NOTED
    return Quote(label=label, parts=tuple(parts), source=_source(extract), number=extract.number)


def _source(extract: Extract) -> str:
    note = extract.note
    said = [note.region or "région non précisée", say_date(note.date) if note.date else "sans date"]
    return ", ".join(said)


def place_of(extract: Extract, evidence: Evidence) -> str:
    """Return where an extract stands: note, region, date, file, characters, theme."""
    note, piece = extract.note, extract.coded.remark.piece
    date = say_date(note.date) if note.date else "sans date"
    title = evidence.anonymous(note.title, [note])
    said = [
        title, note.region or "région non précisée", date, note.file,
        f"caractères {piece.start} à {piece.end}", f"thème : {evidence.mask(extract.coded.theme)}",
    ]  # fmt: skip
    return " · ".join(said)
