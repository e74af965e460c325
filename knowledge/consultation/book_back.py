"""What Appui computes for a livre blanc from the matrix: method, tables, charts, silences."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.consultation.book import Evidence
from knowledge.consultation.matrix import STATES, State
from knowledge.dates import say_date
from knowledge.typography import counted

# A table of more regions than these would not be read on a page in portrait.
_MOST_REGIONS = 6
_MOST_BARS = 20
_SIGNS: dict[State, str] = {
    "dit": "•",
    "contredit": "±",
    "non_evoque": "◊",
    "non_aborde": "–",
}
_UNPLACED = "Région non précisée"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its caption, the names of its columns, its rows, the share of width of each."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart of bars, what it says in words, and the table of its figures."""

    title: str
    bars: tuple[tuple[str, int], ...]
    unit: str
    alternative: str
    grid: Grid


def method_lines(evidence: Evidence) -> Iterator[str]:
    """Yield how what was said was read and counted."""
    matrix = evidence.matrix
    held, young = evidence.held(young=False), evidence.held(young=True)
    yield (
        f"{counted(held.meetings, 'réunion')} de professionnels"
        f" dans {counted(len(held.regions), 'région')}"
        + (f", et {counted(young.meetings, 'réunion')} de jeunes, à part" if young.meetings else "")
        + "."
    )
    yield (
        "Une parole répétée dans une réunion y compte une fois. L'unité est la réunion, puis la"
        " région : les personnes ne sont pas comptées, et rien n'est dit en pourcentage."
    )
    yield (
        "Trois écritures restent distinctes. « Mots d'un participant » : ce qui a été dit, entre"
        " guillemets dans le compte rendu, ici en italique. « Compte rendu » : le résumé de qui"
        " prenait les notes. « Synthèse » : les phrases de ce livre blanc ; « Synthèse d'Appui »"
        " quand personne ne les a récrites."
    )
    if matrix.duplicates:
        yield (
            f"{counted(len(matrix.duplicates), 'fichier')} qui redisent une réunion déjà lue"
            " n'ajoutent rien."
        )
    if matrix.set_aside:
        yield f"{counted(len(matrix.set_aside), 'extrait écarté', 'extraits écartés')}, avec motif."


def meetings_grid(evidence: Evidence) -> Grid:
    """Return the meetings held, with the extracts of each."""
    taken = Counter(each.note.id for each in evidence.extracts)
    rows = [
        (
            evidence.anonymous(note.title, [note]),
            note.region or _UNPLACED,
            say_date(note.date) if note.date else "sans date",
            note.shape.format or "non précisé",
            note.public,
            str(taken[note.id]),
        )
        for note in evidence.matrix.notes
    ]
    return Grid(
        caption="Réunions tenues",
        header=("Réunion", "Région", "Date", "Format", "Public", "Extraits"),
        rows=tuple(rows),
        shares=(0.31, 0.16, 0.16, 0.11, 0.16, 0.10),
    )


def silence(theme: str, evidence: Evidence) -> str:
    """Say in which regions a theme was not spoken of; empty where it was everywhere."""
    matrix = evidence.matrix
    found: dict[str, list[str]] = {}
    for region in matrix.regions:
        state = matrix.cell(theme, region)
        if state in {"non_evoque", "non_aborde"}:
            found.setdefault(STATES[state], []).append(region)
    said = " ; ".join(f"{state} : {', '.join(regions)}" for state, regions in found.items())
    return f"{said[0].upper()}{said[1:]}." if said else ""


def matrix_grids(evidence: Evidence) -> Iterator[Grid]:
    """Yield the matrix, in as many tables as its regions need."""
    matrix = evidence.matrix
    regions = matrix.regions
    parts = [regions[at : at + _MOST_REGIONS] for at in range(0, len(regions), _MOST_REGIONS)]
    for place, own in enumerate(parts, start=1):
        rows = []
        for theme, said in matrix.themes.items():
            states = [matrix.cell(theme, region) for region in own]
            meetings = len({each.remark.note.id for each in said})
            rows.append(
                (
                    evidence.mask(theme),
                    str(meetings),
                    *(f"{_SIGNS[state]} {STATES[state]}" for state in states),
                )
            )
        more = f" ({place} sur {len(parts)})" if len(parts) > 1 else ""
        yield Grid(
            caption=f"Matrice des thèmes par région{more}",
            header=("Thème", "Réunions", *own),
            rows=tuple(rows),
            shares=(0.28, 0.12, *[0.6 / len(own)] * len(own)),
        )


def aside_grid(evidence: Evidence) -> Grid:
    """Return the remarks that people set aside: where they stand and why, without their words."""
    rows = [
        (each.remark.note.file, f"{each.remark.piece.start} à {each.remark.piece.end}",
         evidence.mask(each.reason) or "sans motif")
        for each in evidence.matrix.set_aside
    ]  # fmt: skip
    return Grid(
        caption="Extraits écartés",
        header=("Fichier", "Caractères", "Motif"),
        rows=tuple(rows),
        shares=(0.35, 0.2, 0.45),
    )


def figures(evidence: Evidence) -> list[Figure]:
    """Return the charts: meetings by theme, and meetings by region."""
    matrix = evidence.matrix
    by_theme = [
        (evidence.mask(theme), len({each.remark.note.id for each in said}))
        for theme, said in matrix.themes.items()
        if said
    ]
    held = Counter(note.region or _UNPLACED for note in matrix.notes if not note.is_of_young_people)
    return [
        _figure("Réunions où chaque thème a été dit", by_theme[:_MOST_BARS], "Thème"),
        _figure("Réunions tenues par région", sorted(held.items()), "Région"),
    ]


def _figure(title: str, bars: list[tuple[str, int]], name: str) -> Figure:
    said = " ; ".join(f"{label} : {number}" for label, number in bars)
    return Figure(
        title=title,
        bars=tuple(bars),
        unit="réunion",
        alternative=f"Graphique en barres. {title}. {said}.",
        grid=Grid(
            caption=f"{title} : les chiffres du graphique",
            header=(name, "Réunions"),
            rows=tuple((label, str(number)) for label, number in bars),
            shares=(0.75, 0.25),
        ),
    )
