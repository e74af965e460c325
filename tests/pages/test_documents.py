"""The documents' page: what is known, what is added, refused, removed."""

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ingestion.add
from ingestion.errors import IngestionError
from ingestion.report import Duplicate, Note, Progress, Rejection, Report
from knowledge.documents import Source
from knowledge.errors import LibraryBusy, LibraryDamaged
from pages import messages, shell, state
from tests.pages.conftest import NOTE
from tests.pages.test_chat import html_of, labels


@pytest.fixture
def documents(assistant) -> Iterator[AppTest]:
    st.cache_resource.clear()
    yield AppTest.from_string(
        "from pages.documents import show_documents\nshow_documents()", default_timeout=20
    )
    st.cache_resource.clear()


@pytest.fixture
def importing(monkeypatch):
    """Stand for the ingestion: remember what it was given, answer what the test wants."""

    class Importing:
        report = Report()
        failure: Exception | None = None
        names: tuple[str, ...] = ()
        contents: tuple[bytes, ...] = ()
        collection: str | None = None
        removed: tuple[str, ...] = ()

        def add(self, paths, *, home, collection, on_progress, on_wait):
            self.names = tuple(path.name for path in paths)
            self.contents = tuple(path.read_bytes() for path in paths)
            self.collection = collection
            on_wait("Une autre indexation est en cours.")
            on_progress(Progress("lecture", 1, 2, "aide.pdf"))
            if self.failure:
                raise self.failure
            return self.report

        def remove(self, document_id, *, home):
            if self.failure:
                raise self.failure
            self.removed += (document_id,)

    standing = Importing()
    monkeypatch.setattr(ingestion.add, "add_paths", standing.add)
    monkeypatch.setattr(ingestion.add, "remove_document", standing.remove)
    return standing


def upload(documents, *files: tuple[str, bytes]):
    documents.run()
    if files:
        documents.file_uploader(key="files").set_value(
            [(name, content, "application/octet-stream") for name, content in files]
        )
    return next(b for b in documents.button if b.label == "Ajouter").click().run()


def opened(documents, document_id: str):
    documents.run()
    documents.session_state[shell._OPENED] = f"document-{document_id}"
    return documents.run()


def test_the_table_tells_what_is_known(documents):
    documents.run()

    shown = html_of(documents)
    assert not documents.exception
    assert "2 documents" in shown
    assert '<a href="#document-cej">Contrat d&#x27;engagement jeune</a>' in shown
    assert '<td data-name="Date">1er avril 2025</td>' in shown
    assert '<td data-name="Passages">1</td>' in shown
    assert messages.FICTIONAL in shown


def test_a_hostile_title_is_shown_as_it_is_written(documents, assistant):
    assistant.library.known = [
        Source(id='x"><b>', title="<script>1</script>", collection="local", kind="pdf")
    ]
    documents.run()

    assert "<script>" not in html_of(documents)
    assert '#document-x%22%3E%3Cb%3E"' in html_of(documents)


def test_the_list_is_searched_and_filtered(documents):
    documents.run()
    documents.text_input(key="documents search").set_value("SEPTEMBRE").run()
    assert "1 document sur 2" in html_of(documents)
    assert "#document-cr-septembre" in html_of(documents)

    documents.segmented_control(key="documents collection").set_value("dispositifs").run()
    assert "0 document sur 2" in html_of(documents)


def test_a_long_list_is_cut_into_pages(documents, assistant):
    assistant.library.known = [
        Source(id=f"d{n}", title=f"Document {n:02}", collection="local", kind="pdf")
        for n in range(30)
    ]
    documents.run()

    assert html_of(documents).count("<tr>") == 26
    assert "30 documents" in html_of(documents)


def test_an_empty_library_says_so(documents, assistant):
    assistant.library.known = []
    documents.run()

    assert "Aucun document pour l'instant" in html_of(documents)


def test_a_damaged_library_is_said_in_words(documents, monkeypatch):
    def damaged():
        raise LibraryDamaged("Le fichier est endommagé.")

    monkeypatch.setattr(state, "assistant", damaged)
    documents.run()

    assert [error.value for error in documents.error] == ["Le fichier est endommagé."]


def test_an_upload_keeps_its_name_and_leaves_no_copy(documents, importing, tmp_path):
    importing.report = Report(added=("aide-du-departement",))
    upload(documents, ("Aide du département.pdf", b"%PDF"))

    assert importing.names == ("Aide du département.pdf",)
    assert importing.contents == (b"%PDF",)
    assert importing.collection == "local"
    assert [*(tmp_path / "uploads").iterdir()] == []
    assert "1 document ajouté." in html_of(documents)


def test_a_name_that_climbs_out_of_the_folder_does_not(documents, importing, tmp_path):
    importing.report = Report(added=("x",))
    upload(documents, ("../../evade.txt", b"x"))

    assert importing.names == ("evade.txt",)
    assert not [*tmp_path.parent.glob("evade.txt")]


def test_what_became_of_each_file_is_said_in_words(documents, importing):
    importing.report = Report(
        updated=("regles",),
        unchanged=2,
        duplicates=(Duplicate("/x/copie.pdf", "regles"),),
        rejected=(Rejection("/x/attestation.pdf", "le fichier est protégé."),),
        notes=(Note("/x/scan.pdf", "page 3 sans texte, probablement numérisée"),),
    )
    upload(documents, ("regles.pdf", b"x"))

    shown = html_of(documents)
    assert "1 document mis à jour." in shown
    assert "2 fichiers étaient déjà connus, sans changement." in shown
    assert "copie.pdf : le même contenu" in shown
    assert "attestation.pdf n'a pas été ajouté : le fichier est protégé." in shown
    assert "scan.pdf : page 3 sans texte" in shown


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (LibraryBusy("Une autre indexation est en cours."), "Une autre indexation est en cours."),
        (IngestionError("Rien à lire."), "Rien à lire."),
        (OSError(28, "No space left on device"), "Libérez de la place"),
    ],
)
def test_an_import_that_fails_is_one_sentence(documents, importing, failure, said):
    importing.failure = failure
    upload(documents, ("a.pdf", b"x"))

    assert said in html_of(documents)
    assert not documents.exception


def test_adding_nothing_asks_for_a_file(documents, importing):
    upload(documents)

    assert "Choisissez d'abord un fichier" in html_of(documents)


def test_a_document_shows_how_it_was_read(documents, assistant):
    assistant.library.notes = ("page 2 sans texte, probablement numérisée",)
    opened(documents, "cej")

    assert "page 2 sans texte" in html_of(documents)
    assert 'href="https://exemple.fr/cej"' in html_of(documents)


def test_a_document_gone_meanwhile_is_said_in_words(documents):
    opened(documents, "disparu")

    assert "retiré entre-temps" in html_of(documents)


def test_a_document_is_removed_once_confirmed(documents, importing):
    opened(documents, "cej")
    documents.button(key="remove-document").click().run()
    assert importing.removed == ()

    documents.session_state[shell._OPENED] = "document-cej"
    documents.run()
    next(b for b in documents.button if b.label == "Retirer définitivement").click().run()
    assert importing.removed == ("cej",)


def test_a_removal_can_be_given_up(documents, importing):
    documents.run()
    documents.session_state["removing cr-septembre"] = True
    opened(documents, NOTE.id)
    assert "Retirer définitivement" in labels(documents)
    next(b for b in documents.button if b.label == "Garder").click().run()

    assert importing.removed == ()
    assert "removing cr-septembre" not in documents.session_state


def test_a_removal_that_fails_is_said_in_words(documents, importing):
    importing.failure = LibraryBusy("Une autre indexation est en cours.")
    documents.run()
    documents.session_state["removing cej"] = True
    opened(documents, "cej")
    next(b for b in documents.button if b.label == "Retirer définitivement").click().run()

    assert [error.value for error in documents.error] == ["Une autre indexation est en cours."]
