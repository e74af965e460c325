"""Reads a question set from a spreadsheet (CSV or XLSX), for who prefers one to JSON.

One row a question. Several values of a cell stand on lines of their own or are separated by « | »;
the accepted wordings of one fact by « / » with spaces around it.
"""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from evaluation.errors import BadQuestionSet
from evaluation.names import STATUSES
from ingestion.errors import Rejected
from ingestion.readers.plain import decode
from knowledge.system_reasons import reason

NEEDED = ("id", "categorie", "question", "etat")
COLUMNS = (*NEEDED, "faits", "interdits", "sources", "dispositif", "moitie", "avant", "raison")
_STATUSES = {said: status for status, said in STATUSES.items()}
_SEPARATORS = re.compile(r"\s*(?:\||\n)\s*")
_WORDINGS = re.compile(r"\s+/\s+")
_ACCENTS = str.maketrans("éèêàâîïôûç", "eeeaaiiouc")


def read_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return the questions of a spreadsheet, as the JSON form has them, with their row numbers.

    Raises:
        BadQuestionSet: the file cannot be read, a column is missing, or a cell is not understood.
    """
    rows = _from_xlsx(path) if path.suffix.lower() == ".xlsx" else _from_csv(path)
    numbered = ((n, [cell.strip() for cell in row]) for n, row in enumerate(rows, start=1))
    filled = [(number, row) for number, row in numbered if any(row)]
    if not filled:
        raise BadQuestionSet(f"{path} est vide : donnez une ligne de titres, puis des questions.")
    heads = [head.lower().translate(_ACCENTS) for head in filled[0][1]]
    if missing := [name for name in NEEDED if name not in heads]:
        raise BadQuestionSet(
            f"{path} n'a pas la colonne « {missing[0]} ». Colonnes attendues :"
            f" {', '.join(COLUMNS)}."
        )
    return [
        (number, _question(dict(zip(heads, row, strict=False)), path, number))
        for number, row in filled[1:]
    ]


def _question(cells: dict[str, str], path: Path, number: int) -> dict[str, Any]:
    """Return one row in the JSON form."""
    content: dict[str, Any] = {
        "id": cells["id"],
        "category": cells["categorie"],
        "question": cells["question"],
        "history": [_turn(each, path, number) for each in _values(cells.get("avant", ""))],
        "expect": {
            "status": [_status(each, path, number) for each in _values(cells["etat"])],
            "facts": [
                {"label": each, "any_of": _WORDINGS.split(each)}
                for each in _values(cells.get("faits", ""))
            ],
            "forbidden": _values(cells.get("interdits", "")),
            "sources": [{"id": each} for each in _values(cells.get("sources", ""))],
        },
        "dispositif": cells.get("dispositif") or None,
        "split": cells.get("moitie") or None,
        "reason": cells.get("raison") or None,
    }
    for name in ("id", "question"):
        if not content[name]:
            raise BadQuestionSet(f"{path}, ligne {number} : « {name} » est vide. Complétez-la.")
    return content


def _values(cell: str) -> list[str]:
    return [value for value in _SEPARATORS.split(cell) if value]


def _status(said: str, path: Path, number: int) -> str:
    status = _STATUSES.get(said.lower(), said)
    if status not in STATUSES:
        raise BadQuestionSet(
            f"{path}, ligne {number} : l'état « {said} » n'existe pas. Écrivez"
            f" {', '.join(_STATUSES)}."
        )
    return status


def _turn(said: str, path: Path, number: int) -> dict[str, str]:
    question, arrow, answer = said.partition("=>")
    if not arrow:
        raise BadQuestionSet(
            f"{path}, ligne {number} : « avant » s'écrit « question => réponse ». Corrigez-la."
        )
    return {"question": question.strip(), "answer": answer.strip()}


def _from_csv(path: Path) -> Iterable[list[str]]:
    """Return the rows of a CSV file: « ; », « , » or tab, UTF-8, UTF-16 or Windows."""
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise BadQuestionSet(f"{path} ne peut pas être lu : {reason(error)}.") from error
    except Rejected as refusal:
        raise BadQuestionSet(f"{path} : {refusal}") from refusal
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _from_xlsx(path: Path) -> Iterable[list[str]]:
    """Return the rows of the first sheet of a workbook, as text."""
    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadQuestionSet(
            f"{path} ne peut pas être lu comme un classeur : enregistrez-le en XLSX ou en CSV."
        ) from error
