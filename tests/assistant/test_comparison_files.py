"""The files of a comparison, opened as their reader would open them."""

import datetime as dt
import io
import re

import docx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from reportlab.pdfbase import pdfmetrics

from assistant.comparison_docx import write_docx
from assistant.comparison_pdf import write_pdf
from assistant.comparison_text import NOTICE, SILENT, file_name, say_title
from assistant.pdf_paper import paper_styles
from knowledge.catalogue import open_catalogue
from knowledge.pdf_fonts import marked_up

TODAY = dt.date(2026, 11, 23)
LONG = ("apprentissage", "cej", "rsa", "contrat-de-professionnalisation")


@pytest.fixture(scope="module")
def catalogue():
    return open_catalogue()


@pytest.fixture(scope="module")
def comparison(catalogue):
    return catalogue.compare(["cej", "fonds-d-aide-aux-jeunes"])


@pytest.fixture(scope="module")
def longest(catalogue):
    return catalogue.compare(LONG)


@pytest.fixture(scope="module")
def word(comparison):
    return docx.Document(io.BytesIO(write_docx(comparison, today=TODAY)))


@pytest.fixture(scope="module")
def pdf(comparison):
    return pypdf.PdfReader(io.BytesIO(write_pdf(comparison, today=TODAY)))


def plain(text: str) -> str:
    """Return a text with every kind of space made one plain space."""
    return " ".join(text.split())


def text_of(pdf) -> str:
    return plain(" ".join(page.extract_text() for page in pdf.pages))


def test_the_name_of_a_file_says_what_and_when(comparison):
    assert file_name(comparison, today=TODAY, kind="pdf") == (
        "comparaison-cej-fonds-d-aide-aux-jeunes-2026-11-23.pdf"
    )


def test_the_word_table_holds_every_cell_with_its_marks(word, comparison):
    (table,) = word.tables
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}

    assert rows["Critère"] == [sheet.title for sheet in comparison.sheets]
    assert set(rows) == {"Critère", *comparison.criteria}
    for (criterion, sheet_id), values in comparison.cells.items():
        column = [sheet.id for sheet in comparison.sheets].index(sheet_id)
        said = rows[criterion][column]
        for value in values:
            (reference,) = value.references
            assert value.text in said
            assert f"[{comparison.number(reference)}]" in said
        assert (said == SILENT) == (not values)


def test_an_old_amount_says_that_it_must_be_checked(word):
    (table,) = word.tables
    amounts = next(row for row in table.rows if row.cells[0].text == "Combien").cells[1].text

    old = next(line for line in amounts.splitlines() if "561,68" in line)
    assert "depuis le 1er avril 2025 (plus de 12 mois : vérifiez)" in old
    recent = next(line for line in amounts.splitlines() if "SMIC mensuel brut : 1 867,02" in line)
    assert "vérifiez" not in recent


def test_the_word_document_lists_its_sources_with_dates_and_addresses(word, comparison):
    lines = [paragraph.text for paragraph in word.paragraphs]
    for number, reference in enumerate(comparison.references, start=1):
        line = next(line for line in lines if line.startswith(f"[{number}] "))
        assert reference.title in line
        assert reference.publisher in line
        assert "vérifié le 23 novembre 2026" in line
        assert reference.url is None or line.endswith(reference.url)
    assert any("Exporté d'Appui le 23 novembre 2026." in line and NOTICE in line for line in lines)


def test_the_word_document_is_french_landscape_and_repeats_its_header(word, comparison):
    section = word.sections[0]
    header = word.tables[0].rows[0]._tr

    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert header.trPr.find(qn("w:tblHeader")) is not None
    assert word.core_properties.language == "fr-FR"
    assert word.core_properties.title == say_title(comparison)
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def test_the_pdf_says_its_title_its_language_and_its_pages(pdf, comparison):
    assert pdf.metadata.title == say_title(comparison)
    assert pdf.trailer["/Root"]["/Lang"] == "fr-FR"
    for number, page in enumerate(pdf.pages, start=1):
        assert page.mediabox.width > page.mediabox.height
        assert f"Page {number}" in plain(page.extract_text())


def test_the_pdf_carries_its_font(pdf):
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    inside = [font for font in fonts if "Vera" in font["/BaseFont"]]

    assert inside
    assert all("/FontFile2" in font["/FontDescriptor"] for font in inside)


def test_the_font_of_the_pdf_has_every_sign_of_the_sheets(catalogue):
    paper_styles(8, 10.5)
    glyphs = pdfmetrics.getFont("Vera").face.charToGlyph
    missing = {
        sign
        for sheet in catalogue.sheets
        for values in catalogue.facts(sheet.id).values()
        for value in values
        for said in (value.text, *(reference.title for reference in value.references))
        for sign in marked_up(said)
        if ord(sign) not in glyphs
    }

    assert missing == set()


def test_the_pdf_holds_the_cells_the_day_and_the_sources(pdf, comparison):
    text = text_of(pdf)

    assert "Exporté d'Appui le 23 novembre 2026." in text
    assert NOTICE in text
    assert "561,68 € par mois" in text
    assert SILENT in text
    links = {
        note.get_object()["/A"]["/URI"]
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    for number, reference in enumerate(comparison.references, start=1):
        assert f"[{number}] {plain(reference.title)[:30]}" in text
        assert reference.url is None or reference.url in links


def test_four_long_sheets_fill_pages_that_all_repeat_the_header(longest):
    pdf = pypdf.PdfReader(io.BytesIO(write_pdf(longest, today=TODAY)))
    pages = [plain(page.extract_text()) for page in pdf.pages]
    before_sources = [page for page in pages if "Critère" in page]

    assert len(before_sources) > 3
    for page in before_sources:
        assert page.count("Critère") == 1
        assert "Contrat d'engagement jeune (CEJ)" in page
    said = re.sub(r"\s", "", "".join(pages))
    for values in longest.cells.values():
        for value in values:
            # The header of a page may stand in the middle of a value: its start is looked for.
            assert re.sub(r"\s", "", value.text)[:20] in said


def test_a_value_longer_than_a_page_is_cut_over_pages(catalogue):
    sheet = catalogue.sheet("cej")
    endless = sheet.model_copy(update={"purpose": "Un accompagnement sans fin. " * 400})
    others = [catalogue.sheet(each) for each in LONG if each != "cej"]
    comparison = type(catalogue)([endless, *others]).compare(LONG)

    pdf = pypdf.PdfReader(io.BytesIO(write_pdf(comparison, today=TODAY)))

    assert text_of(pdf).count("sans fin.") == 400


def test_signs_that_mean_something_to_a_format_are_only_text(catalogue):
    sheet = catalogue.sheet("cej")
    sharp = sheet.model_copy(update={"purpose": "Moins de <b>18</b> ans & « cœur » à 5 €"})
    comparison = type(catalogue)([sharp]).compare(["cej"], criteria=["À quoi ça sert"])

    (table,) = docx.Document(io.BytesIO(write_docx(comparison, today=TODAY))).tables
    assert "<b>18</b> ans & « cœur » à 5 €" in table.rows[1].cells[1].text
    pdf = pypdf.PdfReader(io.BytesIO(write_pdf(comparison, today=TODAY)))
    assert "<b>18</b> ans & « cœur » à 5 €" in text_of(pdf)
