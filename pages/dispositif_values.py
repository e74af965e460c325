"""The facts of a sheet as HTML: each value with the mark of its source, and the sources below."""

import datetime as dt
import html
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.comparison_text import OLD, SILENT, is_old, say_reference
from knowledge.catalogue import Comparison
from knowledge.sheet_facts import Reference, Value
from knowledge.sheet_schema import Amount, Sheet
from pages import text
from pages.acronyms import explained_html

_SHOWN = 4


@dataclass(slots=True)
class _Seen:
    """What stands above in a table: a source is led back to once, an acronym explained once."""

    marks: set[int] = field(default_factory=set)
    text: str = ""


def main_amount(sheet: Sheet) -> Amount | None:
    """Return the first amount in euros of a sheet: its writers put the main one first."""
    return next((each for each in sheet.amounts if each.unit.startswith("€")), None)


def table_html(comparison: Comparison, *, today: dt.date) -> str:
    """Return the criteria as rows and the dispositifs as columns, each value with its marks."""
    seen = _Seen()
    heads = "".join(
        f'<th scope="col">{link_html(sheet.id, sheet.title)}</th>' for sheet in comparison.sheets
    )
    rows = "".join(
        f'<tr><th scope="row">{html.escape(criterion)}</th>'
        + "".join(
            f'<td data-name="{html.escape(text.unbroken(sheet.title))}">'
            + _cell_html(comparison.cells[criterion, sheet.id], comparison, seen, today)
            + "</td>"
            for sheet in comparison.sheets
        )
        + "</tr>"
        for criterion in comparison.criteria
    )
    return (
        "<thead><tr><td></td>" + heads + f"</tr></thead><tbody>{rows}</tbody>"
        if len(comparison.sheets) > 1
        else f"<tbody>{rows}</tbody>"
    )


def references_html(comparison: Comparison) -> str:
    """Return the numbered sources, each with a way back to the value that first names it."""
    lines = []
    for number, reference in enumerate(comparison.references, start=1):
        back = f"Revenir à la valeur de la source {number}"
        lines.append(
            f'<li id="reference-{number}" tabindex="-1"><span>[{number}]</span><span>'
            f"{html.escape(text.unbroken(say_reference(reference)))}{origin_html(reference.url)} "
            f'<a href="#mention-{number}" title="{back}" aria-label="{back}">Revenir</a>'
            "</span></li>"
        )
    return f'<ol class="references">{"".join(lines)}</ol>'


def origin_html(url: str | None) -> str:
    """Return a link to an original, or nothing when no browser may follow it."""
    address = text.web_address(url)
    if address is None:
        return ""
    return (
        f' · <a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
        "Ouvrir l'original (nouvel onglet)</a>"
    )


def link_html(sheet_id: str, title: str) -> str:
    """Return a link to a sheet; the page's script opens it without a reload."""
    return f'<a href="?fiche={sheet_id}">{html.escape(text.unbroken(title))}</a>'


def _cell_html(values: Sequence[Value], comparison: Comparison, seen: _Seen, today: dt.date) -> str:
    if not values:
        return f'<p class="silent">{SILENT}</p>'
    said = [_value_html(value, comparison, seen, today) for value in values]
    if len(said) == 1:
        return f"<p>{said[0]}</p>"
    first, rest = said[:_SHOWN], said[_SHOWN:]
    unfolded = (
        f"<details><summary>Voir la suite ({len(rest)})</summary>{_list_html(rest)}</details>"
        if rest
        else ""
    )
    return _list_html(first) + unfolded


def _list_html(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _value_html(value: Value, comparison: Comparison, seen: _Seen, today: dt.date) -> str:
    old = f' <span class="old">{OLD}</span>' if is_old(value.since, today=today) else ""
    marks = "".join(_mark_html(each, comparison, seen) for each in value.references)
    said = explained_html(text.unbroken(value.text), before=seen.text)
    seen.text += f" {value.text}"
    return f"{said}{old} {marks}"


def _mark_html(reference: Reference, comparison: Comparison, seen: _Seen) -> str:
    number = comparison.number(reference)
    name = "" if number in seen.marks else f' id="mention-{number}"'
    seen.marks.add(number)
    title = html.escape(f"Source {number} : {reference.title}")
    return (
        f'<a class="mark"{name} href="#reference-{number}" title="{title}"'
        f' aria-label="{title}">[{number}]</a>'
    )
