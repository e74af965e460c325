"""The views of a consultation as HTML: the matrix, the extracts, the lists to look at."""

import html
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.mask import mask
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.kinds import Kind
from knowledge.consultation.matrix import STATES, Matrix, State
from knowledge.dates import say_date
from pages.dates import counted
from pages.messages import FICTIONAL

# Each state has its sign and its word: colour alone never tells it.
_SIGNS: dict[State, str] = {
    "dit": "●",
    "contredit": "◐",
    "non_evoque": "○",
    "non_aborde": "–",
}
_KINDS: dict[Kind, str] = {
    "fonctionne": "Ce qui fonctionne",
    "dysfonctionne": "Ce qui ne fonctionne pas",
    "besoin": "Besoins",
    "attente": "Attentes",
}
_UNPLACED = "Région non précisée"


def summary_html(matrix: Matrix) -> str:
    """Return what was read, and how much of it was decided."""
    meetings = counted(len(matrix.notes), "compte rendu", "comptes rendus")
    said = counted(len(matrix.coded) + len(matrix.young), "remontée")
    regions = counted(len(matrix.regions), "région")
    copies = "".join(
        f'<p class="note">« {html.escape(each.note.file)} » redit'
        f" « {html.escape(each.of.file)} » : il n'ajoute rien.</p>"
        for each in matrix.duplicates
    )
    fictional = any(note.fictional for note in matrix.notes)
    return (
        f'<p role="status">{meetings}, {regions}, {said}.'
        f"{' <strong>Comptes rendus fictifs (démonstration).</strong>' if fictional else ''}</p>"
        f"{_progress_html(matrix)}{copies}"
    )


def _progress_html(matrix: Matrix) -> str:
    """Return how much was decided, in words and as a bar."""
    everything = matrix.everything
    decided = sum(each.status != "proposed" for each in everything)
    if not decided:
        return (
            '<p class="caution">Types et thèmes sont des propositions d\'Appui : personne ne les'
            " a encore validés.</p>"
        )
    said = counted(decided, "remontée décidée", "remontées décidées")
    aside = f", dont {counted(len(matrix.set_aside), 'écartée')}" if matrix.set_aside else ""
    return (
        f'<p class="progress"><progress max="{len(everything)}" value="{decided}"'
        f' aria-label="Remontées décidées"></progress> {said} sur {len(everything)}{aside}.'
        " Le reste est proposé par Appui.</p>"
    )


def matrix_html(matrix: Matrix) -> str:
    """Return the themes by region as a table."""
    heads = "".join(f'<th scope="col">{html.escape(region)}</th>' for region in matrix.regions)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(theme)}<br><small>{_meetings(said)}</small></th>'
        + "".join(
            f'<td data-name="{html.escape(region)}">'
            f"{_cell(matrix.cell(theme, region), [each for each in said if each.region == region])}"
            "</td>"
            for region in matrix.regions
        )
        + "</tr>"
        for theme, said in matrix.themes.items()
    )
    return (
        '<div class="comparison" role="region" aria-label="Matrice des thèmes" tabindex="0">'
        '<table><caption class="spoken">Un thème par ligne, une région par colonne. Un silence'
        " n'est ni un accord ni un désaccord.</caption>"
        f'<thead><tr><th scope="col">Thème</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div><p>● dit · ◐ contredit · ○ non évoqué (à l'ordre du jour, personne n'en a parlé)"
        " · – non abordé (pas à l'ordre du jour)</p>"
    )


def extracts_html(said: Sequence[Coded]) -> str:
    """Return the extracts of a theme by region, then by kind."""
    by_region: dict[str, list[Coded]] = defaultdict(list)
    for each in said:
        by_region[each.region or _UNPLACED].append(each)
    return "".join(
        f"<h2>{html.escape(region)}</h2>{_by_kind(each)}"
        for region, each in sorted(by_region.items())
    )


def contradictions_html(matrix: Matrix) -> str:
    """Return the themes on which the opposite was said, both sides one after the other."""
    if not matrix.contradictions:
        return "<p>Appui n'a relevé aucune divergence.</p>"
    return "".join(
        f"<h2>{html.escape(theme)}</h2>{list_html(for_it)}<p><strong>À l'inverse</strong></p>"
        f"{list_html(against)}"
        for theme, for_it, against in matrix.contradictions
    )


def young_html(matrix: Matrix) -> str:
    """Return what young people said, which is never added to the professionals."""
    if not matrix.young:
        return "<p>Aucun compte rendu d'un groupe de jeunes.</p>"
    return (
        "<p>Ces paroles ne sont jamais additionnées à celles des professionnels.</p>"
        f"{_by_kind(matrix.young)}"
    )


def _by_kind(said: Iterable[Coded]) -> str:
    by_kind: dict[Kind, list[Coded]] = defaultdict(list)
    for each in said:
        by_kind[each.kind].append(each)
    return "".join(
        f"<h3>{name}</h3>{list_html(by_kind[kind])}"
        for kind, name in _KINDS.items()
        if by_kind[kind]
    )


def list_html(said: Iterable[Coded]) -> str:
    """Return extracts as a list."""
    return f"<ul>{''.join(f'<li>{extract_html(each)}</li>' for each in said)}</ul>"


def extract_html(coded: Coded, *, with_theme: bool = False) -> str:
    """Return the words of a remark, and where they were said."""
    note = coded.remark.note
    words = html.escape(shown(coded.remark, mask=lambda text: mask(text).text))
    details = [
        coded.theme if with_theme else None,
        note.title,
        say_date(note.date) if note.date else None,
        FICTIONAL if note.fictional else None,
    ]
    told = html.escape(" · ".join(each for each in details if each))
    return f'{words}<br><small class="from">{told}</small>'


def _meetings(said: Sequence[Coded]) -> str:
    return counted(len({each.remark.note.id for each in said}), "réunion")


def _cell(state: State, said: Sequence[Coded]) -> str:
    """Return the state of a cell, which opens its extracts."""
    named = f'<span aria-hidden="true">{_SIGNS[state]}</span> {STATES[state]}'
    if not said:
        return named
    return f"<details><summary>{named}</summary>{list_html(said)}</details>"
