"""Question sets for the evaluation of answers: one JSON object a line (the contract's form)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Status
from evaluation.errors import BadQuestionSet
from evaluation.json_lines import numbered_lines
from evaluation.spreadsheet import read_rows


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
    # What was answered when the question was asked for good.
    given: str | None = None
    # The question as it would be asked without the conversation.
    standalone: str | None = None


def read_questions(path: Path) -> list[Question]:
    """Read a question set: JSON lines, or a spreadsheet (``.csv``, ``.xlsx``).

    Raises:
        BadQuestionSet: the file is missing, a line is malformed, or an id stands twice.
    """
    rows = read_rows(path) if path.suffix.lower() in {".csv", ".xlsx"} else _read_lines(path)
    questions: dict[str, Question] = {}
    for number, content in rows:
        question = _validated(content, path, number)
        if question.id in questions:
            raise BadQuestionSet(
                f"{path}, ligne {number} : l'identifiant « {question.id} » est déjà donné."
                " Choisissez-en un autre."
            )
        questions[question.id] = question
    if not questions:
        raise BadQuestionSet(f"Le jeu de questions {path} est vide.")
    return list(questions.values())


def _read_lines(path: Path) -> Iterator[tuple[int, object]]:
    """Yield the line numbers of a JSONL file and what stands there."""
    for number, line in numbered_lines(path):
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise BadQuestionSet(
                f"{path}, ligne {number} : ce n'est pas du JSON. Corrigez la ligne."
            ) from error


def _validated(content: object, path: Path, number: int) -> Question:
    """Return the question of one line."""
    try:
        return Question.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadQuestionSet(
            f"{path}, ligne {number} : « {where} » manque ou n'est pas ce qu'il faut."
        ) from error
