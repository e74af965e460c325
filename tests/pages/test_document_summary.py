"""The summary of a document, asked for from its panel: its sentences, its copies, its limits."""

import html
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from knowledge.documents import Passage
from pages import shell
from tests.pages.conftest import CEJ
from tests.pages.test_chat import html_of, labels

SENTENCE = "L'aide est de 730 euros au plus pour un jeune de 16 à 25 ans."


@pytest.fixture
def panel(assistant, monkeypatch):
    """Open the panel of a document that says this."""

    def opened(text: str, **source: str) -> AppTest:
        passage = Passage(
            id="cej#0", document_id="cej", position=0, start=0, end=len(text), text=text,
            section_path=("Montant",),
        )  # fmt: skip
        monkeypatch.setattr(assistant.library, "passages", lambda document_id: [passage])
        assistant.library.known = [replace(CEJ, **source)]
        page = AppTest.from_string(
            "from pages.documents import show_documents\nshow_documents()", default_timeout=20
        ).run()
        page.session_state[shell._OPENED] = "document-cej"
        return page.run()

    return opened


def asked(page: AppTest) -> AppTest:
    """Ask for the summary; the panel stays open, as it does in a browser."""
    page.button(key="sum-up-document").click()
    page.session_state[shell._OPENED] = "document-cej"
    return page.run()


def shown(page: AppTest) -> str:
    """Return what is read on the page: every kind of space made one plain space, no escapes."""
    said = [html_of(page), *(each.value for each in page.markdown)]
    return " ".join(html.unescape("\n".join(said)).replace("\\", "").split())


def test_nothing_is_summed_up_before_it_is_asked_for(panel):
    page = panel(SENTENCE)

    assert "Résumer ce document" in labels(page)
    assert "730 euros" not in shown(page)


def test_a_summary_shows_sentences_of_the_document_with_its_source_and_its_copies(panel):
    page = asked(panel(SENTENCE))

    assert not page.exception
    assert "Résumé : Contrat d'engagement jeune" in shown(page)
    assert "730 euros" in shown(page)
    assert "lisez l'original" in shown(page)
    assert "[1] Contrat d'engagement jeune · Montant" in shown(page)
    assert "Résumer ce document" not in labels(page)
    assert [each.proto.label for each in page.get("download_button")] == ["Word", "PDF"]


def test_what_must_be_known_of_the_document_stands_above_its_summary(panel):
    page = asked(panel(SENTENCE, territory="Valmont", valid_until="2020-01-01"))

    assert "Règle locale : Valmont." in shown(page)
    assert "n'est plus en vigueur" in shown(page)


def test_a_document_without_a_sentence_says_that_there_is_nothing_to_sum_up(panel):
    page = asked(panel("Sommaire"))

    assert not page.exception
    assert "ne contient pas de phrase à résumer" in shown(page)
    assert not page.get("download_button")


def test_marks_of_a_hostile_title_are_shown_as_they_are_written(panel):
    page = asked(panel("Sommaire", title="<b>Note</b>"))

    assert "« &lt;b&gt;Note&lt;/b&gt; » ne contient pas" in html_of(page)
