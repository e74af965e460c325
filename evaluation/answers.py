"""Asks every question of a set and scores the answers."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.questions import Question
from evaluation.scores import score


@dataclass(frozen=True, slots=True)
class Result:
    """A question with its answer, its scores and how long it took, in milliseconds."""

    question: Question
    answer: Answer
    scores: dict[str, float]
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersReport:
    """The results of a set, with means and 95 % intervals in all and by category."""

    results: tuple[Result, ...]
    summary: dict[str, Estimate]
    categories: dict[str, dict[str, Estimate]]
    settings: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the report in the contract's form."""
        return {
            "summary": {name: asdict(value) for name, value in self.summary.items()},
            "categories": {
                category: {name: asdict(value) for name, value in values.items()}
                for category, values in self.categories.items()
            },
            "settings": self.settings,
            "questions": [
                {
                    "id": r.question.id,
                    "category": r.question.category,
                    "question": r.question.question,
                    "answer": r.answer.to_json(),
                    "scores": r.scores,
                    "ms": round(r.ms, 1),
                }
                for r in self.results
            ],
        }


def measure_answers(
    questions: Sequence[Question],
    *,
    assistant: Assistant,
    path: Path,
    workers: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> AnswersReport:
    """Ask every question and score the answers.

    Args:
        questions: at least one.
        assistant: what is evaluated.
        path: the set's file, named in the settings.
        workers: how many questions are asked at once.
        on_progress: told how many are answered, of how many.
    """
    results: list[Result] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for result in pool.map(lambda question: _ask(assistant, question), questions):
            results.append(result)
            if on_progress:
                on_progress(len(results), len(questions))
    status = assistant.library.status()
    names = dict.fromkeys(r.question.category for r in results)
    return AnswersReport(
        results=tuple(results),
        summary=_estimates(results) | _latencies(results),
        categories={n: _estimates([r for r in results if r.question.category == n]) for n in names},
        settings={
            "set": path.name,
            "questions": len(questions),
            "documents": status.documents,
            "passages": status.passages,
            "generation": status.generation,
            "embedding": status.model,
            "writer": results[0].answer.model,
        },
    )


def _ask(assistant: Assistant, question: Question) -> Result:
    """Return the result of one question."""
    history = [Exchange(turn.question, turn.answer) for turn in question.history]
    started = time.perf_counter()
    answer = assistant.answer(question.question, history=history)
    elapsed = (time.perf_counter() - started) * 1000
    return Result(question, answer, score(answer, question), elapsed)


def _estimates(results: Sequence[Result]) -> dict[str, Estimate]:
    """Return the mean of each score over the results that have it."""
    names = dict.fromkeys(name for result in results for name in result.scores)
    return {
        name: estimate_mean([r.scores[name] for r in results if name in r.scores]) for name in names
    }


def _latencies(results: Sequence[Result]) -> dict[str, Estimate]:
    """Return the median and the 95th centile of the durations."""
    durations = [result.ms for result in results]
    values = {f"latency_ms_p{q}": float(np.percentile(durations, q)) for q in (50, 95)}
    return {name: Estimate(value, value, value) for name, value in values.items()}
