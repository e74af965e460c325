"""The sheets on dispositifs, read from their files with the line of each of their keys."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from knowledge.sheet_errors import MalformedSheet, Problem, Spot, say_invalid, say_yaml
from knowledge.sheet_schema import (
    AgeException,
    Amount,
    Audience,
    Combination,
    Condition,
    Duration,
    Sheet,
    SheetSource,
)

__all__ = [
    "SHEETS",
    "AgeException",
    "Amount",
    "Audience",
    "Combination",
    "Condition",
    "Duration",
    "Sheet",
    "SheetFile",
    "SheetSource",
    "load_sheets",
    "read_sheet",
]

SHEETS = Path(__file__).parent / "corpus" / "dispositifs"

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_TOP = "Commencez la fiche par l'en-tête, entre deux lignes « --- »."


class _Loader(yaml.CSafeLoader):
    """Reads YAML, and leaves dates as the text that they are."""

    yaml_implicit_resolvers = {  # noqa: RUF012  typed so by its parent
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A sheet with its body, and the lines of the file on which each of them stands.

    ``lines`` holds the line of each key, by its path: ``("amounts", 2, "value")``.
    ``body_line`` is the line on which ``body`` starts.
    """

    path: Path
    sheet: Sheet
    body: str
    body_line: int
    lines: dict[Spot, int]

    def problem(
        self, message: str, *spot: str | int, remedy: str, line: int | None = None
    ) -> Problem:
        """Return what is wrong at a key of the front matter, or at a line of the file."""
        return Problem(self.path, line or self.lines.get(spot), message, remedy)


def read_sheet(path: Path) -> SheetFile:
    """Read one sheet.

    Raises:
        MalformedSheet: its front matter is not what docs/guide-fiches.md describes.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "Enregistrez-la en UTF-8."
        raise MalformedSheet(
            [Problem(path, None, "la fiche n'est pas en UTF-8.", remedy)]
        ) from error
    fences = list(_FENCE.finditer(text))
    if len(fences) < 2 or fences[0].start() != 0:  # noqa: PLR2004  a fence above, one below
        raise MalformedSheet([Problem(path, 1, "la fiche n'a pas d'en-tête.", _TOP)])
    front = text[fences[0].end() + 1 : fences[1].start()]
    try:
        loader = _Loader(front)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise MalformedSheet([say_yaml(error, path)]) from error
    lines: dict[Spot, int] = {}
    repeated = _locate(node, (), lines) if node is not None else []
    problems = [
        Problem(path, line, f"la clé « {key} » est écrite deux fois.", "Gardez-en une.")
        for key, line in repeated
    ]
    try:
        sheet = Sheet.model_validate(values)
    except ValidationError as error:
        problems += [say_invalid(each, path=path, lines=lines) for each in error.errors()]
    if problems:
        raise MalformedSheet(problems)
    body_line = text.count("\n", 0, fences[1].end()) + 1
    return SheetFile(
        path=path, sheet=sheet, body=text[fences[1].end() :], body_line=body_line, lines=lines
    )


def load_sheets(folder: Path = SHEETS) -> tuple[Sheet, ...]:
    """Read every sheet of a folder, in the order of their names.

    Raises:
        MalformedSheet: one of them is malformed.
    """
    return tuple(read_sheet(path).sheet for path in sorted(folder.glob("*.md")))


def _locate(node: yaml.Node, spot: Spot, lines: dict[Spot, int]) -> list[tuple[str, int]]:
    """Fill ``lines`` with the line of each key and item; return the keys written twice."""
    repeated: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = (*spot, key.value)
            line = key.start_mark.line + 2  # from 1, below the fence
            if at in lines:
                repeated.append((key.value, line))
            lines[at] = line
            repeated += _locate(value, at, lines)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            lines[*spot, position] = item.start_mark.line + 2
            repeated += _locate(item, (*spot, position), lines)
    return repeated
