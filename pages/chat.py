"""The assistant's page: a question, the answer, and the proof one touch away."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Conversations, KeptExchange
from assistant.errors import AssistantError
from knowledge.documents import COLLECTIONS, Collection, Source
from knowledge.errors import KnowledgeError
from pages import (
    chat_question,
    focus,
    messages,
    shell,
    sidebar,
    source_panel,
    state,
    writer_choice,
)
from pages.exchange_view import show_exchange
from pages.welcome import show_welcome

if TYPE_CHECKING:
    from assistant.ask import Assistant

_EVERYWHERE = "everywhere"


def show_chat() -> None:
    """Show the current conversation, answer what is asked, and list the earlier ones."""
    try:
        assistant = state.assistant()
        conversations = state.conversations()
        sources = assistant.library.sources()
        _converse(assistant, conversations, sources)
    except (AssistantError, KnowledgeError) as error:
        st.title("Appui", anchor=False)
        st.error(str(error))


def _converse(
    assistant: "Assistant", conversations: Conversations, sources: Sequence[Source]
) -> None:
    current = sidebar.current_conversation()
    exchanges = conversations.exchanges(current) if current else []
    heading = st.empty()
    if current and not exchanges:
        st.html(f'<p class="note">{messages.GONE}</p>')
        current = None
    sidebar.enter(current)
    typed, collection = _ask_below(sources)
    question = chat_question.next_question(typed)
    for kept in exchanges:
        show_exchange(
            kept,
            conversations,
            sources,
            library=assistant.library,
            last=kept is exchanges[-1] and not question,
        )
    if question:
        _show_heading(heading, "Conversation")
        answered = chat_question.answer_question(
            question, assistant, conversations, exchanges, collection
        )
        current = answered or current
        exchanges = conversations.exchanges(current) if current else []
    elif not exchanges:
        show_welcome(sources)
    chat_question.show_failure()
    focus.show_focus(assistant, exchanges)
    kept_now = conversations.get(current) if current else None
    _show_heading(heading, kept_now.title if kept_now else None)
    sidebar.show_conversations(conversations, current=current)
    if not sidebar.show_asked_dialog(conversations):
        _open_source(assistant, exchanges)


def _show_heading(place: "st.delta_generator.DeltaGenerator", title: str | None) -> None:
    if title is None:
        place.title("Que cherchez-vous ?", anchor=False)
    else:
        # Heard, not seen: the first question says it again just below.
        place.html(f'<h1 class="spoken">{html.escape(title, quote=False)}</h1>')


def _ask_below(sources: Sequence[Source]) -> tuple[str | None, Collection | None]:
    """Show the input and the filter at the foot of the page; return what was typed, and where."""
    known = {source.collection for source in sources}
    choices = [name for name in COLLECTIONS if name in known]
    with st.bottom:
        chat_question.give_back()
        focus.hold_place()
        typed = st.chat_input(
            "Posez votre question",
            key="question",
            disabled=not sources,
        )
        with st.container(horizontal=True, vertical_alignment="center", key="below-input"):
            chosen = _choose_collection(choices) if len(choices) > 1 else None
            writer_choice.show_writer_choice()
            st.html(f'<p class="privacy">{messages.PRIVACY}</p>', width="content")
    return typed, chosen


def _choose_collection(choices: Sequence[Collection]) -> Collection | None:
    chosen = st.selectbox(
        "Chercher dans",
        [_EVERYWHERE, *choices],
        format_func=_collection_name,
        key="collection",
        label_visibility="collapsed",
        filter_mode=None,
        required=True,
        width=220,
    )
    return next((name for name in COLLECTIONS if name == chosen), None)


def _collection_name(choice: str) -> str:
    return next(
        (said for name, said in messages.COLLECTIONS.items() if name == choice),
        messages.EVERYWHERE,
    )


def _open_source(assistant: "Assistant", exchanges: Sequence[KeptExchange]) -> None:
    target = shell.opened("source-")
    citation = source_panel.cited(target, exchanges=exchanges) if target else None
    if citation is not None:
        source_panel.show_source(citation, library=assistant.library)
