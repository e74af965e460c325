"""The figures of a run as Markdown tables, for ``docs/evaluation.md`` and the README."""

from collections.abc import Iterable
from datetime import date

from evaluation.bootstrap import Estimate
from evaluation.compare import smallest_difference
from evaluation.names import CATEGORIES, NAMES
from evaluation.run import Run, estimates

# The mark of a page that wants the first table only.
BRIEF = "mesures en bref"
_FIRST = (
    "fact_recall", "source_recall", "status_accuracy", "abstention_recall", "false_refusals",
    "phantom_citations", "latency_ms_p50",
)  # fmt: skip


def as_markdown(run: Run, *, day: date) -> str:
    """Return the run as two tables: in all with intervals and for the test half, by category."""
    return "\n".join([*_opening(run, day), "", *_measures(run, NAMES), "", *_categories(run)])


def in_brief(run: Run, *, day: date) -> str:
    """Return what a reader wants to know first, as one table."""
    return "\n".join([*_opening(run, day), "", *_measures(run, _FIRST)])


def _opening(run: Run, day: date) -> list[str]:
    settings = run.settings
    seen = smallest_difference([float(record.passed) for record in run.records])
    return [
        (
            f"Le {day.isoformat()}, {settings['questions']} questions ({settings['set']}),"
            f" {settings['documents']} documents, {settings['passages']} passages, rédacteur"
            f" « {settings['writer']} ». Sur les réponses entièrement justes, ce jeu fait voir une"
            f" différence de {seen:.2f} entre deux mesures indépendantes (quatre fois sur cinq, à"
            " 5 %)."
        )
    ]


def _measures(run: Run, names: Iterable[str]) -> list[str]:
    """Return the scores with their intervals, beside those of the test half where there is one."""
    test = tuple(record for record in run.records if record.question.split == "test")
    whole, half = run.summary(), estimates(test) if test else {}
    lines = [
        f"| mesure | valeur | intervalle à 95 % | moitié de contrôle ({len(test)}) | intervalle |",
        "|---|---|---|---|---|",
    ]
    for name in names:
        if name in whole:
            cells = [_say(whole[name]), _interval(whole[name])]
            cells += [_say(half[name]), _interval(half[name])] if name in half else ["–", "–"]
            lines.append(f"| {NAMES[name]} | {' | '.join(cells)} |")
    return lines


def _categories(run: Run) -> list[str]:
    columns = ("fact_recall", "source_recall", "status_accuracy", "passed")
    lines = [
        "| catégorie | questions | faits | sources | état | justes |",
        "|---|---|---|---|---|---|",
    ]
    for category, records in run.by("category").items():
        values = estimates(records)
        cells = " | ".join(_say(values[c]) if c in values else "–" for c in columns)
        lines.append(f"| {CATEGORIES.get(category, category)} | {len(records)} | {cells} |")
    return lines


def _say(estimate: Estimate) -> str:
    return f"{estimate.value:.0f}" if estimate.value >= 2 else f"{estimate.value:.2f}"  # noqa: PLR2004


def _interval(estimate: Estimate) -> str:
    if estimate.low == estimate.high:
        return "–"
    return f"{estimate.low:.2f} – {estimate.high:.2f}"
