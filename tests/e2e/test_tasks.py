"""From an answer to the mail, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(open_page):
    """The page after an answer."""

    def ask(**options: object):
        page = open_page(**options)
        page.get_by_role("textbox", name="Posez votre question").fill(
            "Quel est le montant de la bourse du Grand Bocage ?"
        )
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Rédiger un mail").wait_for()
        return page

    return ask


def opened(page, name: str):
    """What a task gives; the words that screen readers hear are elsewhere on the page."""
    page.get_by_role("button", name=name, exact=True).click()
    return page.locator('[class*="st-key-deliverable-"]')


def test_an_answer_becomes_a_mail_that_can_be_copied(asked):
    page = asked()
    mail = opened(page, "Rédiger un mail")
    expect(mail.get_by_text("Bonjour [prénom],")).to_be_visible()
    mail.get_by_text("Tutoyer", exact=True).click()
    expect(mail.get_by_text("ce que tu dois savoir")).to_be_visible()
    expect(mail.get_by_role("button", name="Copier", exact=True)).to_be_visible()
    expect(mail.get_by_role("button", name="Word")).to_be_visible()
    mail.get_by_role("button", name="Fermer").click()
    expect(mail).to_have_count(0)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
def test_axe_finds_no_serious_violation(asked):
    page = asked()
    expect(opened(page, "Simplifier").get_by_text("En mots simples")).to_be_visible()
    # What a run is about to replace is faded, and would be found too pale.
    expect(page.locator('[data-stale="true"]')).to_have_count(0)

    assert violations(page) == []
