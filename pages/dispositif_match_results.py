"""What a situation opens, as HTML: conditions met, to be checked, not met, with the reasons."""

import html
from collections.abc import Sequence

from knowledge.match import Checked, Match, Verdict
from knowledge.sheet_schema import Sheet
from pages import text
from pages.dates import counted
from pages.dispositif_values import link_html

# A word and a sign for each verdict: the colour alone says nothing.
_SIGNS: dict[Verdict, tuple[str, str]] = {
    "met": ("✓", "réunie"),
    "unknown": ("?", "à vérifier"),
    "not_met": ("✗", "non réunie"),
}


def results_html(matches: Sequence[Match]) -> str:
    """Return the dispositifs in three groups, those of which nothing is known folded."""
    met = [each for each in matches if each.verdict == "met"]
    unknown = [each for each in matches if each.verdict == "unknown"]
    maybe = [each for each in unknown if each.count("met")]
    silent = [each for each in unknown if not each.count("met")]
    not_met = [each for each in matches if each.verdict == "not_met"]
    counts = (
        f"{counted(len(met), 'dispositif')} aux conditions réunies, {len(unknown)} à vérifier, "
        f"{len(not_met)} aux conditions non réunies."
    )
    others = f"Autres dispositifs, aucune condition réunie pour l'instant ({len(silent)})"
    return (
        f'<p role="status">{counts}</p>'
        f"<h2>Conditions réunies ({len(met)})</h2>{_open_group_html(met)}"
        f"<h2>À vérifier ({len(unknown)})</h2>{_open_group_html(maybe)}"
        f"{_folded_html(others, silent)}"
        f"<h2>Non réunies ({len(not_met)})</h2>"
        f"{_folded_html(f'Voir pourquoi ({len(not_met)})', not_met)}"
    )


def _open_group_html(matches: Sequence[Match]) -> str:
    return _list_html(matches) if matches else "<p>Aucun pour l'instant.</p>"


def _folded_html(title: str, matches: Sequence[Match]) -> str:
    if not matches:
        return ""
    return f"<details><summary>{title}</summary>{_list_html(matches)}</details>"


def _list_html(matches: Sequence[Match]) -> str:
    return '<ul class="matches">' + "".join(map(_match_html, matches)) + "</ul>"


def _match_html(match: Match) -> str:
    sheet = match.sheet
    lines = [f"<h3>{link_html(sheet.id, sheet.title)}</h3>"]
    if match.closed_reason:
        lines.append(f"<p>{html.escape(text.unbroken(match.closed_reason))}</p>")
    elif match.verdict == "not_met":
        lines.append(_closing_html(match))
    elif match.verdict == "met":
        confirmed = f"À confirmer auprès de l'organisme. Qui prescrit : {sheet.prescriber}."
        lines.append(f"<p>{html.escape(text.unbroken(confirmed))}</p>")
    else:
        lines.append(_next_html(match))
    if match.checks:
        checks = "".join(_check_html(each, sheet) for each in match.checks)
        lines.append(
            f"<details><summary>{_say_counts(match)}"
            f'<span class="spoken"> : {html.escape(sheet.title)}</span></summary>'
            f'<ul class="checks">{checks}</ul></details>'
        )
    else:
        lines.append("<p>La fiche n'a pas de condition : lisez-la.</p>")
    return f'<li class="match {match.verdict}">{"".join(lines)}</li>'


def _say_counts(match: Match) -> str:
    """Say how many conditions are met, to be checked, and not met: « 3 réunies, 2 à vérifier »."""
    met, unknown, not_met = (match.count(each) for each in _SIGNS)
    said = [
        counted(met, "réunie") if met else "",
        f"{unknown} à vérifier" if unknown else "",
        counted(not_met, "non réunie", "non réunies") if not_met else "",
    ]
    return ", ".join(part for part in said if part)


def _closing_html(match: Match) -> str:
    """Return what closes the door: nobody should have to unfold that."""
    closing = next(
        each
        for each in match.checks
        if each.verdict == "not_met" and each.condition.only_for is None
    )
    said = f"Non réunie : {closing.condition.text} ({closing.reason})"
    return f'<p class="closing">{html.escape(text.unbroken(said))}</p>'


def _next_html(match: Match) -> str:
    """Return the first condition to check, with what can be done about it."""
    waiting = next(
        (
            each
            for each in match.checks
            if each.verdict == "unknown" and each.condition.only_for is None
        ),
        None,
    )
    if waiting is None:
        return ""
    said = f"À vérifier d'abord : {waiting.condition.text}"
    if waiting.reason == waiting.condition.step:
        said += f" ({waiting.reason})"
    return f"<p>{html.escape(text.unbroken(said))}</p>"


def _check_html(check: Checked, sheet: Sheet) -> str:
    condition = check.condition
    sign, word = _SIGNS[check.verdict]
    said = f"Pour {condition.only_for} : {condition.text}" if condition.only_for else condition.text
    source = next(each for each in sheet.sources if each.key == condition.source)
    address = text.web_address(source.url)
    title = html.escape(text.unbroken(source.title))
    if address:
        title = (
            f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
            f"{title} (nouvel onglet)</a>"
        )
    return (
        f'<li><span class="verdict {check.verdict}"><span aria-hidden="true">{sign}</span> {word}'
        f"</span> {html.escape(text.unbroken(said))} "
        f'<span class="reason">({html.escape(text.unbroken(check.reason))})</span>'
        f'<span class="from">Source : {title}</span></li>'
    )
