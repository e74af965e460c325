"""Search and ask the consultation in plain French: how many meetings and regions, in what words."""

import html
from collections.abc import Sequence

import streamlit as st

from assistant.meeting_question import Part, names_place, part_asked, public_asked, topic_of
from assistant.remarks import relevant
from knowledge.consultation.coded import Coded
from knowledge.consultation.kinds import Kind
from knowledge.consultation.matrix import STATES, Matrix, by_theme, meetings_of
from knowledge.themes import group_of
from pages import consultation_view as view
from pages import state
from pages.dates import counted

_KINDS: dict[Part | None, frozenset[Kind]] = {
    "fonctionne": frozenset({"fonctionne"}),
    "ne fonctionne pas": frozenset({"dysfonctionne"}),
    "état des lieux": frozenset({"fonctionne", "dysfonctionne"}),
    "besoins": frozenset({"besoin", "attente"}),
    None: frozenset({"fonctionne", "dysfonctionne", "besoin", "attente"}),
}
_MOST_THEMES = 5


def show_search(matrix: Matrix) -> None:
    """Ask what is looked for, and show who spoke of it, where and in what words."""
    asked = st.text_input(
        "Chercher ou demander",
        key=state.hold("consultation question", first=""),
        persist_state="session",
        placeholder="Que dit-on de la double saisie ? Que demandent les jeunes ?",
    )
    if asked.strip():
        st.html(found_html(asked, matrix))


def found_html(question: str, matrix: Matrix) -> str:
    """Return what the remarks of a consultation answer to a question, or to a few words."""
    regions = [each for each in matrix.regions if names_place(question, each)]
    asked = regions or matrix.regions
    topic = topic_of(question, places=matrix.regions)
    public = public_asked(question)
    if topic.terms:
        said = [each for each, _ in relevant(matrix.coded, topic)]
        young = [each for each, _ in relevant(matrix.young, topic)]
        about = f"« {html.escape(topic.label)} »"
        themes = sorted({matrix.edits.label(group_of(theme)) for theme in topic.themes})
    else:
        kinds = _KINDS[part_asked(question)]
        said = [each for each in matrix.coded if each.kind in kinds]
        young = [each for each in matrix.young if each.kind in kinds]
        about, themes = "ce que vous demandez", []
    inside = [each for each in said if each.region in asked]
    parts = []
    if public != "jeunes":
        parts.append(_told(inside, matrix, asked, about=about, themes=themes or [topic.label]))
        if not topic.terms:
            parts.append(_themes_html(inside))
        if elsewhere := [each for each in said if each.region not in asked]:
            parts.append(f"<p>Aussi ailleurs : {_count(elsewhere)}.</p>")
        parts.append(view.extracts_html(inside))
    if young and public != "professionnels":
        parts.append(
            f"<h2>Parole des jeunes</h2><p>À part, jamais additionnée : {_count(young)}.</p>"
            f"{view.list_html(young)}"
        )
    elif public == "jeunes":
        parts.append(f"<p>Les jeunes n'ont rien dit sur {about} dans ces comptes rendus.</p>")
    return "".join(parts)


def _told(
    said: Sequence[Coded],
    matrix: Matrix,
    regions: Sequence[str],
    *,
    about: str,
    themes: Sequence[str],
) -> str:
    """Return in how many meetings and regions something was said, and what the silences mean."""
    held = [
        note
        for note in matrix.notes
        if not note.is_of_young_people and (note.region in regions or note.region is None)
    ]
    told = {each.region for each in said}
    cells = {r: "dit" if r in told else STATES[matrix.silence(themes, r)] for r in regions}
    states = [f"{html.escape(region)} : {state}" for region, state in cells.items()]
    meetings = counted(len(meetings_of(said)), "réunion")
    of_regions = counted(len(told - {None}), "région")
    count = (
        f"{meetings} sur {len(held)}, {of_regions} sur {len(regions)}"
        if said
        else "personne n'en a parlé dans ces réunions"
    )
    return (
        f'<p role="status"><strong>Sur {about} : {count}.</strong></p>'
        f'<p class="from">{" · ".join(states)}. Un silence n\'est ni un accord ni un désaccord.</p>'
    )


def _themes_html(said: Sequence[Coded]) -> str:
    items = "".join(
        f"<li><strong>{html.escape(theme)}</strong> : {_count(each)}</li>"
        for theme, each in list(by_theme(said).items())[:_MOST_THEMES]
    )
    return f"<ul>{items}</ul>"


def _count(said: Sequence[Coded]) -> str:
    regions = len({each.region for each in said if each.region})
    return f"{counted(len(meetings_of(said)), 'réunion')}, {counted(regions, 'région')}"
