"""The figures of a set of answers as a Markdown table, for ``docs/answers.md``."""

from datetime import date

from evaluation.answers import AnswersReport
from evaluation.bootstrap import Estimate

_NAMES = {
    "fact_recall": "faits attendus présents",
    "forbidden_facts": "faits interdits, par question",
    "source_recall": "sources attendues citées",
    "source_precision": "citations d'une source attendue",
    "status_accuracy": "état juste",
    "abstention_recall": "questions sans réponse refusées",
    "abstention_precision": "refus justifiés",
    "false_refusals": "refus à tort",
    "unverified_sentences": "phrases non vérifiées, par réponse",
    "phantom_citations": "citations fantômes, par réponse",
    "latency_ms_p50": "durée médiane (ms)",
    "latency_ms_p95": "durée, 95e centile (ms)",
}


def as_markdown(report: AnswersReport, *, day: date) -> str:
    """Return the report as two tables: in all with intervals, and by category."""
    settings = report.settings
    lines = [
        (
            f"Le {day.isoformat()}, {settings['questions']} questions ({settings['set']}),"
            f" {settings['documents']} documents, {settings['passages']} passages, rédacteur"
            f" « {settings['writer']} »."
        ),
        "",
        "| mesure | valeur | intervalle à 95 % |",
        "|---|---|---|",
    ]
    lines += [
        f"| {label} | {_say(report.summary[name])} | {_interval(report.summary[name])} |"
        for name, label in _NAMES.items()
        if name in report.summary
    ]
    columns = ("fact_recall", "source_recall", "status_accuracy")
    lines += [
        "",
        "| catégorie | questions | faits | sources | état |",
        "|---|---|---|---|---|",
    ]
    for category, values in report.categories.items():
        count = sum(r.question.category == category for r in report.results)
        cells = " | ".join(_say(values[c]) if c in values else "–" for c in columns)
        lines.append(f"| {category} | {count} | {cells} |")
    return "\n".join(lines)


def _say(estimate: Estimate) -> str:
    return f"{estimate.value:.0f}" if estimate.value >= 2 else f"{estimate.value:.2f}"  # noqa: PLR2004


def _interval(estimate: Estimate) -> str:
    if estimate.low == estimate.high:
        return "–"
    return f"{estimate.low:.2f} – {estimate.high:.2f}"
