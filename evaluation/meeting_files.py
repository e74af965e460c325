"""Reads what was really said in meetings, and what a consultation matrix found in their notes."""

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evaluation.errors import BadTruth
from ingestion.errors import Rejected
from ingestion.readers.plain import decode
from knowledge.system_reasons import reason

Type = Literal["fonctionne", "dysfonctionne", "besoin", "attente"]
Polarity = Literal["positive", "negative", "neutral"]
State = Literal["dit", "contredit", "non_evoque", "non_aborde"]
SAID: frozenset[str] = frozenset({"dit", "contredit"})


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Copy(_Strict):
    """A file that says what another one says."""

    file: str
    of: str


class Refused(_Strict):
    """A file in which no meeting can be read."""

    file: str


class TrueRemark(_Strict):
    """What somebody said, and where it stands in the note, in characters.

    ``start`` and ``end`` are None where the file is no plain text. ``type_any`` holds the types
    that are equally right.
    """

    file: str
    start: int | None
    end: int | None
    text: str
    type: Type
    type_any: tuple[Type, ...] = ()
    theme: str
    polarity: Polarity


class TrueTheme(_Strict):
    """A theme and what each region said about it."""

    label: str
    cells: dict[str, State]


class TrueContradiction(_Strict):
    """Remarks that say the opposite of each other, by their indexes, side by side."""

    theme: str
    sides: tuple[tuple[int, ...], tuple[int, ...]]


class Truth(_Strict):
    """What was said in a set of meetings; ``notes`` is their folder, as seen from this file."""

    notes: str
    remarks: tuple[TrueRemark, ...] = Field(min_length=1)
    themes: tuple[TrueTheme, ...] = Field(min_length=1)
    isolated: tuple[int, ...]
    contradictions: tuple[TrueContradiction, ...]
    young_people: tuple[int, ...]
    duplicates: tuple[Copy, ...]
    rejected: tuple[Refused, ...]

    @model_validator(mode="after")
    def _named_remarks_exist(self) -> "Truth":
        sides = [index for each in self.contradictions for side in each.sides for index in side]
        if any(
            i not in range(len(self.remarks)) for i in (*self.isolated, *self.young_people, *sides)
        ):
            raise ValueError("an index names no remark")
        return self


class FoundMeeting(_Strict):
    """A meeting that a matrix read, and its file."""

    id: str
    file: str


class FoundRemark(_Strict):
    """A remark that a matrix found."""

    id: str
    meeting: str
    start: int | None = None
    end: int | None = None
    text: str
    type: str | None = None
    theme: str | None = None
    polarity: str | None = None


class FoundTheme(_Strict):
    """A theme that a matrix made, and its cells."""

    id: str
    cells: dict[str, str]


class FoundIsolated(_Strict):
    """A remark that a matrix lists as said in one meeting only."""

    remark: str


class FoundContradiction(_Strict):
    """Remarks that a matrix opposes, by identifier."""

    sides: tuple[tuple[str, ...], ...]


class FoundYoungPeople(_Strict):
    """What a matrix keeps apart as said by young people."""

    remarks: tuple[FoundRemark, ...] = ()


class Matrix(_Strict):
    """What ``python -m knowledge consultation matrix --json`` writes, as far as it is measured."""

    meetings: tuple[FoundMeeting, ...]
    remarks: tuple[FoundRemark, ...]
    themes: tuple[FoundTheme, ...]
    isolated: tuple[FoundIsolated, ...] = ()
    contradictions: tuple[FoundContradiction, ...] = ()
    young_people: FoundYoungPeople = FoundYoungPeople()
    rejected: tuple[Refused, ...] = ()
    duplicates: tuple[Copy, ...] = ()

    @model_validator(mode="after")
    def _named_meetings_exist(self) -> "Matrix":
        known = {meeting.id for meeting in self.meetings}
        if not known.issuperset(
            each.meeting for each in (*self.remarks, *self.young_people.remarks)
        ):
            raise ValueError("a remark names no meeting")
        return self


_Read = TypeVar("_Read", Truth, Matrix)


def read_truth(path: Path) -> Truth:
    """Read a truth file.

    Raises:
        BadTruth: the file cannot be read or is no truth.
    """
    return _read(path, Truth, "une vérité sur des réunions")


def read_matrix(path: Path) -> Matrix:
    """Read the JSON of a consultation matrix.

    Raises:
        BadTruth: the file cannot be read or is no matrix.
    """
    return _read(path, Matrix, "une matrice de consultation")


def read_note(path: Path) -> str:
    """Return the text of a note, without byte order mark and with newlines of one kind.

    Raises:
        BadTruth: the file cannot be read.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise BadTruth(f"{path} ne peut pas être lu : {reason(error)}.") from error
    except Rejected as refusal:
        raise BadTruth(f"{path} : {refusal}") from refusal
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(path: Path, model: type[_Read], name: str) -> _Read:
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadTruth(f"{path} ne peut pas être lu : {reason(error)}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "tout le fichier"
        raise BadTruth(f"{path} n'est pas {name} ({where}). Refaites le fichier.") from error
