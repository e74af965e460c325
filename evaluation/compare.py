"""Compares two runs question by question, and says which differences are more than chance."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy import stats

from evaluation.bootstrap import SEED, Estimate, estimate_mean
from evaluation.errors import EvaluationError
from evaluation.run import Record, Run

SIGNIFICANT = 0.05
_PERMUTATIONS = 4_999
# Two-sided test at 5 % that sees a real difference four times in five.
_POWER = float(stats.norm.ppf(0.975) + stats.norm.ppf(0.80))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a score changed from one run to the other, over the questions that have it in both.

    ``change`` is the mean of the paired differences (second less first) with its bootstrap
    interval; ``p`` tells how easily chance alone gives as much, ``p_corrected`` the same after
    correction for the number of scores compared (Benjamini and Hochberg, 1995).
    """

    name: str
    questions: int
    first: float
    second: float
    change: Estimate
    p: float
    p_corrected: float

    @property
    def is_significant(self) -> bool:
        """Whether the change is more than chance at 5 %, all scores taken together."""
        return self.p_corrected < SIGNIFICANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs of the same questions: what was changed, what it changed, and where."""

    first: Run
    second: Run
    settings: dict[str, tuple[Any, Any]]
    differences: tuple[Difference, ...]
    red: tuple[str, ...]
    green: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as JSON-ready values, without the runs themselves."""
        return {
            "settings": {name: list(values) for name, values in self.settings.items()},
            "differences": [asdict(difference) for difference in self.differences],
            "red": list(self.red),
            "green": list(self.green),
        }


def compare_runs(first: Run, second: Run) -> Comparison:
    """Compare two runs of the same questions.

    Raises:
        EvaluationError: they did not ask the same questions with the same expectations.
    """
    _check(first, second)
    before = {record.question.id: record for record in first.records}
    after = {record.question.id: record for record in second.records}
    names = ["passed", *dict.fromkeys(n for record in first.records for n in record.scores)]
    paired = {name: _paired(name, before, after) for name in names}
    paired = {name: pairs for name, pairs in paired.items() if pairs}
    chances = [paired_p(pairs) for pairs in paired.values()]
    corrected = stats.false_discovery_control(chances)
    return Comparison(
        first=first,
        second=second,
        settings={
            name: (first.settings.get(name), second.settings.get(name))
            for name in first.settings | second.settings
            if first.settings.get(name) != second.settings.get(name)
        },
        differences=tuple(
            _difference(name, pairs, p=p, p_corrected=float(q))
            for (name, pairs), p, q in zip(paired.items(), chances, corrected, strict=True)
        ),
        red=tuple(i for i, r in before.items() if r.passed and not after[i].passed),
        green=tuple(i for i, r in before.items() if not r.passed and after[i].passed),
    )


def paired_p(pairs: Sequence[tuple[float, float]]) -> float:
    """Return how easily chance alone gives a mean difference as large, from 0 to 1.

    Scores of 0 and 1 are compared by McNemar's exact test, the others by a permutation test that
    exchanges the two scores of a question (both two-sided, from scipy).

    Args:
        pairs: the scores of a question in the first and second run, at least one pair.
    """
    changed = [(a, b) for a, b in pairs if a != b]
    if len(changed) <= 1:  # one change alone is as easily the other way round
        return 1.0
    if {score for pair in pairs for score in pair} <= {0.0, 1.0}:
        better = sum(b > a for a, b in changed)
        return float(stats.binomtest(better, len(changed), 0.5).pvalue)
    result = stats.permutation_test(
        ([a for a, _ in changed], [b for _, b in changed]),
        lambda a, b, axis: np.mean(b - a, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_PERMUTATIONS,
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def smallest_difference(scores: Sequence[float]) -> float:
    """Return the smallest difference that two unpaired runs of a set show four times in five.

    With as many questions and scores as spread out as these: (z.975 + z.80) · s · √(2/n), Cohen's
    formula for two means. Two runs of the same questions, compared question by question, show
    smaller ones.

    Args:
        scores: one a question, at least one.
    """
    return _POWER * float(np.std(scores)) * math.sqrt(2 / len(scores))


def _check(first: Run, second: Run) -> None:
    asked = [{r.question.id: r.question for r in run.records} for run in (first, second)]
    only = [sorted(asked[0].keys() - asked[1].keys()), sorted(asked[1].keys() - asked[0].keys())]
    if any(only):
        said = ", ".join((only[0] + only[1])[:3])
        raise EvaluationError(
            f"Ces deux mesures ne posent pas les mêmes questions ({len(only[0])} dans la première"
            f" seulement, {len(only[1])} dans la seconde : {said}…). Refaites la plus ancienne avec"
            " le jeu de la plus récente."
        )
    changed = [name for name in asked[0] if asked[0][name] != asked[1][name]]
    if changed:
        raise EvaluationError(
            f"La question « {changed[0]} » n'est pas la même, ou n'attend pas la même réponse, dans"
            " les deux mesures. Refaites la plus ancienne avec le jeu de la plus récente."
        )


def _paired(
    name: str, before: dict[str, Record], after: dict[str, Record]
) -> list[tuple[float, float]]:
    if name == "passed":
        return [(float(record.passed), float(after[i].passed)) for i, record in before.items()]
    return [
        (record.scores[name], after[i].scores[name])
        for i, record in before.items()
        if name in record.scores and name in after[i].scores
    ]


def _difference(
    name: str, pairs: Sequence[tuple[float, float]], *, p: float, p_corrected: float
) -> Difference:
    return Difference(
        name=name,
        questions=len(pairs),
        first=float(np.mean([a for a, _ in pairs])),
        second=float(np.mean([b for _, b in pairs])),
        change=estimate_mean([b - a for a, b in pairs]),
        p=p,
        p_corrected=p_corrected,
    )
