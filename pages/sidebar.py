"""The earlier conversations beside the current one: found again, renamed, deleted."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from assistant.conversations import Conversation, Conversations
from pages import text
from pages.dates import day_heading

PARAMETER = "conversation"
_LEFT = "left conversation"
_SHOWN = "shown conversation"
_MOST = 60


def current_conversation() -> str | None:
    """Return the conversation that the address names, or the one left for another page."""
    named = st.query_params.get(PARAMETER)
    left = st.session_state.pop(_LEFT, None)
    if named is None and left:
        st.query_params[PARAMETER] = left
        return str(left)
    return named


def leave_conversation() -> None:
    """Remember the conversation while another page is shown; its address cannot hold it."""
    if shown := shown_conversation():
        st.session_state[_LEFT] = shown


def shown_conversation() -> str | None:
    """Return the conversation on screen, None where a new one begins."""
    shown: str | None = st.session_state.get(_SHOWN)
    return shown


def enter(conversation_id: str | None) -> None:
    """Make a conversation the current one, or begin a new one."""
    if conversation_id is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = conversation_id
    st.session_state[_SHOWN] = conversation_id


def show_conversations(conversations: Conversations, *, current: str | None) -> None:
    """List the kept conversations by day; the current one can be renamed or deleted."""
    with st.sidebar:
        st.button(
            "Nouvelle conversation",
            key="new",
            icon=":material/add:",
            width="stretch",
            on_click=enter,
            args=(None,),
        )
        search = st.text_input(
            "Rechercher dans les conversations",
            key="search",
            placeholder="Un mot, un sigle…",
        )
        found = conversations.list(search=search)
        if not found:
            st.caption(
                "Aucune conversation ne contient ces mots."
                if search
                else "Vos conversations apparaîtront ici."
            )
        zone = _zone()
        today = datetime.now(zone).date()
        for heading, group in groupby(found[:_MOST], key=lambda kept: _heading(kept, zone, today)):
            st.html(f'<h2 class="day">{heading}</h2>')
            _list_day([*group], current)
        if len(found) > _MOST:
            st.caption(
                f"Les {_MOST} plus récentes sont affichées ; retrouvez les autres par un mot."
            )


def _list_day(kept: Sequence[Conversation], current: str | None) -> None:
    for conversation in kept:
        is_current = conversation.id == current
        st.button(
            text.label(conversation.title),
            key=f"{'current' if is_current else 'open'}-conversation-{conversation.id}",
            type="tertiary",
            width="stretch",
            wrap=True,
            on_click=enter,
            args=(conversation.id,),
        )
        if is_current:
            with st.container(horizontal=True, key="conversation-actions"):
                for action, said in (("rename", "Renommer"), ("delete", "Supprimer")):
                    st.button(
                        said,
                        key=f"{action}-conversation",
                        on_click=_ask,
                        args=(action, conversation.id),
                    )


def _ask(action: str, conversation_id: str) -> None:
    st.session_state["conversation action"] = (action, conversation_id)


def show_asked_dialog(conversations: Conversations) -> bool:
    """Open the dialog to rename or delete, when one was asked for; tell whether it was."""
    action, conversation_id = st.session_state.pop("conversation action", (None, ""))
    conversation = conversations.get(conversation_id) if action else None
    if conversation is None:
        return False
    if action == "rename":
        _rename(conversation, conversations)
    else:
        _delete(conversation, conversations)
    return True


@st.dialog("Renommer la conversation")
def _rename(conversation: Conversation, conversations: Conversations) -> None:
    with st.form("rename-form", border=False):
        st.text_input("Titre", value=conversation.title, key="new title")
        if st.form_submit_button(
            "Enregistrer le titre",
            type="primary",
            on_click=_apply_title,
            args=(conversation.id, conversations),
        ):
            st.rerun()


def _apply_title(conversation_id: str, conversations: Conversations) -> None:
    conversations.rename(conversation_id, title=st.session_state["new title"])


@st.dialog("Supprimer la conversation ?")
def _delete(conversation: Conversation, conversations: Conversations) -> None:
    st.markdown(
        f"« {text.label(conversation.title)} » et ses réponses seront effacées définitivement."
    )
    with st.container(horizontal=True):
        confirmed = st.button(
            "Supprimer définitivement",
            type="primary",
            on_click=_apply_deletion,
            args=(conversation.id, conversations),
        )
        if confirmed or st.button("Garder"):
            st.rerun()


def _apply_deletion(conversation_id: str, conversations: Conversations) -> None:
    conversations.delete(conversation_id)
    enter(None)


def _heading(conversation: Conversation, zone: tzinfo | None, today: date) -> str:
    return day_heading(conversation.updated.astimezone(zone), today=today)


def _zone() -> tzinfo | None:
    """Return the browser's time zone, else the server's."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError):
        return None
