"""Makes the matrix of notes: found, cut and joined as was decided, grouped, counted."""

from collections.abc import Iterable, Mapping, Sequence

from knowledge.consultation.carry import carry, changed
from knowledge.consultation.coded import as_decided, code, once
from knowledge.consultation.decisions import Decision
from knowledge.consultation.duplicates import without_duplicates
from knowledge.consultation.grouping import group, vectors_of
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.note import Note
from knowledge.consultation.project import Project
from knowledge.consultation.remarks import Remark, passed_over, remarks_of
from knowledge.consultation.standing import Standing, cut_and_joined, standings
from knowledge.consultation.theme_edits import ThemeEdits
from knowledge.embedding import Embedder, Vectors

# Two remarks say the same when they are this alike (a cosine).
_SAME = 0.93


def open_matrix(project: Project, *, embedder: Embedder) -> Matrix:
    """Return what was said in the notes of a project, as it was decided there.

    Raises:
        BadProject: the project cannot be read.
        BadDecision: its journal cannot.
    """
    return build_matrix(
        project.notes(),
        embedder=embedder,
        decisions=project.decisions(),
        edits=project.theme_edits(),
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
    kept, duplicates = without_duplicates(notes)
    found = [remark for note in kept for remark in once(remarks_of(note))]
    others = [remark for note in kept for remark in passed_over(note)]
    decisions = carry(decisions, [*found, *others], duplicates)
    remarks, aside = as_decided(
        _with_those_decided(found, others, decisions), *cut_and_joined(decisions)
    )
    decisions = carry(decisions, remarks, duplicates)
    standing = standings(decisions)
    for id_, why in aside.items():
        standing[id_] = Standing("set_aside", reason=why, history=_history(standing, id_))
    vectors = vectors_of(remarks, embedder=embedder)
    known = _themes_known(remarks, standing, edits, vectors)
    themes = group(remarks, vectors=vectors, known=known)
    coded = [
        code(
            each,
            themes[each.id],
            label=edits.label(themes[each.id]),
            standing=standing.get(each.id),
        )
        for each in remarks
    ]
    counted = [each for each in coded if each.status != "set_aside"]
    return Matrix(
        notes=tuple(kept),
        coded=tuple(each for each in counted if not each.remark.note.is_of_young_people),
        young=tuple(each for each in counted if each.remark.note.is_of_young_people),
        duplicates=tuple(duplicates),
        vectors=vectors,
        set_aside=tuple(each for each in coded if each.status == "set_aside"),
        published=frozenset(each.remark.id for each in counted if each.standing.is_published),
        to_review=changed(standing, remarks, [each.id for each in (*found, *others, *remarks)]),
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


def _history(standing: dict[str, Standing], id_: str) -> tuple[Decision, ...]:
    return standing[id_].history if id_ in standing else ()


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
