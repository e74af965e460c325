"""The files of a livre blanc, read back: titles, contents, pages, tables, numbers of extracts."""

import io
import json
import re
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from assistant.mask import mask as mask_of
from knowledge.__main__ import main
from knowledge.consultation.book_build import build
from knowledge.consultation.book_docx import write_docx
from knowledge.consultation.book_pdf import write_pdf

TODAY = date(2026, 11, 26)
_CITED = re.compile(r"\[(\d[\d, –]*)\]")


def mask(text: str) -> str:
    return mask_of(text).text


@pytest.fixture
def built(make_project, matrix_of):
    project = make_project()
    return build(project, matrix_of(project), mask=mask)


@pytest.fixture
def pdf(built):
    return pypdf.PdfReader(io.BytesIO(write_pdf(built.layout, today=TODAY)))


@pytest.fixture
def word(built):
    return docx.Document(io.BytesIO(write_docx(built.layout, today=TODAY)))


def numbers_in(text: str) -> set[int]:
    """Return the numbers cited between brackets, « 5–7 » being three of them."""
    found: set[int] = set()
    for cited in _CITED.findall(text):
        for run in cited.split(","):
            first, _, last = run.strip().partition("–")
            found |= set(range(int(first), int(last or first) + 1))
    return found


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def check_numbers(text: str, built) -> None:
    """Check that the numbers of the chapters are those of the annex, with the words of each."""
    head, annex = text.split("Chaque numéro entre crochets du texte renvoie ici.")
    wanted = {each.number for each in built.evidence.extracts}
    assert numbers_in(head) == wanted
    entries = dict(re.findall(r"\[(\d+)\] (.*?)(?=\[\d+\] |$)", annex))
    assert set(map(int, entries)) == wanted
    for extract in built.evidence.extracts:
        told = entries[str(extract.number)]
        piece = extract.coded.remark.piece
        assert extract.words in told
        assert f"{extract.note.file} · caractères {piece.start} à {piece.end}" in told
        assert extract.note.region in told


def test_the_numbers_of_the_pdf_are_those_of_its_annex(pdf, built):
    pages = [page.extract_text() for page in pdf.pages]
    for page in pages:
        assert "Document fictif (démonstration)" in page
        assert "Brouillon : propositions d'Appui non validées" in plain(page)
    told = " ".join(
        line
        for page in pages
        for line in page.splitlines()
        if not re.match(r"Document fictif|Brouillon|Livre blanc de la consultation$|Page \d", line)
    )
    check_numbers(plain(told), built)


def test_the_pdf_has_contents_bookmarks_pages_and_its_font(pdf):
    total = len(pdf.pages)
    for place, page in enumerate(pdf.pages, start=1):
        assert f"Page {place} / {total}" in page.extract_text()
    assert pdf.metadata.title == "Livre blanc de la consultation"
    assert pdf.root_object["/Lang"] == "fr-FR"
    contents = plain(pdf.pages[0].extract_text())
    for title in ("Méthode et réunions tenues", "Parole des jeunes", "Annexe des extraits"):
        entry = re.search(rf"[ .]+(\d+) {title}", contents)
        assert title in pdf.pages[int(entry[1]) - 1].extract_text()
    named = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert named[0] == "Méthode et réunions tenues"
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("Vera" in font or "Helvetica" in font for font in fonts)


def test_the_numbers_of_the_word_file_are_those_of_its_annex(word, built):
    told = " ".join(paragraph.text for paragraph in word.paragraphs)
    check_numbers(plain(told), built)


def test_the_word_file_has_titles_contents_fields_and_french(word):
    xml = word.element.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"')
    titles = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
    listed = [each.text for each in word.paragraphs if each.style.name == "toc 1"]
    assert titles == listed
    assert "État des lieux" in titles
    footer = word.sections[0].footer._element.xml
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    header = [each.text for each in word.sections[0].header.paragraphs]
    assert header[0].startswith("Document fictif (démonstration)")
    assert header[1].startswith("Brouillon")
    assert word.core_properties.language == "fr-FR"
    places = {each.get(qn("w:name")) for each in word.element.iter(qn("w:bookmarkStart"))}
    led = {each.get(qn("w:anchor")) for each in word.element.iter(qn("w:hyperlink"))}
    assert led <= places


def test_the_matrix_is_a_table_that_says_each_state_with_a_sign_and_a_word(word, built):
    table = next(each for each in word.tables if each.rows[0].cells[0].text == "Thème")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    cells = {cell.text for row in table.rows[1:] for cell in row.cells[2:]}
    assert cells <= {"• dit", "± contredit", "◊ non évoqué", "– non abordé"}
    matrix = built.evidence.matrix
    assert [row.cells[0].text for row in table.rows[1:]] == list(matrix.themes)


def test_charts_have_a_text_alternative_and_the_table_of_their_figures(word):
    described = [
        each.get("descr") for each in word.element.iter(qn("wp:docPr")) if each.get("descr")
    ]
    assert len(described) == 2
    assert "Hautes-Rives : 2" in described[1]
    rows = {tuple(cell.text for cell in row.cells) for table in word.tables for row in table.rows}
    assert ("Hautes-Rives", "2") in rows


def test_the_markdown_carries_its_annex_as_footnotes(built):
    for extract in built.evidence.extracts:
        assert f"[^{extract.mark}]: Extrait {extract.number}. " in built.source


@pytest.fixture
def run(make_project, make_notes, tmp_path, capsys):
    """Run ``build`` on a project; return its status, what it printed and its errors."""
    folder = str(tmp_path / "projet")
    main(["consultation", "import", "--project", folder, str(make_notes())])

    def run_build(*arguments):
        capsys.readouterr()
        status = main(["consultation", "build", "--project", folder, *map(str, arguments)])
        return status, *capsys.readouterr()

    return run_build


def test_build_writes_into_the_project_and_keeps_what_people_edit(run, tmp_path):
    folder = tmp_path / "projet"
    status, told, _ = run()
    assert status == 0
    assert "12 extraits utilisés, 0 écarté" in told
    assert zipfile.is_zipfile(folder / "livre-blanc.docx")
    assert (folder / "livre-blanc.pdf").read_bytes().startswith(b"%PDF")
    source = folder / "livre-blanc.md"
    edited = source.read_text().replace("# Livre blanc", "# Notre livre", 1)
    source.write_text(edited)
    status, told, _ = run("--markdown", tmp_path / "copie.md")
    assert status == 0
    assert "gardée telle que vous l'avez écrite" in told
    assert source.read_text() == edited
    assert "# Notre livre" in (tmp_path / "copie.md").read_text()
    status, told, _ = run("--draft")
    assert "livre-blanc-2.md" in told
    assert "# Livre blanc" in (folder / "livre-blanc-2.md").read_text()
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]


def test_a_build_that_fails_names_each_reason_and_writes_nothing(run, tmp_path):
    folder = tmp_path / "projet"
    run()
    source = folder / "livre-blanc.md"
    source.write_text(source.read_text() + "\n## Fin\n\nTous sont contents.\n")
    before = (folder / "livre-blanc.pdf").read_bytes()
    status, told, errors = run()
    assert status == 1
    assert told == ""
    assert "« Tous sont contents. » : aucun extrait ne la prouve. Ajoutez la marque" in errors
    assert (folder / "livre-blanc.pdf").read_bytes() == before
    status, told, _ = run("--json")
    assert status == 1
    assert json.loads(told)["problems"][0]["rule"] == "sans extrait"


def test_a_final_build_fails_while_nobody_decided(run, tmp_path):
    status, _, errors = run("--final", "--pdf", tmp_path / "final.pdf")
    assert status == 1
    assert "12 remontée(s) ne sont que proposées" in errors
    assert not (tmp_path / "final.pdf").exists()


def test_json_says_what_was_written_and_used(run, tmp_path):
    status, told, _ = run("--json", "--docx", tmp_path / "a" / "livre.docx")
    said = json.loads(told)
    assert status == 0
    assert said["written"] == [str(tmp_path / "a" / "livre.docx")]
    assert said["extracts"] == {"used": 12, "set_aside": 0}
    assert said["draft"]
    assert json.loads(run("--draft", "--json")[1])["draft"].endswith("livre-blanc-2.md")


def test_a_file_that_cannot_be_written_is_said(run, tmp_path):
    (tmp_path / "plein").write_text("un fichier")
    status, _, errors = run("--pdf", tmp_path / "plein" / "livre.pdf")
    assert status == 1
    assert "ne peut pas être écrit" in errors


def test_a_source_that_is_no_text_is_said(run, tmp_path):
    run()
    (tmp_path / "projet" / "livre-blanc.md").write_bytes(b"# \xe9\xe8\n")
    status, _, errors = run()
    assert status == 1
    assert "UTF-8" in errors
