"""The summary of a document, asked for from its panel or from a source of an answer."""

import datetime as dt
import html

import streamlit as st

from assistant.document_summary import NothingToSumUp, summarize
from knowledge.library import Library
from pages import shell
from pages.deliverable import offer_copies, show_deliverable


def offer_summary(document_id: str, *, library: Library) -> None:
    """Sum a document up when it is asked for: its key sentences, each with its page."""
    asked = f"summed up {document_id}"
    if not st.session_state.get(asked):
        st.button(
            "Résumer ce document",
            key="sum-up-document",
            on_click=st.session_state.__setitem__,
            args=(asked, True),
        )
        return
    try:
        summary = summarize(document_id, library=library, today=dt.date.today())  # noqa: DTZ011
    except NothingToSumUp as error:
        st.html(f'<p class="note" role="status">{html.escape(str(error), quote=False)}</p>')
        return
    with st.container(border=True, key="document-summary"):
        show_deliverable(summary, citations=(), exchange_id=0)
        with st.container(horizontal=True, vertical_alignment="center"):
            offer_copies(summary, name=f"document-{document_id}")
    shell.announce(f"{summary.title}. {summary.text}", name=asked)
