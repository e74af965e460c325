"""The step « Matrice »: the themes by region, and the lists that a person must decide on."""

import html

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.anonymity import shown
from knowledge.consultation.coded import Coded
from knowledge.consultation.convergence import Convergence, convergences
from knowledge.consultation.matrix import Matrix
from pages import consultation_data as data
from pages import consultation_view as view
from pages import state
from pages.consultation_pager import one_page
from pages.consultation_search import show_search
from pages.consultation_words import REASONS
from pages.dates import counted

_VIEWS = {
    "matrix": "Matrice",
    "search": "Chercher",
    "extracts": "Extraits",
    "isolated": "Idées isolées",
    "contradictions": "Divergences",
    "convergences": "Convergences",
    "young": "Jeunes",
}
_DECIDED = {None: "à décider", True: "même attente", False: "pas la même attente"}


def show_matrix(matrix: Matrix) -> None:
    """Show what was said, one view at a time."""
    chosen = st.segmented_control(
        "Voir",
        list(_VIEWS),
        format_func=_VIEWS.__getitem__,
        key=state.hold("consultation view", first="matrix"),
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    match chosen:
        case "extracts":
            theme = st.selectbox(
                "Thème", [each for each, said in matrix.themes.items() if said], key="notes-theme"
            )
            st.html(view.extracts_html(matrix.themes[theme]))
        case "search":
            show_search(matrix)
        case "isolated":
            _isolated(matrix)
        case "contradictions":
            st.html(view.contradictions_html(matrix))
        case "convergences":
            _convergences(matrix)
        case "young":
            st.html(view.young_html(matrix))
        case _:
            st.html(view.matrix_html(matrix))


def _isolated(matrix: Matrix) -> None:
    """Show the ideas that one meeting alone said, each to be published or set aside."""
    if not matrix.isolated:
        st.markdown("Chaque idée a été dite dans plusieurs réunions.")
        return
    data.show_told()
    published = sum(each.remark.id in matrix.published for each in matrix.isolated)
    left = len(matrix.isolated) - published
    st.markdown(
        "Dites dans une seule réunion : à publier ou à écarter, jamais à oublier."
        f" {counted(published, 'idée retenue', 'idées retenues')}, {left} à décider."
    )
    for each in one_page(matrix.isolated, key="isolated"):
        _idea(each, is_published=each.remark.id in matrix.published)


def _idea(coded: Coded, *, is_published: bool) -> None:
    id_ = coded.remark.id
    with st.container(border=True, key=f"idea-{id_}"):
        st.html(view.extract_html(coded, with_theme=True))
        with st.container(horizontal=True):
            if is_published:
                st.markdown("**À publier**")
                st.button(
                    "Ne plus publier", key=f"unpublish {id_}", on_click=_unpublish, args=(coded,)
                )
            else:
                st.button("Publier", key=f"publish {id_}", on_click=_publish, args=(coded,))
            with st.popover("Écarter"):
                reason = st.selectbox(
                    "Pourquoi l'écarter ?", REASONS, index=None, accept_new_options=True,
                    placeholder="Choisissez ou écrivez la raison", key=f"why {id_}",
                )  # fmt: skip
                st.button("Écarter", key=f"drop {id_}", on_click=_drop, args=(coded, reason or ""))


def _publish(coded: Coded) -> None:
    if data.decide(coded.remark, "publish"):
        data.tell("Cette idée sera publiée.")


def _unpublish(coded: Coded) -> None:
    if data.decide(coded.remark, "unpublish"):
        data.tell("Cette idée est de nouveau à décider.")


def _drop(coded: Coded, reason: str) -> None:
    if data.decide(coded.remark, "set_aside", reason=reason):
        data.tell("Cette idée est écartée, avec sa raison.")


def _convergences(matrix: Matrix) -> None:
    """Show pairs of expectations side by side, to be confirmed or refused."""
    pairs = convergences(matrix)
    if not pairs:
        st.markdown("Appui n'a pas relevé d'attente commune à deux régions dite autrement.")
        return
    data.show_told()
    confirmed = sum(pair.is_confirmed is True for pair in pairs)
    st.markdown(
        "Deux régions attendent-elles la même chose, dite autrement ? Appui propose, vous"
        f" confirmez. {counted(confirmed, 'convergence confirmée', 'convergences confirmées')}."
    )
    for pair in one_page(pairs, key="convergences"):
        _pair(pair)


def _pair(pair: Convergence) -> None:
    id_ = f"{pair.one.remark.id} {pair.other.remark.id}"
    with st.container(border=True, key=f"pair-{id_.replace(' ', '-')}"):
        st.html(
            f'<p class="from">{html.escape(pair.one.theme)} · {_DECIDED[pair.is_confirmed]}</p>'
        )
        for column, coded in zip(st.columns(2), (pair.one, pair.other), strict=True):
            words = html.escape(shown(coded.remark, mask=lambda text: mask(text).text))
            column.html(
                f"<p><strong>{html.escape(coded.region or '')}</strong></p>"
                f'<blockquote class="remark">{words}</blockquote>'
                f'<p class="from">{html.escape(coded.remark.note.title)}</p>'
            )
        with st.container(horizontal=True):
            st.button(
                "Même attente", key=f"same {id_}", disabled=pair.is_confirmed is True,
                on_click=_compare, args=(pair, True),
            )  # fmt: skip
            st.button(
                "Pas la même", key=f"unlike {id_}", disabled=pair.is_confirmed is False,
                on_click=_compare, args=(pair, False),
            )  # fmt: skip


def _compare(pair: Convergence, same: bool) -> None:  # noqa: FBT001 - a callback's argument
    ids = (pair.other.remark.id,)
    if data.decide(pair.one.remark, "confirm" if same else "refuse", ids=ids):
        data.tell(
            "Convergence confirmée." if same else "Ce n'est pas la même attente : c'est noté."
        )
