"""How PDF files are read."""

import pytest

from ingestion.errors import Rejected
from ingestion.readers.pdf_headings import heading_rank
from ingestion.readers.pdf_lines import PageLines, without_edges
from ingestion.readers.pdf_paragraphs import paragraphs


def blocks_of(*pages: str, outline: frozenset[str] = frozenset()):
    lines = [PageLines(n, page.split("\n")) for n, page in enumerate(pages, start=1)]
    return list(paragraphs(lines, outline=outline))


def texts_of(*pages: str) -> list[str]:
    return [block.text for block in blocks_of(*pages)]


def test_pages_title_and_date_are_kept(make_pdf, read_one):
    document = read_one(
        make_pdf(
            "aide.pdf",
            [
                [
                    (24, "Aide au permis de conduire"),
                    "Service jeunesse, mars 2023",
                    "Elle est versée.",
                ],
                ["Le dossier est remis à la mairie."],
            ],
        )
    )
    assert document.source.title == "Aide au permis de conduire"
    assert (document.source.date, document.source.date_meaning) == ("2023-03-01", "publié le")
    assert document.source.language == "fr"
    second = document.pages[1]
    assert document.text[second.start : second.end] == "Le dossier est remis à la mairie."


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Règlement des aides", "Règlement des aides"),
        ("Microsoft Word - reglement.docx", "Règlement local 2"),
        ("220416_reglement", "Règlement local 2"),
        ("C:\\Temp\\mso.tmp", "Règlement local 2"),
        ("", "Règlement local 2"),
    ],
)
def test_a_title_is_the_one_of_the_properties_unless_software_wrote_it(
    make_pdf, read_one, written, title
):
    path = make_pdf("Règlement_local_2.pdf", [["Texte de la page."]], title=written)
    assert read_one(path).source.title == title


def test_what_lies_outside_the_visible_page_is_left_out(make_pdf, read_one, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "planche.pdf"), pagesize=(400, 400))
    canvas.drawString(50, 300, "Ce texte se voit.")
    canvas.drawString(-900, 300, "Celui-ci est hors de la page.")
    canvas.save()
    assert read_one(tmp_path / "planche.pdf").text == "Ce texte se voit."


def test_pages_without_text_are_reported(make_pdf, read_one):
    path = make_pdf("mixte.pdf", [["Page écrite en entier."], [], [], []], image=True)
    assert read_one(path).notes == ("pages 2 à 4 sans texte, probablement numérisées",)


def test_a_page_that_hardly_has_text_is_reported(make_pdf, read_one):
    path = make_pdf("tampon.pdf", [["Copie conforme"]], image=True)
    assert read_one(path).notes == ("page 1 presque sans texte, probablement numérisée",)


def test_running_heads_and_page_numbers_are_dropped():
    pages = [
        PageLines(n, ["Conseil départemental", f"Texte {n} propre.", "", f"Page {n} / 4"])
        for n in range(1, 5)
    ]
    kept = [[line for line in page.lines if line] for page in without_edges(pages)]
    assert kept == [
        ["Conseil départemental", "Texte 1 propre."],
        *([f"Texte {n} propre."] for n in range(2, 5)),
    ]


def test_leaders_boxes_and_tables_of_contents_are_dropped():
    contents = [f"{n} – Chapitre {n} ........................ {n}" for n in range(1, 6)]
    page = PageLines(
        1, ["SOMMAIRE", *contents, "Nom : ..............", "N° I__I__I__I__I__I", "L ’aide"]
    )
    assert without_edges([page])[0].lines[-3:] == ["Nom : …", "N°", "L’aide"]
    assert not any("Chapitre" in line for line in without_edges([page])[0].lines)


def test_wrapped_lines_are_joined_and_words_cut_at_line_ends_restored():
    page = "Ils peuvent aller jusqu'à la durée lé-\ngale de deux ans, c'est peut-\nêtre assez."
    assert texts_of(page) == [
        "Ils peuvent aller jusqu'à la durée légale de deux ans, c'est peut-être assez."
    ]


def test_a_hyphen_that_the_document_writes_elsewhere_is_kept():
    page = "Un porte-monnaie et une aide. Le jeune qui a perdu son porte-\nmonnaie vient ici."
    assert "son porte-monnaie vient" in texts_of(page)[0]


def test_a_paragraph_that_goes_on_over_a_page_stays_whole_and_knows_both_pages():
    (block,) = blocks_of(
        "Le jeune qui a signé son contrat avec la", "mission locale reçoit une aide."
    )
    assert block.text == "Le jeune qui a signé son contrat avec la mission locale reçoit une aide."
    assert (block.page, block.turns) == (1, ((41, 2),))


def test_bullets_of_all_shapes_are_items():
    page = "Pièces :\n• la carte\n- le contrat\n\uf0b7 le relevé\no Une photo\n➢ un timbre"
    assert [(b.kind, b.text) for b in blocks_of(page)[1:]] == [
        ("item", "la carte"),
        ("item", "le contrat"),
        ("item", "le relevé"),
        ("item", "Une photo"),
        ("item", "un timbre"),
    ]


def test_lines_that_stop_early_stay_lines():
    page = "Une ligne assez longue pour donner sa largeur à la page.\nCDD 400 €\nCDI 600 €"
    assert texts_of(page)[0].split("\n")[1:] == ["CDD 400 €", "CDI 600 €"]


def test_an_amount_alone_on_its_line_stays_with_what_it_is_for():
    assert texts_of("Entrée en formation de trois mois\n500 €\nSuite du barème.")[0].startswith(
        "Entrée en formation de trois mois 500 €"
    )


@pytest.mark.parametrize(
    "line",
    [
        "ARTICLE 3 : Dispositions communes",
        "Chapitre II",
        "1.2 Le montant de l'aide",
        "2 – L’aide en chiffres",
        "II. Conditions d'accès",
        "A- Contrôle du dossier",
        "CONDITIONS D'ACCÈS",
    ],
)
def test_lines_that_name_or_number_a_part_are_headings(line):
    assert heading_rank(line, following="Le texte.", apart=False, outline=frozenset()) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Article 10 de la loi n° 2000-321 du 12 avril 2000",
        "1 Hors activité à domicile",
        "70 – Vente de marchandises",
        "2. Le jeune signe le contrat.",
        "Le jeune signe",
        "CDD 3-6 mois 400 €",
        "12",
    ],
)
def test_sentences_notes_and_rows_are_no_headings(line):
    assert heading_rank(line, following="Le texte.", apart=False, outline=frozenset()) is None


def test_a_numbered_list_is_no_series_of_headings():
    assert heading_rank("1. Venir", following="2. Signer", apart=False, outline=frozenset()) is None


def test_a_label_standing_apart_and_a_bookmark_are_headings():
    assert heading_rank(
        "Pièces à fournir :", following="La carte.", apart=True, outline=frozenset()
    )
    assert (
        heading_rank("Nos aides", following="x", apart=False, outline=frozenset({"nosaides"})) == 2
    )


def test_a_heading_in_capitals_over_several_lines_is_one():
    blocks = blocks_of("ADAPTER L’INTENSITÉ DE LA COORDI-\nNATION\nLe cadre actuel le permet.")
    assert [(b.kind, b.text) for b in blocks] == [
        ("heading", "ADAPTER L’INTENSITÉ DE LA COORDINATION"),
        ("paragraph", "Le cadre actuel le permet."),
    ]


def test_a_protected_pdf_is_rejected_but_not_one_that_only_restricts_printing(make_pdf, read_all):
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = StandardEncryption("secret", ownerPassword="chef")
    with pytest.raises(Rejected, match=r"protégé par un mot de passe\. Enlevez la protection"):
        read_all(make_pdf("ferme.pdf", [["Texte."]], encrypt=locked))
    restricted = StandardEncryption("", ownerPassword="chef", canPrint=0)
    assert read_all(make_pdf("restreint.pdf", [["Texte lisible."]], encrypt=restricted))


def test_a_pdf_restricted_with_aes_is_read(make_pdf, read_one, tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=make_pdf("clair.pdf", [["Texte lisible."]]))
    writer.encrypt(user_password="", owner_password="chef", algorithm="AES-256")
    writer.write(tmp_path / "aes.pdf")
    assert read_one(tmp_path / "aes.pdf").text == "Texte lisible."


def test_bookmarks_name_headings(make_pdf, read_one, tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=make_pdf("plan.pdf", [["Nos aides", "Elles sont trois."]]))
    chapter = writer.add_outline_item(title="Nos aides", page_number=0)
    writer.add_outline_item(title="Ailleurs", page_number=0, parent=chapter)
    writer.write(tmp_path / "signets.pdf")
    assert [s.title for s in read_one(tmp_path / "signets.pdf").sections] == ["Nos aides"]


def test_a_scanned_pdf_is_rejected_with_the_remedy(make_pdf, read_all):
    with pytest.raises(Rejected, match=r"aucune page n'a de texte.*\(OCR\)"):
        read_all(make_pdf("scan.pdf", [[], []], image=True))


def test_a_truncated_pdf_is_rejected(make_pdf, read_all):
    path = make_pdf("coupe.pdf", [["Texte."] * 30] * 3)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(Rejected, match="abîmé ou incomplet"):
        read_all(path)


def test_a_page_too_heavy_to_be_read_is_not_said_to_be_damaged(make_pdf, read_all, tmp_path):
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, NameObject

    writer = PdfWriter(clone_from=make_pdf("page.pdf", [["Texte."]]))
    content = writer.pages[0].raw_get("/Contents")
    writer.pages[0][NameObject("/Contents")] = ArrayObject([content] * 10_001)
    writer.write(tmp_path / "lourd.pdf")
    with pytest.raises(Rejected, match="trop lourd à lire"):
        read_all(tmp_path / "lourd.pdf")


def test_a_pdf_with_too_many_pages_is_rejected_before_they_are_read(make_pdf, read_all):
    path = make_pdf("annuaire.pdf", [[]] * 4_000)
    with pytest.raises(Rejected, match="4000 pages, la limite est de 2000"):
        read_all(path)


def test_a_pdf_with_too_much_text_is_rejected(make_pdf, read_all):
    path = make_pdf("long.pdf", [["Une ligne de texte ordinaire."] * 40] * 5)
    with pytest.raises(Rejected, match="dépasse 0,001 million"):
        read_all(path, characters=1_000)
