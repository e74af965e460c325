"""What a comparison says in words, on screen and in its files, whatever their format."""

import datetime as dt

from knowledge.catalogue import Comparison
from knowledge.dates import say_date
from knowledge.sheet_facts import Reference, Value

TITLE = "Comparaison de dispositifs"
SILENT = "Les sources ne le disent pas"
OLD = "plus de 12 mois : vérifiez"
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
    return f"Exporté d'Appui le {say_date(today.isoformat())}."


def is_old(since: str | None, *, today: dt.date) -> bool:
    """Tell whether an amount took effect more than twelve months ago."""
    return since is not None and since < f"{today.year - 1}-{today:%m-%d}"


def say_reference(reference: Reference) -> str:
    """Return a reference as plain text, without its address."""
    dated = f"daté du {say_date(reference.date)}" if reference.date else "sans date"
    checked = f"vérifié le {say_date(reference.checked_on)}"
    return " · ".join((reference.title, reference.publisher, dated, checked))


def say_value(value: Value, *, today: dt.date) -> str:
    """Return a value as plain text, with what must be known of its age."""
    return f"{value.text} ({OLD})" if is_old(value.since, today=today) else value.text


def say_marked(value: Value, comparison: Comparison, *, today: dt.date) -> tuple[str, list[int]]:
    """Return a value as plain text and the numbers of its sources."""
    return say_value(value, today=today), [comparison.number(each) for each in value.references]
