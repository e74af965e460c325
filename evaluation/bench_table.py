"""Says in French what a benchmark measured: a table for the terminal, one for the documentation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.bench import BenchReport
from evaluation.bench_questions import WarmQuestions
from evaluation.errors import EvaluationError

MEASURES = "mesures"
# What is aimed at on two cores: seconds, megabytes, milliseconds, times as fast. A question may
# take 250 ms (p95: 400) to search, ranker included, and 60 (150) for the rest.
_ASK_S, _ASK_MB, _P50_MS, _P95_MS, _RATIO, _UNCHANGED_S = 1.5, 400, 310, 550, 4.0, 3.0
_STEPS = {
    "mask": "masquer", "understand": "comprendre", "search": "chercher", "choose": "choisir",
    "decide": "décider", "write": "écrire", "verify": "vérifier", "other": "reste",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``target`` and ``verdict`` are empty where nothing is aimed at."""

    label: str
    value: str
    target: str = ""
    verdict: str = ""


def lines_of(report: BenchReport) -> list[Line]:
    """Return the lines of the table."""
    library, ask = report.library, report.ask
    made = f"{say(library.index_s)} s, {say(library.index_peak_mb)} Mo au plus"
    lines = [
        *_indexing_lines(report),
        _at_most("Question, processus entier, médiane", ask.seconds.median, _ASK_S, "s", 2),
        Line(
            "— la plus rapide et la plus lente",
            f"{say(ask.seconds.low, 2)} et {say(ask.seconds.high, 2)} s ({ask.runs} fois)",
        ),
        _at_most("— mémoire, au plus haut", ask.peak_mb.high, _ASK_MB, "Mo"),
        _at_most("Question à chaud, médiane (p50)", report.warm.p50_ms, _P50_MS, "ms", 1),
        _at_most("— 95e centile (p95)", report.warm.p95_ms, _P95_MS, "ms", 1),
        _at_most("Tout ajouter de nouveau, inchangé", report.unchanged_s, _UNCHANGED_S, "s", 2),
        Line("Indexation de l'ensemble, processus entier", made + _again(reused=library.reused)),
        Line(
            "Bibliothèque",
            f"{say(library.documents)} documents, {say(library.passages)} passages,"
            f" {say(library.disk_mb)} Mo sur disque",
        ),
    ]
    # A small sample says nothing of the aims.
    return [replace(line, target="", verdict="") for line in lines] if report.quick else lines


def as_text(report: BenchReport) -> str:
    """Return the report for a terminal."""
    lines = lines_of(report)
    width = max(len(line.label) for line in lines)
    rows = [
        f"{line.label:<{width}}  {line.value}" + (f"  [{_aim(line)}]" if line.target else "")
        for line in lines
    ]
    return "\n".join([_where(report), "", *rows, "", *_steps(report.warm)])


def as_markdown(report: BenchReport) -> str:
    """Return the report for the documentation."""
    rows = [f"| {line.label} | {line.value} | {_aim(line)} |" for line in lines_of(report)]
    steps = [
        f"| {_STEPS.get(name, name)} | {say(step.p50_ms, 1)} | {say(step.p95_ms, 1)} |"
        f" {say(100 * step.share)} % |"
        for name, step in report.warm.steps.items()
    ]
    table = ["| mesure | résultat | visé |", "|---|---|---|", *rows]
    head = ["| étape | p50 (ms) | p95 (ms) | part du temps |", "|---|---|---|---|"]
    return "\n".join([_where(report), "", *table, "", "Une question à chaud, étape par étape :",
                      "", *head, *steps])  # fmt: skip


def rewrite(file: Path, content: str, *, name: str = MEASURES) -> None:
    """Replace what stands between the two marks of a file: ``<!-- name : début -->`` and ``fin``.

    Raises:
        EvaluationError: the file does not hold them.
    """
    text = file.read_text(encoding="utf-8")
    marks = f"<!-- {name} : début -->", f"<!-- {name} : fin -->"
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise EvaluationError(
            f"{file} n'a pas les lignes « {marks[0]} » et « {marks[1]} » entre lesquelles écrire :"
            " ajoutez-les."
        )
    file.write_text(f"{before}{marks[0]}\n{content}\n{marks[1]}{after}", encoding="utf-8")


def _indexing_lines(report: BenchReport) -> Sequence[Line]:
    measure = report.indexing
    rate = say(measure.ours.characters_per_s)
    ours = Line(
        "Indexation, Appui",
        f"{rate} caractères/s ({say(measure.ours.passages)} passages de"
        f" {measure.documents} documents)",
    )
    if measure.stock is None or measure.ratio is None:
        return [ours, Line("Indexation, chaîne courante", f"non mesuré : {measure.reason}")]
    ratio = f"{say(measure.ratio, 2)} fois plus rapide"
    if measure.lowest is not None and measure.highest is not None:
        ratio += f" (selon les parties : {say(measure.lowest, 2)} à"
        ratio += f" {say(measure.highest, 2)})"
    return [
        ours,
        Line(
            "Indexation, chaîne courante",
            f"{say(measure.stock.characters_per_s)} caractères/s"
            f" ({say(measure.stock.passages)} passages)",
        ),
        Line(
            "— Appui",
            ratio,
            f"≥ {say(_RATIO, 1)}",
            _verdict(held=measure.ratio >= _RATIO),
        ),
    ]


def _at_most(label: str, value: float, limit: float, unit: str, decimals: int = 0) -> Line:
    target = f"≤ {say(limit, 1 if limit != int(limit) else 0)} {unit}"
    return Line(label, f"{say(value, decimals)} {unit}", target, _verdict(held=value <= limit))


def _steps(warm: WarmQuestions) -> list[str]:
    """Return what each step of a warm question takes, and how the questions ended."""
    shares = ", ".join(
        f"{_STEPS.get(name, name)} {say(step.p50_ms, 1)} ms ({say(100 * step.share)} %)"
        for name, step in warm.steps.items()
    )
    ends = ", ".join(f"{status} {count}" for status, count in sorted(warm.statuses.items()))
    return [f"Étapes à chaud (p50, part) : {shares}", f"{warm.questions} questions : {ends}"]


def _where(report: BenchReport) -> str:
    """Return what was measured, on which machine and when, as one paragraph."""
    machine = report.machine
    versions = ", ".join(f"{name} {number}" for name, number in machine.versions.items())
    busy = ", machine occupée : durées indicatives" if machine.is_busy else ""
    agreement = report.indexing.agreement
    same = f" Cosinus des deux modèles : {say(agreement, 3)}." if agreement else ""
    return (
        f"{report.corpus[:1].upper()}{report.corpus[1:]}. {machine.cpu}, {machine.cores} cœurs,"
        f" {say(machine.memory_gb)} Go, {machine.system}, Python {machine.python}, {versions} ;"
        f" le {machine.date}, charge {say(machine.load, 1)} au départ{busy}.{same}"
    )


def _aim(line: Line) -> str:
    return f"{line.target}, {line.verdict}" if line.target else ""


def _verdict(*, held: bool) -> str:
    return "tenu" if held else "non tenu"


def _again(*, reused: bool) -> str:
    return " (lors d'une mesure précédente)" if reused else ""


def say(value: float, decimals: int = 0) -> str:
    """Return a number as French writes it: decimal comma, thin no-break spaces."""
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")
