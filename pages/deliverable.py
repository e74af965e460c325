"""What a task gives, on the page: the text, its sources, and the ways to take it away."""

import datetime as dt
import html
from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.answer import Citation
from assistant.task import Deliverable
from assistant.task_files import as_text, sources_of, write_docx, write_pdf
from pages import shell, text

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TO_SOMEBODY = frozenset({"mail", "sms"})


def show_deliverable(
    deliverable: Deliverable,
    *,
    citations: Sequence[Citation],
    exchange_id: int,
    said_above: Sequence[str] = (),
) -> None:
    """Show a deliverable: what must be known first, the text, and its sources folded.

    Args:
        deliverable: what a task gave.
        citations: those whose marks open a source on this page.
        exchange_id: the exchange that holds them.
        said_above: the cautions that the page shows already.
    """
    for caution in deliverable.cautions:
        if caution not in said_above:
            st.html(f'<p class="caution">{html.escape(text.unbroken(caution))}</p>')
    if set(deliverable.cautions) & set(said_above):
        st.caption("Avant d'envoyer, vérifiez ce qui est signalé plus haut.")
    st.markdown(f"**{text.label(deliverable.title)}**")
    st.markdown(
        text.answer_markdown(deliverable.text, citations=tuple(citations), exchange_id=exchange_id)
    )
    sources = sources_of(deliverable)
    if sources:
        with st.expander("Sources"):
            for source in sources:
                st.markdown(text.label(source))


def offer_copies(deliverable: Deliverable, *, name: str) -> None:
    """Offer the text to the clipboard and as files; ``name`` tells these buttons from others."""
    if deliverable.kind in _TO_SOMEBODY:
        shell.copy_button(
            "Copier", text=as_text(deliverable, with_sources=False), key=f"copy-{name}"
        )
    shell.copy_button("Copier avec les sources", text=as_text(deliverable), key=f"copy-all-{name}")
    offer_files(deliverable, name=name)


def offer_files(deliverable: Deliverable, *, name: str) -> None:
    """Offer the text as a Word document and as a PDF, which are made when they are asked for."""
    today = dt.date.today()  # noqa: DTZ011
    st.download_button(
        "Word",
        partial(write_docx, deliverable, today=today),
        file_name=f"appui-{deliverable.kind}.docx",
        mime=_WORD,
        key=f"docx-{name}",
        icon=":material/description:",
        on_click="ignore",
    )
    st.download_button(
        "PDF",
        partial(write_pdf, deliverable, today=today),
        file_name=f"appui-{deliverable.kind}.pdf",
        mime="application/pdf",
        key=f"pdf-{name}",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )
