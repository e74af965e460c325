"""Reads the remarks of a consultation from the rows of a table: one document for each meeting."""

import re
from collections.abc import Collection as Group
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingestion.blocks import Block
from ingestion.errors import Rejected
from ingestion.meeting_keys import key_of
from ingestion.names import file_slug, slug
from ingestion.readers.notes import make_note
from ingestion.readers.reading import Request
from knowledge.documents import Collection, Document

if TYPE_CHECKING:
    # It needs pydantic, which is loaded for notes only.
    from ingestion.meeting import Meeting, Problem

_NEEDED = ("region", "date", "remarque")
# What a table says of a meeting beyond its region and date, in the order in which it is shown.
_SHAPE = ("format", "lieu", "public", "participants")
_OF_MEETING = ("region", "date", *_SHAPE, "fictif")
# Columns that other tables with a date or a region hardly have.
_TELLING = frozenset({"format", "public", "participants"})
# Other names of the columns, the likeliest first: one column only bears each name.
_SAID_BY = {
    "remarque": (
        "remarques", "verbatim", "verbatims", "propos", "propos-recueilli", "propos-recueillis",
        "remontee", "remontees", "ce-qui-a-ete-dit", "expression", "contenu", "commentaire",
        "commentaires", "observation", "observations", "avis", "constat", "idee", "texte",
    ),
    "type": ("type-de-remarque", "nature", "categorie", "classement", "rubrique", "avis"),
}  # fmt: skip
_MISSING = "la colonne « {key} » est absente ou vide. Remplissez-la à chaque ligne."
_ROWS_NAMED = 3
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by column name, and its number as the spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class _Group:
    """The remarks of one meeting, and what each of its rows says about it.

    ``when`` is the day of the meeting, else what is written instead; ``doubts`` are the values
    that were not understood, with the numbers of their rows.
    """

    when: str
    rows: list[Row] = field(default_factory=list)
    said: list["Meeting"] = field(default_factory=list)
    doubts: dict["Problem", list[int]] = field(default_factory=dict)


def holds_remarks(columns: Iterable[str], *, collection: Collection) -> bool:
    """Tell whether a table of these columns holds remarks, be it without a column that it needs."""
    keys = set(_keys(columns).values())
    if "fictif" in keys or keys.issuperset(_NEEDED):
        return True
    placed = bool({"region", "date"} & keys) and bool(_TELLING & keys)
    return "remarque" in keys and (placed or collection == "consultation")


def read_remarks(
    rows: Sequence[Row], *, header: int, request: Request, kind: str
) -> Iterator[Document]:
    """Yield one document for each region and date, with its remarks as list items.

    Rows whose date is no day are a meeting for each way of writing it, of an unknown date.

    Args:
        rows: the rows under the column names, by these names.
        header: the number of the row of column names.
        request: the file.
        kind: its format.

    Raises:
        Rejected: there is no remark, a row does not say its region, or the rows of a meeting
            contradict each other; all such rows are named, with the remedy.
    """
    from ingestion.meeting import list_problems

    columns = {key for row in rows[:1] for key in _keys(row.cells).values()}
    if "remarque" not in columns:
        raise Rejected(
            f"ligne {header} : la colonne « remarque » manque. Ajoutez-la, avec une remarque par"
            " ligne."
        )
    written = [Row(row.number, _by_key(row.cells)) for row in rows]
    written = [row for row in written if row.cells.get("remarque")]
    if not written:
        raise Rejected("la colonne « remarque » est vide. Vérifiez le fichier.")
    groups, problems = _grouped(written, columns=columns, header=header)
    problems += [problem for group in groups for problem in _disagreements(group)]
    if problems:
        raise Rejected(list_problems(problems))
    for group in groups:
        yield _document(group, request=request, kind=kind)


def _keys(names: Iterable[str]) -> dict[str, str]:
    """Return what each column is known by, else its name as it is written.

    Of two columns alike the first one counts. « Propos », « verbatim » or « commentaire » name
    the remark where no column bears that very name, and « rubrique » or « nature » its type.
    """
    plain = {name: slug(name) for name in names}
    found: dict[str, str] = {}
    for name, said in plain.items():
        known = said if said in _SAID_BY else key_of(name)
        if known in {*_OF_MEETING, *_SAID_BY} and known not in found.values():
            found[name] = known
    for key, others in _SAID_BY.items():
        if key not in found.values():
            known_by = {said: name for name, said in reversed(plain.items()) if name not in found}
            first = next((known_by[other] for other in others if other in known_by), None)
            found |= {first: key} if first else {}
    return {name: found.get(name, name) for name in plain}


def _by_key(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row by known column."""
    keys = _keys(cells)
    return {keys[name]: cell for name, cell in cells.items()}


def _grouped(
    rows: Sequence[Row], *, columns: Group[str], header: int
) -> tuple[list[_Group], list[tuple[str, str]]]:
    """Return the rows by meeting, and what is wrong in them, with the numbers of the rows."""
    from ingestion.meeting import check_meeting

    # Rows repeat what they say of their meeting: each way of saying it is checked once.
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(row.cells.get(key, "") for key in _OF_MEETING), []).append(row)
    groups: dict[tuple[str, str], _Group] = {}
    wrong: dict[Problem, list[int]] = {}
    for values, same in alike.items():
        said = dict(zip(_OF_MEETING, values, strict=True))
        checked = check_meeting(said, missing=_MISSING)
        meeting = checked.meeting
        if meeting is None:
            for problem in checked.problems:
                wrong.setdefault(problem, []).extend(row.number for row in same)
            continue
        when = meeting.date or said["date"]
        group = groups.setdefault((slug(meeting.region), when), _Group(when))
        group.rows += same
        group.said.append(meeting)
        for problem in checked.problems:
            group.doubts.setdefault(problem, []).extend(row.number for row in same)
    for group in groups.values():
        group.rows.sort(key=lambda row: row.number)
    problems = [
        (_numbered(numbers if problem.key in columns else [header]), problem.text)
        for problem, numbers in wrong.items()
    ]
    return list(groups.values()), problems


def _disagreements(group: _Group) -> Iterator[tuple[str, str]]:
    """Yield what the rows of one meeting do not say alike; a blank cell says nothing."""
    for key in _SHAPE:
        said = {getattr(each, key) for each in group.said} - {None, 0}
        if len(said) > 1:
            words = " et ".join(sorted(map(str, said)))
            text = (
                f"la réunion « {group.said[0].region} » ({_in_figures(group.when)}) n'a pas partout"
                f" la même valeur dans la colonne « {key} » ({words}). Écrivez la même à chaque"
                " ligne ; deux réunions du même jour vont dans deux fichiers."
            )
            yield _numbered([row.number for row in group.rows]), text


def _remarks(group: _Group) -> Iterator[str]:
    """Yield what to know of how the rows of one meeting were read."""
    for problem, numbers in group.doubts.items():
        yield f"{_numbered(numbers)} : {problem.text}"
    rows = _numbered([row.number for row in group.rows])
    if not group.when:
        yield f"{rows} : la date manque. Une réunion à part, sans date, est comptée pour sa région."
    if len({each.fictif for each in group.said}) > 1:
        yield (
            f"{rows} : la colonne « fictif » ne dit pas"
            " partout la même chose : la réunion est prise pour fictive. Écrivez la même à chaque"
            " ligne."
        )


def _document(group: _Group, *, request: Request, kind: str) -> Document:
    """Return the document of one meeting, which is fictional where any of its rows says so."""
    from ingestion.meeting import Header

    shape = {
        key: next((value for each in group.said if (value := getattr(each, key))), None)
        for key in _SHAPE
    }
    fictional = {"fictif": any(each.fictif for each in group.said)}
    meeting = group.said[0].model_copy(update=shape | fictional)
    doubtful = frozenset(problem.key for problem in group.doubts)
    return make_note(
        _blocks(group.rows, shape),
        header=Header(meeting, tuple(_remarks(group)), doubtful),
        request=request,
        kind=kind,
        id=slug(f"{file_slug(request.path)} {meeting.region} {group.when}"),
        title=f"Réunion de consultation, {meeting.region}, {_in_figures(group.when)}",
        expected=_SHAPE,
    )


def _blocks(rows: Sequence[Row], shape: Mapping[str, object]) -> Iterator[Block]:
    """Yield the shape of a meeting, then its remarks, each with its type and further columns."""
    known = [f"{key} : {value}" for key, value in shape.items() if value]
    if known:
        yield Block("paragraph", "Réunion : " + ", ".join(known))
    for row in rows:
        cells = row.cells
        kind = f"{cells['type']} : " if cells.get("type") else ""
        more = " ; ".join(
            f"{name} : {value}"
            for name, value in cells.items()
            if value and name not in {*_OF_MEETING, "remarque", "type"}
        )
        said = cells["remarque"].replace("\n", " ")
        yield Block("item", kind + said + (f" ({more})" if more else ""))


def _numbered(numbers: Sequence[int]) -> str:
    """Name the rows of a table, the first few when there are many."""
    first = ", ".join(map(str, sorted(numbers)[:_ROWS_NAMED]))
    if len(numbers) == 1:
        return f"ligne {first}"
    more = len(numbers) - _ROWS_NAMED
    return f"lignes {first}" + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")


def _in_figures(day: str) -> str:
    """Return an ISO date in French figures, and what is no such date as it is written."""
    return "/".join(reversed(day.split("-"))) if _ISO.fullmatch(day) else day or "sans date"
