"""The real page in a real browser, on real documents made here."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
# Generous, since a machine of two busy cores also runs the server.
PATIENCE_MS = 60_000
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_CHROMIUMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")

SHEET = """---
titre: Bourse du Grand Bocage
date: 2026-02-03
---

# Bourse du Grand Bocage

## Montant

La bourse du Grand Bocage est de 312 euros par mois. Elle est versée pendant six mois.

## Conditions

La bourse du Grand Bocage est ouverte aux jeunes de 16 à 25 ans qui habitent le Grand Bocage.
"""
RULES = [
    [
        "Règlement de l'aide au permis de Trévières",
        "",
        "Article 1 : objet",
        "L'aide au permis de Trévières finance les leçons de conduite des jeunes.",
        "Le montant de l'aide au permis de Trévières est de 730 euros.",
    ],
    [
        "Article 2 : demande",
        "La demande d'aide au permis de Trévières est signée par le conseiller référent.",
        "Elle est déposée avant la première leçon de conduite.",
    ],
]


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 22 * number, line)
        canvas.showPage()
    canvas.save()
    return path


@dataclass(frozen=True)
class Site:
    """The running page: its address, its data folder, and that folder as it was at first."""

    url: str
    home: Path
    pristine: Path


def run(home: Path, *arguments: str) -> None:
    """Run one of the project's commands on a data folder."""
    subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "APPUI_HOME": str(home)},
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "bourse-grand-bocage.md").write_text(SHEET, encoding="utf-8")
    write_pdf(folder / "permis-trevieres.pdf", RULES)
    pristine = folder / "pristine"
    run(pristine, "ingestion", "add", str(folder / "bourse-grand-bocage.md"), "--collection",
        "dispositifs")  # fmt: skip
    run(pristine, "ingestion", "add", str(folder / "permis-trevieres.pdf"))
    home = shutil.copytree(pristine, folder / "home")
    with serve(home, folder / "server.log") as url:
        yield Site(url, home, pristine)


@pytest.fixture
def own_site(site, tmp_path) -> Iterator[Site]:
    """The page on a data folder of its own: what a test adds is not there when it is retried."""
    home = shutil.copytree(site.pristine, tmp_path / "own-home")
    with serve(home, tmp_path / "own-server.log") as url:
        yield Site(url, home, site.pristine)


class serve:  # noqa: N801  reads as a statement
    """Run the page on a free port until the block ends."""

    def __init__(self, home: Path, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("localhost", 0))
            self._port = probe.getsockname()[1]
        self._home = home
        self._log = log

    def __enter__(self) -> str:
        url = f"http://localhost:{self._port}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pages", "--port", str(self._port)],
                cwd=ROOT,
                env={**os.environ, "APPUI_HOME": str(self._home)},
                stdout=log,
                stderr=log,
            )
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                    return url
            except (urllib.error.URLError, OSError):
                assert self._process.poll() is None, self._log.read_text()
                time.sleep(0.25)
        raise AssertionError(self._log.read_text())

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next((path for path in _CHROMIUMS if Path(path).exists()), None)
    if found is None:
        pytest.skip("no Chromium on this machine; .ci/run installs it")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(site, chromium) -> Iterator[Callable[..., Page]]:
    """Open the page in a fresh session; nothing it loads may come from elsewhere."""
    contexts = []
    strangers: list[str] = []

    def open_at(path: str = "/", *, width: int = 1280, url: str = "", **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale="fr-FR", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("http://localhost", "data:", "blob:"))
                else strangers.append(request.url)
            ),
        )
        page.goto((url or site.url) + path)
        page.get_by_role("heading", level=1).first.wait_for(state="attached")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert strangers == []


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole answer."""
    answers = page.get_by_role("button", name="Copier")
    before = answers.count()
    box = page.get_by_role("textbox", name="Posez votre question")
    box.fill(question)
    box.press("Enter")
    answers.nth(before).wait_for()


def said(page: Page) -> str:
    """Return what the page shows, every kind of space made one plain space."""
    return " ".join(page.locator("body").inner_text().split())
