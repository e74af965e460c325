"""Measures whether answers on the consultation count the meetings that really said it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.ask import Assistant
from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.errors import BadQuestionSet
from knowledge.system_reasons import reason

Kind = Literal["theme", "section", "absent"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Spoken(_Strict):
    """A meeting that speaks of what is asked, by the identifier of its note."""

    document: str


class ConsultationQuestion(_Strict):
    """A question and the meetings that speak of it: none where ``kind`` is « absent »."""

    id: str
    split: Literal["dev", "test"]
    kind: Kind
    question: str
    expected: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class ConsultationReport:
    """Means over the questions, with 95 % intervals.

    ``precision`` is the share of the meetings cited that speak of it, over the questions answered;
    ``recall`` the share of those that speak of it that are cited; ``silence`` the share of the
    absent subjects on which nobody is cited. None where no question of the set measures it.
    """

    questions: int
    precision: Estimate | None
    recall: Estimate | None
    silence: Estimate | None


def read_consultation_set(path: Path) -> list[ConsultationQuestion]:
    """Read a set of questions on a consultation, one JSON object a line.

    Raises:
        BadQuestionSet: the file cannot be read, or a line is malformed.
    """
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadQuestionSet(f"{path} ne peut pas être lu : {reason(error)}.") from error
    for number, line in enumerate(lines, start=1):
        try:
            questions.append(ConsultationQuestion.model_validate_json(line))
        except ValidationError as error:
            raise BadQuestionSet(
                f"{path}, ligne {number} : ce n'est pas une question sur la consultation."
                " Corrigez la ligne."
            ) from error
    return questions


def measure_consultation(
    questions: Sequence[ConsultationQuestion],
    *,
    assistant: Assistant,
    on_progress: Callable[[int, int], None] | None = None,
) -> ConsultationReport:
    """Ask every question of the assistant and compare the meetings that it cites."""
    precisions, recalls, silences = [], [], []
    for done, question in enumerate(questions, start=1):
        answer = assistant.answer(question.question)
        cited = {citation.document_id for citation in answer.citations}
        expected = {spoken.document for spoken in question.expected}
        if not expected:
            silences.append(float(not cited))
        else:
            recalls.append(len(cited & expected) / len(expected))
        if expected and cited:
            precisions.append(len(cited & expected) / len(cited))
        if on_progress:
            on_progress(done, len(questions))
    precision, recall, silence = (
        estimate_mean(scores) if scores else None for scores in (precisions, recalls, silences)
    )
    return ConsultationReport(len(questions), precision, recall, silence)
