"""What the files of a comparison say in words, whatever their format."""

import datetime as dt

from knowledge.catalogue import Comparison
from knowledge.sheet_facts import Value
from pages.dates import in_words
from pages.dispositif_values import say_value

TITLE = "Comparaison de dispositifs"
NOTICE = "Montants et règles à la date indiquée : vérifiez avant de les donner."


def file_name(comparison: Comparison, *, today: dt.date, kind: str) -> str:
    """Return the name of a file: ``comparaison-cej-pacea-2026-11-23.pdf``."""
    names = "-".join(sheet.id for sheet in comparison.sheets)
    return f"comparaison-{names}-{today.isoformat()}.{kind}"


def say_title(comparison: Comparison) -> str:
    """Return the title of a file, which names the dispositifs."""
    return f"{TITLE} : {', '.join(sheet.title for sheet in comparison.sheets)}"


def say_export(today: dt.date) -> str:
    """Say on which day a file was made, and by what."""
    return f"Exporté d'Appui le {in_words(today.isoformat())}."


def say_marked(value: Value, comparison: Comparison, *, today: dt.date) -> tuple[str, list[int]]:
    """Return a value as plain text and the numbers of its sources."""
    return say_value(value, today=today), [comparison.number(each) for each in value.references]
