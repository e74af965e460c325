"""What a livre blanc leaves out, or no longer agrees with: sources, remarks, decisions."""

from collections.abc import Iterable, Iterator

from knowledge.consultation.book import Evidence, Manuscript
from knowledge.consultation.book_problem import Problem, short

_SHOWN = 3


def changed_sources(manuscript: Manuscript, evidence: Evidence) -> Iterator[Problem]:
    """Yield the notes cited that are not those that the livre blanc was drafted from."""
    marks = [mark for item in manuscript.said for mark in item.marks]
    notes = {each.note.id: each.note for each in evidence.cited(marks)}
    for note in notes.values():
        known = manuscript.sources.get(note.id)
        now = digest_of(note.sha256)
        if known == now:
            continue
        yield Problem(
            rule="source changée", sentence=note.file,
            reason=(
                "ce compte rendu a changé depuis la rédaction." if known
                else "ce compte rendu n'était pas là à la rédaction."
            ),
            remedy=(
                f"Relisez les phrases qui le citent, puis écrivez « {note.id}: {now} » dans"
                " l'en-tête « sources »."
            ),
        )  # fmt: skip


def outdated(evidence: Evidence) -> Iterator[Problem]:
    """Yield what was decided on words that a note says no more."""
    for changed in evidence.matrix.to_review:
        yield Problem(
            rule="source changée",
            sentence=short(changed.words),
            reason=f"le compte rendu {changed.note} ne dit plus ces mots, sur lesquels quelqu'un"
            " avait décidé.",
            remedy="Décidez de nouveau, à l'étape « Qualifier ».",
        )


def digest_of(sha256: str) -> str:
    """Return the digest of a note as the head of a source gives it; never read as a number."""
    return f"sha256-{sha256[:16]}"


def unused(manuscript: Manuscript, evidence: Evidence) -> Iterator[Problem]:
    """Yield the remarks that no sentence rests on, and that nobody set aside."""
    used = {each.number for claim in manuscript.claims for each in evidence.cited(claim.marks)}
    for extract in evidence.extracts:
        if extract.number not in used:
            yield Problem(
                rule="remontée oubliée", sentence=short(extract.words),
                reason=f"cette remontée ({extract.note.file}) n'est ni utilisée ni écartée.",
                remedy=f"Citez-la, [^{extract.mark}], ou écartez-la avec un motif.",
            )  # fmt: skip


def undecided(evidence: Evidence) -> Iterator[Problem]:
    """Yield what people have not decided, for a final build."""
    waiting = [each.words for each in evidence.extracts if each.coded.status != "accepted"]
    if waiting:
        yield _waiting(
            waiting, rule="remontées à valider",
            remedy="Acceptez-les ou écartez-les avec un motif.",
            reason="ne sont que proposées par Appui : personne ne les a validées.",
        )  # fmt: skip
    published = evidence.matrix.published
    alone = [
        evidence.by_mark[each.remark.id].words
        for each in evidence.matrix.isolated
        if each.remark.id not in published
    ]
    if alone:
        yield _waiting(
            alone, rule="idées isolées à décider",
            remedy="Publiez-les ou écartez-les avec un motif.",
            reason="ne sont dites que dans une réunion : personne n'a décidé de les publier.",
        )  # fmt: skip


def _waiting(words: Iterable[str], *, rule: str, reason: str, remedy: str) -> Problem:
    listed = list(words)
    first = " ; ".join(f"« {short(each)} »" for each in listed[:_SHOWN])
    more = " ; …" if len(listed) > _SHOWN else ""
    return Problem(
        rule=rule, reason=f"{len(listed)} remontée(s) {reason} {first}{more}.", remedy=remedy
    )
