"""What a meeting note says about its meeting, validated: nothing in it is guessed or left out."""

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
from ingestion.meeting_keys import FORMATS, KEYS, PUBLICS, SLIP, Entry, nearest_key
from ingestion.names import slug
from knowledge.documents import Public

# What the templates of docs/modeles/ hold where something must be written.
_BLANK = re.compile(r"\bnom de la (?:région|ville)\b|AAAA-MM-JJ", re.IGNORECASE)
_YES = frozenset({"true", "oui", "vrai", "yes", "1", "x"})
_NO = frozenset({"false", "non", "faux", "no", "0"})
_EXPECTED = {
    "titre": "un titre. Écrivez-le sur une ligne",
    "date": "une date. Écrivez-la ainsi : 2023-09-05",
    "region": "le nom d'une région. Écrivez-le sur une ligne",
    "lieu": "le nom d'une ville. Écrivez-le sur une ligne",
    "format": "un format de réunion. Écrivez « présentiel » ou « distanciel »",
    "participants": "un nombre de participants. Écrivez-le en chiffres, ou retirez-le s'il est"
    " inconnu",
    "public": "un public. Écrivez « professionnels » ou « jeunes »",
    "ordre_du_jour": "un ordre du jour. Écrivez un point par ligne",
    "collection": "la collection d'un compte rendu. Retirez cette clé",
}
_EXAMPLES = {"region": "Nom de la région", "date": "AAAA-MM-JJ"}


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
        ValueError: the text is no day, or one to come.
    """
    day = exact_day(text)
    if day is None:
        raise ValueError(f"« {text} » n'est pas {_EXPECTED['date']}.")
    if day > datetime.now(tz=UTC).date():
        raise ValueError(
            f"la date « {text} » est dans le futur. Corrigez-la : un compte rendu suit sa réunion."
        )
    return day.isoformat()


def _is_yes(value: str | tuple[str, ...]) -> bool:
    """Return what ``fictif`` says.

    Raises:
        ValueError: it says neither yes nor no; a note must never pass for true by a slip.
    """
    text = value if isinstance(value, str) else ", ".join(value)
    said = slug(text)
    if said not in _YES | _NO:
        raise ValueError(
            f"« {text} » ne dit pas si le compte rendu est fictif. Écrivez « oui » ou « non »."
        )
    return said in _YES


def _points(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return an agenda as its points, those of a single text being separated by « ; »."""
    points = value.split(";") if isinstance(value, str) else value
    return tuple(filter(None, map(str.strip, points)))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Text, AfterValidator(_filled)]


class Meeting(BaseModel):
    """What the header of a note, or the columns of a table, say about one meeting.

    Everything is text until it is read here, whichever format it comes from. ``date`` is an ISO
    8601 day that is past.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: Line | None = None
    date: Annotated[Text, AfterValidator(_day)]
    region: Line
    lieu: Line | None = None
    format: Annotated[
        Literal["présentiel", "distanciel"], BeforeValidator(lambda v: FORMATS.get(slug(str(v)), v))
    ] | None = None  # fmt: skip
    participants: Annotated[int, Field(ge=1)] | None = None
    public: Annotated[Public, BeforeValidator(lambda v: PUBLICS.get(slug(str(v)), v))] | None = None
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


def check_meeting(
    values: Mapping[str, str | tuple[str, ...]], *, missing: str
) -> Meeting | list[Problem]:
    """Return the meeting that these values describe, or all that is wrong with them.

    Args:
        values: what is written, by key; what is blank counts as absent.
        missing: the sentence for a key that must be there, made with ``key`` and ``example``.
    """
    written = {key: value for key, value in values.items() if _says_something(value)}
    try:
        return Meeting.model_validate(written)
    except ValidationError as error:
        said = (_say(each, missing=missing) for each in error.errors())
        return list(dict.fromkeys(said))


def read_header(
    entries: Sequence[Entry], *, top: int, missing: str
) -> tuple[Meeting, tuple[str, ...]]:
    """Return the meeting that the header of a note describes, and what to know of the header.

    An unknown key is not read, and this is said; but one that may stand for ``fictif`` is refused,
    since a fictional note must never pass for true by a slip.

    Args:
        entries: the keys of the header.
        top: the line on which a key that is absent is asked for.
        missing: as in ``check_meeting``.

    Raises:
        Rejected: something is wrong in it, all of which is named with its line and remedy.
    """
    known = [entry for entry in entries if entry.key in Meeting.model_fields]
    unknown = [each for each in entries if each not in known and _says_something(each.value)]
    lines = {entry.key: entry.line for entry in reversed(known)}
    problems = list(_repeated(known))
    checked = check_meeting({entry.key: entry.value for entry in known}, missing=missing)
    if isinstance(checked, list):
        problems += [(lines.get(problem.key, top), problem.text) for problem in checked]
    ignored = [(entry.line, _not_read(entry.label)) for entry in unknown]
    if isinstance(checked, list) or problems or any(_may_be_fictif(e.label) for e in unknown):
        said = sorted([*problems, *ignored])
        raise Rejected(list_problems([(f"ligne {line}", text) for line, text in said]))
    return checked, tuple(f"ligne {line} : {text}" for line, text in ignored)


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
            yield entry.line, f"la clé « {entry.key} » est écrite deux fois. Gardez-en une."
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
    near = nearest_key(label)
    if near is not None:
        remedy = f"Vouliez-vous écrire « {near} » ? Corrigez-la, ou retirez-la."
    else:
        remedy = f"Retirez-la ; les clés sont : {', '.join(KEYS)}."
    return f"la clé « {label} » est inconnue : elle n'est pas lue. {remedy}"


def _may_be_fictif(label: str) -> bool:
    """Tell whether an unknown key may have been meant to say that a note is fictional."""
    return slug(label).startswith("fict") or nearest_key(label, likeness=SLIP) == "fictif"
