"""A word masked by mistake is shown again from the page, and is on the disk only then."""

import sqlite3

from playwright.sync_api import expect

from tests.e2e.conftest import ask, said


def test_a_false_alarm_is_undone_for_the_conversation(open_page, site):
    page = open_page()
    ask(page, "Marin veut la bourse du Grand Bocage, quel montant pour lui ? Il est au 0612345678")

    undo = page.get_by_role("button", name="Annuler pour « Marin »")
    expect(undo).to_be_visible()
    assert "Marin" not in stored(site)
    undo.click()
    page.get_by_role("button", name="Copier").nth(1).wait_for()
    expect(undo).to_have_count(0)

    assert "Marin veut la bourse" in said(page)
    assert "Marin veut la bourse" in stored(site)
    assert "0612345678" not in stored(site)


def stored(site) -> str:
    with sqlite3.connect(site.home / "conversations.sqlite") as database:
        kept = str(database.execute("SELECT question, answer FROM exchanges").fetchall())
    database.close()
    return kept
