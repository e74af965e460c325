"""The demonstration: scenarios replayed step by step with the real answers of the real library.

Nothing that is replayed is kept as a conversation, so that it never counts as use.
"""

import datetime as dt
import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Answer, Exchange
from assistant.compare import NothingToCompare, compare
from assistant.conversations import KeptExchange
from assistant.errors import AssistantError
from assistant.task import NothingToWrite, perform
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.errors import KnowledgeError
from pages import answer_view, shell, sidebar, source_panel, state
from pages.dates import counted
from pages.declared_time import show_declared_time
from pages.deliverable import show_deliverable
from pages.demo_script import Act, Scenario, scenarios
from pages.dispositif_values import references_html, table_html

if TYPE_CHECKING:
    from assistant.ask import Assistant

_CHOSEN, _PLAYED, _ANSWERS = "demo scenario", "demo played", "demo answers"
_COMPARED = ("À quoi ça sert", "Âge", "Combien", "Combien de temps")


def show_demo() -> None:
    """Choose a scenario, play it step by step, and read what was declared in real use."""
    sidebar.leave_conversation()
    st.title("Démonstration", anchor=False)
    st.markdown(
        "Montrez Appui à des collègues : des situations réelles, des réponses faites devant eux à "
        "partir de vos documents. Rien de ce qui est rejoué n'est gardé ni compté."
    )
    try:
        assistant = state.assistant()
        scenario, large = _choose()
        with st.container(key="projection" if large else "demo"):
            _play(scenario, assistant)
        show_declared_time(state.conversations().all_exchanges())
    except (AssistantError, KnowledgeError) as error:
        st.error(str(error))


def _choose() -> tuple[Scenario, bool]:
    known = scenarios()
    chosen = st.selectbox(
        "Situation",
        range(len(known)),
        format_func=lambda number: f"{number + 1}. {known[number].title}",
        key=_CHOSEN,
        on_change=_restart,
        filter_mode=None,
    )
    large = st.toggle("Mode projection : texte plus grand", key="demo large")
    return known[chosen or 0], large


def _restart() -> None:
    st.session_state[_PLAYED] = 0
    st.session_state[_ANSWERS] = []


def _play_next() -> None:
    st.session_state[_PLAYED] = st.session_state.get(_PLAYED, 0) + 1


def _play(scenario: Scenario, assistant: "Assistant") -> None:
    """Show the steps played so far, and the button that plays the next one."""
    st.html(f"<h2>{html.escape(scenario.title)}</h2><p>{html.escape(scenario.situation)}</p>")
    played = min(st.session_state.get(_PLAYED, 0), len(scenario.acts))
    answers: list[Answer] = st.session_state.setdefault(_ANSWERS, [])
    for number, act in enumerate(scenario.acts[:played], start=1):
        st.html(f"<h3>Étape {number} sur {len(scenario.acts)}</h3>")
        fresh = number > len(answers)
        if fresh:
            answers.append(_answer(act, assistant, answers))
        _show(act, answers[number - 1], assistant, number=number, fresh=fresh)
    _offer_next(played, len(scenario.acts))
    _open_source(assistant, answers)


def _answer(act: Act, assistant: "Assistant", before: Sequence[Answer]) -> Answer:
    past = [Exchange(each.question, each.text) for each in before]
    with st.spinner("Recherche dans vos documents…"):
        return assistant.answer(act.question, history=past)


def _show(act: Act, answer: Answer, assistant: "Assistant", *, number: int, fresh: bool) -> None:
    st.html(f'<p class="look"><strong>Regardez.</strong> {html.escape(act.look, quote=False)}</p>')
    answer_view.show_question(answer.question)
    with st.chat_message("Appui", avatar=":material/menu_book:"):
        answer_view.show_answer(answer, exchange_id=number)
        answer_view.show_proof(answer, exchange_id=number)
        if act.task is not None:
            _show_task(act, answer, assistant, number=number)
    if act.compares:
        _show_comparison(act.question)
    if fresh:
        shell.announce(
            f"Étape {number} affichée. {act.look} {answer.text.replace('**', '')}",
            name=f"demo-{st.session_state.get(_CHOSEN)}-{number}",
        )


def _show_task(act: Act, answer: Answer, assistant: "Assistant", *, number: int) -> None:
    if act.task is None:
        return
    with st.container(border=True, key=f"deliverable-demo-{number}"):
        try:
            done = perform(
                act.task,
                answer,
                library=assistant.library,
                catalogue=_catalogue(),
                manner=act.manner,
            )
        except NothingToWrite as error:
            st.html(f'<p class="note">{html.escape(str(error), quote=False)}</p>')
            return
        show_deliverable(
            done,
            citations=answer.citations,
            exchange_id=number,
            said_above=[each.message for each in answer.warnings],
        )


def _show_comparison(question: str) -> None:
    today = dt.date.today()  # noqa: DTZ011
    try:
        found = compare(question, catalogue=_catalogue(), criteria=_COMPARED)
    except NothingToCompare as error:
        st.html(f'<p class="note">{html.escape(str(error), quote=False)}</p>')
        return
    st.html(
        '<div class="comparison" role="region" aria-label="Tableau de comparaison" tabindex="0">'
        '<table><caption class="spoken">Un critère par ligne, un dispositif par colonne</caption>'
        f"{table_html(found, today=today)}</table></div>"
    )
    with st.expander("Sources du tableau"):
        st.html(references_html(found))


def _offer_next(played: int, steps: int) -> None:
    with st.container(horizontal=True):
        if played < steps:
            st.button(
                "Étape suivante" if played else "Commencer",
                key="demo-next",
                type="primary",
                on_click=_play_next,
            )
        if played:
            st.button("Recommencer", key="demo-restart", on_click=_restart)
    if played:
        end = " : la démonstration est finie." if played == steps else "."
        st.html(f'<p class="note">{counted(played, "étape")} sur {steps}{end}</p>')


def _open_source(assistant: "Assistant", answers: Sequence[Answer]) -> None:
    """Open the source that a mark or a button asks for, as in a conversation."""
    target = shell.opened("source-")
    now = dt.datetime.now(dt.UTC)
    shown = [
        KeptExchange(number, answer, now, None) for number, answer in enumerate(answers, start=1)
    ]
    citation = source_panel.cited(target, exchanges=shown) if target else None
    if citation is not None:
        source_panel.show_source(citation, library=assistant.library)


@st.cache_resource(show_spinner=False)
def _catalogue() -> Catalogue:
    return open_catalogue()
