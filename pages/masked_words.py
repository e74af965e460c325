"""Lets an adviser undo the masking of a word that is no name, for one conversation.

What a mask hides is known here only: in the memory of the session, never on disk.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant.mask import single_names
from pages import sidebar, text

_HIDDEN = "masked words"
_ALLOWED = "allowed words"


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A question as it was typed, and its words that were masked as names alone."""

    question: str
    words: tuple[str, ...]


def allowed_words() -> frozenset[str]:
    """Return the words that the adviser said to be no name in the current conversation."""
    words: dict[str | None, frozenset[str]] = st.session_state.get(_ALLOWED, {})
    return words.get(_conversation(), frozenset())


def remember(exchange_id: int, *, question: str) -> None:
    """Keep, for this session, the words of a question that may be shown again."""
    words = single_names(question, allowed=allowed_words())
    if words:
        st.session_state.setdefault(_HIDDEN, {})[exchange_id] = _Hidden(question, tuple(words))


def show_undo(exchange_id: int, *, ask: Callable[[str], None]) -> None:
    """Offer, for each word masked in a question of this session, to ask again with it.

    Args:
        exchange_id: of the question.
        ask: has a question asked in the next run.
    """
    hidden: _Hidden | None = st.session_state.get(_HIDDEN, {}).get(exchange_id)
    words = [word for word in hidden.words if word not in allowed_words()] if hidden else []
    if hidden is None or not words:
        return
    with st.container(horizontal=True, key=f"masked-{exchange_id}"):
        for word in words:
            st.button(
                text.label(f"Annuler pour « {word} »"),
                key=f"unmask-{exchange_id}-{word}",
                help="Ce mot n'est pas le nom d'une personne : poser de nouveau la question avec"
                " lui, dans cette conversation seulement.",
                on_click=_undo,
                args=(word, hidden.question, ask),
            )


def _undo(word: str, question: str, ask: Callable[[str], None]) -> None:
    st.session_state.setdefault(_ALLOWED, {})[_conversation()] = allowed_words() | {word}
    ask(question)


def _conversation() -> str | None:
    return st.query_params.get(sidebar.PARAMETER)
