"""The steps from a question to its answer, timed, for whoever wants to know why."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from assistant.answer import Step

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
