"""The livre blanc laid out as blocks that any format writes: method, chapters, matrix, annex."""

from collections.abc import Iterable, Iterator

from knowledge.consultation.book import Claim, Evidence, Manuscript, Paragraph, Title
from knowledge.consultation.book_back import (
    aside_grid,
    figures,
    matrix_grids,
    meetings_grid,
    method_lines,
    silence,
)
from knowledge.consultation.book_blocks import (
    Block,
    Entry,
    Heading,
    Layout,
    Plain,
    Text,
    place_of,
    quote_of,
)
from knowledge.typography import counted

FICTIONAL = "Document fictif (démonstration) : aucune de ces paroles n'a été prononcée"
DRAFT = "Brouillon : propositions d'Appui non validées"
BY_APPUI, BY_PEOPLE = "Synthèse d'Appui", "Synthèse"


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


def _keyed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, each title with a key of its own."""
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield Heading(level=block.level, text=block.text, key=f"titre-{place}")
        else:
            yield block
