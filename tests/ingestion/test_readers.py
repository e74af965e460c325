"""How the other formats are read: text, Markdown, tables, office documents, data packages."""

import json

import pytest

from ingestion.errors import Rejected


@pytest.fixture
def make(tmp_path):
    """Return a maker of files from text or bytes."""

    def write(name: str, content: str | bytes):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_whatever_encoding_it_is(make, read_one, encoding):
    text = "Réunion à Niort : l'aide d'été, c'est 500 € (œuvre)."
    assert read_one(make("note.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 200, b"\xff\xfea"])
def test_bytes_that_are_no_text_are_rejected(make, read_all, content):
    with pytest.raises(Rejected, match=r"pas du texte|abîmé"):
        read_all(make("image.txt", content))


def test_lines_cut_to_a_width_are_joined_and_others_stay_paragraphs(make, read_one):
    wrapped = "Le jeune qui cherche\nune aide vient ici.\n\nIl signe\nle contrat."
    assert read_one(make("a.txt", wrapped)).text == (
        "Le jeune qui cherche une aide vient ici.\n\nIl signe le contrat."
    )
    plain = "Le jeune vient.\nIl signe.\n- la carte\n- le contrat"
    assert read_one(make("b.txt", plain)).text == (
        "Le jeune vient.\n\nIl signe.\n\n- la carte\n- le contrat"
    )


def test_the_questions_of_an_interview_are_its_headings(make, read_one):
    text = "\n".join(f"Que pensez-vous du point {n} ?\nJe trouve cela utile." for n in range(3))
    document = read_one(make("entretien.txt", text))
    assert [section.title for section in document.sections] == [
        f"Que pensez-vous du point {n} ?" for n in range(3)
    ]


def test_a_text_is_titled_by_its_first_line_alone_else_by_its_name(make, read_one):
    assert read_one(make("x.txt", "Compte rendu de mai\n\nTexte.")).source.title == (
        "Compte rendu de mai"
    )
    assert read_one(make("2024-05-02 point_cej.txt", "Un texte.\nUn autre.")).source.title == (
        "Point CEJ"
    )


def test_a_text_without_a_date_of_its_own_has_none(make, read_one):
    source = read_one(make("x.txt", "Selon la loi du 3 mars 2014, c'est permis.")).source
    assert (source.date, source.date_meaning) == (None, None)


# HTML


def test_a_page_gives_its_main_part_title_date_and_address(make, read_one):
    page = """<!DOCTYPE html><html><head><title>Aide au logement</title>
    <meta property="article:modified_time" content="2024-02-03T10:00:00Z">
    <meta property="og:site_name" content="Ville de Niort">
    <link rel="canonical" href="https://example.org/aide"></head>
    <body><header>Menu</header><main><h1>Aide</h1><p>Versée l’été.</p></main></body></html>"""
    document = read_one(make("aide.html", page))
    assert document.text == "Aide\n\nVersée l’été."
    source = document.source
    assert (source.title, source.publisher) == ("Aide au logement", "Ville de Niort")
    assert (source.date, source.date_meaning) == ("2024-02-03", "mis à jour le")
    assert source.url == "https://example.org/aide"


def test_a_page_without_main_part_or_title_is_read_whole(make, read_one):
    document = read_one(make("x.html", "<p>Le <time datetime='2023-01-09'>9</time> janvier.</p>"))
    assert (document.text, document.source.title) == ("Le 9 janvier.", "X")
    assert document.source.date == "2023-01-09"


# Markdown


def test_a_bundled_sheet_keeps_the_keys_of_its_front_matter(make, read_one):
    text = """---
id: cej
title: Contrat d'engagement jeune
collection: dispositifs
publisher: Ministère du Travail
url: https://example.org/cej
checked_on: 2025-05-02
valid_from: 2025-04-01
valid_until: 1er avril 2026
superseded_by: autre
territory: France
extra: ignorée
---
# Contrat d'engagement jeune

## Montant

| Âge | Montant |
|---|---|
| 18 ans | 561,68 € |
"""
    document = read_one(make("cej.md", text))
    source = document.source
    assert (source.id, source.collection, source.territory) == ("cej", "dispositifs", "France")
    assert (source.date, source.date_meaning) == ("2025-05-02", "vérifié le")
    assert (source.valid_from, source.superseded_by) == ("2025-04-01", "autre")
    assert document.text == "Montant\n\nÂge | Montant\n18 ans | 561,68 €"
    assert [section.title for section in document.sections] == ["Montant"]


def test_a_sheet_that_was_replaced_holds_until_that_day(make, read_one):
    text = "---\nsuperseded_by: cej\nsuperseded_on: 2022-03-01\nvalid_until: null\n---\nTexte."
    source = read_one(make("garantie-jeunes.md", text)).source
    assert (source.superseded_by, source.valid_until) == ("cej", "2022-03-01")


MEETING = """---
titre: Réunion de Saintes
date: 2024-09-12
region: Nouvelle-Aquitaine
lieu: Saintes
participants: 24
fictif: true
---
## État des lieux

La double saisie fatigue.
"""


def test_a_meeting_note_goes_to_the_consultation_and_says_that_it_is_fictional(make, read_one):
    source = read_one(make("cr.md", MEETING)).source
    assert source.title == "Réunion de Saintes (compte rendu fictif)"
    assert source.collection == "consultation"
    assert (source.date, source.territory, source.fictional) == (
        "2024-09-12",
        "Nouvelle-Aquitaine",
        True,
    )


def test_a_collection_that_the_user_chose_wins(make, read_one):
    source = read_one(make("cr.md", MEETING), collection="local", forced=True).source
    assert source.collection == "local"


def test_a_markdown_file_is_titled_by_its_first_heading(make, read_one):
    document = read_one(make("x.md", "# Les aides\n\nTexte.\n\n<script>x</script>"))
    assert (document.source.title, document.text) == ("Les aides", "Texte.")


@pytest.mark.parametrize(
    ("header", "reason"),
    [("titre: [a\nb: c", "mal écrit à la ligne"), ("- a\n- b", "pas une suite de clés")],
)
def test_a_wrong_front_matter_is_rejected_with_its_place(make, read_all, header, reason):
    with pytest.raises(Rejected, match=reason):
        read_all(make("x.md", f"---\n{header}\n---\nTexte."))


# Tables

REMARKS = (
    "region;date;format;type;remarque;theme\n"
    "Bretagne;2024-09-03;présentiel;besoin;Une seule saisie;SI\n"
    "Bretagne;2024-09-03;présentiel;dysfonctionnement;Trop de clics;\n"
    "Occitanie;04/09/2024;distanciel;besoin;Une aide;\n"
)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_remarks_of_one_region_and_date_are_one_meeting(make, read_all, separator, encoding):
    table = REMARKS.replace(";", separator).encode(encoding)
    first, second = read_all(make("remarques.csv", table))
    assert first.text == (
        "Réunion : format : présentiel\n\n"
        "- besoin : Une seule saisie (theme : SI)\n"
        "- dysfonctionnement : Trop de clics"
    )
    assert first.source.id == "remarques-bretagne-2024-09-03"
    assert first.source.collection == "consultation"
    assert (second.source.date, second.source.territory) == ("2024-09-04", "Occitanie")
    assert second.source.title == "Réunion de consultation, Occitanie, 04/09/2024"


def test_another_table_is_one_document_with_a_line_for_each_row(make, read_one):
    document = read_one(make("aides.csv", "Aide;Montant\nFAJ;300 €\nFSL;\n"))
    assert document.text == "Aide : FAJ ; Montant : 300 €\n\nAide : FSL"


def test_the_sheets_of_a_workbook_are_read(tmp_path, read_all):
    from datetime import date

    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.title = "Remarques"
    workbook.active.append(["Région", "Date", "Remarque"])
    workbook.active.append(["Bretagne", date(2024, 9, 3), "Trop de clics"])
    amounts = workbook.create_sheet("Montants")
    amounts.append(["Aide", "Montant", "Part"])
    amounts.append(["FAJ", 300.0, 0.5])
    workbook.create_sheet("Vide")
    workbook.save(tmp_path / "classeur.xlsx")
    meeting, table = read_all(tmp_path / "classeur.xlsx")
    assert (meeting.source.date, meeting.text) == ("2024-09-03", "- Trop de clics")
    assert table.text == "Aide : FAJ ; Montant : 300 ; Part : 0,5"
    assert table.source.id == "classeur-montants"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("region;date;remarque\nBretagne;2024-01-01;\n", "« remarque » est vide"),
        ("a;b\n", "aucune ligne"),
        ("a;b\n" + "1;2\n" * 20, "plus de 10 lignes"),
    ],
)
def test_tables_without_rows_or_with_too_many_are_rejected(make, read_all, content, reason):
    with pytest.raises(Rejected, match=reason):
        read_all(make("x.csv", content), rows=10)


# Office documents


@pytest.fixture
def word_file(tmp_path):
    from docx import Document

    document = Document()
    document.core_properties.title = "Aide départementale"
    document.add_heading("Conditions", level=1)
    document.add_paragraph("Être domicilié en Eure-et-Loir.")
    document.add_paragraph("avoir 16 ans", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["Situation", "Montant", "CDI", "600 €"],
        strict=True,
    ):
        cell.text = text
    document.save(tmp_path / "aide.docx")
    return tmp_path / "aide.docx"


def test_a_word_document_keeps_headings_lists_and_tables(word_file, read_one):
    document = read_one(word_file)
    assert document.text == (
        "Conditions\n\nÊtre domicilié en Eure-et-Loir.\n\n- avoir 16 ans\n\n"
        "Situation | Montant\nCDI | 600 €"
    )
    assert document.source.title == "Aide départementale"
    assert document.source.date_meaning == "mis à jour le"


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:h text:outline-level="1">Les aides</text:h>
<text:p>Deux<text:s/>aides&amp;<text:line-break/>Fin.</text:p>
<text:list><text:list-item><text:p>le FAJ</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>FAJ</text:p>
</table:table-cell><table:table-cell><text:p>300 €</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/>
<table:table-cell><text:p>400 €</text:p></table:table-cell>
</table:table-row></table:table></office:text></office:body></office:document-content>"""
META = """<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Mémo des aides</dc:title>
<dc:date>2024-03-02T10:00:00</dc:date></m>"""


def test_an_opendocument_text_keeps_headings_lists_and_tables(make_zip, read_one):
    members = {"content.xml": ODT, "meta.xml": META, "META-INF/manifest.xml": "<m/>"}
    document = read_one(make_zip("memo.odt", members))
    assert document.text == (
        "Les aides\n\nDeux aides&\nFin.\n\n- le FAJ\n\nFAJ | 300 €\nFAJ | 400 €"
    )
    assert (document.source.title, document.source.date) == ("Mémo des aides", "2024-03-02")


@pytest.mark.parametrize(
    ("name", "members", "reason"),
    [
        ("x.docx", {"a.txt": "x"}, "pas un document Word"),
        ("x.docx", {"word/document.xml": "<pas du xml"}, "Word est abîmé"),
        ("x.odt", {"a.txt": "x"}, "pas un texte OpenDocument"),
        ("x.odt", {"content.xml": "<a", "META-INF/manifest.xml": ""}, "document est abîmé"),
        (
            "x.odt",
            {"content.xml": "x", "META-INF/manifest.xml": "<a><encryption-data/></a>"},
            "mot de passe",
        ),
        ("x.xlsx", {"a.txt": "x"}, "pas un classeur"),
        ("x.xlsx", {"xl/workbook.xml": "<a"}, "classeur est abîmé"),
        ("x.docx", {"word/document.xml": "<a/>", "../../evil.sh": "x"}, "archive suspecte"),
        ("x.docx", {"word/document.xml": "<a/>", "/etc/passwd": "x"}, "archive suspecte"),
        ("x.zip", {"C:\\evil.json": "x"}, "archive suspecte"),
        ("x.docx", {"word/document.xml": b"0" * 3_000_000}, "démesurée"),
        ("x.zip", {f"{n}.txt": "x" for n in range(120)}, "plus de 100 éléments"),
        ("x.zip", {"notes.txt": "x"}, "aucune donnée connue"),
    ],
)
def test_office_documents_and_archives_that_are_wrong_are_rejected(
    make_zip, read_all, name, members, reason
):
    with pytest.raises(Rejected, match=reason):
        read_all(make_zip(name, members), free_expansion=1_000_000, archive_members=100)


def test_a_truncated_archive_is_rejected(word_file, read_all):
    word_file.write_bytes(word_file.read_bytes()[:2_000])
    with pytest.raises(Rejected, match="abîmé ou incomplet"):
        read_all(word_file)


# What a file is


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.pdf", b"", "le fichier est vide"),
        ("page.pdf", b"<!DOCTYPE html><html>x</html>", r"\(.pdf\) : son contenu est une page HTML"),
        ("lettre.docx", b"%PDF-1.4 x", "son contenu est un PDF"),
        (
            "lettre.docx",
            b"\xd0\xcf\x11\xe0" + b"\0" * 50,
            "protégé par un mot de passe, ou d'un an",
        ),
        ("photo.txt", b"\x89PNG\r\n", "son contenu est une image"),
        ("photo.jpg", b"\xff\xd8\xff", "les fichiers .jpg ne sont pas lus. Formats acceptés : PDF"),
        ("gros.txt", b"x" * 2_000_000, "pèse plus de 1 Mo"),
        ("blanc.txt", b" \n ", "ne contient aucun texte"),
        ("faux.json", b"{pas du json", "JSON est abîmé"),
        ("autre.json", b"{}", "aucune donnée connue"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_rejected(make, read_all, name, content, reason):
    with pytest.raises(Rejected, match=reason):
        read_all(make(name, content), file_bytes=1_000_000)


# Data packages

SHEETS = [
    {
        "pubId": "article1",
        "title": "Le contrat",
        "date": "13/11/2025",
        "url": "https://example.org/contrat",
        "intro": "<p>Pour les jeunes.</p>",
        "sections": [
            {"title": "Montant", "html": "<h3>Majeur</h3><p>561,68&nbsp;€</p>"},
            {"title": "À lire sur ce site", "html": "<p>Voir.</p>"},
            {"title": "Vidéo", "html": ""},
        ],
    },
    {"pubId": "article2", "title": "Vide", "date": "", "url": None, "intro": "", "sections": []},
]


def article(number: str, **fields):
    far = 32472144000000
    data = {"id": f"LEGIARTI{number}", "num": number, "etat": "VIGUEUR", "dateDebut": 1646092800000}
    data |= {"dateFin": far, "texte": "", "texteHtml": f"<p>Texte {number}.</p>", "nota": ""}
    return {"type": "article", "data": {**data, "notaHtml": "", **fields}}


CODE = {
    "type": "code",
    "data": {"title": "Code du travail", "id": "LEGITEXT1"},
    "children": [
        {
            "type": "section",
            "data": {"title": "Livre I :\r\n Emploi"},
            "children": [
                article("L1", notaHtml="<p>Applicable en 2022.</p>"),
                article("L2", etat="ABROGE"),
                article("L3", etat="ABROGE_DIFF", dateFin=4102444800000),
                article("L4", texteHtml=""),
                article("", id="LEGIARTI5"),
            ],
        }
    ],
}


def test_the_sheets_of_the_ministry_are_documents_with_their_own_ids(make, read_all):
    document, remark = read_all(make("fiches-travail.json", json.dumps(SHEETS)))
    assert document.text == "Pour les jeunes.\n\nMontant\n\nMajeur\n\n561,68 €"
    assert [(s.level, s.title) for s in document.sections] == [(1, "Montant"), (2, "Majeur")]
    source = document.source
    assert (source.id, source.collection, source.publisher) == (
        "article1",
        "dispositifs",
        "Ministère du Travail",
    )
    assert (source.date, source.date_meaning) == ("2025-11-13", "mis à jour le")
    assert "« Vide » est vide" in remark


def test_articles_in_force_are_documents_with_their_period_and_place_in_the_code(make, read_all):
    first, ending, unnumbered, remark = read_all(make("LEGITEXT1.json", json.dumps(CODE)))
    assert first.source.title == "Article L1 du code du travail"
    assert first.source.url == "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTIL1"
    assert (first.source.date, first.source.date_meaning) == ("2022-03-01", "en vigueur depuis le")
    assert (first.source.valid_from, first.source.valid_until) == ("2022-03-01", None)
    assert first.text == "Texte L1.\n\nNota\n\nApplicable en 2022."
    assert [s.title for s in first.sections] == ["Code du travail", "Livre I : Emploi", "Nota"]
    assert ending.source.valid_until == "2100-01-01"
    assert unnumbered.source.title == "Article sans numéro du code du travail"
    assert "2 article(s)" in remark


def test_a_package_is_read_from_its_archives(make, make_zip, read_all, tmp_path):
    import tarfile

    make("fiches-travail.json", json.dumps(SHEETS))
    make("package.json", "{}")
    with tarfile.open(tmp_path / "paquet.tgz", "w:gz") as archive:
        archive.add(tmp_path / "package.json", "package/package.json")
        archive.add(tmp_path / "fiches-travail.json", "package/data/fiches-travail.json")
    zipped = make_zip("paquet.zip", {"package/data/LEGITEXT1.json": json.dumps(CODE)})
    assert len(read_all(tmp_path / "paquet.tgz")) == 2
    assert len(read_all(zipped)) == 4


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("../evil", None, "archive suspecte"),
        ("lien", "link", "archive suspecte"),
        ("notes.txt", None, "aucune donnée connue"),
    ],
)
def test_a_tar_that_is_suspect_or_unknown_is_rejected(tmp_path, read_all, name, kind, reason):
    import tarfile

    with tarfile.open(tmp_path / "x.tgz", "w:gz") as archive:
        member = tarfile.TarInfo(name)
        if kind:
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(Rejected, match=reason):
        read_all(tmp_path / "x.tgz")


def test_a_truncated_package_is_rejected(make, read_all, tmp_path):
    import tarfile

    make("fiches-travail.json", json.dumps(SHEETS * 200))
    with tarfile.open(tmp_path / "x.tgz", "w:gz") as archive:
        archive.add(tmp_path / "fiches-travail.json", "data/fiches-travail.json")
    whole = (tmp_path / "x.tgz").read_bytes()
    (tmp_path / "x.tgz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Rejected, match="abîmé ou incomplet"):
        read_all(tmp_path / "x.tgz")


def test_data_of_another_shape_is_rejected(make, read_all):
    with pytest.raises(Rejected, match="forme attendue"):
        read_all(make("LEGITEXT1.json", '{"type": "code", "children": []}'))
