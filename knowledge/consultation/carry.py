"""Carries decisions over to notes that were imported again, and tells which must be reviewed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import token_set_ratio

from knowledge.analysis import words
from knowledge.consultation.decisions import Decision
from knowledge.consultation.duplicates import Duplicate
from knowledge.consultation.remarks import Remark
from knowledge.consultation.standing import Standing

_ALIKE = 60.0


@dataclass(frozen=True, slots=True)
class Changed:
    """A remark that was decided and whose words are no longer in its note.

    ``standing`` is what was decided, ``now`` the remark that is most like it, if any.
    """

    id: str
    note: str
    words: str
    standing: Standing
    now: Remark | None


def carry(
    decisions: Sequence[Decision], remarks: Iterable[Remark], duplicates: Iterable[Duplicate]
) -> list[Decision]:
    """Return decisions on the remarks of the same words, in the note that replaced theirs.

    What a decision was about is sought in its own note, or in the one that says the same meeting.
    """
    replaced = {each.note.id: each.of.id for each in duplicates}
    by_words = {(each.note.id, *words(each.said)): each.id for each in remarks}
    ids = set(by_words.values())
    moved: dict[str, str] = {}
    for each in decisions:
        if each.remark not in ids and each.words:
            note = note_of_remark(each.remark)
            found = by_words.get((replaced.get(note, note), *words(each.words)))
            if found:
                moved[each.remark] = found
    return [_moved(each, moved) for each in decisions]


def changed(
    standings: Mapping[str, Standing], remarks: Iterable[Remark], known: Iterable[str]
) -> tuple[Changed, ...]:
    """Return what was decided on words that are no longer there and that nobody looked at again.

    Args:
        standings: what was decided, by remark.
        remarks: those that are there now.
        known: the ids of the remarks that are there, those that were cut or joined among them.
    """
    there = set(known)
    by_note: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_note[remark.note.id].append(remark)
    found = []
    for id_, standing in standings.items():
        if id_ in there or standing.status == "proposed":
            continue
        note, said = note_of_remark(id_), standing.history[-1].words
        free = [each for each in by_note[note] if each.id not in standings]
        best = max(free, key=lambda each: token_set_ratio(said, each.said), default=None)
        if best is not None and token_set_ratio(said, best.said) < _ALIKE:
            best = None
        found.append(Changed(id_, note, said, standing, best))
    return tuple(found)


def note_of_remark(id_: str) -> str:
    """Return the identifier of the note of a remark."""
    return id_.rpartition("-")[0]


def _moved(decision: Decision, moved: Mapping[str, str]) -> Decision:
    ids = tuple(moved.get(each, each) for each in decision.ids)
    return replace(decision, remark=moved.get(decision.remark, decision.remark), ids=ids)
