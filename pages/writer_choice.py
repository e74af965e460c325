"""Who writes the answers: Appui alone, or a language model that the site allows."""

import streamlit as st

from assistant.llm import NO_MODEL, model_setting, models_offered, open_model
from assistant.talk import LanguageModel
from pages import messages, text

_KEY = "writer"
_LOOKED_FOR_S = 60


def show_writer_choice() -> None:
    """Let the writer be chosen, where the site or this machine offers a language model."""
    offered = _offered()
    if not offered:
        return
    known = [NO_MODEL, *offered]
    chosen = st.session_state.get(_KEY)
    # Written at each run: the browser forgets a widget that has left the screen.
    st.session_state[_KEY] = chosen if chosen in known else model_setting() or NO_MODEL
    with st.popover("Rédaction", icon=":material/edit_note:", key="writer-choice"):
        st.radio(
            "Qui rédige les réponses ?",
            known,
            key=_KEY,
            persist_state="session",
            format_func=lambda name: text.label(messages.writer(name)),
        )
        st.caption(messages.WRITER_NOTE)


def chosen_writer() -> LanguageModel | None:
    """Return the model that writes in this session, or None.

    Raises:
        UnknownModel: what the model needs is not configured.
    """
    name = st.session_state.get(_KEY, model_setting())
    return None if name in {None, NO_MODEL} else _open(name)


@st.cache_data(ttl=_LOOKED_FOR_S, show_spinner=False)
def _offered() -> list[str]:
    return models_offered()


@st.cache_resource(show_spinner=False)
def _open(name: str) -> LanguageModel | None:
    return open_model(name)
