"""The examples of ``knowledge/corpus/remontees-exemples.csv``: remarks, and what is none.

Most were written for this, the others are those of fictional consultations, which « source »
names; people who know the field can add theirs. A row without theme nor type is a sentence on the
meeting itself.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "corpus" / "remontees-exemples.csv"


@dataclass(frozen=True, slots=True)
class Example:
    """A remark with its theme and kind; both are empty where it is no remark."""

    theme: str
    kind: str
    said: str
    source: str = ""


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Return the examples of the file."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return tuple(
            Example(row["theme"], row["type"], row["phrase"], row["source"]) for row in rows
        )
