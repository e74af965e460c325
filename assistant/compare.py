"""The dispositifs that a question names, side by side: one value a cell, each with its source."""

import datetime as dt
import textwrap
from collections.abc import Sequence

from assistant.comparison_text import SILENT, say_marked, say_reference, say_title
from assistant.errors import AssistantError
from knowledge.acronyms import acronyms_in
from knowledge.analysis import terms
from knowledge.catalogue import Catalogue, Comparison
from knowledge.sheet_facts import CRITERIA
from knowledge.sheet_schema import Sheet

_MOST = 4
_WIDTH = 88


class NothingToCompare(AssistantError):
    """A question names fewer than two dispositifs."""


def compare(
    question: str, *, catalogue: Catalogue, criteria: Sequence[str] = CRITERIA
) -> Comparison:
    """Return the comparison of the dispositifs that a question names, four at most.

    A question that names one only is answered with those near it.

    Raises:
        NothingToCompare: it names none, or one that has no neighbour.
    """
    named = _named(question, catalogue)
    if len(named) == 1:
        known = {sheet.id for sheet in catalogue.sheets}
        named += [each for each in catalogue.sheet(named[0]).related if each in known]
    if len(named) < 2:  # noqa: PLR2004  two make a comparison
        raise NothingToCompare(
            "Il faut au moins deux dispositifs à comparer, nommés dans la question :"
            " « CEJ ou PACEA ? »."
        )
    return catalogue.compare(named[:_MOST], criteria=criteria)


def _named(question: str, catalogue: Catalogue) -> list[str]:
    """Return the sheets that a question names by acronym or name, in the order of their title."""
    asked = set(terms(question))
    spelt = [set(terms(each.expansion)) for each in acronyms_in(question)]
    return [sheet.id for sheet in catalogue.sheets if _is_named(sheet, asked, spelt)]


def _is_named(sheet: Sheet, asked: set[str], spelt: list[set[str]]) -> bool:
    name = set(terms(sheet.name))
    by_acronym = any(set(terms(each)) <= asked for each in sheet.acronyms if terms(each))
    return by_acronym or (bool(name) and (name <= asked or name in spelt))


def as_text(comparison: Comparison, *, today: dt.date) -> str:
    """Return a comparison as plain text: for each criterion, what each dispositif says of it."""
    lines = [say_title(comparison), ""]
    for criterion in comparison.criteria:
        lines.append(criterion.upper())
        for sheet in comparison.sheets:
            name = sheet.acronyms[0] if sheet.acronyms else sheet.title
            lines.append(f"  {name}")
            for value in comparison.cells[criterion, sheet.id]:
                words, numbers = say_marked(value, comparison, today=today)
                marks = "".join(f"[{each}]" for each in numbers)
                lines.append(_item(f"{words} {marks}"))
            if not comparison.cells[criterion, sheet.id]:
                lines.append(_item(SILENT))
        lines.append("")
    lines.append("Sources")
    for number, reference in enumerate(comparison.references, start=1):
        address = f" · {reference.url}" if reference.url else ""
        lines.append(f"[{number}] {say_reference(reference)}{address}")
    return "\n".join(lines)


def to_json(comparison: Comparison, *, today: dt.date) -> dict[str, object]:
    """Return a comparison as JSON-ready dictionaries: its cells by criterion and sheet."""
    return {
        "title": say_title(comparison),
        "cells": {
            criterion: {
                sheet.id: [
                    {"text": words, "sources": numbers}
                    for words, numbers in (
                        say_marked(value, comparison, today=today)
                        for value in comparison.cells[criterion, sheet.id]
                    )
                ]
                for sheet in comparison.sheets
            }
            for criterion in comparison.criteria
        },
        "sources": [
            {"n": number, "text": say_reference(reference), "url": reference.url}
            for number, reference in enumerate(comparison.references, start=1)
        ],
    }


def _item(said: str) -> str:
    return textwrap.fill(said, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
