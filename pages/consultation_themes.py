"""The step « Thèmes »: name them, give them words, join two of them, and see what it changes."""

import html
from collections.abc import Mapping

import streamlit as st

from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix, meetings_of
from knowledge.consultation.theme_edits import ThemeEdit
from knowledge.errors import KnowledgeError
from pages import consultation_data as data
from pages import consultation_view as view
from pages.dates import counted

_THEME, _NEXT = "themes-theme", "consultation theme to show"
_ALONE = "Aucun"


def show_themes(matrix: Matrix) -> None:
    """Show the themes, and the one that is being changed."""
    data.show_told()
    st.markdown(
        "Un nouveau compte rendu rejoint ces thèmes. Renommez-les, donnez-leur les mots de vos"
        " collègues, réunissez ceux qui n'en font qu'un : la matrice suit."
    )
    themes = {theme: said for theme, said in matrix.themes.items() if said}
    if not themes:
        return
    if (showing := st.session_state.pop(_NEXT, None)) in themes:
        st.session_state[_THEME] = showing
    if st.session_state.get(_THEME) not in themes:
        st.session_state[_THEME] = next(iter(themes))
    theme = st.selectbox(
        "Thème",
        list(themes),
        key=_THEME,
        format_func=lambda name: f"{name} · {_size(themes[name])}",
    )
    _form(theme, themes, matrix)
    st.html(view.extracts_html(themes[theme]))


def _form(theme: str, themes: Mapping[str, list[Coded]], matrix: Matrix) -> None:
    base = matrix.edits.base(theme)
    edit = matrix.edits.of(base)
    joined = [each.theme for each in matrix.edits if each.joined and _leads(each, theme, matrix)]
    with st.form(f"theme {theme}", border=True):
        name, other = st.columns(2)
        named = name.text_input("Nom", theme, key=f"name {theme}")
        others = [_ALONE, *(each for each in sorted(themes) if each != theme)]
        into = other.selectbox("Le réunir avec", others, key=f"into {theme}")
        said = st.text_input(
            "Mots ajoutés, séparés par des virgules",
            ", ".join(edit.words),
            key=f"words {theme}",
            help="Une remontée à décider qui contient l'un de ces mots rejoint le thème.",
        )
        if st.form_submit_button("Enregistrer", type="primary"):
            words = tuple(filter(None, map(str.strip, said.split(","))))
            target = "" if into == _ALONE else matrix.edits.base(into)
            name_kept = "" if named.strip() == base else named.strip()
            _save(
                ThemeEdit(base, name_kept, words, target), matrix, showing=into if target else named
            )
    for each in joined:
        st.button(
            f"Séparer de nouveau « {each} »", key=f"part {each}",
            on_click=_part, args=(each, matrix),
        )  # fmt: skip


def _leads(edit: ThemeEdit, theme: str, matrix: Matrix) -> bool:
    return matrix.edits.label(edit.theme) == theme


def _save(edit: ThemeEdit, matrix: Matrix, *, showing: str) -> None:
    """Keep what was changed of a theme, and say what it changed."""
    before = {each.remark.id: each.theme for each in matrix.everything}
    try:
        data.project().keep_theme_edits(matrix.edits.changed(edit))
    except KnowledgeError as error:
        data.tell(str(error), is_error=True)
        st.rerun()
    after = data.matrix()
    moved = sum(before.get(c.remark.id) != c.theme for c in after.everything) if after else 0
    data.tell(f"Enregistré : {counted(moved, 'remontée change', 'remontées changent')} de thème.")
    st.session_state[_NEXT] = showing.strip()
    st.rerun()


def _part(base: str, matrix: Matrix) -> None:
    """Make a theme stand by itself again."""
    edit = matrix.edits.of(base)
    data.project().keep_theme_edits(matrix.edits.changed(ThemeEdit(base, edit.name, edit.words)))
    data.tell(f"« {html.unescape(base)} » est de nouveau un thème à part.")


def _size(said: list[Coded]) -> str:
    regions = len({each.region for each in said if each.region})
    return f"{counted(len(meetings_of(said)), 'réunion')}, {counted(regions, 'région')}"
