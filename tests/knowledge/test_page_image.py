"""A PDF page is shown with the quote marked, however the page breaks its lines."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import KnowledgeError
from knowledge.page_image import MARK, UNDERLINE, PageUnavailable, find_quote, render_page


def write_pdf(path: Path, *pages: list[str]) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 18 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def pixels(png: bytes, colour: tuple[int, int, int]) -> list[tuple[int, int]]:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    width = image.width
    data = image.tobytes()
    return [
        (at % width, at // width)
        for at in range(len(data) // 3)
        if tuple(data[3 * at : 3 * at + 3]) == colour
    ]


def test_the_quote_is_tinted_and_underlined_where_it_stands(tmp_path):
    pdf = write_pdf(tmp_path / "aide.pdf", ["Titre", "L'aide est de 400 euros par mois.", "Suite"])

    image = render_page(pdf, 1, quote="L'aide est de 400 euros")

    assert image.marked
    scale = 900 / A4[0]
    baseline = (A4[1] - (760 - 18)) * scale
    for colour in (MARK, UNDERLINE):
        found = pixels(image.png, colour)
        assert found
        assert all(abs(y - baseline) < 18 * scale for _, y in found)
        assert min(x for x, _ in found) >= 72 * scale - 4


def test_a_quote_over_two_lines_and_a_hyphen_is_marked_on_both(tmp_path):
    pdf = write_pdf(
        tmp_path / "a.pdf", ["Le contrat d'accompa-", "gnement dure douze mois au plus."]
    )

    image = render_page(pdf, 1, quote="Le contrat d’accompagnement dure douze mois")

    rows = {y for _, y in pixels(image.png, UNDERLINE)}
    assert max(rows) - min(rows) > 18


def test_a_quote_that_continues_on_the_next_page_is_marked_as_far_as_the_page_goes(tmp_path):
    pdf = write_pdf(
        tmp_path / "a.pdf",
        ["Le jeune signe la convention avec son", "Pied de page 1"],
        ["conseiller de la mission locale.", "Pied de page 2"],
    )

    image = render_page(
        pdf, 1, quote="Le jeune signe la convention avec son conseiller de la mission locale."
    )

    assert image.marked


def test_words_that_are_not_on_the_page_are_not_marked(tmp_path):
    pdf = write_pdf(tmp_path / "a.pdf", ["Rien de tel ici."])

    image = render_page(pdf, 1, quote="Une prime de deux cents euros chaque trimestre")

    assert not image.marked
    assert not pixels(image.png, UNDERLINE)


def test_a_turned_page_is_marked_too(tmp_path):
    canvas = Canvas(str(tmp_path / "tourne.pdf"), pagesize=A4)
    canvas.setPageRotation(90)
    canvas.drawString(72, 300, "L'aide est de 400 euros par mois.")
    canvas.save()

    image = render_page(tmp_path / "tourne.pdf", 1, quote="400 euros par mois")

    found = pixels(image.png, MARK)
    assert image.marked
    height = max(y for _, y in found) - min(y for _, y in found)
    width = max(x for x, _ in found) - min(x for x, _ in found)
    assert height > width


def test_a_page_out_of_proportion_stays_within_the_pixel_limit(tmp_path):
    canvas = Canvas(str(tmp_path / "ruban.pdf"), pagesize=(100, 14_000))
    canvas.drawString(10, 13_900, "Ruban")
    canvas.save()

    image = render_page(tmp_path / "ruban.pdf", 1, quote="Ruban")

    width, height = Image.open(io.BytesIO(image.png)).size
    assert width * height <= 6_100_000


def test_ligatures_accents_and_spaces_do_not_hide_a_quote():
    assert find_quote("bénéﬁciaire ﬁnal", "Le  BENEFICIAIRE\n final est") == [(4, 23)]


def test_an_empty_quote_is_nowhere():
    assert find_quote(" — ", "du texte") == []


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_does_not_exist_is_refused_in_words(tmp_path, page):
    pdf = write_pdf(tmp_path / "aide.pdf", ["Seule page"])

    with pytest.raises(PageUnavailable, match=f"aide.pdf n'a pas de page {page} : il en a 1"):
        render_page(pdf, page, quote="Seule page")


@pytest.mark.parametrize("content", [b"", b"ceci n'est pas un PDF", b"%PDF-1.4\ntronqu"])
def test_an_unreadable_file_is_refused_in_words(tmp_path, content):
    (tmp_path / "casse.pdf").write_bytes(content)

    with pytest.raises(KnowledgeError, match=r"casse\.pdf"):
        render_page(tmp_path / "casse.pdf", 1, quote="x")


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(PageUnavailable, match=r"absent\.pdf"):
        render_page(tmp_path / "absent.pdf", 1, quote="x")
