"""The steps from a question to its answer, timed, for whoever wants to know why."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from assistant.answer import Step
from assistant.choose import Chosen
from knowledge.documents import Hit
from knowledge.known_questions import Echo

Result = TypeVar("Result")


class Trace:
    """Collects the steps of one answer."""

    def __init__(self) -> None:
        """Start with no step."""
        self.steps: list[Step] = []

    def run(
        self, step: str, call: Callable[[], Result], tell: Callable[[Result], dict[str, Any]]
    ) -> Result:
        """Run one step and remember its duration and what ``tell`` says of its result."""
        started = time.perf_counter()
        result = call()
        elapsed = (time.perf_counter() - started) * 1000
        self.steps.append(Step(step, tell(result), round(elapsed, 1)))
        return result


def tell_hit(hit: Hit) -> dict[str, object]:
    """Return what a trace says of a passage found."""
    return {
        "passage": hit.passage.id,
        "title": hit.source.title,
        "score": round(hit.score, 3),
        "dense": round(hit.dense, 3),
        "lexical": round(hit.lexical, 3),
    }


def tell_echo(echo: Echo) -> dict[str, object]:
    """Return what a trace says of the known questions nearest to the one asked."""
    return {
        "question": echo.question,
        "likeness": round(echo.likeness, 3),
        "unanswered": round(echo.unanswered, 3),
    }


def tell_chosen(chosen: Chosen) -> dict[str, object]:
    """Return what a trace says of a sentence chosen."""
    return {
        "text": chosen.unit.text[:160],
        "hit": chosen.unit.hit,
        "score": round(chosen.score, 3),
        "coverage": round(chosen.coverage, 3),
        "cosine": round(chosen.cosine, 3),
    }
