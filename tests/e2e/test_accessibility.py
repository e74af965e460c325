"""The page is readable by all: axe-core, narrow screens, large text, French names."""

from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, ask

pytestmark = pytest.mark.browser

AXE = ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js"

# What Streamlit itself breaks, each explained in docs/accessibilite.md; nothing of ours is here.
STREAMLITS_OWN: set[tuple[str, str]] = set()


def violations(page) -> list[str]:
    """Return the serious and critical violations that are ours, by rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice']}).then(result => result.violations)"
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {node['html'][:200]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
        if not any(
            rule["id"] == known and part in f"{node['target']} {node['html']}"
            for known, part in STREAMLITS_OWN
        )
    ]


@pytest.fixture
def answered(open_page):
    def open_answered(**options: object):
        page = open_page(**options)
        ask(page, "Qui signe la demande d'aide au permis de Trévières ?")
        return page

    return open_answered


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in build/; .ci/run installs it")
@pytest.mark.parametrize("screen", ["empty", "answer", "source", "not found", "documents", "demo"])
def test_axe_finds_no_serious_violation(open_page, answered, screen):
    if screen == "empty":
        page = open_page()
    elif screen == "documents":
        page = open_page("/bibliotheque")
        page.get_by_role("table").wait_for()
    elif screen == "demo":
        page = open_page("/demonstration")
        page.get_by_role("button", name="Commencer").click()
        page.get_by_role("heading", name="Étape 1").wait_for()
    elif screen == "not found":
        page = open_page()
        ask(page, "Quelle est la meilleure recette de tarte aux pommes ?")
    else:
        page = answered()
    if screen == "source":
        page.locator('a[href^="#source-"]').first.click()
        page.get_by_role("dialog").get_by_role("img").wait_for()
    page.wait_for_timeout(800)

    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 640])
def test_nothing_is_scrolled_sideways_on_a_narrow_screen(open_page, answered, width):
    for page in (
        open_page("/bibliotheque", width=width),
        open_page("/demonstration", width=width),
        answered(width=width),
    ):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            "[...document.querySelectorAll('.stMain *')].filter(e => e.clientWidth > 1 &&"
            " e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position"
            " !== 'absolute').map(e => e.outerHTML.slice(0, 120))"
        )
        assert wide == []


def test_the_page_speaks_french_and_has_one_heading(open_page, answered):
    for page in (open_page(), open_page("/bibliotheque"), open_page("/demonstration"), answered()):
        assert page.evaluate("document.documentElement.lang") == "fr"
        assert page.get_by_role("heading", level=1).count() == 1
        names = page.evaluate(
            "[...document.querySelectorAll('button, a, input, textarea')]"
            ".map(e => e.getAttribute('aria-label')).filter(Boolean)"
        )
        assert not {"Send message", "Close", "Close sidebar", "Open sidebar"} & set(names)


def test_what_is_touched_is_large_enough(answered):
    page = answered(width=360, has_touch=True)
    small = page.evaluate(
        "[...document.querySelectorAll('.stMain button, .stBottom button, .stMain summary')]"
        ".filter(e => e.offsetParent && e.tabIndex >= 0 && e.getBoundingClientRect().height < 43.5)"
        ".map(e => e.outerHTML.slice(0, 160))"
    )

    assert small == []


def test_the_font_comes_with_the_application(open_page):
    page = open_page()
    page.evaluate("document.fonts.ready.then(() => null)")

    assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible\"')")
    assert Path(ROOT / "static" / "atkinson-hyperlegible-400.woff2").stat().st_size < 20_000
