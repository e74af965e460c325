"""What the pages share between runs: the assistant, the conversations, the data folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Conversations, database_url
from knowledge.settings import home_folder, model_name, ranker_name
from pages import messages

if TYPE_CHECKING:
    from assistant.ask import Assistant

# Where the session's page says what it is waiting for.
WAITING = "waiting place"


def home() -> Path:
    """Return the data folder of this page."""
    return home_folder(None)


def assistant() -> "Assistant":
    """Return the assistant, opened once for all sessions; it sees new documents by itself."""
    return _open_assistant(str(home().absolute()), embedding=model_name(), ranker=ranker_name())


def conversations() -> Conversations:
    """Return the kept conversations, opened once for all sessions."""
    return _open_conversations(
        database_url(home().absolute(), override=os.environ.get("APPUI_DATABASE_URL"))
    )


def hold(key: str, *, first: object = None) -> str:
    """Return the key of a widget whose value outlives its view, after writing the value again.

    The browser forgets a widget that leaves the screen, at times after the server was asked to
    show it again; a value written in the same run is always sent to it.

    Args:
        key: The widget's key; the widget is given ``persist_state="session"`` too.
        first: Its value before anything was chosen.
    """
    st.session_state[key] = st.session_state.get(key, first)
    return key


@st.cache_resource(show_spinner=False)
def _open_assistant(folder: str, *, embedding: str | None, ranker: str | None) -> "Assistant":
    from assistant.ask import open_assistant

    return open_assistant(Path(folder), embedding=embedding, ranker=ranker, on_repair=_say_repair)


def _say_repair(done: int, total: int) -> None:
    # The library repairs itself inside the question that found it damaged, so this runs in the
    # session of whoever asked, and can speak where the answer is awaited.
    if place := st.session_state.get(WAITING):
        place.html(f'<p class="searching">{messages.REPAIRING.format(done=done, total=total)}</p>')


@st.cache_resource(show_spinner=False)
def _open_conversations(url: str) -> Conversations:
    return Conversations(url)
