"""The assistant's page: a question, the answer, and the proof one touch away."""

import html
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Answer
from assistant.conversations import Conversations, ConversationsUnavailable, KeptExchange
from assistant.errors import AssistantError
from knowledge.documents import COLLECTIONS, Collection, Source
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from pages import (
    answer_tasks,
    answer_view,
    focus,
    masked_words,
    messages,
    shell,
    sidebar,
    source_panel,
    state,
    text,
    writer_choice,
)
from pages.dates import counted

if TYPE_CHECKING:
    from assistant.ask import Assistant

_EVERYWHERE = "everywhere"
_FAILED = "failed question"
_UNAIDED = "without a model"


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
    question = st.session_state.pop("asked", None) or typed
    for kept in exchanges:
        _show_exchange(
            kept,
            conversations,
            sources,
            library=assistant.library,
            last=kept is exchanges[-1] and not question,
        )
    if question:
        _show_heading(heading, "Conversation")
        current = _answer(question, assistant, conversations, exchanges, collection) or current
        exchanges = conversations.exchanges(current) if current else []
    elif not exchanges:
        _welcome(sources)
    _show_failure()
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
        failed = st.session_state.get(_FAILED)
        if failed and failed.pop("returned", None):
            st.session_state["question"] = failed["question"]
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


def _show_exchange(
    kept: KeptExchange,
    conversations: Conversations,
    sources: Sequence[Source],
    *,
    library: Library,
    last: bool,
) -> None:
    answer_view.show_question(kept.answer.question)
    with st.chat_message("Appui", avatar=":material/menu_book:"):
        answer_view.show_answer(kept.answer, exchange_id=kept.id)
        _show_rest(kept, conversations, sources, library=library, last=last)


def _show_rest(
    kept: KeptExchange,
    conversations: Conversations,
    sources: Sequence[Source],
    *,
    library: Library,
    last: bool,
) -> None:
    answer_view.show_proof(kept.answer, exchange_id=kept.id)
    if kept.answer.status == "not_found":
        _offer_documents()
    answer_tasks.show_tasks(kept, library=library)
    answer_view.show_actions(kept, conversations=conversations, sources=sources)
    if last:
        answer_view.show_leads(kept.answer, exchange_id=kept.id)


def _answer(
    question: str,
    assistant: "Assistant",
    conversations: Conversations,
    exchanges: Sequence[KeptExchange],
    collection: Collection | None,
) -> str | None:
    """Answer a question under the earlier ones, keep it, and return its conversation."""
    asked = st.empty()
    with asked:
        answer_view.show_question(question)
    place = st.empty()
    sources = assistant.library.sources(collection)
    with place, st.chat_message("Appui", avatar=":material/menu_book:"):
        waiting = st.empty()
        waiting.html(
            f'<p class="searching">Recherche dans {counted(len(sources), "document")}…</p>'
        )
        st.session_state[state.WAITING] = waiting
    answer = None
    try:
        answer = _written(question, assistant, exchanges, collection, place)
    except (AssistantError, KnowledgeError) as error:
        _keep_question(question, str(error))
        return None
    finally:
        del st.session_state[state.WAITING]
        if answer is None and _FAILED not in st.session_state:
            # Something else was clicked while the answer was awaited: the question is not lost.
            _remember_failure(question, messages.INTERRUPTED)
    st.session_state.pop(_FAILED, None)
    # What is shown from now on is the masked question: it is also what is kept.
    with asked:
        answer_view.show_question(answer.question)
    current = st.query_params.get(sidebar.PARAMETER) if exchanges else None
    kept = _keep(answer, conversations, current)
    if kept is not None:
        masked_words.remember(kept.id, question=question)
    with place, st.chat_message("Appui", avatar=":material/menu_book:"):
        answer_view.show_answer(answer, exchange_id=kept.id if kept else 0, fresh=True)
        if kept is None:
            st.html(f'<p class="caution">{messages.NOT_KEPT}</p>')
            return None
        _show_rest(kept, conversations, sources, library=assistant.library, last=True)
    return st.query_params[sidebar.PARAMETER]


def _written(
    question: str,
    assistant: "Assistant",
    exchanges: Sequence[KeptExchange],
    collection: Collection | None,
    place: "st.delta_generator.DeltaGenerator",
) -> Answer:
    """Answer with the chosen writer, what is verified being shown while a model writes."""
    model = None if st.session_state.pop(_UNAIDED, False) else writer_choice.chosen_writer()
    ask = partial(
        assistant.answer,
        question,
        history=focus.heard(exchanges),
        collection=collection,
        model=model,
        allowed=masked_words.allowed_words(),
    )
    if model is None:
        return ask()
    with place, st.chat_message("Appui", avatar=":material/menu_book:"):
        waiting = st.empty()
        waiting.html(f'<p class="searching">{messages.WRITING}</p>')
        written = st.empty()
        st.button(
            "Répondre sans attendre le modèle",
            key="unaided",
            on_click=_ask_unaided,
            args=(question,),
        )

    def show(said: str) -> None:
        written.markdown(text.answer_markdown(said, citations=(), exchange_id=0))

    return ask(show=show)


def _ask_unaided(question: str) -> None:
    st.session_state[_UNAIDED] = True
    answer_view.ask_next(question)


def _keep(answer: Answer, conversations: Conversations, current: str | None) -> KeptExchange | None:
    try:
        conversation_id, exchange_id = conversations.add(answer, conversation_id=current)
        sidebar.enter(conversation_id)
        exchanges = conversations.exchanges(conversation_id)
    except ConversationsUnavailable:
        return None
    return next((kept for kept in exchanges if kept.id == exchange_id), None)


def _keep_question(question: str, reason: str) -> None:
    """Put the question back into the input, with the reason why it was not answered."""
    _remember_failure(question, reason)
    st.rerun()


def _remember_failure(question: str, reason: str) -> None:
    st.session_state[_FAILED] = {"question": question, "reason": reason, "returned": True}


def _show_failure() -> None:
    if failed := st.session_state.get(_FAILED):
        st.error(messages.FAILED.format(reason=failed["reason"]))
        st.button(
            "Réessayer", key="retry", on_click=answer_view.ask_next, args=(failed["question"],)
        )


def _welcome(sources: Sequence[Source]) -> None:
    """Say what is known and offer questions that it answers."""
    if not sources:
        st.markdown(messages.EMPTY_LIBRARY)
        _offer_documents()
        return
    st.markdown(messages.what_is_known(sources))
    known = {source.collection for source in sources}
    groups = [
        (name, questions)
        for name, (collection, questions) in messages.EXAMPLES.items()
        if collection in known
    ]
    if not groups:
        return
    for column, (name, questions) in zip(st.columns(len(groups)), groups, strict=True):
        with column:
            st.html(f'<h2 class="group">{html.escape(name)}</h2>')
            for example in questions:
                st.button(
                    text.label(example),
                    key=f"example-{example}",
                    width="stretch",
                    wrap=True,
                    on_click=answer_view.ask_next,
                    args=(example,),
                )


def _offer_documents() -> None:
    if page := st.session_state.get("documents page"):
        st.page_link(page, label="Ajouter un document", icon=":material/upload_file:")


def _open_source(assistant: "Assistant", exchanges: Sequence[KeptExchange]) -> None:
    target = shell.opened("source-")
    citation = source_panel.cited(target, exchanges=exchanges) if target else None
    if citation is not None:
        source_panel.show_source(citation, library=assistant.library)
