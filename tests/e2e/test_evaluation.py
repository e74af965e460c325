"""An evaluator who knows spreadsheets: ten questions added, run, read, compared, exported."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ask
from tests.e2e.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser

QUESTIONS = "\n".join(
    [
        "id;catégorie;question;état;faits;sources",
        "bourse-1;direct;bourse du grand bocage combien;répondu;312 euros;bourse-grand-bocage",
        *(f"bourse-{n};direct;montant bourse Grand Bocage {n};répondu;312;" for n in range(2, 10)),
        "tarte-1;unanswerable;recette de tarte aux pommes;non trouvé|refusé;;",
    ]
)


def measure(page):
    page.get_by_text("Mesurer", exact=True).click()
    page.get_by_text("Questions de votre structure", exact=True).click()
    before = page.locator("table.documents tbody tr").count()
    page.get_by_role("button", name="Lancer la mesure").click()
    expect(page.locator("table.documents tbody tr")).to_have_count(before + 1)


def step(page, name):
    page.get_by_text(name, exact=True).first.click()


def test_from_the_page_alone(open_page, own_site, chromium, tmp_path):
    file = tmp_path / "dix questions.csv"
    file.write_bytes(QUESTIONS.encode("cp1252"))
    page = open_page("/mesures", url=own_site.url)
    step(page, "Questions")
    page.locator('input[type="file"]').set_input_files(str(file))
    page.get_by_role("button", name="Ajouter le tableau").click()
    expect(page.get_by_text("Le jeu local compte 10 questions.")).to_be_visible()

    measure(page)
    measure(page)

    step(page, "Résultats")
    expect(page.get_by_text(re.compile("de réponses entièrement justes")).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Rapport")).click()
    report = tmp_path / "rapport.html"
    download.value.save_as(report)

    step(page, "Comparer")
    expect(page.get_by_text(re.compile("que le hasard peut expliquer"))).to_be_visible()
    expect(page.get_by_text("Devenues fausses : 0").first).to_be_attached()

    offline = chromium.new_context(offline=True).new_page()
    offline.goto(report.as_uri())
    expect(offline.get_by_role("heading", level=1)).to_have_text("Qualité des réponses")
    offline.locator("summary", has_text="recette de tarte aux pommes").click()
    expect(offline.get_by_text("attendu : non trouvé ou refusé")).to_be_visible()
    offline.context.close()


def test_a_poor_answer_becomes_a_local_question(open_page):
    page = open_page()
    ask(page, "Qui signe la demande d'aide au permis de Trévières ?")
    page.get_by_role("radio", name="À revoir").click()
    page.get_by_role("button", name="Envoyer la remarque").click()
    page.get_by_role("link", name="Évaluation").click()
    step(page, "Avis et manques")
    page.get_by_text("Qui signe la demande d'aide au permis").first.click()
    page.get_by_role("button", name="En faire une question du jeu local").click()
    expect(page.get_by_text(re.compile("^Ajouté. Le jeu local compte"))).to_be_visible()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
@pytest.mark.parametrize("name", ["Mesurer", "Questions", "Avis et manques"])
def test_axe_finds_no_serious_violation(open_page, name):
    page = open_page("/mesures")
    step(page, name)
    page.wait_for_timeout(1500)
    assert violations(page) == []


@pytest.mark.parametrize("name", ["Mesurer", "Questions", "Avis et manques"])
def test_nothing_is_scrolled_sideways_on_a_phone(open_page, name):
    page = open_page("/mesures", width=360)
    step(page, name)
    page.wait_for_timeout(1000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
