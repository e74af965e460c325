"""Reads CSV and XLSX files: the remarks of a consultation, or any other table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest

from ingestion.archives import open_zip
from ingestion.blocks import Block, clean
from ingestion.errors import Rejected
from ingestion.names import file_slug, readable_name, slug
from ingestion.readers.plain import decode
from ingestion.readers.reading import Reading, Request, check_length, make_document
from ingestion.readers.remarks import Row, holds_remarks, read_remarks
from knowledge.documents import Document

_SEPARATORS = ";\t,"


def read_csv(request: Request) -> Reading:
    """Yield the documents of a CSV file: one for each meeting, or one for another table."""
    text = decode(request.path.read_bytes())
    check_length(len(text), request.limits)
    header = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=header.count)
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator))
    except csv.Error as error:
        raise Rejected(
            "le tableau est mal formé. Enregistrez-le de nouveau en CSV (séparateur « ; »)."
        ) from error
    yield from _documents(lines, request=request, kind="csv")


def read_xlsx(request: Request) -> Reading:
    """Yield the documents of an XLSX file, its sheets one after the other."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    with open_zip(request.path, limits=request.limits) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise Rejected(
                "le fichier n'est pas un classeur Excel. Vérifiez son type, ou enregistrez-le en"
                " XLSX ou en CSV."
            )
    try:
        workbook = openpyxl.load_workbook(request.path, read_only=True, data_only=True)
        sheets = [
            (sheet.title, [[_cell(value) for value in row] for row in sheet.values])
            for sheet in workbook.worksheets
            if sheet.sheet_state == "visible"
        ]
        workbook.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise Rejected(
            "le classeur est abîmé. Ouvrez-le dans Excel, enregistrez-le de nouveau puis réessayez."
        ) from error
    filled = [(title, lines) for title, lines in sheets if any(any(line) for line in lines)]
    if not filled:
        raise Rejected("le classeur est vide. Vérifiez que c'est le bon fichier.")
    for title, lines in filled:
        name = title if len(filled) > 1 else ""
        yield from _documents(lines, request=request, kind="xlsx", sheet=name)


def _documents(
    lines: Sequence[Sequence[str]], *, request: Request, kind: str, sheet: str = ""
) -> Iterator[Document]:
    """Yield what a table holds, whichever of the two kinds it is."""
    header, rows = _rows(lines, request=request)
    if holds_remarks(rows[0].cells, collection=request.collection):
        try:
            yield from read_remarks(rows, header=header, request=request, kind=kind)
        except Rejected as error:
            raise Rejected(f"feuille « {sheet} », {error}" if sheet else str(error)) from error
        return
    yield make_document(
        [Block("paragraph", _line(row.cells)) for row in rows],
        request=request,
        id=slug(f"{file_slug(request.path)} {sheet}") if sheet else "",
        kind=kind,
        title=readable_name(request.path) + (f" : {sheet}" if sheet else ""),
    )


def _rows(lines: Sequence[Sequence[str]], *, request: Request) -> tuple[int, list[Row]]:
    """Return the number of the first line that is not empty, and the rows under it by its names.

    Raises:
        Rejected: there are no rows, or more than the limit.
    """
    written = [
        (number, [clean(cell) for cell in line])
        for number, line in enumerate(lines, start=1)
        if any(map(str.strip, line))
    ]
    if len(written) < 2:  # noqa: PLR2004  (the column names and one row)
        raise Rejected("le tableau n'a aucune ligne sous ses titres de colonnes.")
    if len(written) > request.limits.rows:
        raise Rejected(
            f"le tableau a plus de {request.limits.rows} lignes. Découpez-le en plusieurs fichiers."
        )
    header, first = written[0]
    names = [name or f"colonne {position}" for position, name in enumerate(first, start=1)]
    return header, [
        Row(number, dict(zip_longest(names, line[: len(names)], fillvalue="")))
        for number, line in written[1:]
    ]


def _line(row: Mapping[str, str]) -> str:
    """Return a row as one readable line."""
    return " ; ".join(f"{k} : {v}".replace("\n", " ") for k, v in row.items() if v)


def _cell(value: object) -> str:
    """Return a cell of a workbook as it reads."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}" if value.is_integer() else str(value).replace(".", ",")
    return str(value)
