"""The livre blanc on the page."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingestion.note_files import read_note_files
from knowledge.consultation.book_build import build, keep_edited
from knowledge.consultation.build import open_matrix
from knowledge.consultation.project import Project
from knowledge.embedding import load_embedder
from tests.pages.test_chat import html_of

NOTE = """---
titre: Réunion de Brumeval
date: 2023-09-05
region: Hautes-Rives
public: professionnels
fictif: true
---

## État des lieux

- L'agenda partagé est très pratique (conseillère)
- On ressaisit tout deux fois, « bravo, j'adore » (conseiller)
"""


def _page(folder: str):
    from pathlib import Path

    from knowledge.consultation.build import open_matrix
    from knowledge.consultation.project import Project
    from knowledge.embedding import load_embedder
    from pages.consultation_book import show_book

    project = Project(Path(folder))
    show_book(project, open_matrix(project, embedder=load_embedder()))


@pytest.fixture
def project(tmp_path) -> Project:
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    found = Project(tmp_path / "projet")
    for note in read_note_files([tmp_path / "note.md"])[0]:
        found.keep(note)
    return found


@pytest.fixture
def show(app, project):
    return lambda: AppTest.from_function(
        _page, args=(str(project.folder),), default_timeout=60
    ).run()


def test_each_sentence_opens_the_extracts_that_it_rests_on(show):
    page = show()
    said = html_of(page)
    assert not page.exception
    assert "Brouillon : propositions d'Appui non validées" in said
    assert "<summary>Une seule réunion, en Hautes-Rives, rapporte cette difficulté. (1" in said
    assert "<em>« bravo, j&#x27;adore »</em>" in said
    assert "Compte rendu et mots d'un participant" in said
    assert [each.label for each in page.get("download_button")] == [
        "Télécharger en Word (DOCX)",
        "Télécharger en PDF",
        "Télécharger le texte à modifier (Markdown)",
    ]


def test_a_final_version_says_what_is_left_to_decide(show):
    page = show()
    page.toggle(key="book-final").set_value(True).run()
    said = html_of(page)
    assert "points arrêtent la construction" in said
    assert "Acceptez-les ou écartez-les avec un motif." in said
    assert len(page.get("download_button")) == 1


def test_what_stops_an_edited_text_is_listed_with_its_remedy(show, project):
    made = build(project, open_matrix(project, embedder=load_embedder()), mask=str)
    keep_edited(project, made.source.replace("Une seule réunion", "La plupart des réunions", 1))
    said = html_of(show())
    assert "Texte : le vôtre" in said
    assert "1 point arrête la construction" in said
    assert "«\u00a0La plupart\u00a0»" in said
    assert Path(project.folder / "livre-blanc.md").exists()


def test_a_text_is_taken_back(show, project):
    page = show()
    source = build(
        project, open_matrix(project, embedder=load_embedder()), mask=str
    ).source.replace("# Livre blanc", "# Notre livre", 1)
    page.file_uploader(key="book-source").upload("livre-blanc.md", source.encode(), "text/markdown")
    page.button[0].click().run()
    assert not page.exception
    assert "Texte : le vôtre" in html_of(page)


def test_a_text_in_another_encoding_is_refused(show, project):
    page = show()
    page.file_uploader(key="book-source").upload("a.md", b"# \xe9\xe8", "text/markdown")
    page.button[0].click().run()
    assert "UTF-8" in html_of(page)
    assert not (project.folder / "livre-blanc.md").exists()
