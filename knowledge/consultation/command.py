"""What ``python -m knowledge consultation import|status|matrix|build`` does."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from knowledge.consultation.book_command import run_build
from knowledge.consultation.build import open_matrix, read_notes
from knowledge.consultation.coverage import Coverage, coverage
from knowledge.consultation.matrix import STATES, Matrix
from knowledge.consultation.matrix_json import basis, matrix_json
from knowledge.consultation.note import Note, warnings_of
from knowledge.consultation.project import Project
from knowledge.consultation.remarks import remarks_of
from knowledge.embedding import load_embedder
from knowledge.terminal import write_json

DONE, FAILED, SOME_REJECTED = 0, 1, 3

#: Reads the files under paths: the notes, and the files refused with the reason.
Reader = Callable[[Iterable[Path]], tuple[list[Note], dict[str, str]]]


def run_action(options: argparse.Namespace, *, read: Reader, mask: Callable[[str], str]) -> int:
    """Run an action and return its exit status: 0 done, 3 done but some files were refused.

    Args:
        options: what was typed.
        read: reads files of notes.
        mask: takes personal data out of a text.

    Raises:
        BadProject: the project cannot be read or written.
    """
    project = Project(options.project)
    match options.action:
        case "import":
            return _import(options, project, read)
        case "status":
            return _status(options, project)
        case "build":
            matrix = open_matrix(project, embedder=load_embedder())
            return run_build(options, project, matrix, mask=mask)
        case _:
            return _matrix(options, project, mask)


def _import(options: argparse.Namespace, project: Project, read: Reader) -> int:
    notes, rejected = read(options.paths)
    kept = [project.keep(note) for note in notes]
    changed = [note for note, each in zip(notes, kept, strict=True) if each.is_changed]
    warnings = warnings_of(changed)
    for note in notes:
        project.set_rejected(note.file, None)
    for file, why in rejected.items():
        project.set_rejected(file, why)
    if options.json:
        write_json(
            {
                "imported": [each.id for each in kept if each.is_changed],
                "unchanged": [each.id for each in kept if not each.is_changed],
                "rejected": [{"file": file, "reason": why} for file, why in rejected.items()],
                "warnings": [{"file": file, "message": said} for file, said in warnings],
            },
            indent=2,
        )
    else:
        found = sum(len(remarks_of(note)) for note in changed)
        same = len(notes) - len(changed)
        print(f"{_count(len(changed), 'compte rendu')} : {_count(found, 'remontée')}.")
        if same:
            print(f"{_count(same, 'compte rendu')} déjà là, sans changement.")
        for file, said in warnings:
            print(f"À savoir : {file} : {said}", file=sys.stderr)
        for file, why in rejected.items():
            print(f"Refusé : {file} : {why}", file=sys.stderr)
    return SOME_REJECTED if rejected else DONE


def _status(options: argparse.Namespace, project: Project) -> int:
    rejected = project.rejected()
    read = read_notes(project.notes(), project.decisions())
    described = [_described(each) for each in coverage(read.notes, read.statuses())]
    copies = [{"file": each.note.file, "of": each.of.file} for each in read.duplicates]
    if options.json:
        write_json({"notes": described, "rejected": rejected, "duplicates": copies}, indent=2)
        return DONE
    for each in described:
        where, said = each["region"] or "région non précisée", each["sentences"]
        print(
            f"{each['file']} ({where}) : {_count(said['all'], 'phrase')} dont {said['decided']}"
            f" en remontées validées, {said['proposed']} proposées, {said['set_aside']} écartées,"
            f" {said['unread']} pas encore lues"
        )
    for copy in copies:
        print(f"{copy['file']} redit {copy['of']}.")
    for refused in rejected:
        print(f"Refusé : {refused['file']} : {refused['reason']}")
    return DONE


def _described(covered: Coverage) -> dict[str, Any]:
    """Return a note with what became of its sentences."""
    note = covered.note
    return {
        "id": note.id,
        "file": note.file,
        "title": note.title,
        "region": note.region,
        "date": note.date,
        "public": note.public,
        "fictional": note.fictional,
        "remarks": covered.decided + covered.proposed + covered.set_aside,
        "sentences": {
            "all": covered.sentences,
            "decided": covered.decided,
            "proposed": covered.proposed,
            "set_aside": covered.set_aside,
            "unread": covered.unread,
        },
        "missing": [key for key in ("region", "date") if getattr(note, key) is None],
    }


def _matrix(options: argparse.Namespace, project: Project, mask: Callable[[str], str]) -> int:
    print("Je lis les comptes rendus…", file=sys.stderr)
    matrix = open_matrix(project, embedder=load_embedder())
    if options.json:
        write_json(matrix_json(matrix, mask=mask, rejected=project.rejected()), indent=2)
    elif options.csv:
        writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
        writer.writerows(_table(matrix))
    else:
        said = basis(matrix)
        print(f"{said[0].upper()}{said[1:]}.\n")
        for row in _table(matrix):
            print(" | ".join(row))
    return DONE


def _table(matrix: Matrix) -> list[list[str]]:
    """Return the themes by region as rows, the first of which names the columns."""
    rows = [["thème", "réunions", *matrix.regions]]
    for theme, said in matrix.themes.items():
        meetings = len({each.remark.note.id for each in said})
        states = [STATES[matrix.cell(theme, region)] for region in matrix.regions]
        rows.append([theme, str(meetings), *states])
    return rows


def _count(number: int, word: str) -> str:
    """Return a number with a word in the plural where it must be."""
    plural = " ".join(f"{each}s" for each in word.split()) if number > 1 else word
    return f"{number} {plural}"
