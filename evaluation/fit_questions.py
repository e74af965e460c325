"""The questions that weights may be fitted on, and the passages that they are answered from."""

import argparse
from pathlib import Path

from assistant.find import HITS
from evaluation.questions import Question
from knowledge.documents import Hit
from knowledge.library import Library

# Neither is answered from the sentences found: orders are refused before, remarks are counted.
_OTHERWISE = frozenset({"hostile", "consultation"})


def may_teach(question: Question) -> bool:
    """Tell whether weights may be fitted on a question: it is of development, on documents."""
    return question.split != "test" and question.category not in _OTHERWISE


def find(search_text: str, *, library: Library) -> list[Hit]:
    """Return the passages that the assistant would choose sentences from, the best first."""
    hits = library.search(search_text, k=HITS)
    return [hit for hit in hits if hit.source.collection != "consultation"]


def add_sets(parser: argparse.ArgumentParser) -> None:
    """Let a program be told the sets of questions to fit on, each with the index to ask."""
    parser.add_argument(
        "--set",
        dest="sets",
        type=Path,
        nargs=2,
        action="append",
        required=True,
        metavar=("QUESTIONS.jsonl", "INDEX"),
    )
