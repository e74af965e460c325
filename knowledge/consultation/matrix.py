"""Counts what was said by meeting and by region; silence is never read as agreement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from knowledge.analysis import strip_accents, terms
from knowledge.consultation.duplicates import Duplicate, without_duplicates
from knowledge.consultation.grouping import group, likely_of, vectors_of
from knowledge.consultation.kinds import part_said
from knowledge.consultation.note import Note
from knowledge.consultation.qualify import Proposal, qualify, with_neighbours
from knowledge.consultation.remarks import Remark, remarks_of
from knowledge.embedding import Embedder, Vectors
from knowledge.themes import group_of, theme_names, themes_in

State = Literal["dit", "contredit", "non_evoque", "non_aborde"]
#: The states of a cell as they are said on screen.
STATES: dict[State, str] = {
    "dit": "dit",
    "contredit": "contredit",
    "non_evoque": "non évoqué",
    "non_aborde": "non abordé",
}
# Praise and complaint of one theme contradict each other when they are this alike (a cosine), a
# wish and a refusal already when they are that alike, and an idea is of one meeting only when
# nothing of another meeting on its theme is like it.
_OPPOSED, _REFUSED, _LIKE = 0.86, 0.83, 0.905


@dataclass(frozen=True, slots=True)
class Coded:
    """A remark with what Appui proposes for it; ``theme`` is the name of its theme."""

    remark: Remark
    proposal: Proposal
    theme: str

    @property
    def region(self) -> str | None:
        """Where it was said, None where the note does not say it."""
        return self.remark.note.region


@dataclass(frozen=True)
class Matrix:
    """What was said in a consultation.

    ``coded`` are the remarks of professionals and ``young`` those of young people, which are never
    added to them.
    """

    notes: tuple[Note, ...]
    coded: tuple[Coded, ...]
    young: tuple[Coded, ...]
    duplicates: tuple[Duplicate, ...]
    vectors: Mapping[str, Vectors]

    @cached_property
    def themes(self) -> dict[str, list[Coded]]:
        """The remarks of professionals by theme, those of most meetings first.

        A theme that was on an agenda and of which nobody spoke is there, without remarks.
        """
        points = {point for note in self._meetings for point in note.shape.agenda}
        silent = sorted({theme for point in points for theme in _subjects(point)})
        found = _by_theme(self.coded)
        return found | {theme: [] for theme in silent if theme not in found}

    @cached_property
    def regions(self) -> list[str]:
        """The regions in which professionals met."""
        held = {note.region for note in self._meetings if note.region}
        return sorted(held, key=strip_accents)

    @cached_property
    def contradictions(self) -> list[tuple[str, list[Coded], list[Coded]]]:
        """The themes on which the opposite was said, with both sides."""
        found = ((theme, *_sides(said, self.vectors)) for theme, said in self.themes.items())
        return [(theme, for_it, against) for theme, for_it, against in found if for_it and against]

    @cached_property
    def isolated(self) -> list[Coded]:
        """The remarks whose like was said in no other meeting, the most unlike first."""
        nearest = {
            each.remark.id: (self._likeness_elsewhere(each, said), each)
            for said in self.themes.values()
            for each in said
        }
        alone = [pair for pair in nearest.values() if pair[0] < _LIKE]
        return [each for _, each in sorted(alone, key=lambda pair: (pair[0], pair[1].remark.id))]

    def cell(self, theme: str, region: str) -> State:
        """Return the state of a theme in a region."""
        sides = next((each[1:] for each in self.contradictions if each[0] == theme), ([], []))
        if all(any(coded.region == region for coded in side) for side in sides):
            return "contredit"
        if any(coded.region == region for coded in self.themes[theme]):
            return "dit"
        notes = [note for note in self._meetings if note.region == region]
        on_agenda = any(_is_about(point, theme) for note in notes for point in note.shape.agenda)
        return "non_evoque" if on_agenda else "non_aborde"

    @property
    def _meetings(self) -> list[Note]:
        return [note for note in self.notes if not note.is_of_young_people]

    def _likeness_elsewhere(self, one: Coded, said: Sequence[Coded]) -> float:
        """Return how like a remark is what other meetings said of its theme, 0 for nothing."""
        return max(
            (
                float(self.vectors[one.remark.id] @ self.vectors[other.remark.id])
                for other in said
                if other.remark.note.id != one.remark.note.id
            ),
            default=0.0,
        )


def build_matrix(notes: Iterable[Note], *, embedder: Embedder) -> Matrix:
    """Return what was said in these notes, as Appui proposes it."""
    kept, duplicates = without_duplicates(notes)
    remarks = [remark for note in kept for remark in _once(remarks_of(note))]
    vectors = vectors_of(remarks, embedder=embedder)
    likely = likely_of(remarks, vectors=vectors, embedder=embedder)
    themes = group(remarks, vectors=vectors, likely=likely)
    told = with_neighbours(remarks, likely)
    coded = [Coded(each, qualify(each, told[each.id]), themes[each.id]) for each in remarks]
    return Matrix(
        notes=tuple(kept),
        coded=tuple(each for each in coded if not each.remark.note.is_of_young_people),
        young=tuple(each for each in coded if each.remark.note.is_of_young_people),
        duplicates=tuple(duplicates),
        vectors=vectors,
    )


def matrix_json(
    matrix: Matrix, *, mask: Callable[[str], str], rejected: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """Return a matrix as the contract of ``consultation matrix --json`` says.

    Args:
        matrix: what was said.
        mask: takes personal data out of the words of a remark.
        rejected: the files that could not be read, each with its reason.
    """
    counts: dict[str, int] = defaultdict(int)
    for each in (*matrix.coded, *matrix.young):
        counts[each.remark.note.id] += 1
    return {
        "basis": "propositions d'Appui, que personne n'a encore validées",
        "meetings": [_meeting(note, counts[note.id]) for note in matrix.notes],
        "remarks": [_remark(each, mask) for each in matrix.coded],
        "themes": [_theme(theme, said, matrix) for theme, said in matrix.themes.items()],
        "isolated": [
            {"remark": each.remark.id, "theme": theme_id(each.theme)} for each in matrix.isolated
        ],
        "contradictions": [
            {
                "theme": theme_id(theme),
                "sides": [[each.remark.id for each in side] for side in sides],
            }
            for theme, *sides in matrix.contradictions
        ],
        "young_people": {
            "themes": [
                {"id": theme_id(theme), "label": theme, "meetings": len(_notes(said))}
                for theme, said in _by_theme(matrix.young).items()
            ],
            "remarks": [_remark(each, mask) for each in matrix.young],
        },
        "rejected": list(rejected),
        "duplicates": [{"file": each.note.file, "of": each.of.file} for each in matrix.duplicates],
    }


def theme_id(label: str) -> str:
    """Return the identifier of a theme: its name in plain letters."""
    kept = (char if char.isalnum() else "-" for char in strip_accents(label).lower())
    return "-".join(filter(None, "".join(kept).split("-")))


def _once(remarks: Sequence[Remark]) -> list[Remark]:
    """Return remarks without those that repeat the words of another one of their meeting."""
    return list(
        {" ".join(terms(remark.said)) or remark.id: remark for remark in remarks[::-1]}.values()
    )[::-1]


def _by_theme(coded: Iterable[Coded]) -> dict[str, list[Coded]]:
    found: dict[str, list[Coded]] = defaultdict(list)
    for each in coded:
        found[each.theme].append(each)
    ranked = sorted(found.items(), key=lambda pair: (-len(_notes(pair[1])), pair[0]))
    return dict(ranked)


def _notes(coded: Iterable[Coded]) -> set[str]:
    return {each.remark.note.id for each in coded}


def _sides(
    said: Sequence[Coded], vectors: Mapping[str, Vectors]
) -> tuple[list[Coded], list[Coded]]:
    """Return those who praise or want something, and those who say the opposite of it."""
    works = [each for each in said if each.proposal.kind == "fonctionne"]
    fails = [each for each in said if each.proposal.kind == "dysfonctionne"]
    wants = [each for each in said if each.proposal.kind in {"besoin", "attente"}]
    against = [each for each in wants if each.proposal.is_against]
    wants = [each for each in wants if not each.proposal.is_against]
    pairs = [
        (one, other)
        for for_it, opposed, alike in ((works, fails, _OPPOSED), (wants, against, _REFUSED))
        for one in for_it
        for other in opposed
        if float(vectors[one.remark.id] @ vectors[other.remark.id]) >= alike
    ]
    firsts = {one.remark.id for one, _ in pairs}
    others = {other.remark.id for _, other in pairs}
    return (
        [each for each in said if each.remark.id in firsts],
        [each for each in said if each.remark.id in others],
    )


def _subjects(point: str) -> set[str]:
    """Return the themes that a point of an agenda names."""
    return {group_of(theme) for theme in themes_in(point)}


def _is_about(point: str, theme: str) -> bool:
    """Tell whether a point of an agenda names a theme: « Saisie » is on « double saisie »."""
    if theme in _subjects(point):
        return True
    named, spoken = set(terms(theme)), set(terms(point))
    if theme in map(group_of, theme_names()):
        return part_said(point) is None and bool(named & spoken)
    return bool(named) and named <= spoken


def _meeting(note: Note, remarks: int) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "region": note.region,
        "date": note.date,
        "format": note.shape.format,
        "public": note.public,
        "fictional": note.fictional,
        "file": note.file,
        "sha256": note.sha256,
        "remarks": remarks,
    }


def _remark(coded: Coded, mask: Callable[[str], str]) -> dict[str, Any]:
    proposal = coded.proposal
    return {
        "id": coded.remark.id,
        "meeting": coded.remark.note.id,
        "start": coded.remark.piece.start,
        "end": coded.remark.piece.end,
        "text": mask(coded.remark.text),
        "type": proposal.kind,
        "theme": theme_id(coded.theme),
        "polarity": proposal.polarity,
        "status": "proposed",
        "reason": proposal.reason,
        "confidence": proposal.confidence,
    }


def _theme(theme: str, said: Sequence[Coded], matrix: Matrix) -> dict[str, Any]:
    return {
        "id": theme_id(theme),
        "label": theme,
        "meetings": len(_notes(said)),
        "regions": len({each.region for each in said if each.region}),
        "cells": {region: matrix.cell(theme, region) for region in matrix.regions},
    }
