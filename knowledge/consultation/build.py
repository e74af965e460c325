"""Makes the matrix of notes: found, cut and joined as was decided, grouped, counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.consultation.carry import carry, changed
from knowledge.consultation.coded import as_decided, code, once
from knowledge.consultation.decisions import Decision
from knowledge.consultation.duplicates import Duplicate, without_duplicates
from knowledge.consultation.grouping import group, likely_of, vectors_of
from knowledge.consultation.learned import learned
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.note import Note
from knowledge.consultation.project import Project
from knowledge.consultation.qualify import with_neighbours
from knowledge.consultation.remarks import Remark, passed_over, remarks_of
from knowledge.consultation.standing import Standing, Status, cut_and_joined, standings
from knowledge.consultation.theme_edits import ThemeEdits
from knowledge.embedding import Embedder, Vectors

# Two remarks say the same when they are this alike (a cosine).
_SAME = 0.93


def open_matrix(project: Project, *, embedder: Embedder, coder: str | None = None) -> Matrix:
    """Return what was said in the notes of a project, as it was decided there.

    Args:
        project: where the notes and the decisions are.
        embedder: gives the vectors of remarks.
        coder: who codes apart, and sees of others only how remarks were cut and joined.

    Raises:
        BadProject: the project cannot be read.
        BadDecision: its journal cannot.
    """
    decisions = project.decisions()
    if coder is not None:
        decisions = [d for d in decisions if d.coder == coder or d.action in {"split", "merge"}]
    return build_matrix(
        project.notes(),
        embedder=embedder,
        decisions=decisions,
        edits=project.theme_edits(),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The notes that count, their remarks as people cut and joined them, and where each stands.

    ``known`` are the ids of all sentences of the notes, those that were cut or joined among them.
    """

    notes: tuple[Note, ...]
    duplicates: tuple[Duplicate, ...]
    remarks: tuple[Remark, ...]
    standing: Mapping[str, Standing]
    known: frozenset[str]

    def statuses(self) -> list[tuple[Remark, Status]]:
        """Return each remark with its status."""
        return [(each, self.standing.get(each.id, Standing()).status) for each in self.remarks]


def read_notes(notes: Iterable[Note], decisions: Sequence[Decision] = ()) -> Read:
    """Return what notes say and what was decided on it, before any theme is looked for."""
    kept, duplicates = without_duplicates(notes)
    found = [remark for note in kept for remark in once(remarks_of(note))]
    others = [remark for note in kept for remark in passed_over(note)]
    decisions = carry(decisions, [*found, *others], duplicates)
    remarks, aside = as_decided(
        _with_those_decided(found, others, decisions), *cut_and_joined(decisions)
    )
    standing = standings(carry(decisions, remarks, duplicates))
    for id_, why in aside.items():
        history = standing[id_].history if id_ in standing else ()
        standing[id_] = Standing("set_aside", reason=why, history=history)
    return Read(
        notes=tuple(kept),
        duplicates=tuple(duplicates),
        remarks=tuple(remarks),
        standing=standing,
        known=frozenset(each.id for each in (*found, *others, *remarks)),
    )


def build_matrix(
    notes: Iterable[Note],
    *,
    embedder: Embedder,
    decisions: Sequence[Decision] = (),
    edits: ThemeEdits | None = None,
) -> Matrix:
    """Return what was said in these notes: as people decided, else as Appui proposes it.

    Args:
        notes: in any order.
        embedder: gives the vectors of remarks.
        decisions: of people, oldest first.
        edits: what they changed of the themes.
    """
    edits = edits or ThemeEdits()
    read = read_notes(notes, decisions)
    remarks, standing = read.remarks, read.standing
    vectors = vectors_of(remarks, embedder=embedder)
    known = _themes_known(remarks, standing, edits, vectors)
    likely = likely_of(remarks, vectors=vectors, embedder=embedder)
    themes = group(remarks, vectors=vectors, likely=likely, known=known)
    told = with_neighbours(remarks, likely)
    coded = [
        code(
            each,
            told[each.id],
            themes[each.id],
            label=edits.label(themes[each.id]),
            standing=standing.get(each.id),
        )
        for each in remarks
    ]
    counted = [each for each in coded if each.status != "set_aside"]
    return Matrix(
        notes=read.notes,
        coded=tuple(each for each in counted if not each.remark.note.is_of_young_people),
        young=tuple(each for each in counted if each.remark.note.is_of_young_people),
        duplicates=read.duplicates,
        vectors=vectors,
        likeness=lambda said: learned(embedder).likeness(
            [each.remark.said for each in said],
            np.stack([vectors[each.remark.id] for each in said]),
        ),
        set_aside=tuple(each for each in coded if each.status == "set_aside"),
        published=frozenset(each.remark.id for each in counted if each.standing.is_published),
        to_review=changed(standing, remarks, read.known),
        edits=edits,
    )


def _with_those_decided(
    found: Sequence[Remark], others: Sequence[Remark], decisions: Iterable[Decision]
) -> list[Remark]:
    """Return the remarks that Appui found, and the sentences that someone made remarks of."""
    last = {each.remark: each.action for each in decisions}
    wanted = [each for each in others if last.get(each.id, "restore") != "restore"]
    there = [*found, *once(wanted)]
    return sorted(there, key=lambda each: (each.note.id, each.piece.start)) if wanted else there


def _themes_known(
    remarks: Sequence[Remark],
    standing: Mapping[str, Standing],
    edits: ThemeEdits,
    vectors: Mapping[str, Vectors],
) -> dict[str, str]:
    """Return the themes that were decided, or that what people decided and wrote tells."""
    decided = {id_: each.theme for id_, each in standing.items() if each.theme and id_ in vectors}
    found = dict(decided)
    for remark in remarks:
        if remark.id not in decided:
            theme = edits.spoken(remark.said) or _theme_of_same(remark, decided, vectors)
            found |= {remark.id: theme} if theme else {}
    return found


def _theme_of_same(
    remark: Remark, decided: Mapping[str, str], vectors: Mapping[str, Vectors]
) -> str | None:
    """Return the theme that was decided of a remark that says the same, if any."""
    likeness = {id_: float(vectors[remark.id] @ vectors[id_]) for id_ in decided}
    best = max(likeness, key=lambda id_: (likeness[id_], id_), default=None)
    return decided[best] if best is not None and likeness[best] >= _SAME else None
