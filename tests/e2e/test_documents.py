"""An adviser adds a document, is refused another, and the page sees what others add."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ask, run, said, serve, write_pdf

pytestmark = pytest.mark.browser


def upload(page, *paths):
    page.locator('input[type="file"]').set_input_files([str(path) for path in paths])
    page.get_by_role("button", name="Ajouter", exact=True).click()


def test_an_uploaded_pdf_is_answered_from_and_removed(open_page, own_site, tmp_path):
    pdf = write_pdf(
        tmp_path / "Aide à la garde d'Isigny.pdf",
        [
            [
                "Aide à la garde d'Isigny",
                "L'aide à la garde d'Isigny est de 95 euros par enfant et par mois.",
            ]
        ],
    )
    page = open_page("/bibliotheque", url=own_site.url)
    upload(page, pdf)
    expect(page.get_by_text("1 document ajouté.")).to_be_visible()

    page.get_by_role("link", name="Assistant").click()
    ask(page, "Quel est le montant de l'aide à la garde d'Isigny ?")
    assert "95 euros" in said(page)

    page.get_by_role("link", name="Documents").click()
    page.get_by_role("table").get_by_role("link", name=re.compile("Isigny")).click()
    page.get_by_role("button", name="Retirer ce document").click()
    page.get_by_role("button", name="Retirer définitivement").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("table")).not_to_contain_text("Isigny")


def test_a_broken_pdf_is_refused_with_its_name_and_its_reason(open_page, site, tmp_path):
    broken = tmp_path / "attestation.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    page = open_page("/bibliotheque")
    upload(page, broken)

    refusal = page.locator(".refusal")
    expect(refusal).to_contain_text("attestation.pdf n'a pas été ajouté : ")
    assert "Traceback" not in said(page)
    assert not [*(site.home / "uploads").glob("*")]


def test_the_page_sees_at_the_next_question_what_another_process_adds(
    open_page, own_site, tmp_path
):
    page = open_page(url=own_site.url)
    ask(page, "Quel est le montant de la prime de Balleroy ?")
    assert "188 euros" not in said(page)

    note = tmp_path / "prime-balleroy.txt"
    note.write_text("Prime de Balleroy\n\nLa prime de Balleroy est de 188 euros.\n", "utf-8")
    run(own_site.home, "ingestion", "add", str(note))
    ask(page, "Quel est le montant de la prime de Balleroy ?")

    assert "188 euros" in said(page)


def test_a_page_without_any_document_says_what_to_do(open_page, tmp_path):
    with serve(tmp_path / "vide", tmp_path / "server.log") as url:
        page = open_page(url=url)

        expect(page.get_by_text("ne connaît encore aucun document")).to_be_visible()
        expect(page.get_by_role("link", name="Ajouter un document")).to_be_visible()


def test_a_damaged_library_is_said_in_one_french_sentence(open_page, tmp_path):
    home = tmp_path / "abime"
    home.mkdir()
    (home / "documents.sqlite").write_bytes(b"ceci n'est pas une base " * 400)
    with serve(home, tmp_path / "server.log") as url:
        page = open_page(url=url)

        expect(page.get_by_role("alert")).to_contain_text("documents.sqlite est endommagé")
        assert "Traceback" not in said(page)
