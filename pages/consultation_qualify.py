"""The step « Qualifier »: which remarks to look at, in a table or one at a time."""

from collections.abc import Sequence

import streamlit as st

from knowledge.consultation.coded import Coded
from knowledge.consultation.matrix import Matrix
from pages import consultation_data as data
from pages import state
from pages.consultation_agreement import show_agreement
from pages.consultation_remark import FILTER, show_one
from pages.consultation_review import show_passed_over, show_review
from pages.consultation_table import show_table
from pages.consultation_words import is_sure
from pages.dates import counted

_EVERYWHERE, _ANY = "Toutes les régions", "Tous les comptes rendus"
_STATES = {"proposed": "À décider", "accepted": "Validées", "set_aside": "Écartées", "": "Toutes"}
_SURENESS = {"": "Sûres ou non", "sure": "Propositions sûres", "unsure": "À regarder de près"}
_WAYS = {
    "one": "Une par une",
    "table": "Tableau",
    "unread": "Phrases non retenues",
    "review": "À revoir",
    "agreement": "Double codage",
}


def show_qualify(matrix: Matrix) -> None:
    """Show the remarks to decide on."""
    ways = dict(_WAYS)
    if matrix.to_review:
        ways["review"] = f"À revoir ({len(matrix.to_review)})"
    way = st.segmented_control(
        "Façon de faire",
        list(ways),
        format_func=ways.__getitem__,
        key=state.hold("consultation way", first="one"),
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    match way:
        case "unread":
            show_passed_over(matrix)
        case "review":
            show_review(matrix)
        case "agreement":
            show_agreement(data.matrix(of_all=True) or matrix)
        case _:
            with st.container(horizontal=True, vertical_alignment="bottom", key="qualify-bar"):
                _who()
                with st.popover("Filtrer"):
                    said = _filtered(matrix)
                _accept_sure(said, matrix)
            (show_table if way == "table" else show_one)(said, matrix)


def _who() -> None:
    """Ask who decides, and whether they code apart."""
    st.text_input(
        "Qui décide ?",
        key=state.hold(data.CODER, first=""),
        persist_state="session",
        placeholder="Initiales ou nom",
        width=170,
    )
    st.toggle(
        "Coder à part",
        key=state.hold(data.APART, first=False),
        persist_state="session",
        disabled=not data.coder(),
        help="Vous ne voyez que vos décisions. Écrivez d'abord votre nom.",
    )


def _filtered(matrix: Matrix) -> list[Coded]:
    """Ask which remarks to show, and return them as they were said."""
    regions = sorted({note.region for note in matrix.notes if note.region})
    notes = {note.id: note.title for note in matrix.notes}
    status = st.selectbox("Décision", list(_STATES), format_func=_STATES.__getitem__, key=FILTER)
    region = st.selectbox("Région", [_EVERYWHERE, *regions], key="qualify-region")
    note = st.selectbox(
        "Compte rendu", [_ANY, *notes], format_func=lambda id_: notes.get(id_, id_),
        key="qualify-note",
    )  # fmt: skip
    sure = st.selectbox(
        "Confiance", list(_SURENESS), format_func=_SURENESS.__getitem__, key="qualify-sure"
    )
    return [
        each
        for each in matrix.everything
        if status in {"", each.status}
        and region in {_EVERYWHERE, each.region}
        and note in {_ANY, each.remark.note.id}
        and (not sure or is_sure(each) == (sure == "sure"))
    ]


def _accept_sure(said: Sequence[Coded], matrix: Matrix) -> None:
    """Offer to accept at once all that Appui is sure of."""
    sure = [each for each in said if each.status == "proposed" and is_sure(each)]
    if not sure:
        return
    st.button(
        f"Valider {counted(len(sure), 'proposition sûre', 'propositions sûres')}",
        key="accept-sure",
        on_click=_accept_all,
        args=(sure, matrix),
        help="Le titre ou le tableau du compte rendu dit leur type. Chacune peut être reprise.",
    )


def _accept_all(sure: Sequence[Coded], matrix: Matrix) -> None:
    done = sum(data.accept(each, of=matrix) for each in sure)
    data.tell(f"{counted(done, 'remontée validée', 'remontées validées')}.")
