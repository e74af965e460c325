"""The consultation's page: from notes to the matrix, on the fictional notes."""

import pytest
from streamlit.testing.v1 import AppTest

from knowledge.consultation.project import Project
from tests.pages.test_chat import html_of


def _page():
    from pages.consultation import show_consultation

    show_consultation()


@pytest.fixture
def shown(app):
    """The page alone, with the data folder of the test."""
    return AppTest.from_function(_page, default_timeout=60).run()


@pytest.fixture
def read(shown):
    """The page once the fictional notes are read."""
    return shown.button(key="notes-demo").click().run()


def choose(page, view: str):
    return page.segmented_control[0].set_value(view).run()


def test_an_empty_page_says_what_it_is_for_and_offers_a_trial(shown):
    assert "relève ce qui a été dit" in shown.markdown[0].value
    assert shown.button(key="notes-demo").label == "Essayer avec les comptes rendus fictifs"


def test_the_matrix_says_each_state_in_words_and_that_nobody_decided(read, tmp_path):
    said = html_of(read)

    assert "19 comptes rendus" in said
    assert "personne ne les a encore validés" in said
    assert "Comptes rendus fictifs (démonstration)" in said
    assert '<th scope="col">Côte-de-Brume</th>' in said
    assert "</span> contredit</summary><ul><li>" in said
    assert len(Project(tmp_path / "consultation").notes()) == 19


def test_a_theme_opens_its_extracts_by_region(read):
    choose(read, "extracts")
    read.selectbox(key="notes-theme").set_value("agenda").run()

    assert "<h2>Hautes-Lisières</h2>" in html_of(read)
    assert "agenda OK, rien à signaler" in html_of(read)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("isolated", "Dites dans une seule réunion"),
        ("contradictions", "À l'inverse"),
        ("young", "jamais additionnées"),
    ],
)
def test_every_other_view_shows_its_extracts(read, view, words):
    choose(read, view)

    assert words in html_of(read)
    assert "<li>" in html_of(read)


def test_a_project_that_was_changed_by_hand_is_one_sentence(read, tmp_path):
    note = next((tmp_path / "consultation" / "notes").glob("*.txt"))
    note.write_text("autre chose", encoding="utf-8")
    note.with_suffix(".json").touch()

    assert "a été changé" in read.run().error[0].value
