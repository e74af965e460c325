"""The livre blanc as blocks that any format can write: text, quotations, tables, charts, annex."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.consultation.book import Claim, Evidence, Extract, Manuscript, Paragraph, Part, Title
from knowledge.consultation.book_back import (
    Figure,
    Grid,
    aside_grid,
    figures,
    matrix_grids,
    meetings_grid,
    method_lines,
    silence,
)  # fmt: skip
from knowledge.consultation.book_words import pieces_of, place_in
from knowledge.dates import say_date
from knowledge.typography import counted

FICTIONAL = "Document fictif (démonstration) : aucune de ces paroles n'a été prononcée"
DRAFT = "Brouillon : propositions d'Appui non validées"
SPOKEN, NOTED, BOTH = (
    "Mots d'un participant",
    "Compte rendu",
    "Compte rendu et mots d'un participant",
)
BY_APPUI, BY_PEOPLE = "Synthèse d'Appui", "Synthèse"


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


def lay_out(
    manuscript: Manuscript, evidence: Evidence, *, drafted: frozenset[str], is_draft: bool
) -> Layout:
    """Return a livre blanc as blocks.

    Args:
        manuscript: what was written.
        evidence: the extracts.
        drafted: the sentences that Appui worded.
        is_draft: whether people have still to decide on some remarks.
    """
    matrix = evidence.matrix
    fictional = any(note.fictional for note in matrix.notes)
    held = evidence.held(young=False)
    meetings = counted(held.meetings, "réunion de professionnels", "réunions de professionnels")
    notices = [FICTIONAL] * fictional + [DRAFT] * is_draft
    blocks = [
        *_method(evidence),
        *_chapters(manuscript, evidence, drafted),
        *_matrix(evidence),
        *_annex(evidence),
    ]
    return Layout(
        title=manuscript.title,
        subtitle=f"{meetings}, {counted(len(held.regions), 'région')},"
        f" {counted(len(evidence.extracts), 'extrait')}",
        notices=tuple(notices),
        blocks=tuple(_keyed(blocks)),
    )


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


def _method(evidence: Evidence) -> Iterator[Block]:
    yield Heading(level=1, text="Méthode et réunions tenues", key="")
    for line in method_lines(evidence):
        yield Plain(text=line)
    yield meetings_grid(evidence)


def _chapters(
    manuscript: Manuscript, evidence: Evidence, drafted: frozenset[str]
) -> Iterator[Block]:
    """Yield what was written; where nothing was said of a theme closes what is said of it."""
    told = ""
    for item in manuscript.items:
        if isinstance(item, Title):
            yield from _plain(told)
            told = ""
            yield Heading(level=item.level - 1, text=item.text, key="")
        elif isinstance(item, Paragraph):
            yield _text(item.claims, evidence, drafted)
            told = told or _silence(item.claims, evidence)
        else:
            for extract in evidence.cited(item.marks):
                yield quote_of(extract, item.text)
    yield from _plain(told)


def _plain(text: str) -> Iterator[Plain]:
    if text:
        yield Plain(text=text, is_quiet=True)


def _silence(claims: Iterable[Claim], evidence: Evidence) -> str:
    """Say in which regions the one theme of these sentences was not spoken of."""
    themes = {
        each.coded.theme
        for claim in claims
        for each in evidence.cited(claim.marks)
        if not each.note.is_of_young_people
    }
    return silence(themes.pop(), evidence) if len(themes) == 1 else ""


def _text(claims: Iterable[Claim], evidence: Evidence, drafted: frozenset[str]) -> Text:
    said = list(claims)
    return Text(
        label=BY_APPUI if all(claim.text in drafted for claim in said) else BY_PEOPLE,
        runs=tuple(
            (claim.text, tuple(each.number for each in evidence.cited(claim.marks)))
            for claim in said
        ),
    )


def _matrix(evidence: Evidence) -> Iterator[Block]:
    yield Heading(level=1, text="Matrice des thèmes par région", key="")
    yield Plain(
        text="Dit : quelqu'un en a parlé. Contredit : le contraire y a été dit aussi. Non évoqué :"
        " à l'ordre du jour, personne n'en a parlé. Non abordé : pas à l'ordre du jour. Un silence"
        " n'est ni un accord ni un désaccord."
    )
    yield from matrix_grids(evidence)
    yield Heading(level=2, text="En graphiques", key="")
    for figure in figures(evidence):
        yield figure
        yield figure.grid


def _annex(evidence: Evidence) -> Iterator[Block]:
    yield Heading(level=1, text="Annexe des extraits", key="")
    yield Plain(
        text="Chaque numéro entre crochets du texte renvoie ici. Les caractères sont ceux du texte"
        " du compte rendu."
    )
    for young, title in ((False, "Professionnels"), (True, "Jeunes")):
        own = [each for each in evidence.extracts if each.note.is_of_young_people == young]
        if own:
            yield Heading(level=2, text=title, key="")
        for extract in own:
            yield Entry(quote=quote_of(extract), place=place_of(extract, evidence))
    if evidence.matrix.set_aside:
        yield Heading(level=2, text="Extraits écartés", key="")
        yield aside_grid(evidence)


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


def _keyed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, each title with a key of its own."""
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield Heading(level=block.level, text=block.text, key=f"titre-{place}")
        else:
            yield block
