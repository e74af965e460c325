"""A kept exchange as it is shown: the question, the answer, its proof and what to do with it."""

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import Conversations, KeptExchange
from knowledge.documents import Source
from knowledge.library import Library
from pages import answer_tasks, answer_view
from pages.welcome import offer_documents


def show_exchange(
    kept: KeptExchange,
    conversations: Conversations,
    sources: Sequence[Source],
    *,
    library: Library,
    last: bool,
) -> None:
    """Show an exchange; under the last one of a conversation, what may be asked next."""
    answer_view.show_question(kept.answer.question)
    with st.chat_message("Appui", avatar=":material/menu_book:"):
        answer_view.show_answer(kept.answer, exchange_id=kept.id)
        show_rest(kept, conversations, sources, library=library, last=last)


def show_rest(
    kept: KeptExchange,
    conversations: Conversations,
    sources: Sequence[Source],
    *,
    library: Library,
    last: bool,
) -> None:
    """Show what stands under an answer: its proof, and what to do with it."""
    answer_view.show_proof(kept.answer, exchange_id=kept.id)
    if kept.answer.status == "not_found":
        offer_documents()
    answer_tasks.show_tasks(kept, library=library)
    answer_view.show_actions(kept, conversations=conversations, sources=sources)
    if last:
        answer_view.show_leads(kept.answer, exchange_id=kept.id)
