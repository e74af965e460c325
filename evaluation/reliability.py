"""Shows whether Appui should answer as often as it says that it is probable."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.run import Record

_BINS = 5
_ANSWERED = frozenset({"answered", "partial"})


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of near probabilities: how many, their mean probability, the share to answer."""

    questions: int
    probability: float
    observed: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins of the probability, of equal width, none of them empty, and their mean gap."""

    bins: tuple[Bin, ...]
    error: float


def reliability(records: Sequence[Record]) -> Reliability:
    """Return how well the probability of the step « decide » tells what should be answered.

    Questions decided otherwise (orders, the consultation) have no probability and are left out.
    """
    told = [
        (probability, float(bool(_ANSWERED & set(record.question.expect.status))))
        for record in records
        if (probability := _probability(record)) is not None
    ]
    groups = [
        [each for each in told if min(int(each[0] * _BINS), _BINS - 1) == rank]
        for rank in range(_BINS)
    ]
    bins = tuple(
        Bin(
            len(group),
            sum(each for each, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for group in groups
        if group
    )
    gaps = sum(each.questions * abs(each.probability - each.observed) for each in bins)
    return Reliability(bins, gaps / len(told) if told else 0.0)


def as_markdown(found: Reliability) -> str:
    """Return the diagram and its table in Markdown, in French."""
    points = [f"{each.probability:.2f}" for each in found.bins]
    observed = [f"{each.observed:.2f}" for each in found.bins]
    rows = [
        f"| {each.probability:.2f} | {each.observed:.2f} | {each.questions} |".replace(".", ",")
        for each in found.bins
    ]
    error = f"{100 * found.error:.1f}".replace(".", ",")
    return "\n".join(
        [
            "```mermaid",
            "xychart-beta",
            '    title "Part des questions qui appelaient une réponse, selon la probabilité"',
            f"    x-axis [{', '.join(points)}]",
            '    y-axis "part observée" 0 --> 1',
            f"    bar [{', '.join(observed)}]",
            f"    line [{', '.join(points)}]",
            "```",
            "",
            "| probabilité moyenne | part observée | questions |",
            "|---|---|---|",
            *rows,
            "",
            f"Écart moyen (ECE) : {error} points.",
        ]
    )


def _probability(record: Record) -> float | None:
    for step in record.answer["trace"]:
        if step["step"] == "decide":
            found = step["detail"].get("probability")
            return None if found is None else float(found)
    return None
