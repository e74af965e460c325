"""The figures of a set of answers as a Markdown table, for ``docs/answers.md``."""

from datetime import date

from evaluation.bootstrap import Estimate
from evaluation.compare import smallest_difference
from evaluation.names import CATEGORIES, NAMES
from evaluation.run import Run, estimates


def as_markdown(run: Run, *, day: date) -> str:
    """Return the run as two tables: in all with intervals, and by category."""
    settings = run.settings
    summary = run.summary()
    seen = smallest_difference([float(record.passed) for record in run.records])
    lines = [
        (
            f"Le {day.isoformat()}, {settings['questions']} questions ({settings['set']}),"
            f" {settings['documents']} documents, {settings['passages']} passages, rédacteur"
            f" « {settings['writer']} »."
        ),
        "",
        (
            f"Sur les réponses entièrement justes, ce jeu fait voir une différence de {seen:.2f}"
            " entre deux mesures indépendantes (quatre fois sur cinq, à 5 %)."
        ),
        "",
        "| mesure | valeur | intervalle à 95 % |",
        "|---|---|---|",
    ]
    lines += [
        f"| {label} | {_say(summary[name])} | {_interval(summary[name])} |"
        for name, label in NAMES.items()
        if name in summary
    ]
    columns = ("fact_recall", "source_recall", "status_accuracy", "passed")
    lines += [
        "",
        "| catégorie | questions | faits | sources | état | justes |",
        "|---|---|---|---|---|---|",
    ]
    for category, records in run.by("category").items():
        values = estimates(records)
        cells = " | ".join(_say(values[c]) if c in values else "–" for c in columns)
        lines.append(f"| {CATEGORIES.get(category, category)} | {len(records)} | {cells} |")
    return "\n".join(lines)


def _say(estimate: Estimate) -> str:
    return f"{estimate.value:.0f}" if estimate.value >= 2 else f"{estimate.value:.2f}"  # noqa: PLR2004


def _interval(estimate: Estimate) -> str:
    if estimate.low == estimate.high:
        return "–"
    return f"{estimate.low:.2f} – {estimate.high:.2f}"
