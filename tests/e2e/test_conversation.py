"""An adviser asks, opens the proof, goes on, comes back."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ask, said

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_a_source_that_opens(open_page):
    page = open_page()
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")

    assert "312 euros" in said(page)
    assert "1 source" in said(page)
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()
    panel = page.get_by_role("dialog")
    expect(panel.locator("mark")).to_contain_text("312 euros")
    expect(panel.get_by_role("heading", name="Bourse du Grand Bocage")).to_be_visible()
    expect(panel).to_contain_text("3 février 2026")
    mark = panel.locator("mark")
    expect(mark).to_have_css("background-color", "rgb(255, 241, 184)")
    expect(mark).to_have_css("text-decoration-line", "underline")


def test_a_pdf_source_shows_its_page_with_the_quote_marked(open_page):
    page = open_page()
    ask(page, "Qui signe la demande d'aide au permis de Trévières ?")
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()

    panel = page.get_by_role("dialog")
    image = panel.get_by_role("img", name=re.compile("Page 2.*surligné et souligné"))
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 900


def test_a_follow_up_and_a_reload_find_the_conversation(open_page):
    page = open_page()
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")
    ask(page, "Qui peut l'avoir ?")
    assert "16 à 25 ans" in said(page)

    page.reload()
    expect(page.get_by_role("button", name="Copier")).to_have_count(2)
    shown = said(page)
    assert "312 euros" in shown
    assert "Qui peut l'avoir ?" in shown


def test_the_last_question_stands_at_the_top_with_its_answer_below(open_page):
    page = open_page()
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")
    ask(page, "Qui peut l'avoir ?")
    question = page.locator('[aria-label="Votre question"]').last
    page.wait_for_timeout(500)
    top = question.bounding_box()["y"]
    assert 0 <= top < 150


def test_a_mark_is_opened_and_closed_by_keyboard_alone(open_page):
    page = open_page()
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")
    mark = page.get_by_role("button", name=re.compile("^Source 1")).first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if mark.evaluate("mark => mark === document.activeElement"):
            break
    expect(mark).to_be_focused()
    assert mark.evaluate("mark => getComputedStyle(mark).outlineWidth") == "3px"

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(mark).to_be_focused()


def test_the_answer_is_announced_once_when_it_is_whole(open_page):
    page = open_page()
    voice = page.locator(".st-key-shell-place [role=status]")
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")

    expect(voice).to_contain_text("312 euros")
    assert voice.get_attribute("aria-live") == "polite"
    page.get_by_role("radio", name="Utile").first.click()
    expect(voice).to_have_count(1)


def test_an_answer_is_copied_with_its_sources(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Quel est le montant de la bourse du Grand Bocage ?")
    page.get_by_role("button", name="Copier avec les sources").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Copié.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "312 euros" in copied
    assert re.search(r"\[1\] Bourse du Grand Bocage · .*3 février 2026", copied)


def test_what_is_not_known_is_said_with_a_way_on(open_page):
    page = open_page()
    ask(page, "Quelle est la meilleure recette de tarte aux pommes ?")

    expect(page.get_by_role("link", name="Ajouter un document")).to_be_visible()
    assert "312 euros" not in said(page)
    page.get_by_role("link", name="Ajouter un document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")


def test_personal_data_is_masked_on_the_page_and_on_the_disk(open_page, site):
    page = open_page()
    ask(page, "Quel est le montant de la bourse du Grand Bocage pour le 06 12 34 56 78 ?")

    assert "06 12 34 56 78" not in said(page)
    with sqlite3.connect(site.home / "conversations.sqlite") as database:
        stored = str(database.execute("SELECT question, answer FROM exchanges").fetchall())
    database.close()
    assert "06 12 34 56 78" not in stored


def test_a_conversation_is_renamed_found_and_deleted(open_page):
    page = open_page()
    ask(page, "Combien de temps est versée la bourse du Grand Bocage ?")
    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Titre").fill("Dossier du mardi")
    page.get_by_role("button", name="Enregistrer le titre").click()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("button", name="Dossier du mardi")).to_be_visible()

    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Que cherchez-vous ?")
    search = page.get_by_role("textbox", name="Rechercher dans les conversations")
    search.fill("mardi")
    search.press("Enter")
    sidebar.get_by_role("button", name="Dossier du mardi").click()
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("button", name="Supprimer définitivement").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Que cherchez-vous ?")
    expect(sidebar.get_by_role("button", name="Dossier du mardi")).to_have_count(0)


def test_a_judgement_stays_after_a_reload(open_page):
    page = open_page()
    ask(page, "Qui peut avoir la bourse du Grand Bocage ?")
    page.get_by_role("radio", name="À revoir").click()
    page.get_by_role("textbox", name=re.compile("ne va pas")).fill("trop court")
    page.get_by_role("button", name="Envoyer la remarque").click()
    expect(page.get_by_text("votre remarque est enregistrée")).to_be_visible()

    page.reload()
    expect(page.get_by_role("radio", name="À revoir")).to_be_checked()


def test_a_question_that_is_too_long_is_refused_and_given_back(open_page):
    page = open_page()
    box = page.get_by_role("textbox", name="Posez votre question")
    box.fill("bourse " * 15_000)
    box.press("Enter")

    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()
    assert box.input_value().startswith("bourse bourse")
    assert "Traceback" not in said(page)
