"""Reads CSV and XLSX files: the remarks of a consultation, or any other table."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from ingestion.archives import open_zip
from ingestion.blocks import Block, clean
from ingestion.dates import date_in
from ingestion.errors import Rejected
from ingestion.names import file_slug, readable_name, slug
from ingestion.readers.plain import decode
from ingestion.readers.reading import Reading, Request, check_length, make_document
from knowledge.documents import Document

_REMARK_COLUMNS = frozenset({"region", "date", "remarque"})
_SEPARATORS = ";\t,"
_SHAPE_OF_MEETING = ("format", "lieu", "public", "participants")

Row = dict[str, str]


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
        name = f" : {title}" if len(filled) > 1 else ""
        yield from _documents(lines, request=request, kind="xlsx", sheet=name)


def _documents(
    lines: Sequence[Sequence[str]], *, request: Request, kind: str, sheet: str = ""
) -> Iterator[Document]:
    """Yield what a table holds, whichever of the two kinds it is."""
    rows = _rows(lines, request=request)
    if rows and rows[0].keys() >= _REMARK_COLUMNS:
        yield from _meetings(rows, request=request, kind=kind)
        return
    yield make_document(
        [Block("paragraph", _line(row)) for row in rows],
        request=request,
        id=slug(f"{file_slug(request.path)}{sheet}") if sheet else "",
        kind=kind,
        title=readable_name(request.path) + sheet,
    )


def _rows(lines: Sequence[Sequence[str]], *, request: Request) -> list[Row]:
    """Return the rows under the first line that is not empty, by column name.

    Raises:
        Rejected: there are no rows, or more than the limit.
    """
    written = [[clean(cell) for cell in line] for line in lines if any(map(str.strip, line))]
    if len(written) < 2:  # noqa: PLR2004  (the column names and one row)
        raise Rejected("le tableau n'a aucune ligne sous ses titres de colonnes.")
    if len(written) > request.limits.rows:
        raise Rejected(
            f"le tableau a plus de {request.limits.rows} lignes. Découpez-le en plusieurs fichiers."
        )
    names = [name or f"colonne {position}" for position, name in enumerate(written[0], start=1)]
    keys = [_column(name) for name in names]
    return [dict(zip(keys, line, strict=False)) for line in written[1:]]


def _column(name: str) -> str:
    """Return a column's name, without accents or capitals where it is one that is known."""
    plain = slug(name).replace("-", "_")
    aliases = {"remarques": "remarque", "verbatim": "remarque", "regions": "region"}
    plain = aliases.get(plain, plain)
    return plain if plain in {*_REMARK_COLUMNS, *_SHAPE_OF_MEETING, "type"} else name


def _meetings(rows: Iterable[Row], *, request: Request, kind: str) -> Iterator[Document]:
    """Yield one document for each region and date, with its remarks as list items."""
    meetings: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.get("remarque"):
            meetings.setdefault((row.get("region", ""), row.get("date", "")), []).append(row)
    if not meetings:
        raise Rejected("la colonne « remarque » est vide. Vérifiez le fichier.")
    for (region, stated), remarks in meetings.items():
        day = date_in(stated)
        place = region or "région non précisée"
        notes = [
            f"{what} de la réunion n'est pas indiquée : complétez la colonne « {column} »."
            for what, column, value in (("la région", "region", region), ("la date", "date", day))
            if not value
        ]
        yield make_document(
            _meeting_blocks(remarks),
            request=request,
            notes=tuple(notes),
            id=slug(f"{file_slug(request.path)} {place} {day or stated}"),
            kind=kind,
            title=f"Réunion de consultation, {place}, {_said(day) or stated or 'sans date'}",
            collection=request.collection_or("consultation"),
            date=day,
            date_meaning="publié le" if day else None,
            territory=region or None,
        )


def _meeting_blocks(remarks: Sequence[Row]) -> Iterator[Block]:
    """Yield the shape of a meeting, then its remarks, each with its type and further columns."""
    first = remarks[0]
    shape = [f"{key} : {first[key]}" for key in _SHAPE_OF_MEETING if first.get(key)]
    if shape:
        yield Block("paragraph", "Réunion : " + ", ".join(shape))
    known = {*_REMARK_COLUMNS, *_SHAPE_OF_MEETING, "type"}
    for row in remarks:
        kind = f"{row['type']} : " if row.get("type") else ""
        more = " ; ".join(f"{k} : {v}" for k, v in row.items() if v and k not in known)
        yield Block("item", kind + row["remarque"].replace("\n", " ") + (f" ({more})" * bool(more)))


def _line(row: Row) -> str:
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


def _said(day: str | None) -> str | None:
    """Return an ISO date as it is written in French figures."""
    return "/".join(reversed(day.split("-"))) if day else None
