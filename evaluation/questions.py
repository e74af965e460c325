"""Question sets for the evaluation of answers: one JSON object a line (the contract's form)."""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Status
from evaluation.errors import BadQuestionSet
from knowledge.system_reasons import reason


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Fact(_Strict):
    """A fact that the right answer holds, in one of several wordings."""

    label: str
    any_of: tuple[str, ...] = Field(min_length=1)


class ExpectedSource(_Strict):
    """A document that the right answer cites, by upstream id or title, and where in it."""

    id: str | None = None
    title: str | None = None
    section: str | None = None
    page: int | None = None


class Expectation(_Strict):
    """What is right: the statuses that are accepted, the facts, what must not be said, sources."""

    status: tuple[Status, ...] = ()
    facts: tuple[Fact, ...] = ()
    forbidden: tuple[str, ...] = ()
    sources: tuple[ExpectedSource, ...] = ()


class Turn(_Strict):
    """An earlier exchange of the conversation."""

    question: str
    answer: str


class Question(_Strict):
    """One question with what is expected of its answer."""

    id: str
    category: str
    question: str
    history: tuple[Turn, ...] = ()
    expect: Expectation
    split: Literal["dev", "test"] | None = None
    dispositif: str | None = None
    reason: str | None = None


def read_questions(path: Path) -> list[Question]:
    """Read a question set.

    Raises:
        BadQuestionSet: the file is missing, a line is malformed, or an id stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadQuestionSet(
            f"Le jeu de questions {path} ne peut pas être lu : {reason(error)}."
        ) from error
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{path} n'est pas en UTF-8 : convertissez-le.") from error
    questions = [_read(line, path, n) for n, line in enumerate(lines, start=1) if line.strip()]
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise BadQuestionSet(f"{path} : l'identifiant « {question.id} » est donné deux fois.")
        seen.add(question.id)
    if not questions:
        raise BadQuestionSet(f"Le jeu de questions {path} est vide.")
    return questions


def _read(line: str, path: Path, number: int) -> Question:
    """Return the question of one line."""
    try:
        return Question.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadQuestionSet(
            f"{path}, ligne {number} : « {where} » manque ou n'est pas ce qu'il faut."
        ) from error
    except ValueError as error:
        raise BadQuestionSet(
            f"{path}, ligne {number} : ce n'est pas du JSON. Corrigez la ligne."
        ) from error
