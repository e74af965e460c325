"""Measures warm questions: one process, questions that differ, each asked once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.answer import Answer
from assistant.ask import open_assistant
from evaluation.errors import BadQuestionSet

QUESTIONS = Path(__file__).parent / "sets" / "bench-questions.txt"
WARM_UP = 5
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class StepMeasure:
    """What one step of the answers took, and its share of the whole time; 0 where it is skipped."""

    p50_ms: float
    p95_ms: float
    share: float


@dataclass(frozen=True, slots=True)
class WarmQuestions:
    """How long questions took, by step (``other``: between the steps), and how they ended."""

    questions: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    steps: dict[str, StepMeasure]
    statuses: dict[str, int]


def read_questions(file: Path = QUESTIONS) -> tuple[str, ...]:
    """Return the questions of a file, one a line, without blank lines and remarks (``#``).

    Raises:
        BadQuestionSet: there are not more than the warm-up takes.
    """
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    questions = tuple(line for line in lines if line and not line.startswith("#"))
    if len(questions) <= WARM_UP:
        raise BadQuestionSet(f"{file} doit contenir plus de {WARM_UP} questions.")
    return questions


def measure_questions(
    questions: Sequence[str], *, home: Path, embedding: str | None
) -> WarmQuestions:
    """Ask the first questions to warm up, then time each of the others.

    Args:
        questions: in French, more than ``WARM_UP``.
        home: the data folder to answer from.
        embedding: the embedding model, as in ``knowledge.embedding``.
    """
    assistant = open_assistant(home, embedding=embedding)
    try:
        for question in questions[:WARM_UP]:
            assistant.answer(question)
        answers: list[Answer] = []
        durations: list[float] = []
        for question in questions[WARM_UP:]:
            started = perf_counter()
            answers.append(assistant.answer(question))
            durations.append((perf_counter() - started) * 1_000)
    finally:
        assistant.library.close()
    return WarmQuestions(
        questions=len(durations),
        p50_ms=_percentile(durations, 50),
        p95_ms=_percentile(durations, 95),
        max_ms=max(durations),
        steps=_by_step(answers, durations),
        statuses=dict(Counter(answer.status for answer in answers)),
    )


def _by_step(answers: Sequence[Answer], durations: Sequence[float]) -> dict[str, StepMeasure]:
    """Return what each step took, in the order in which steps first come."""
    names = list(dict.fromkeys(step.step for answer in answers for step in answer.trace))
    rows = [
        [sum(step.ms for step in answer.trace if step.step == name) for name in names]
        for answer in answers
    ]
    others = [max(0.0, total - sum(row)) for row, total in zip(rows, durations, strict=True)]
    columns = [*zip(*rows, strict=True), others]
    whole = sum(durations)
    return {
        name: StepMeasure(_percentile(column, 50), _percentile(column, 95), sum(column) / whole)
        for name, column in zip([*names, _OTHER], columns, strict=True)
    }


def _percentile(values: Sequence[float], rank: int) -> float:
    return float(np.percentile(values, rank))
