"""A question asked on the page: answered and kept, or given back with the reason why not."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Answer
from assistant.conversations import Conversations, ConversationsUnavailable, KeptExchange
from assistant.errors import AssistantError
from knowledge.documents import Collection
from knowledge.errors import KnowledgeError
from pages import (
    answer_tasks,
    answer_view,
    exchange_view,
    focus,
    masked_words,
    messages,
    sidebar,
    state,
    text,
    writer_choice,
)
from pages.dates import counted

if TYPE_CHECKING:
    from assistant.ask import Assistant

_FAILED = "failed question"
_QUEUE = "questions to come"
_UNAIDED = "without a model"


def give_back() -> None:
    """Put a question that was not answered back into the input; called before the input is.

    Where others were typed while it was awaited, all are answered, in their order; where another
    conversation was opened meanwhile, all are given back.
    """
    failed = st.session_state.get(_FAILED)
    if not failed or not failed.pop("returned", None):
        return
    queue = _queue()
    queue.insert(0, failed["question"])
    is_alone = len(queue) == 1 and not st.session_state.get("question")
    if is_alone or failed["conversation"] != sidebar.shown_conversation():
        st.session_state["question"] = "\n".join(queue)
        queue.clear()


def next_question(typed: str | None) -> str | None:
    """Return the question to answer now, if there is one; what was typed after it comes next.

    Until it is answered it counts as interrupted: whatever is clicked meanwhile, it is not lost.
    """
    queue = _queue()
    queue += filter(None, [st.session_state.pop("asked", None), typed])
    if not queue:
        return None
    question = queue.pop(0)
    _remember_failure(question, messages.INTERRUPTED)
    return question


def _queue() -> list[str]:
    queue: list[str] = st.session_state.setdefault(_QUEUE, [])
    return queue


def answer_question(
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
    try:
        answer = _written(question, assistant, exchanges, collection, place)
    except (AssistantError, KnowledgeError) as error:
        _keep_question(question, str(error))
        return None
    finally:
        del st.session_state[state.WAITING]
    # What is shown from now on is the masked question: it is also what is kept.
    with asked:
        answer_view.show_question(answer.question)
    current = st.query_params.get(sidebar.PARAMETER) if exchanges else None
    kept = _keep(answer, conversations, current)
    st.session_state.pop(_FAILED, None)
    if kept is not None:
        masked_words.remember(kept.id, question=question)
        answer_tasks.open_wanted(kept)
    with place, st.chat_message("Appui", avatar=":material/menu_book:"):
        answer_view.show_answer(answer, exchange_id=kept.id if kept else 0, fresh=True)
        if kept is None:
            st.html(f'<p class="caution">{messages.NOT_KEPT}</p>')
            return None
        if _queue():
            st.rerun()
        exchange_view.show_rest(kept, conversations, sources, library=assistant.library, last=True)
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
    st.session_state[_FAILED] = {
        "question": question,
        "reason": reason,
        "returned": True,
        "conversation": sidebar.shown_conversation(),
    }


def show_failure() -> None:
    """Say why the last question was not answered, if it was not, and offer to ask it again."""
    failed = st.session_state.get(_FAILED)
    if failed and failed["conversation"] == sidebar.shown_conversation():
        st.error(messages.FAILED.format(reason=failed["reason"]))
        st.button(
            "Réessayer", key="retry", on_click=answer_view.ask_next, args=(failed["question"],)
        )
