"""One document of the library: what it is, how it was read, and its removal."""

import html

import streamlit as st

from ingestion.errors import IngestionError
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from pages import messages, state, text
from pages.dates import counted
from pages.document_summary import offer_summary

_CONFIRMED = "confirmed removal"


def show_document(document_id: str, *, library: Library) -> None:
    """Open a document beside the list.

    Raises:
        UnknownDocument: It is no longer in the library.
    """
    document = library.document(document_id)
    passages = len(library.passages(document_id))

    @st.dialog("Document", width="medium", position="right")
    def panel() -> None:
        _show_identity(document, passages)
        offer_summary(document.source.id, library=library)
        _offer_removal(document)

    panel()


def _show_identity(document: Document, passages: int) -> None:
    source = document.source
    pages = counted(len(document.pages), "page") if document.pages else None
    facts = [
        ("Collection", messages.COLLECTIONS[source.collection]),
        ("Nature", messages.kind_name(source.kind)),
        ("Publié par", source.publisher),
        ("Date", messages.dated(source.date, source.date_meaning)),
        ("Validité", messages.validity(source.valid_from, source.valid_until)),
        ("Territoire", source.territory),
        ("Contenu", ", ".join(part for part in (pages, counted(passages, "passage")) if part)),
        ("Identifiant", source.id),
    ]
    rows = "".join(
        f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in facts if value
    )
    label = f'<p class="fictional">{messages.FICTIONAL}</p>' if source.fictional else ""
    notes = "".join(f'<p class="caution">{html.escape(note)}</p>' for note in document.notes)
    address = text.web_address(source.url)
    link = (
        f'<p><a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
        "Ouvrir l'original (nouvel onglet)</a></p>"
        if address
        else ""
    )
    st.html(
        f"<h2>{html.escape(text.unbroken(source.title))}</h2>{label}"
        f'<dl class="facts">{rows}</dl>{notes}{link}'
    )


def _offer_removal(document: Document) -> None:
    source = document.source
    if st.session_state.get(_CONFIRMED):
        # Closes the panel; the page behind it removes the document and says so.
        st.rerun()
    if not st.session_state.get(f"removing {source.id}"):
        st.button(
            "Retirer ce document…",
            key="remove-document",
            on_click=st.session_state.__setitem__,
            args=(f"removing {source.id}", True),
        )
        return
    st.markdown(
        f"Appui ne répondra plus à partir de « {text.label(source.title)} ». "
        "Les réponses déjà données restent dans vos conversations."
    )
    with st.container(horizontal=True):
        st.button("Retirer définitivement", type="primary", on_click=_confirm, args=(source.id,))
        st.button("Garder", on_click=_give_up, args=(source.id,))


def remove_confirmed() -> None:
    """Remove the document whose removal was confirmed, if there is one, and say so."""
    document_id = st.session_state.pop(_CONFIRMED, None)
    if document_id is None:
        return
    from ingestion.add import remove_document

    place = st.empty()
    place.html('<p class="note" role="status">Retrait du document…</p>')
    try:
        remove_document(document_id, home=state.home())
    except (IngestionError, KnowledgeError) as error:
        place.error(str(error))
    else:
        place.html('<p class="done" role="status">Le document a été retiré.</p>')


def _confirm(document_id: str) -> None:
    _give_up(document_id)
    st.session_state[_CONFIRMED] = document_id


def _give_up(document_id: str) -> None:
    st.session_state.pop(f"removing {document_id}", None)
