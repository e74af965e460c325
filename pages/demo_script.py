"""The scenarios of the demonstration: what is asked, what is done with it, what to look at."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from assistant.task import Kind, Manner

_FILE = Path(__file__).parent / "demo_scenarios.toml"
#: Dispositifs side by side, which is no task of an answer.
COMPARE = "compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step: a question, what is done with its answer, and one sentence for the room."""

    question: str
    look: str
    task: Kind | None
    compares: bool
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A situation told in one sentence, and its steps."""

    title: str
    situation: str
    acts: tuple[Act, ...]


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Return the scenarios, in the order of their file."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Scenario(
            title=each["title"],
            situation=each["situation"],
            acts=tuple(_act(step) for step in each["step"]),
        )
        for each in content["scenario"]
    )


def _act(step: dict[str, str]) -> Act:
    named = step.get("task")
    return Act(
        question=step["question"],
        look=step["look"],
        task=next((kind for kind in get_args(Kind) if kind == named), None),
        compares=named == COMPARE,
        manner="tu" if step.get("manner") == "tu" else "vous",
    )
