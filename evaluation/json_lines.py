"""Reads sets kept as JSON lines; a file or a line that is not as expected is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evaluation.errors import BadQuestionSet
from knowledge.system_reasons import reason

Row = TypeVar("Row", bound=BaseModel)


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers from 1.

    Raises:
        BadQuestionSet: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadQuestionSet(f"{path} ne peut pas être lu : {reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{path} n'est pas en UTF-8 : convertissez-le.") from error
    # Not splitlines(): JSON may hold U+2028 as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def read_json_lines(path: Path, row: type[Row], *, expected: str) -> list[Row]:
    """Return the objects of a file, one a line.

    Args:
        path: the file.
        row: what each line holds.
        expected: what each line must be, in French, to stand after « il faut ».

    Raises:
        BadQuestionSet: the file cannot be read, or a line is no ``row``.
    """
    rows = []
    for number, line in numbered_lines(path):
        try:
            rows.append(row.model_validate_json(line))
        except ValidationError as error:
            raise BadQuestionSet(f"{path}, ligne {number} : il faut {expected}.") from error
    return rows
