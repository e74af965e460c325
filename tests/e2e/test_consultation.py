"""An ambassador reads the fictional consultation, theme by theme, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def read(open_page):
    """The page once the fictional notes are read."""

    def open_read(**options: object):
        page = open_page("/consultation", **options)
        trial = page.get_by_role("button", name="Essayer avec les comptes rendus fictifs")
        table = page.get_by_role("region", name="Matrice des thèmes")
        expect(trial.or_(table).first).to_be_visible()
        if trial.is_visible():
            trial.click()
        expect(table).to_be_visible()
        return page

    return open_read


def test_from_the_notes_to_what_was_said_in_a_cell(read):
    page = read()
    expect(page.get_by_text(re.compile("19 comptes rendus, 3 régions"))).to_be_visible()
    cell = page.locator(".comparison summary").first
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".comparison details[open] li").first).to_be_visible()

    page.get_by_text("Idées isolées", exact=True).click()
    expect(page.get_by_text("à publier ou à écarter")).to_be_visible()
    page.get_by_text("Divergences", exact=True).click()
    expect(page.get_by_text("À l'inverse").first).to_be_visible()


def test_remarks_are_decided_by_keyboard_and_stay_decided(read):
    page = read()
    page.get_by_text("2. Qualifier", exact=True).click()
    name = page.get_by_role("textbox", name="Qui décide ?")
    name.fill("A. B.")
    name.press("Enter")
    place = page.get_by_text(re.compile(r"^Remontée 1 sur \d+"))
    left = int(re.search(r"sur (\d+)", place.inner_text())[1])
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("v")
    expect(page.get_by_text(f"Remontée 1 sur {left - 1}")).to_be_visible()
    expect(page.get_by_text("Validée : «")).to_be_visible()
    page.keyboard.press("4")
    expect(page.get_by_text(f"Remontée 1 sur {left - 2}")).to_be_visible()

    page.reload()
    page.get_by_text("2. Qualifier", exact=True).click()
    expect(page.get_by_text(f"Remontée 1 sur {left - 2}")).to_be_visible()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
def test_axe_finds_no_serious_violation(read):
    page = read()
    assert violations(page) == []
    page.get_by_text("2. Qualifier", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Remontée 1 sur"))).to_be_visible()
    assert violations(page) == []


def test_nothing_is_scrolled_sideways_on_a_narrow_screen(read):
    page = read(width=360)

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
