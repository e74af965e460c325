"""Says in French what an import did and what a library holds."""

import os
from collections.abc import Iterator
from pathlib import Path

from ingestion.report import Report
from knowledge.library import LibraryStatus

_MOST_LISTED = 20


def describe_report(report: Report) -> str:
    """Return a report as lines to read: the totals last, what needs a person's attention first."""
    return "\n".join(_report_lines(report))


def _report_lines(report: Report) -> Iterator[str]:
    for rejection in report.rejected:
        yield f"{short(rejection.path)} n'a pas été ajouté : {rejection.reason}"
    # The meetings of one table lack the same columns: that is said once.
    notes = dict.fromkeys(f"{short(note.path)} : {note.message}" for note in report.notes)
    yield from _listed([*notes])
    yield from _listed(
        [
            f"{short(copy.path)} : même contenu que « {copy.document_id} », gardé une fois."
            for copy in report.duplicates
        ]
    )
    if report.missing:
        yield from _listed([f"{short(path)} a disparu." for path in report.missing])
        if not report.removed:
            yield "Pour retirer leurs documents, ajoutez --sync."
    changes = (
        (len(report.added), "ajouté", "ajoutés"),
        (len(report.updated), "mis à jour", "mis à jour"),
        (len(report.removed), "retiré", "retirés"),
    )
    done = [f"{count} {one if count == 1 else many}" for count, one, many in changes if count]
    same = f"{_counted(report.unchanged, 'fichier inchangé', 'fichiers inchangés')}"
    refused = _counted(len(report.rejected), "refusé", "refusés")
    yield f"Documents : {', '.join(done) or 'aucun changement'} · {same} · {refused}."
    yield (
        f"La bibliothèque contient {_counted(report.documents, 'document', 'documents')} et"
        f" {_counted(report.passages, 'passage', 'passages')}."
    )


def describe_status(status: LibraryStatus) -> str:
    """Return what a library holds as lines to read."""
    lines = [
        f"Dossier : {status.home}",
        f"Documents : {status.documents}",
        *(f"  {name} : {count}" for name, count in status.collections.items()),
        f"Passages : {status.passages}",
    ]
    if status.pending:
        lines.append(f"  à indexer : {status.pending} (relancez « ingestion add »)")
    lines.append(f"Génération de l'index : {status.generation}")
    lines.append(f"Modèle : {status.model or 'aucun, rien n' + chr(39) + 'est indexé'}")
    return "\n".join(lines)


def short(path: str) -> str:
    """Return a path as seen from the current folder, when that is shorter."""
    relative = os.path.relpath(path, Path.cwd())
    return relative if len(relative) < len(path) else path


def _listed(lines: list[str]) -> Iterator[str]:
    """Yield lines, those beyond twenty counted only."""
    yield from lines[:_MOST_LISTED]
    if len(lines) > _MOST_LISTED:
        yield f"… et {len(lines) - _MOST_LISTED} autres remarques de ce genre."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"  # noqa: PLR2004  (French: 0 and 1 are singular)
