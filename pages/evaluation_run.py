"""Starting a run and watching it."""

import time

import streamlit as st

from evaluation.workplace import SETS, Unfinished, Workplace
from pages.evaluation_words import run_name, table

_EVERY_S = 2
_SEEN = "evaluation seen"


def show(workplace: Workplace) -> None:
    """Offer the sets, watch what goes on, and list what was measured."""
    name = st.radio(
        "Quelles questions poser ?",
        list(SETS),
        format_func=SETS.__getitem__,
        key="evaluation set",
    )
    st.html(
        '<p class="note">Mettez au point sur la première moitié. Ne regardez la moitié de contrôle '
        "que pour dire où vous en êtes. Comptez une demi-seconde par question.</p>"
    )
    busy = any(each.running for each in workplace.unfinished())
    if st.button("Lancer la mesure", type="primary", disabled=busy, key="start run"):
        workplace.start(name)
        st.rerun()
    _watch(workplace)
    runs = workplace.runs()
    st.html("<h2>Mesures faites</h2>")
    if not runs:
        st.html('<p class="note">Aucune mesure pour l\'instant.</p>')
        return
    table("Mesures faites", ("Mesure", "Fichier"), ((run_name(r), r.file.name) for r in runs))


@st.fragment(run_every=_EVERY_S)
def _watch(workplace: Workplace) -> None:
    unfinished = workplace.unfinished()
    running = {each.run.file.name for each in unfinished if each.running}
    seen: set[str] = st.session_state.get(_SEEN, set())
    st.session_state[_SEEN] = running
    if seen - running:
        st.rerun()
    for each in unfinished:
        _show(each, workplace)


def _show(each: Unfinished, workplace: Workplace) -> None:
    label = run_name(each.run)
    if each.running:
        st.progress(each.done / (each.total or 1), text=f"{label} : {_progress(each)}")
        if st.button("Arrêter (reprise possible)", key=f"stop-{each.run.file.name}"):
            workplace.stop(each.run)
            st.rerun()
        return
    why = f" {each.failure}" if each.failure else ""
    st.warning(f"{label} : interrompue après {each.done} questions.{why}")
    with st.container(horizontal=True):
        if st.button("Reprendre", key=f"resume-{each.run.file.name}"):
            workplace.resume(each.run)
            st.rerun()
        if st.button("Abandonner", key=f"discard-{each.run.file.name}"):
            workplace.discard(each.run)
            st.rerun()


def _progress(each: Unfinished) -> str:
    """Say how far a run is and how long it still takes, from its own pace."""
    if not each.done:
        return "ouverture de la bibliothèque…"
    elapsed = time.time() - each.run.started.timestamp()
    left = round(elapsed / each.done * (each.total - each.done))
    return f"{each.done} questions sur {each.total}, encore {left} s environ"
