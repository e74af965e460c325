"""Says in French what the benchmark at scale measured, as a table."""

from evaluation.bench_table import say
from evaluation.scale import ScaleReport, SizeMeasure

NAME = "échelle"
_COLUMNS = (
    "passages",
    "chaîne",
    "construire (s)",
    "mémoire au plus (Mo)",
    "place (Mo)",
    "ouvrir et répondre (s)",
    "mémoire ouverte (Mo)",
    "recherche p50 / p95 (ms)",
    "dont vecteur (ms)",
    "voisins trouvés",
)
_P50_MS, _P95_MS, _AT = 40.0, 100.0, 20_000
_GROWTH, _FROM, _TO = 2.0, 10_000, 100_000
_RECALL = 0.99
_FITTED = {
    "build_s": "construire",
    "disk_mb": "place",
    "resident_mb": "mémoire",
    "p50_ms": "recherche p50",
    "p95_ms": "recherche p95",
}


def as_markdown(report: ScaleReport) -> str:
    """Return the report as Markdown: a table a way, how it grows, and the aims."""
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
    for ours, stock in zip(report.ours, report.stock, strict=True):
        lines += [_row("Appui", ours), _row("courante", stock)]
    grown = ", ".join(f"{_FITTED[name]} {say(b, 2)}" for name, b in report.exponents.items())
    if grown:
        lines += ["", f"Croissance d'Appui, exposant de la puissance ajustée : {grown}."]
    return "\n".join([*lines, *_aims(report)])


def _row(way: str, measure: SizeMeasure) -> str:
    encoding = "" if measure.encoding_ms is None else say(measure.encoding_ms, 1)
    recall = "" if measure.recall is None else f"{say(100 * measure.recall, 2)} %"
    cells = [
        say(measure.passages),
        way,
        say(measure.build_s, 1),
        say(measure.build_peak_mb),
        say(measure.disk_mb),
        say(measure.first_s, 2),
        say(measure.resident_mb),
        f"{say(measure.p50_ms, 1)} / {say(measure.p95_ms, 1)}",
        encoding,
        recall,
    ]
    return f"| {' | '.join(cells)} |"


def _aims(report: ScaleReport) -> list[str]:
    """Return one line for each aim that the sizes measured allow to judge."""
    ours = {measure.passages: measure for measure in report.ours}
    lines = []
    if _AT in ours:
        at = ours[_AT]
        lines += [
            _aim("recherche p50 à 20 000 passages, avant le lecteur", at.p50_ms, _P50_MS, "ms"),
            _aim("recherche p95 à 20 000 passages, avant le lecteur", at.p95_ms, _P95_MS, "ms"),
        ]
    if _FROM in ours and _TO in ours:
        ratio = ours[_TO].p50_ms / ours[_FROM].p50_ms
        lines.append(_aim("recherche p50, de 10 000 à 100 000 passages", ratio, _GROWTH, "fois"))
    lowest = min(measure.recall or 0.0 for measure in report.ours)
    held = "tenu" if lowest >= _RECALL else "non tenu"
    lines.append(f"- voisins trouvés, au pire : {say(100 * lowest, 2)} % (visé ≥ 99 %, {held})")
    return ["", *lines]


def _aim(label: str, value: float, most: float, unit: str) -> str:
    held = "tenu" if value <= most else "non tenu"
    return f"- {label} : {say(value, 1)} {unit} (visé ≤ {say(most)} {unit}, {held})"
