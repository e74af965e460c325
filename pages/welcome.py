"""What the assistant's page says before a question: what is known, and questions to try."""

import html
from collections.abc import Sequence

import streamlit as st

from knowledge.documents import Source
from pages import answer_view, messages, text


def show_welcome(sources: Sequence[Source]) -> None:
    """Say what is known and offer questions that it answers."""
    if not sources:
        st.markdown(messages.EMPTY_LIBRARY)
        offer_documents()
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


def offer_documents() -> None:
    """Offer the page on which a document is added."""
    if page := st.session_state.get("documents page"):
        st.page_link(page, label="Ajouter un document", icon=":material/upload_file:")
