"""Shows in French what a consultation matrix has right and wrong."""

from collections.abc import Iterator

from evaluation.meeting_truth import Measure, TruthReport

_NAMES = {
    "slices": "remarques mot pour mot à leur place",
    "recall": "remarques retrouvées",
    "precision": "remarques trouvées qui en sont",
    "types": "type juste",
    "polarity": "polarité juste",
    "young_people": "jeunes et professionnels séparés",
    "cells": "cases de la carte justes",
    "said_cells": "cases « dit » ou « contredit » retrouvées",
    "opposed_cells": "cases « contredit » retrouvées",
    "isolated_recall": "idées isolées retrouvées",
    "isolated_precision": "idées isolées qui le sont",
    "contradictions": "contradictions retrouvées",
    "duplicates": "copies reconnues",
    "rejected": "fichiers sans réunion refusés",
}
_KINDS = {
    "isolated": "Idées isolées manquées",
    "contradictions": "Contradictions manquées",
    "files": "Fichiers",
    "cells": "Cases fausses",
    "missed": "Remarques manquées",
    "unexpected": "Trouvées en trop",
    "types": "Types faux",
}
_WIDTH = max(map(len, _NAMES.values()))
_MOST_LISTED = 10


def as_text(report: TruthReport) -> str:
    """Return the measures as a table, then the first things that are wrong, by kind."""
    return "\n".join(_lines(report))


def _lines(report: TruthReport) -> Iterator[str]:
    yield (
        f"{report.expected} remarques attendues, {report.found} trouvées,"
        f" {report.paired} appariées ({report.pieces} morceaux en plus, {report.merged} fondues"
        " dans une autre)"
    )
    yield f"{'mesure':<{_WIDTH}}  valeur  intervalle à 95 %    sur"
    for name, measure in report.measures.items():
        yield f"{_NAMES[name]:<{_WIDTH}}  {_say(measure)}"
    agreement = "–" if report.theme_agreement is None else f"{report.theme_agreement:6.3f}"
    yield f"{'accord des thèmes (Rand ajusté)':<{_WIDTH}}  {agreement}"
    for true, given in report.types.items():
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(given.items()))
        yield f"{true} → {counts}"
    for kind, title in _KINDS.items():
        if wrong := report.wrong[kind]:
            yield f"{title} ({len(wrong)}) :"
            yield from (f"  - {line}" for line in wrong[:_MOST_LISTED])
            if len(wrong) > _MOST_LISTED:
                yield f"  … et {len(wrong) - _MOST_LISTED} de plus (--json les donne toutes)"


def _say(measure: Measure | None) -> str:
    if measure is None:
        return "     –"
    estimate = measure.estimate
    interval = f"[{estimate.low:.3f} ; {estimate.high:.3f}]"
    return f"{estimate.value:6.3f}  {interval:<19}  {measure.cases:3}"
