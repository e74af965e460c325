"""What ``python -m knowledge consultation build`` does."""

import argparse
import datetime as dt
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.consultation.book import Mask
from knowledge.consultation.book_blocks import Layout
from knowledge.consultation.book_build import Build, build, keep_beside, keep_draft, write_file
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.project import Project
from knowledge.terminal import write_json
from knowledge.typography import counted

DONE, FAILED = 0, 1


def run_build(options: argparse.Namespace, project: Project, matrix: Matrix, *, mask: Mask) -> int:
    """Build the livre blanc of a project and return the exit status: 0 done, 1 something stops it.

    Raises:
        BadProject: the project cannot be read, or a file cannot be written.
    """
    if options.draft:
        return _draft(options, project, matrix, mask)
    made = build(project, matrix, mask=mask, final=options.final)
    written = _write(options, project, made) if made.layout else []
    if options.json:
        write_json(_described(made, written, project), indent=2)
    else:
        _say(made, written, project)
    return DONE if made.layout else FAILED


def _draft(options: argparse.Namespace, project: Project, matrix: Matrix, mask: Mask) -> int:
    """Keep a new draft beside what people wrote."""
    made = build(project, matrix, mask=mask, anew=True)
    path = keep_beside(project, made.source)
    if options.json:
        write_json({"draft": str(path)}, indent=2)
    else:
        print(f"Nouveau brouillon : {path}. Votre source n'a pas changé.")
    return DONE


def _write(options: argparse.Namespace, project: Project, made: Build) -> list[Path]:
    """Make all files, then write them; a project without source gets its draft."""
    layout = made.layout
    if layout is None:
        return []
    wanted: dict[str, Path | None] = {
        "docx": options.docx, "pdf": options.pdf, "md": options.markdown
    }  # fmt: skip
    if not any(wanted.values()):
        wanted |= {kind: project.folder / f"livre-blanc.{kind}" for kind in ("docx", "pdf")}
    print("Je construis le livre blanc…", file=sys.stderr)
    files = {
        path: _content(kind, layout, made.source)
        for kind, path in wanted.items()
        if path is not None
    }
    if made.is_drafted:
        keep_draft(project, made.source)
    for path, content in files.items():
        write_file(path, content)
    return list(files)


def _content(kind: str, layout: Layout, source: str) -> bytes:
    from knowledge.consultation.book_docx import write_docx
    from knowledge.consultation.book_pdf import write_pdf

    today = dt.datetime.now().astimezone().date()
    match kind:
        case "docx":
            return write_docx(layout, today=today)
        case "pdf":
            return write_pdf(layout, today=today)
        case _:
            return source.encode()


def _described(made: Build, written: list[Path], project: Project) -> dict[str, Any]:
    return {
        "built": made.layout is not None,
        "draft": made.is_draft,
        "source": str(project.folder / "livre-blanc.md"),
        "drafted": made.is_drafted,
        "written": [str(path) for path in written],
        "sentences": len(made.manuscript.claims),
        "extracts": {"used": made.used, "set_aside": len(made.evidence.matrix.set_aside)},
        "problems": [asdict(problem) for problem in made.problems],
    }


def _say(made: Build, written: list[Path], project: Project) -> None:
    if made.problems:
        for problem in made.problems:
            print(problem, file=sys.stderr)
        stops = counted(len(made.problems), "point l'arrête", "points l'arrêtent")
        print(f"Le livre blanc n'est pas construit : {stops}.", file=sys.stderr)
        return
    sentences = counted(len(made.manuscript.claims), "phrase")
    aside = len(made.evidence.matrix.set_aside)
    print(
        f"{sentences}, {counted(made.used, 'extrait utilisé', 'extraits utilisés')},"
        f" {counted(aside, 'écarté')}."
    )
    for path in written:
        print(f"Écrit : {path}")
    source = project.folder / "livre-blanc.md"
    if made.is_drafted:
        print(f"Source à modifier : {source} (brouillon d'Appui).")
    else:
        print(f"Source : {source}, gardée telle que vous l'avez écrite.")
    if made.is_draft:
        print("Brouillon : personne n'a encore tout validé. « --final » l'exige.")
