"""What an acronym stands for is shown by hover, focus and tap, and closed without effort."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import ask, run, said, serve
from tests.e2e.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser

SHEET = """---
titre: Coup de pouce du Val
date: 2026-02-03
---

# Coup de pouce du Val

## Conditions

Le coup de pouce du Val est ouvert aux jeunes en CEJ et aux salariés d'une EI. Un jeune en CEJ
demande le coup de pouce du Val à son conseiller.
"""
CEJ = "contrat d'engagement jeune"


@pytest.fixture(scope="module")
def val(tmp_path_factory):
    """The address of a page that knows one sheet with acronyms."""
    folder = tmp_path_factory.mktemp("val")
    (folder / "coup-de-pouce-val.md").write_text(SHEET, encoding="utf-8")
    run(folder / "home", "ingestion", "add", str(folder / "coup-de-pouce-val.md"),
        "--collection", "dispositifs")  # fmt: skip
    with serve(folder / "home", folder / "server.log") as url:
        yield url


@pytest.fixture
def answered(open_page, val):
    def open_answered(**options: object) -> Page:
        page = open_page(url=val, **options)
        ask(page, "Qui peut avoir le coup de pouce du Val ?")
        return page

    return open_answered


def acronym(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def box(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_an_acronym_is_explained_by_hover_until_the_pointer_leaves_both(answered):
    page = answered()
    expect(acronym(page, "CEJ")).to_have_count(1)

    acronym(page, "CEJ").hover()
    expect(box(page)).to_have_text(CEJ)
    box(page).hover()
    page.wait_for_timeout(500)
    expect(box(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(box(page)).to_have_count(0)


def test_escape_closes_without_moving_the_pointer(answered):
    page = answered()
    acronym(page, "CEJ").hover()
    expect(box(page)).to_be_visible()

    page.keyboard.press("Escape")

    expect(box(page)).to_have_count(0)


def test_every_sense_is_shown_with_its_field(answered):
    page = answered()
    acronym(page, "EI").hover()

    expect(box(page)).to_contain_text("entreprise d'insertion (insertion par")
    expect(box(page)).to_contain_text("entreprise individuelle (création")


def test_an_acronym_is_explained_and_described_by_focus(answered):
    page = answered()
    mark = acronym(page, "CEJ")
    page.get_by_role("textbox", name="Posez votre question").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if mark.evaluate("mark => mark === document.activeElement"):
            break

    expect(mark).to_be_focused()
    expect(box(page)).to_have_text(CEJ)
    expect(mark).to_have_accessible_description(CEJ)
    page.keyboard.press("Escape")
    expect(box(page)).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).to_have_accessible_description(CEJ)
    page.keyboard.press("Enter")
    expect(box(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(acronym(page, "EI")).to_be_focused()
    expect(box(page)).to_have_count(1)
    expect(box(page)).to_contain_text("entreprise d'insertion")


def test_an_acronym_is_explained_by_tap_and_a_tap_elsewhere_closes(answered):
    page = answered(width=360, has_touch=True)
    address = page.url
    acronym(page, "CEJ").tap()

    expect(box(page)).to_have_text(CEJ)
    page.wait_for_timeout(500)
    place = box(page).bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 360
    assert place["y"] >= 0
    page.get_by_text("Poursuivre avec").or_(page.locator(".privacy")).first.tap()
    expect(box(page)).to_have_count(0)
    assert page.url == address
    assert len(page.context.pages) == 1


def test_in_a_source_escape_closes_the_meaning_and_not_the_panel(answered):
    page = answered()
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()
    panel = page.get_by_role("dialog")
    acronym(panel, "CEJ").click()
    expect(panel.get_by_role("tooltip")).to_have_text(CEJ)

    page.keyboard.press("Escape")
    expect(box(page)).to_have_count(0)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_what_is_copied_or_selected_holds_no_link(answered):
    page = answered(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier avec les sources").click()
    expect(page.get_by_text("Copié.")).to_be_visible()

    assert "sigle" not in page.evaluate("navigator.clipboard.readText()")
    assert "en CEJ et aux salariés d'une EI" in said(page)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
def test_axe_finds_no_serious_violation_while_a_meaning_is_shown(answered):
    page = answered()
    acronym(page, "CEJ").focus()
    expect(box(page)).to_be_visible()

    assert violations(page) == []
