"""Writes a run, or the comparison of two, as one HTML file that opens without a network."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evaluation.bootstrap import Estimate
from evaluation.compare import Comparison, smallest_difference
from evaluation.names import CATEGORIES, FAILURES, STATUSES, name
from evaluation.run import Record, Run, estimates

# The scores that are shares, drawn on one axis from 0 to 1.
_DRAWN = (
    "passed", "fact_recall", "source_recall", "source_precision", "status_accuracy",
    "abstention_recall", "abstention_precision", "citation_validity", "follow_up_consistency",
    "stability",
)  # fmt: skip
_COLUMNS = ("passed", "fact_recall", "source_recall", "status_accuracy")


def report_run(run: Run) -> str:
    """Return a run as an HTML page: headline, plot, tables, every question with what failed."""
    summary = run.summary()
    return _template("run.html").render(
        settings=run.settings,
        summary=summary,
        drawn=[each for each in _DRAWN if each in summary],
        columns=_COLUMNS,
        tables={
            "Par catégorie": _rows(run.by("category"), CATEGORIES),
            "Par dispositif": _rows(run.by("dispositif"), {}),
        },
        smallest=smallest_difference([float(record.passed) for record in run.records]),
        failed=[record for record in run.records if not record.passed],
        held=[record for record in run.records if record.passed],
    )


def report_comparison(comparison: Comparison) -> str:
    """Return a comparison as an HTML page: what changed, by how much, and which questions."""
    first = {record.question.id: record for record in comparison.first.records}
    second = {record.question.id: record for record in comparison.second.records}
    return _template("comparison.html").render(
        comparison=comparison,
        groups={
            "Devenues fausses": [(first[i], second[i]) for i in comparison.red],
            "Devenues justes": [(first[i], second[i]) for i in comparison.green],
        },
    )


def _rows(
    groups: dict[str, tuple[Record, ...]], names: dict[str, str]
) -> list[tuple[str, Sequence[Record], dict[str, Estimate]]]:
    return [(names.get(key, key), group, estimates(group)) for key, group in groups.items()]


def _template(file: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        name=name, failures=FAILURES, categories=CATEGORIES, statuses=STATUSES
    )
    environment.filters.update(figure=_figure, chance=_chance, share=_share)
    return environment.get_template(file)


def _figure(value: float) -> str:
    """Return a figure as French readers write it: « 0,868 », « 235 »."""
    return (f"{value:.0f}" if abs(value) >= 2 else f"{value:.3f}").replace(".", ",")  # noqa: PLR2004


def _chance(p: float) -> str:
    return "< 0,001" if p < 0.001 else _figure(p)  # noqa: PLR2004


def _share(value: float) -> str:
    """Return a share as a percentage: « 86,8 % »."""
    return f"{100 * value:.1f}\u00a0%".replace(".", ",")
