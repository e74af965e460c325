"""How far people who coded the same remarks apart agree, and where they do not."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from knowledge.consultation.coded import Coded
from knowledge.consultation.decisions import Decision
from knowledge.consultation.matrix import Matrix

_TWO = 2


@dataclass(frozen=True, slots=True)
class Coding:
    """What one person made of a remark; ``kind`` and ``theme`` are None where it was set aside."""

    kind: str | None
    theme: str | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A remark on which two people do not agree, and nobody settled it."""

    coded: Coded
    codings: dict[str, Coding]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree: Krippendorff's alpha, None where it cannot be computed.

    ``shared`` is the number of remarks that two people at least coded.
    """

    coders: tuple[str, ...]
    shared: int
    kind: float | None
    theme: float | None
    disagreements: tuple[Disagreement, ...]


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal values.

    Args:
        units: the values that each unit was given, in any order; those that are missing left out.

    Returns:
        1 where all agree, 0 where they agree as if by chance, None where nothing can be told: no
        unit has two values, or there is but one value in all.

    K. Krippendorff, « Computing Krippendorff's Alpha-Reliability », 2011, section C:
    https://repository.upenn.edu/asc_papers/43
    """
    together: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        if len(values) >= _TWO:
            for pair in permutations(values, 2):
                together[pair] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), count in together.items():
        totals[one] += count
    everything = sum(totals.values())
    expected = sum(totals[one] * totals[other] for one, other in permutations(totals, 2))
    if not expected:
        return None
    unlike = sum(count for (one, other), count in together.items() if one != other)
    return 1 - (everything - 1) * unlike / expected


def agreement(matrix: Matrix) -> Agreement:
    """Return how far those who decided on the remarks of a matrix agree.

    What someone decided to settle a disagreement ends it, and counts for no alpha.
    """
    codings = {each.remark.id: (each, _by_coder(each, matrix)) for each in matrix.everything}
    shared = [(each, said) for each, said in codings.values() if len(said) >= _TWO]
    return Agreement(
        coders=tuple(sorted({coder for _, said in codings.values() for coder in said})),
        shared=len(shared),
        kind=krippendorff_alpha(
            [each.kind for each in said.values() if each.kind] for _, said in shared
        ),
        theme=krippendorff_alpha(
            [each.theme for each in said.values() if each.theme] for _, said in shared
        ),
        disagreements=tuple(
            Disagreement(each, said)
            for each, said in shared
            if len(set(said.values())) > 1 and not _is_settled(each)
        ),
    )


def _by_coder(coded: Coded, matrix: Matrix) -> dict[str, Coding]:
    """Return what each person who gave a name last made of a remark."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    found: dict[str, Coding] = {}
    for decision in coded.standing.history:
        if not decision.coder:
            continue
        match decision.action:
            case "accept" | "change":
                said = values[decision.coder]
                said |= {key: value for key, value in _given(decision).items() if value}
                kind = said.get("kind", coded.proposal.kind)
                theme = matrix.edits.label(said.get("theme", coded.proposed_theme))
                found[decision.coder] = Coding(kind, theme)
            case "set_aside":
                found[decision.coder] = Coding(None, None)
            case "restore":
                found.pop(decision.coder, None)
            case _:
                pass
    return found


def _given(decision: Decision) -> dict[str, str | None]:
    return {"kind": decision.kind, "theme": decision.theme}


def _is_settled(coded: Coded) -> bool:
    actions = [each.action for each in coded.standing.history]
    return "settle" in actions
