"""An adviser finds a dispositif, reads it, compares it, keeps the comparison, by any means."""

import io
import itertools
import re

import docx
import pypdf
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import said
from tests.e2e.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser

SCREENS = {
    "cards": "/fiches?vue=parcourir&comparer=cej",
    "sheet": "/fiches?fiche=cej",
    "comparison": "/fiches?comparer=apprentissage,cej,rsa,contrat-de-professionnalisation",
    "situation": "/fiches?vue=situation",
}
READY = {
    "cards": ".st-key-dispositif-picks",
    "sheet": "ol.references",
    "comparison": "ol.references",
    "situation": ".st-key-forget-situation",
}


@pytest.fixture
def open_screen(open_page):
    def open_one(name: str, **options: object):
        page = open_page(SCREENS[name], **options)
        page.locator(READY[name]).wait_for()
        if name == "situation":
            answer_age(page, "27")
        return page

    return open_one


def answer_age(page, age: str):
    page.get_by_label("Âge", exact=True).fill(age)
    page.get_by_label("Âge", exact=True).press("Enter")
    page.get_by_role("heading", name=re.compile("À vérifier")).wait_for()


def downloaded(page, name: str) -> tuple[str, io.BytesIO]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, io.BytesIO(waiting.value.path().read_bytes())


def test_from_a_filter_to_a_sheet_a_comparison_and_its_files(open_page):
    page = open_page()
    page.get_by_role("link", name="Dispositifs").click()
    page.get_by_label("Rechercher un dispositif").fill("autonomie")
    page.get_by_label("Rechercher un dispositif").press("Enter")
    expect(page.get_by_text(re.compile(r"^\d dispositifs? sur"))).to_be_visible()
    # Before its script has come, a link reloads the page.
    page.wait_for_function("window.appuiFollows")
    page.evaluate("window.neverReloaded = true")

    page.get_by_role("heading", level=3, name=re.compile("PACEA")).get_by_role("link").click()
    title = page.get_by_role("heading", level=1, name=re.compile("PACEA"))
    expect(title).to_be_focused()
    expect(page).to_have_url(re.compile("fiche=pacea"))
    # The cards leave the screen after the sheet has come: what is clicked must not move away.
    expect(page.locator('[class*="st-key-dispositif-card-"]')).to_have_count(0)
    page.get_by_text("Comparer (PACEA)").click()
    expect(page.get_by_role("checkbox", name="Comparer (PACEA)")).to_be_checked()
    page.get_by_role("button", name="Revenir à « Parcourir »").click()
    expect(page.get_by_role("link", name=re.compile("PACEA")).first).to_be_focused()
    expect(page.get_by_label("Rechercher un dispositif")).to_have_value("autonomie")

    page.get_by_label("Rechercher un dispositif").fill("cej")
    page.get_by_label("Rechercher un dispositif").press("Enter")
    expect(page.get_by_text("Comparer (PACEA)", exact=True)).to_have_count(0)
    page.get_by_text("Comparer (CEJ)", exact=True).click()
    expect(page.get_by_role("checkbox", name="Comparer (CEJ)")).to_be_checked()
    page.get_by_role("button", name="Les comparer").click()
    expect(page.get_by_role("columnheader", name=re.compile("CEJ"))).to_be_visible()
    expect(page).to_have_url(re.compile("comparer=pacea%2Ccej|comparer=pacea,cej"))
    assert page.evaluate("window.neverReloaded")

    name, content = downloaded(page, "Télécharger en Word")
    assert re.fullmatch(r"comparaison-pacea-cej-\d{4}-\d\d-\d\d\.docx", name)
    (table,) = docx.Document(content).tables
    assert "561,68 € par mois" in "".join(cell.text for cell in table.columns[2].cells)
    name, content = downloaded(page, "Télécharger en PDF")
    assert name.endswith(".pdf")
    assert "561,68" in "".join(each.extract_text() for each in pypdf.PdfReader(content).pages)


def test_an_address_can_be_shared_and_reloaded(open_screen):
    page = open_screen("comparison")
    page.reload()
    page.locator("ol.references").wait_for()

    assert page.get_by_role("columnheader").count() == 4
    sheet = open_screen("sheet")
    assert "561,68 €" in said(sheet)


def test_a_mark_leads_to_its_source_and_back(open_screen):
    page = open_screen("comparison")
    mark = page.locator('a.mark[href="#reference-8"]').first
    mark.press("Enter")
    source = page.locator("#reference-8")
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()

    source.get_by_role("link", name="Revenir à la valeur de la source 8").press("Enter")
    expect(page.locator("#mention-8")).to_be_focused()


def test_the_header_and_the_criteria_stay_in_sight(open_screen):
    page = open_screen("comparison")
    places = page.evaluate(
        """() => {
            const table = document.querySelector(".comparison")
            table.scrollTo(300, 700)
            const at = (selector) => document.querySelector(selector).getBoundingClientRect()
            const around = table.getBoundingClientRect()
            return [
                at(".comparison thead th").top - around.top,
                at(".comparison tbody th").left - around.left,
            ]
        }"""
    )

    assert all(0 <= place <= 2 for place in places)


def test_a_situation_is_kept_from_addresses_and_from_the_next_visit(open_page, open_screen):
    page = open_screen("situation")
    page.locator(".match h3 a").first.click()
    page.locator("h1.sheet-title").wait_for()
    # The questions leave the screen after the sheet has come.
    expect(page.get_by_label("Âge", exact=True)).to_have_count(0)
    assert "27" not in page.url.partition("?")[2]
    page.get_by_role("button", name="Revenir à").click()
    expect(page.get_by_label("Âge", exact=True)).to_have_value("27")

    other = open_page(SCREENS["situation"])
    expect(other.get_by_label("Âge", exact=True)).to_have_value("")


def test_a_sheet_is_asked_about_in_the_assistant(open_screen):
    page = open_screen("sheet")
    page.get_by_role("button", name="Demander à Appui").click()

    page.get_by_role("button", name="Copier").wait_for()
    assert "Que faut-il savoir sur : Contrat d'engagement jeune (CEJ) ?" in said(page)
    page.get_by_role("link", name="Dispositifs").click()
    expect(page.get_by_role("heading", level=1, name="Dispositifs")).to_be_visible()


def test_the_browser_goes_back_from_a_sheet(open_screen):
    page = open_screen("cards")
    page.get_by_role("heading", level=3).first.get_by_role("link").click()
    page.locator("h1.sheet-title").wait_for()
    page.go_back()

    expect(page.get_by_role("heading", level=1, name="Dispositifs")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_headings_follow_each_other(open_screen, screen):
    page = open_screen(screen)
    levels = page.evaluate(
        "[...document.querySelectorAll('.stMain :is(h1, h2, h3, h4)')].map(e => +e.tagName[1])"
    )

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_narrow_screen_is_not_scrolled_sideways(open_screen, screen):
    page = open_screen(screen, width=360, has_touch=True)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    page.wait_for_timeout(800)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 360
    small = page.evaluate(
        "[...document.querySelectorAll('.stMain :is(button, summary, .stCheckbox label)')]"
        ".filter(e => e.offsetParent && e.tabIndex >= 0 && e.getBoundingClientRect().height < 43.5)"
        ".map(e => e.outerHTML.slice(0, 160))"
    )
    assert small == []


def test_cards_are_a_list(open_screen):
    page = open_screen("cards")
    cards = page.locator(".st-key-dispositif-cards")

    expect(cards).to_have_role("list")
    assert cards.get_by_role("listitem").count() == page.get_by_role("heading", level=3).count()


def test_no_word_of_streamlits_is_left_in_english(open_screen):
    page = open_screen("comparison")
    page.get_by_role("combobox").fill("zzzz")
    page.wait_for_timeout(500)

    assert "Aucun résultat" in said(page)
    page.get_by_role("combobox").press("Escape")
    names = page.evaluate(
        "[...document.querySelectorAll('.stApp button')].map(e => e.getAttribute('aria-label'))"
    )
    english = re.compile("(Clear|Remove|Open|Dismiss|Collapse|Increment|Decrement)")
    assert not [name for name in names if name and english.match(name)]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_serious_violation(open_screen, screen):
    page = open_screen(screen)
    page.wait_for_timeout(800)

    assert violations(page) == []
