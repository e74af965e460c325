"""The minutes that advisers say an answer saved them: declared, never measured."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.conversations import KeptExchange

#: What can be declared after an answer, in minutes.
CHOICES = (0, 5, 10, 20)
NOTICE = "Ces minutes sont déclarées par les conseillers, pas mesurées."


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSaved:
    """What was declared, over the answers kept; ``typical`` is the median, in minutes.

    ``verified`` is how many of the ``sentences`` of those answers are verified.
    """

    answers: int
    declarations: int
    minutes: int
    typical: float | None
    sentences: int
    verified: int


def sum_up(exchanges: Sequence[KeptExchange]) -> TimeSaved:
    """Return what was declared after these exchanges."""
    declared = [kept.minutes for kept in exchanges if kept.minutes is not None]
    sentences = [each for kept in exchanges for each in kept.answer.sentences]
    return TimeSaved(
        answers=len(exchanges),
        declarations=len(declared),
        minutes=sum(declared),
        typical=median(declared) if declared else None,
        sentences=len(sentences),
        verified=sum(each.verified for each in sentences),
    )


def as_csv(found: TimeSaved) -> str:
    """Return the sums as a table for a spreadsheet, with what they are worth."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows(
        [
            ("mesure", "valeur"),
            ("réponses gardées", found.answers),
            ("déclarations", found.declarations),
            ("minutes déclarées", found.minutes),
            ("minutes, médiane", "" if found.typical is None else f"{found.typical:g}"),
            ("phrases des réponses", found.sentences),
            ("phrases vérifiées", found.verified),
            ("note", NOTICE),
        ]
    )
    return stream.getvalue()
