"""Proposes the kind and polarity of a remark, with the reason and how sure it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.analysis import fold
from knowledge.consultation.kinds import Kind
from knowledge.consultation.learned import Likely
from knowledge.consultation.remarks import Remark, may_be_a_part
from knowledge.consultation.tone import tone_of
from knowledge.consultation.wishes import is_against

Polarity = Literal["positive", "negative", "neutral"]

_TODAY: tuple[Kind, ...] = ("fonctionne", "dysfonctionne")
_TOMORROW: tuple[Kind, ...] = ("besoin", "attente")
_PARTS: Mapping[str, tuple[Kind, ...]] = {
    "today": _TODAY, "fonctionne": _TODAY, "dysfonctionne": _TODAY,
    "tomorrow": _TOMORROW, "besoin": _TOMORROW, "attente": _TOMORROW,
}  # fmt: skip
# What the part that was announced weighs in a dialogue, where people soon speak of something else.
_ANNOUNCED = 0.35
# Under « ce qui fonctionne », words that complain this much win: « rien, ça rame ».
_COMPLAINT = -2.0
# How far another part must be ahead for a remark to leave that under which it stands.
_LEAVES = 0.45
# What those that stand under the same title weigh beside the remark itself.
_NEIGHBOURS = 0.5
_SURE = 0.2
# Notes complain more than they praise: praise must be this far ahead.
_PRAISE = 0.25


@dataclass(frozen=True, slots=True)
class Proposal:
    """What Appui proposes for a remark; ``confidence`` is in [0, 1], ``reason`` in French."""

    kind: Kind
    polarity: Polarity
    reason: str
    confidence: float
    is_against: bool = False


def qualify(remark: Remark, likely: Likely) -> Proposal:
    """Return the kind and polarity that what stands above a remark and its words suggest.

    Args:
        remark: what was said.
        likely: what the examples tell of it.
    """
    tone = tone_of(remark.said)
    lead = remark.piece.above[-1].lower().strip(" :") if remark.piece.above else ""
    refuses = is_against(remark.said) or lead.endswith("contre")
    kind, reason, confidence = _kind(remark, likely, tone.score)
    if kind == "fonctionne":
        polarity: Polarity = "positive"
    elif kind == "dysfonctionne" or refuses:
        polarity = "negative"
    else:
        polarity = "neutral"
    if tone.words and "tableau" not in reason:
        words = dict.fromkeys(_as_written(word, remark.said) for word in tone.words)
        reason = f"{reason} ; mots : {', '.join(words)}"
    return Proposal(kind, polarity, reason, confidence, refuses and kind in _TOMORROW)


def _as_written(word: str, said: str) -> str:
    """Return a word that was read without its accents as the remark writes it."""
    folded = fold(said)
    start = folded.find(word) if len(folded) == len(said) else -1
    return word if start < 0 else said[start : start + len(word)].lower()


def with_neighbours(remarks: Sequence[Remark], likely: Mapping[str, Likely]) -> dict[str, Likely]:
    """Return what remarks likely are, those whose title says no part helped by their neighbours.

    A title that nobody knows is understood by what stands under it.
    """
    together: dict[tuple[str, tuple[str, ...]], list[Likely]] = defaultdict(list)
    for remark in remarks:
        together[remark.note.id, remark.piece.above].append(likely[remark.id])
    return {
        remark.id: likely[remark.id]
        if remark.part or not remark.piece.above or not may_be_a_part(remark.piece.above[-1])
        else _helped(likely[remark.id], together[remark.note.id, remark.piece.above])
        for remark in remarks
    }


def _helped(mine: Likely, all_of_them: Sequence[Likely]) -> Likely:
    """Return what a remark likely is with the mean of those under its title."""
    means = {
        kind: sum(each.kinds[kind] for each in all_of_them) / len(all_of_them)
        for kind in mine.kinds
    }
    kinds = {kind: odds + _NEIGHBOURS * means[kind] for kind, odds in mine.kinds.items()}
    return Likely(mine.themes, kinds)


def _kind(remark: Remark, likely: Likely, tone: float) -> tuple[Kind, str, float]:
    """Return the kind of a remark, why, and how sure it is."""
    part = remark.part
    if remark.piece.kind:
        return remark.piece.kind, "le tableau le dit", 1.0
    if part == "fonctionne" and tone <= _COMPLAINT:
        return "dysfonctionne", "une plainte sous « ce qui fonctionne »", 0.5
    if not remark.piece.speaker and part in {"fonctionne", "dysfonctionne", "besoin", "attente"}:
        return part, f"ce qui précède annonce « {part} »", 0.9
    odds = {
        kind: told - _PRAISE * (kind == "fonctionne") + _ANNOUNCED * (kind == part)
        for kind, told in likely.kinds.items()
    }
    ranked = sorted(odds, key=lambda kind: -odds[kind])
    among = _PARTS.get(part or "", tuple(likely.kinds))
    best = next(kind for kind in ranked if kind in among)
    if odds[ranked[0]] - odds[best] > _LEAVES:
        return ranked[0], "malgré ce qui précède, d'après les mots", 0.4
    ahead = odds[best] - max(odds[kind] for kind in among if kind != best)
    told = {_TODAY: "sur l'outil d'aujourd'hui, ", _TOMORROW: "sur ce que l'on attend, "}
    reason = f"{told.get(among, '')}d'après les mots et des exemples"
    return best, reason, (0.8 if ahead >= _SURE else 0.6) if part else 0.4
