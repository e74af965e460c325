"""Where each remark stands: the decisions on it, folded in the order in which they were made."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.consultation.decisions import Decision
from knowledge.consultation.kinds import Kind
from knowledge.consultation.qualify import Polarity

Status = Literal["proposed", "accepted", "set_aside"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided on a remark; what is None is left as Appui proposes it.

    ``reason`` tells why it was set aside. ``history`` holds all decisions on it, oldest first.
    """

    status: Status = "proposed"
    kind: Kind | None = None
    theme: str | None = None
    component: str | None = None
    profile: str | None = None
    polarity: Polarity | None = None
    reason: str = ""
    is_published: bool = False
    history: tuple[Decision, ...] = field(default=())


def standings(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Return where each remark stands, by its identifier."""
    found: dict[str, Standing] = defaultdict(Standing)
    for decision in decisions:
        found[decision.remark] = _after(found[decision.remark], decision)
    return dict(found)


def _after(standing: Standing, decision: Decision) -> Standing:
    """Return where a remark stands after one more decision."""
    standing = replace(standing, history=(*standing.history, decision))
    match decision.action:
        case "accept" | "change" | "settle":
            return _with_values(replace(standing, status="accepted", reason=""), decision)
        case "set_aside":
            return replace(standing, status="set_aside", reason=decision.reason, is_published=False)
        case "restore":
            return Standing(history=standing.history)
        case "publish":
            return replace(standing, is_published=True)
        case "unpublish":
            return replace(standing, is_published=False)
        case _:
            return standing


def _with_values(standing: Standing, decision: Decision) -> Standing:
    """Return a standing with the values that a decision gives; a new kind forgets the polarity."""
    polarity = decision.polarity or (None if decision.kind else standing.polarity)
    return replace(
        standing,
        kind=decision.kind or standing.kind,
        theme=decision.theme or standing.theme,
        component=decision.component or standing.component,
        profile=decision.profile or standing.profile,
        polarity=polarity,
    )


def cut_and_joined(
    decisions: Sequence[Decision],
) -> tuple[dict[str, Decision], dict[str, Decision]]:
    """Return the splits and the merges that hold, by the remark that each one is about.

    What is restored is whole again and by itself.
    """
    splits: dict[str, Decision] = {}
    merges: dict[str, Decision] = {}
    for decision in decisions:
        match decision.action:
            case "split":
                splits[decision.remark] = decision
            case "merge":
                merges[decision.remark] = decision
            case "restore":
                splits.pop(decision.remark, None)
                merges.pop(decision.remark, None)
    return splits, merges
