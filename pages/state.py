"""What the pages share between runs: the assistant, the conversations, the data folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Conversations, database_url
from knowledge.settings import home_folder

if TYPE_CHECKING:
    from assistant.ask import Assistant


def home() -> Path:
    """Return the data folder of this page."""
    return home_folder(None)


def assistant() -> "Assistant":
    """Return the assistant, opened once for all sessions; it sees new documents by itself."""
    return _open_assistant(str(home().absolute()), llm=os.environ.get("APPUI_LLM") or "none")


def conversations() -> Conversations:
    """Return the kept conversations, opened once for all sessions."""
    return _open_conversations(
        database_url(home().absolute(), override=os.environ.get("APPUI_DATABASE_URL"))
    )


@st.cache_resource(show_spinner=False)
def _open_assistant(folder: str, *, llm: str) -> "Assistant":
    from assistant.ask import open_assistant

    return open_assistant(Path(folder), llm=llm)


@st.cache_resource(show_spinner=False)
def _open_conversations(url: str) -> Conversations:
    return Conversations(url)
