"""What a meeting note says about its meeting, validated: nothing is guessed, doubts are said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from ingestion.dates import exact_day
from ingestion.errors import Rejected
from ingestion.meeting_keys import (
    KEYS,
    SLIP,
    Entry,
    format_of,
    is_fictional,
    nearest_key,
    public_of,
)
from ingestion.names import slug
from knowledge.documents import Public

# What the templates of docs/modeles/ hold where something must be written.
_BLANK = re.compile(r"\bnom de la (?:région|ville)\b|AAAA-MM-JJ", re.IGNORECASE)
_EXPECTED = {
    "titre": "un titre. Écrivez-le sur une ligne",
    "date": "le jour de la réunion, qui reste inconnu. Écrivez-le ainsi : 2023-09-05",
    "region": "le nom d'une région. Écrivez-le sur une ligne",
    "lieu": "le nom d'une ville. Écrivez-le sur une ligne",
    "format": "un format de réunion, qui reste inconnu. Écrivez « présentiel » ou « distanciel »",
    "participants": "un nombre de participants, qui reste inconnu. Écrivez-le en chiffres",
    "public": "un public connu ; la réunion est comptée avec celles des professionnels. Écrivez"
    " « professionnels » ou « jeunes »",
    "ordre_du_jour": "un ordre du jour. Écrivez un point par ligne",
    "collection": "la collection d'un compte rendu. Retirez cette clé",
}
_EXAMPLES = {"region": "Nom de la région"}
# Without it, or when it cannot be told, a note is refused.
_NEEDED = "region"


def _filled(text: str) -> str:
    """Return a text on one line.

    Raises:
        ValueError: it is what a template holds.
    """
    if _BLANK.search(text):
        raise ValueError(f"« {text} » est encore le texte du modèle. Remplacez-le.")
    return " ".join(text.split())


def _day(text: str) -> str:
    """Return a day as ISO 8601.

    Raises:
        ValueError: the text is no day.
    """
    day = exact_day(_filled(text))
    if day is None:
        raise ValueError(f"« {text} » n'est pas {_EXPECTED['date']}.")
    return day.isoformat()


def _is_yes(value: str | tuple[str, ...]) -> bool:
    """Return what ``fictif`` says.

    Raises:
        ValueError: it says neither yes nor no.
    """
    text = value if isinstance(value, str) else ", ".join(value)
    said = is_fictional(text)
    if said is None:
        raise ValueError(
            f"« {text} » ne dit pas si le compte rendu est fictif : il est pris pour fictif."
            " Écrivez « oui » ou « non »."
        )
    return said


def _points(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return an agenda as its points, those of a single text being separated by « ; »."""
    points = value.split(";") if isinstance(value, str) else value
    return tuple(filter(None, map(str.strip, points)))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Text, AfterValidator(_filled)]


class Meeting(BaseModel):
    """What the header of a note, or the columns of a table, say about one meeting.

    Everything is text until it is read here, whichever format it comes from. ``date`` is an ISO
    8601 day. ``participants`` is 0 where the note says so, which is no number of participants.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: Line | None = None
    date: Annotated[Text, AfterValidator(_day)] | None = None
    region: Line
    lieu: Line | None = None
    format: Annotated[
        Literal["présentiel", "distanciel"], BeforeValidator(lambda v: format_of(str(v)) or v)
    ] | None = None  # fmt: skip
    participants: Annotated[int, Field(ge=0)] | None = None
    public: Annotated[Public, BeforeValidator(lambda v: public_of(str(v)) or v)] | None = None
    ordre_du_jour: Annotated[tuple[Line, ...], BeforeValidator(_points)] = ()
    fictif: Annotated[bool, BeforeValidator(_is_yes)] = False
    collection: Literal["consultation"] | None = None

    def unknown(self, keys: Sequence[str]) -> list[str]:
        """Return those of these keys that nobody filled."""
        return [key for key in keys if not getattr(self, key)]


@dataclass(frozen=True, slots=True)
class Problem:
    """What must be corrected at one key, with the remedy."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A meeting, None where its region cannot be told, and the values that were not understood."""

    meeting: Meeting | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The meeting that the header of a note describes, and what to know of how it was read.

    ``doubtful`` are the keys whose values were not understood: the remarks tell of them.
    """

    meeting: Meeting
    remarks: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


def check_meeting(values: Mapping[str, str | tuple[str, ...]], *, missing: str) -> Checked:
    """Return the meeting that these values describe, and all that is wrong with them.

    A value that is not understood is left out, so that it stays unknown; a note that may be
    fictional is taken for fictional. Only the region must be told.

    Args:
        values: what is written, by key; what is blank counts as absent.
        missing: the sentence for a key that must be there, made with ``key`` and ``example``.
    """
    written = {key: value for key, value in values.items() if _says_something(value)}
    try:
        meeting = Meeting.model_validate(written)
    except ValidationError as error:
        wrong = tuple(dict.fromkeys(_say(each, missing=missing) for each in error.errors()))
        keys = {problem.key for problem in wrong}
        if _NEEDED in keys:
            return Checked(None, wrong)
        kept = {key: value for key, value in written.items() if key not in keys}
        meeting = Meeting.model_validate(kept | ({"fictif": "oui"} if "fictif" in keys else {}))
        return Checked(meeting, (*wrong, *_unlikely(meeting, written)))
    return Checked(meeting, tuple(_unlikely(meeting, written)))


def _unlikely(meeting: Meeting, written: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what to know of a date to come, which is kept as it is, and of 0 participants."""
    if meeting.participants == 0:
        yield Problem("participants", f"« 0 » n'est pas {_EXPECTED['participants']}.")
    if meeting.date and meeting.date > datetime.now(tz=UTC).date().isoformat():
        said = f"la date « {written['date']} » est dans le futur : elle est gardée telle quelle."
        yield Problem("date", f"{said} Corrigez-la : un compte rendu suit sa réunion.")


def read_header(entries: Sequence[Entry], *, top: int, missing: str) -> Header:
    """Return the meeting that the header of a note describes, and what to know of the header.

    An unknown key is not read, and this is said; but one that may stand for ``fictif`` is read as
    that, since a fictional note must never pass for true by a slip. Of a key written twice, the
    first one is read, but ``fictif`` says yes where any says so.

    Args:
        entries: the keys of the header.
        top: the line on which a key that is absent is asked for.
        missing: as in ``check_meeting``.

    Raises:
        Rejected: its region cannot be told; all that is wrong is named with its line and remedy.
    """
    known = [entry for entry in entries if entry.key in Meeting.model_fields]
    unknown = [each for each in entries if each not in known and _says_something(each.value)]
    lines = {entry.key: entry.line for entry in reversed(known)}
    checked = check_meeting({e.key: e.value for e in reversed(known)}, missing=missing)
    said = [(lines.get(problem.key, top), problem.text) for problem in checked.problems]
    said += [(entry.line, _not_read(entry.label)) for entry in unknown]
    said += _repeated(known)
    meeting = checked.meeting
    regions = {str(entry.value) for entry in known if entry.key == _NEEDED}
    if meeting is None or len(regions) > 1:
        raise Rejected(list_problems([(f"ligne {line}", text) for line, text in sorted(said)]))
    saying = [e for e in entries if e.key == "fictif" or (e in unknown and _may_be_fictif(e.label))]
    if any(_may_say_yes(entry.value) for entry in saying):
        meeting = meeting.model_copy(update={"fictif": True})
    return Header(
        meeting,
        tuple(f"ligne {line} : {text}" for line, text in sorted(said)),
        frozenset(problem.key for problem in checked.problems),
    )


def list_problems(problems: Sequence[tuple[str, str]]) -> str:
    """Return problems as the reason of a refusal, each with its place and on a line of its own."""
    lines = [f"{place} : {text}" for place, text in problems]
    if len(lines) == 1:
        return lines[0]
    return "\n- ".join([f"{len(lines)} points à corriger.", *lines])


def _repeated(entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Yield the keys that are written more than once, on their later lines."""
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            first = "" if entry.key == _NEEDED else " ; la première est lue"
            yield entry.line, f"la clé « {entry.key} » est écrite deux fois{first}. Gardez-en une."
        seen.add(entry.key)


def _says_something(value: str | tuple[str, ...]) -> bool:
    return any(map(str.strip, [value] if isinstance(value, str) else value))


def _say(error: Mapping[str, Any], *, missing: str) -> Problem:
    """Say in French what the schema refuses."""
    key = str(error["loc"][0])
    match error["type"]:
        case "missing":
            text = missing.format(key=key, example=_EXAMPLES[key])
        case "value_error":
            text = str(error["ctx"]["error"])
        case _:
            value = error["input"]
            said = ", ".join(value) if isinstance(value, tuple) else value
            text = f"« {said} » n'est pas {_EXPECTED[key]}."
    return Problem(key, text)


def _not_read(label: str) -> str:
    """Say that a key is unknown, and what to do about it."""
    if _may_be_fictif(label):
        return (
            f"la clé « {label} » est inconnue : elle est lue comme « fictif ». Corrigez-la, ou"
            " retirez-la."
        )
    near = nearest_key(label)
    if near is not None:
        remedy = f"Vouliez-vous écrire « {near} » ? Corrigez-la, ou retirez-la."
    else:
        remedy = f"Retirez-la ; les clés sont : {', '.join(KEYS)}."
    return f"la clé « {label} » est inconnue : elle n'est pas lue. {remedy}"


def _may_say_yes(value: str | tuple[str, ...]) -> bool:
    """Tell whether a value under ``fictif`` says yes, or nothing that can be understood."""
    text = value if isinstance(value, str) else ", ".join(value)
    return bool(text.strip()) and is_fictional(text) is not False


def _may_be_fictif(label: str) -> bool:
    """Tell whether an unknown key may have been meant to say that a note is fictional."""
    return slug(label).startswith("fict") or nearest_key(label, likeness=SLIP) == "fictif"
