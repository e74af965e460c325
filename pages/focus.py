"""The dispositif that the conversation is about, shown above the input, and let go of there."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Exchange
from assistant.conversations import KeptExchange, history

if TYPE_CHECKING:
    from assistant.ask import Assistant

_LEFT = "focus left after"
_PLACE = "focus place"
_ALONE = "La prochaine question sera comprise seule, sans ce qui précède."


def hold_place() -> None:
    """Keep the place above the input; called while the foot of the page is written."""
    st.session_state[_PLACE] = st.empty()


def heard(exchanges: Sequence[KeptExchange]) -> list[Exchange]:
    """Return what the next question may lean on: nothing from before the subject was let go of."""
    left = st.session_state.get(_LEFT)
    known = [each.id for each in exchanges]
    return history(exchanges[known.index(left) + 1 :] if left in known else exchanges)


def show_focus(assistant: "Assistant", exchanges: Sequence[KeptExchange]) -> None:
    """Show what the next question will be understood about, once the page is written."""
    place = st.session_state.pop(_PLACE, None)
    if place is None or not exchanges:
        return
    past = heard(exchanges)
    if not past:
        place.html(f'<p class="focus" role="status">{_ALONE}</p>')
        return
    subject = assistant.focus(past)
    if subject is None:
        return
    with place, st.container(horizontal=True, vertical_alignment="center", key="focus"):
        st.html(
            f'<p class="focus">À propos de : <strong>{html.escape(subject.label)}</strong></p>',
            width="content",
        )
        st.button(
            "Oublier ce sujet",
            key="forget-focus",
            icon=":material/close:",
            type="tertiary",
            help=f"La prochaine question ne sera pas comprise à propos de : {subject.label}.",
            on_click=_leave,
            args=(exchanges[-1].id,),
        )


def _leave(exchange_id: int) -> None:
    st.session_state[_LEFT] = exchange_id
