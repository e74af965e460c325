"""The demonstration in a real browser: step by step, by keyboard, read from afar."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_scenario_is_played_by_keyboard_and_each_step_is_announced(open_page):
    page = open_page("/demonstration")
    page.get_by_role("button", name="Commencer").press("Enter")
    expect(page.get_by_role("heading", name="Étape 1 sur 4")).to_be_visible()
    expect(page.locator('[role="status"]', has_text="Étape 1 affichée.")).to_be_attached()
    page.get_by_role("button", name="Étape suivante").press("Enter")

    expect(page.get_by_role("heading", name="Étape 2 sur 4")).to_be_visible()
    expect(page.get_by_text("2 étapes sur 4")).to_be_visible()
    assert page.get_by_role("heading", level=1).count() == 1


def test_the_projection_mode_is_larger(open_page):
    page = open_page("/demonstration")
    situation = page.get_by_text("Il attend au bureau.")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = situation.evaluate(size)
    page.get_by_text("Mode projection").click()
    page.locator(".st-key-projection").wait_for()

    assert situation.evaluate(size) > 1.2 * before
