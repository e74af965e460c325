"""A source, opened from its number: what it is, how old it is, and the words that prove."""

import html
import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.answer import Citation
from assistant.conversations import KeptExchange
from knowledge.documents import Source
from knowledge.errors import UnknownDocument
from knowledge.library import Library
from knowledge.page_image import PageImage, PageUnavailable, render_page
from pages import messages, text
from pages.document_summary import offer_summary


def cited(target: str, *, exchanges: Sequence[KeptExchange]) -> Citation | None:
    """Return the citation that ``{exchange}-{n}`` names, if this conversation holds it."""
    found = re.fullmatch(r"(\d{1,12})-(\d{1,6})", target)
    if not found:
        return None
    exchange_id, number = int(found[1]), int(found[2])
    for kept in exchanges:
        for citation in kept.answer.citations:
            if kept.id == exchange_id and citation.n == number:
                return citation
    return None


def show_source(citation: Citation, *, library: Library) -> None:
    """Open the source beside the conversation."""

    @st.dialog(f"Source {citation.n}", width=640, position="right")
    def panel() -> None:
        try:
            source = library.source(citation.document_id)
        except UnknownDocument:
            source = None
        _show_identity(citation, source)
        _show_passage(citation, library=library, known=source is not None)
        if source is not None and citation.page:
            _show_page(citation, source, library=library)
        if source is not None:
            offer_summary(source.id, library=library)

    panel()


def _show_identity(citation: Citation, source: Source | None) -> None:
    lines = [f"<h2>{html.escape(text.unbroken(citation.title))}</h2>"]
    if citation.fictional:
        lines.append(f'<p class="fictional">{messages.FICTIONAL}</p>')
    facts = [
        ("Publié par", source.publisher if source else None),
        ("Date", messages.dated(citation.date, citation.date_meaning)),
        ("Validité", messages.validity(citation.valid_from, citation.valid_until)),
        ("Territoire", source.territory if source else None),
        ("Partie", citation.section),
        ("Page", str(citation.page) if citation.page else None),
    ]
    rows = "".join(
        f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in facts if value
    )
    lines.append(f'<dl class="facts">{rows}</dl>')
    if address := text.web_address(citation.url):
        lines.append(
            f'<p><a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
            "Ouvrir l'original (nouvel onglet)</a></p>"
        )
    st.html("".join(lines))


def _show_passage(citation: Citation, *, library: Library, known: bool) -> None:
    passage, start = citation.quote, 0
    for candidate in library.passages(citation.document_id) if known else ():
        if candidate.id == citation.passage_id and citation.quote in candidate.text:
            passage, start = candidate.text, citation.start - candidate.start
    if not known:
        st.html(
            '<p class="caution">Ce document a été retiré depuis cette réponse. '
            "Voici le passage qui avait été cité.</p>"
        )
    marked = text.with_quote_marked(passage, quote=citation.quote, start=max(0, start))
    st.html(f"<h3>Le passage cité</h3>{marked}")


def _show_page(citation: Citation, source: Source, *, library: Library) -> None:
    original = library.original(source)
    if original is None or citation.page is None:
        return
    try:
        image = _page_image(str(original), page=citation.page, quote=citation.quote)
    except PageUnavailable as error:
        st.html(f'<p class="caution">{html.escape(str(error))}</p>')
        return
    st.html(f"<h3>La page {citation.page} du document</h3>")
    st.image(image.png, width="stretch", alt=_described(citation, image))
    if not image.marked:
        st.caption("Le passage n'a pas pu être repéré sur l'image de la page.")


def _described(citation: Citation, image: PageImage) -> str:
    said = f"Page {citation.page} de « {citation.title} »"
    return f"{said}, le passage cité surligné et souligné." if image.marked else f"{said}."


@st.cache_data(show_spinner=False, max_entries=32)
def _page_image(path: str, *, page: int, quote: str) -> PageImage:
    return render_page(Path(path), page, quote=quote)
