"""The documents' page: what the assistant knows, what to add, what to remove."""

import html
import urllib.parse
from collections.abc import Sequence

import streamlit as st

from assistant.errors import AssistantError
from knowledge.documents import COLLECTIONS, Collection, Source
from knowledge.errors import KnowledgeError, UnknownDocument
from knowledge.library import Library
from pages import document_panel, messages, shell, sidebar, state, upload
from pages.dates import counted, in_words
from pages.text import folded

_EVERYWHERE = "Toutes"
_A_PAGE = 25


def show_documents() -> None:
    """List the documents, add some, remove one."""
    sidebar.leave_conversation()
    st.title("Documents", anchor=False)
    st.markdown(
        "Appui répond à partir de ces documents, et d'eux seuls. Ajoutez les vôtres : règlements "
        "locaux, notes internes, comptes rendus."
    )
    try:
        library = state.assistant().library
        upload.show_upload(state.home())
        document_panel.remove_confirmed()
        _show_list(library)
        if target := shell.opened("document-"):
            document_panel.show_document(target, library=library)
    except UnknownDocument:
        st.html('<p class="note">Ce document a été retiré entre-temps.</p>')
    except (AssistantError, KnowledgeError) as error:
        st.error(str(error))


def _show_list(library: Library) -> None:
    sources = library.sources()
    if not sources:
        st.html('<p class="note">Aucun document pour l\'instant.</p>')
        return
    st.html("<h2>Ce qu'Appui connaît</h2>")
    found = _filtered(sources)
    st.html(f'<p role="status">{_said_count(len(found), len(sources))}</p>')
    if not found:
        return
    pages = -(-len(found) // _A_PAGE)
    number = min(st.session_state.get("documents page number", 1), pages)
    shown = found[(number - 1) * _A_PAGE : number * _A_PAGE]
    st.html(_table(shown, library.passage_counts()))
    if pages > 1:
        st.pagination(pages, key="documents page number")


def _said_count(found: int, known: int) -> str:
    if found == known:
        return counted(known, "document")
    return f"{counted(found, 'document')} sur {known}"


def _filtered(sources: Sequence[Source]) -> list[Source]:
    search = st.text_input("Rechercher un titre", key="documents search")
    known = {source.collection for source in sources}
    choices = [name for name in COLLECTIONS if name in known]
    chosen: str | None = None
    if len(choices) > 1:
        chosen = st.segmented_control(
            "Collection",
            [_EVERYWHERE, *choices],
            default=_EVERYWHERE,
            format_func=lambda name: messages.COLLECTIONS.get(name, name),
            key="documents collection",
            required=True,
        )
    words = folded(search).split()
    return [
        source
        for source in sources
        if chosen in (None, _EVERYWHERE, source.collection)
        and all(word in folded(f"{source.title} {source.publisher or ''}") for word in words)
    ]


def _table(sources: Sequence[Source], counts: dict[str, int]) -> str:
    heads = ("Titre", "Collection", "Date", "Passages", "Nature")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(_row(source, counts.get(source.id, 0)) for source in sources)
    return (
        '<table class="documents"><caption class="spoken">Documents connus d\'Appui ; un titre '
        f"ouvre le détail et le retrait.</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(source: Source, passages: int) -> str:
    address = urllib.parse.quote(source.id, safe="")
    label = f'<span class="fictional">{messages.FICTIONAL}</span>' if source.fictional else ""
    cells = (
        ("Collection", _collection_name(source.collection)),
        ("Date", in_words(source.date) if source.date else "sans date"),
        ("Passages", str(passages)),
        ("Nature", messages.kind_name(source.kind)),
    )
    rest = "".join(f'<td data-name="{name}">{html.escape(value)}</td>' for name, value in cells)
    title = html.escape(source.title)
    return f'<tr><th scope="row"><a href="#document-{address}">{title}</a>{label}</th>{rest}</tr>'


def _collection_name(collection: Collection) -> str:
    return messages.COLLECTIONS[collection]
