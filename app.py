"""The Streamlit entry: what every page has in common, and the way from one to another."""

import logging

import streamlit as st

from pages import messages, shell
from pages.answer_tasks import DISPOSITIFS_PAGE
from pages.chat import show_chat
from pages.consultation import show_consultation
from pages.demo import show_demo
from pages.dispositif_address import ARRIVED
from pages.dispositif_sheet import ASSISTANT_PAGE
from pages.dispositifs import show_dispositifs
from pages.documents import show_documents
from pages.evaluation import show_evaluation


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Appui", page_icon="static/icon.png", layout="centered")
    shell.style()
    chat = st.Page(show_chat, title="Assistant", icon=":material/chat:", default=True)
    dispositifs = st.Page(
        show_dispositifs, title="Dispositifs", icon=":material/fact_check:", url_path="fiches"
    )
    documents = st.Page(
        show_documents, title="Documents", icon=":material/folder_open:", url_path="bibliotheque"
    )
    evaluation = st.Page(
        show_evaluation, title="Évaluation", icon=":material/monitoring:", url_path="mesures"
    )
    consultation = st.Page(
        show_consultation,
        title="Consultation",
        icon=":material/forum:",
        url_path="consultation",
    )
    demo = st.Page(
        show_demo, title="Démonstration", icon=":material/slideshow:", url_path="demonstration"
    )
    st.session_state["documents page"] = documents
    st.session_state[DISPOSITIFS_PAGE] = dispositifs
    st.session_state[ASSISTANT_PAGE] = chat
    page = st.navigation([chat, dispositifs, consultation, documents, evaluation, demo])
    st.session_state[ARRIVED] = st.session_state.get("page shown") != page.url_path
    st.session_state["page shown"] = page.url_path
    try:
        page.run()
    except Exception:
        # The outermost boundary: what nobody foresaw is one French sentence on the page, and its
        # details are in the log of whoever runs the server.
        logging.getLogger("appui").exception("The page failed")
        st.title("Appui", anchor=False)
        st.error(messages.UNEXPECTED)
    shell.mount()


main()
