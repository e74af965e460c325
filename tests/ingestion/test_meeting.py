"""A note is read whole, what is not understood is said with its line, and no region is invented."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingestion.dates import exact_day
from ingestion.errors import Rejected

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "docs/modeles"
NOTE = """---
titre: "Réunion de Sauvelune"
date: 2023-09-05
region: Val-d'Ombrine
lieu: Sauvelune
format: présentiel
participants: 12
public: professionnels
ordre_du_jour:
  - État des lieux
  - Besoins : et attentes
---

## État des lieux

- « On tape tout deux fois » (conseillère).
"""
TABLE = (
    "region;date;format;lieu;public;participants;type;remarque;fictif\n"
    "Val-d'Ombrine;2023-09-05;présentiel;Sauvelune;professionnels;12;besoin;Une saisie;non\n"
    "Val-d'Ombrine;05/09/2023;présentiel;Sauvelune;professionnels;12;attente;Un agenda;\n"
)


@pytest.fixture
def read_note(tmp_path, read_one):
    """Read a note written in Markdown."""

    def read_text(text: str, **options):
        path = tmp_path / "reunion.md"
        path.write_text(text, encoding="utf-8")
        return read_one(path, **options)

    return read_text


@pytest.fixture
def refused(read_note):
    """Return why a note is refused once a part of it is changed."""

    def change(old: str, new: str, text: str = NOTE, **options) -> str:
        assert text.count(old) == 1
        with pytest.raises(Rejected) as refusal:
            read_note(text.replace(old, new), **options)
        return str(refusal.value)

    return change


@pytest.fixture
def read_table(tmp_path, read_all):
    def read_text(text: str, **options):
        path = tmp_path / "remarques.csv"
        path.write_text(text, encoding="utf-8")
        return read_all(path, **options)

    return read_text


@pytest.fixture
def refused_table(read_table):
    def read_text(text: str, **options) -> str:
        with pytest.raises(Rejected) as refusal:
            read_table(text, **options)
        return str(refusal.value)

    return read_text


# Markdown


def test_a_note_gives_its_source_the_keys_of_its_header(read_note):
    document = read_note(NOTE)
    source = document.source
    assert (source.title, source.date) == ("Réunion de Sauvelune", "2023-09-05")
    assert (source.collection, source.territory) == ("consultation", "Val-d'Ombrine")
    assert (source.public, source.fictional) == ("professionnels", False)
    assert document.text.startswith("État des lieux")
    assert document.notes == ()


def test_keys_are_known_with_their_accents_and_capitals(read_note):
    text = NOTE.replace("region:", "Région:").replace("date:", "Date:").replace("format", "FORMAT")
    source = read_note(text).source
    assert (source.territory, source.date) == ("Val-d'Ombrine", "2023-09-05")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "region: Val-d'Ombrine\n",
            "",
            "ligne 2 : la clé « region » manque. Ajoutez « region: Nom de la région » dans"
            " l'en-tête.",
        ),
        (
            "region: Val-d'Ombrine",
            "region:",
            "ligne 4 : la clé « region » manque. Ajoutez « region: Nom de la région » dans"
            " l'en-tête.",
        ),
        (
            "Val-d'Ombrine",
            "Nom de la région",
            "ligne 4 : « Nom de la région » est encore le texte du modèle. Remplacez-le.",
        ),
        (
            "region:",
            "regoin:",
            "2 points à corriger.\n- ligne 2 : la clé « region » manque. Ajoutez « region: Nom de"
            " la région » dans l'en-tête.\n- ligne 4 : la clé « regoin » est inconnue : elle n'est"
            " pas lue. Vouliez-vous écrire « region » ? Corrigez-la, ou retirez-la.",
        ),
        (
            "lieu: Sauvelune",
            "region: Bretagne",
            "ligne 5 : la clé « region » est écrite deux fois. Gardez-en une.",
        ),
        (
            "region: Val-d'Ombrine",
            "region: [Val-d'Ombrine, Hautes-Lisières]",
            "ligne 4 : « Val-d'Ombrine, Hautes-Lisières » n'est pas le nom d'une région."
            " Écrivez-le sur une ligne.",
        ),
    ],
)
def test_a_wrong_header_is_refused_with_the_line_and_the_remedy(refused, old, new, reason):
    assert refused(old, new) == reason


@pytest.mark.parametrize(
    ("new", "remedy"),
    [
        ("lieux: Sauvelune", "Vouliez-vous écrire « lieu » ? Corrigez-la, ou retirez-la."),
        (
            "météo: Pluie",
            "Retirez-la ; les clés sont : titre, date, region, lieu, format, participants, public,"
            " ordre_du_jour, fictif.",
        ),
        ("effectif: 12", "Vouliez-vous écrire « fictif » ? Corrigez-la, ou retirez-la."),
    ],
)
def test_an_unknown_key_is_not_read_and_this_is_said(read_note, new, remedy):
    document = read_note(NOTE.replace("lieu: Sauvelune", new))

    assert document.meeting.place is None
    assert document.source.territory == "Val-d'Ombrine"
    assert document.notes == (
        f"ligne 5 : la clé « {new.split(':')[0]} » est inconnue : elle n'est pas lue. {remedy}",
        "il manque « lieu ». Appui n'en suppose rien ; complétez si vous le savez.",
    )


def test_an_unknown_key_without_value_is_nothing_to_know(read_note):
    assert read_note(NOTE.replace("---\n", "---\nmétéo:\n", 1)).notes == ()


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(refused):
    reason = refused("region: Val-d'Ombrine\nlieu: Sauvelune\nformat: présentiel", "format: ?")
    assert [line[:12] for line in reason.split("\n")] == [
        "2 points à c",
        "- ligne 2 : ",
        "- ligne 4 : ",
    ]


def _meeting(document):
    """Return what a header says of its meeting, once it is read."""
    source, shape = document.source, document.meeting
    return source.date, shape.format, shape.participants, source.public, source.fictional


@pytest.mark.parametrize(
    ("old", "new", "read", "remark"),
    [
        (
            "2023-09-05",
            "septembre 2023",
            {"date": None},
            "ligne 3 : « septembre 2023 » n'est pas le jour de la réunion, qui reste inconnu."
            " Écrivez-le ainsi : 2023-09-05.",
        ),
        ("2023-09-05", "2023-02-30", {"date": None}, "ligne 3 : « 2023-02-30 » n'est pas le jour"),
        ("2023-09-05", "AAAA-MM-JJ", {"date": None}, "ligne 3 : « AAAA-MM-JJ » est encore le text"),
        ("date: 2023-09-05\n", "", {"date": None}, "il manque « date ». Appui n'en suppose rien"),
        (
            "2023-09-05",
            "2999-01-02",
            {"date": "2999-01-02"},
            "ligne 3 : la date « 2999-01-02 » est dans le futur : elle est gardée telle quelle.",
        ),
        (
            "présentiel",
            "hybride",
            {"format": None},
            "ligne 6 : « hybride » n'est pas un format de réunion, qui reste inconnu. Écrivez",
        ),
        ("présentiel", "présentiel et visio", {"format": None}, "ligne 6 : « présentiel et visio"),
        (
            "participants: 12",
            "participants: une dizaine",
            {"participants": None},
            "ligne 7 : « une dizaine » n'est pas un nombre de participants, qui reste inconnu.",
        ),
        (
            "participants: 12",
            "participants: 0",
            {"participants": 0},
            "ligne 7 : « 0 » n'est pas",
        ),
        (
            "public: professionnels",
            "public: tous",
            {"public": None},
            "ligne 8 : « tous » n'est pas un public connu ; la réunion est comptée avec celles des"
            " professionnels.",
        ),
        (
            "public: professionnels",
            "public: jeunes et conseillers",
            {"public": None},
            "ligne 8 : « jeunes et conseillers » n'est pas un public connu",
        ),
        (
            "public: professionnels",
            "public: jeunes\npublic: professionnels",
            {"public": "jeunes"},
            "ligne 9 : la clé « public » est écrite deux fois ; la première est lue.",
        ),
        (
            "lieu: Sauvelune",
            "lieu: Sauvelune\nfictiff: oui",
            {"fictif": True},
            "ligne 6 : la clé « fictiff » est inconnue : elle est lue comme « fictif ».",
        ),
        (
            "lieu: Sauvelune",
            "lieu: Sauvelune\nfictif: non\nfictif: oui",
            {"fictif": True},
            "ligne 7 : la clé « fictif » est écrite deux fois",
        ),
    ],
)
def test_what_is_not_understood_stays_unknown_and_is_said_with_its_line(
    read_note, old, new, read, remark
):
    assert NOTE.count(old) == 1
    document = read_note(NOTE.replace(old, new))

    (said,) = document.notes
    assert said.startswith(remark)
    plain = {"date": "2023-09-05", "format": "présentiel", "participants": 12}
    plain |= {"public": "professionnels", "fictif": False}
    assert _meeting(document) == tuple((plain | read).values())
    assert document.source.date_meaning == ("réunion du" if document.source.date else None)
    assert document.text.endswith("- « On tape tout deux fois » (conseillère).")


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("présentiel", "visioconférence", "format", "distanciel"),
        ("présentiel", "En visio (Teams)", "format", "distanciel"),
        ("présentiel", "à distance", "format", "distanciel"),
        ("présentiel", "réunion présentielle", "format", "présentiel"),
        ("public: professionnels", "public: conseillers", "public", "professionnels"),
        ("public: professionnels", "public: CIP", "public", "professionnels"),
        ("public: professionnels", "public: Jeunes accompagnés", "public", "jeunes"),
    ],
)
def test_a_format_and_a_public_are_known_in_other_words(read_note, old, new, field, value):
    document = read_note(NOTE.replace(old, new))

    assert value == (document.meeting.format if field == "format" else document.source.public)
    assert document.notes == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_that_need_quotes_are_read_without_them(tmp_path, read_one, newline):
    text = NOTE.replace('"Réunion de Sauvelune"', "Réunion : l'étape de Sauvelune")
    text = text.replace("lieu: Sauvelune", "lieu: @Sauvelune")
    path = tmp_path / "reunion.md"
    path.write_bytes(text.replace("\n", newline).encode())

    document = read_one(path)

    assert document.source.title == "Réunion : l'étape de Sauvelune"
    assert document.meeting.place == "@Sauvelune"
    assert document.meeting.agenda == ("État des lieux", "Besoins : et attentes")
    assert document.notes == ()


def test_the_date_of_today_is_not_in_the_future(read_note):
    today = datetime.now(tz=UTC).date().isoformat()
    assert read_note(NOTE.replace("2023-09-05", today)).notes == ()


def test_a_key_that_may_be_absent_is_reported_and_not_invented(read_note):
    text = NOTE.replace("lieu: Sauvelune\n", "").replace("participants: 12", "participants:")
    assert read_note(text).notes == (
        "il manque « lieu », « participants ». Appui n'en suppose rien ; complétez si vous le"
        " savez.",
    )


@pytest.mark.parametrize(
    "word", ["true", "True", "oui", "Vrai", "yes", "1", "x", '"OUI"', "CR fictif"]
)
def test_a_fictional_note_says_so_in_its_title_and_first_line(read_note, word):
    document = read_note(NOTE.replace("lieu:", f"fictif: {word}\nlieu:"))
    assert document.source.fictional
    assert document.source.title == "Réunion de Sauvelune (compte rendu fictif)"
    assert document.text.startswith("Compte rendu fictif (démonstration).\n\nÉtat des lieux")


@pytest.mark.parametrize("word", ["false", "non", "0", ""])
def test_a_note_that_is_said_not_to_be_fictional_is_not(read_note, word):
    document = read_note(NOTE.replace("lieu:", f"fictif: {word}\nlieu:"))
    assert (document.source.fictional, document.source.title) == (False, "Réunion de Sauvelune")


@pytest.mark.parametrize("word", ["peut-être", "ouii", "2", "[oui, non]", "non fictif"])
def test_a_note_that_may_be_fictional_is_taken_for_fictional(read_note, word):
    document = read_note(NOTE.replace("lieu:", f"fictif: {word}\nlieu:"))

    assert document.source.fictional
    assert document.source.title == "Réunion de Sauvelune (compte rendu fictif)"
    said = f"« {word.strip('[]')} » ne dit pas si le compte rendu est fictif : il est pris pour"
    assert document.notes[0].startswith(f"ligne 5 : {said} fictif.")


def test_a_fictional_note_is_never_read_as_something_else(refused):
    reason = refused("titre: x", "titre: x\nfictif: oui", "---\ntitre: x\n---\nTexte.")
    assert "la clé « region » manque" in reason


def test_a_title_that_already_says_that_it_is_fictional_is_kept(read_note):
    text = NOTE.replace('Sauvelune"', 'Sauvelune (compte rendu fictif)"\nfictif: oui')
    text = text.replace("## État", "Compte rendu fictif, pour essayer.\n\n## État")
    document = read_note(text)
    assert document.source.title == "Réunion de Sauvelune (compte rendu fictif)"
    assert document.text.startswith("Compte rendu fictif, pour essayer.\n\nÉtat")


def test_a_fictional_note_without_any_text_is_refused(refused):
    text = "---\ndate: 2023-09-05\nregion: Bretagne\nfictif: oui\n---\nTexte."
    assert refused("Texte.", "", text) == (
        "le fichier ne contient aucun texte. Vérifiez que c'est le bon fichier."
    )


@pytest.mark.parametrize(
    "header",
    [
        "titre: Forum\ndate: 2023-09-05\nlieu: Niort",
        "title: Aide\nregion: Bretagne",
        "title: Aide\ndate: 2023-09-05\npublic: true\nformat: html",
        "collection: local\ntitre: Aide\nregion: Bretagne\nformat: présentiel",
    ],
)
def test_other_front_matter_is_no_note(read_note, header):
    assert read_note(f"---\n{header}\n---\nTexte.").source.collection == "local"


def test_in_the_consultation_a_title_and_a_date_make_a_note(refused):
    text = "---\ntitre: Réunion\ndate: 2023-09-05\n---\nTexte."
    assert "la clé « region » manque" in refused("Texte.", "x", text, collection="consultation")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-09-05", date(2023, 9, 5)),
        ("05/09/2023", date(2023, 9, 5)),
        ("mardi 5 septembre 2023", date(2023, 9, 5)),
        ("le 1er août 2023", date(2023, 8, 1)),
        ("septembre 2023", None),
        ("du 4 au 5 septembre 2023", None),
        ("31/02/2023", None),
        ("2023", None),
        ("2999-01-01", date(2999, 1, 1)),
    ],
)
def test_a_day_is_told_by_the_whole_text(text, day):
    assert exact_day(text) == day


# Word and OpenDocument


@pytest.fixture
def make_word(tmp_path):
    """Write a Word document with a table, lines, or both, above a text."""
    from docx import Document

    def write(
        rows: dict[str, str] | None = None, lines: tuple[str, ...] = (), *, title: str | None = None
    ) -> Path:
        document = Document()
        if title:
            document.add_heading(title, level=1)
        if rows:
            table = document.add_table(rows=0, cols=2)
            for key, value in rows.items():
                cells = table.add_row().cells
                cells[0].text, cells[1].text = key, value
        for line in lines:
            document.add_paragraph(line)
        document.add_heading("État des lieux", level=2)
        document.add_paragraph("On tape tout deux fois.")
        document.save(tmp_path / "reunion.docx")
        return tmp_path / "reunion.docx"

    return write


ROWS = {
    "Titre": "Réunion de Sauvelune",
    "Date de la réunion :": "mardi 5 septembre 2023",
    "Région": "Val-d'Ombrine",
    "Lieu": "Sauvelune",
    "Format": "Présentiel",
    "Nombre de participants": "12",
    "Public": "Jeunes",
    "Ordre du jour": "État des lieux\nBesoins",
    "Fictif": "Oui",
}
LINES = tuple(
    f"{label.rstrip(' :')} : {value}" for label, value in ROWS.items() if "\n" not in value
)


@pytest.mark.parametrize(
    "shape",
    [
        {"rows": ROWS},
        {"rows": ROWS, "title": "Compte rendu"},
        {"lines": LINES},
        {"lines": LINES, "title": "Compte rendu"},
        {"lines": ("\n".join(line[0].lower() + line[1:] for line in LINES),)},
        {"lines": (*LINES, "Ordre du jour :")},
    ],
    ids=["table", "table under a title", "lines", "lines under a title", "breaks", "agenda"],
)
def test_a_word_note_gives_its_source_the_keys_of_its_header(make_word, read_one, shape):
    document = read_one(make_word(**shape))
    source = document.source
    assert source.title == "Réunion de Sauvelune (compte rendu fictif)"
    assert (source.date, source.territory) == ("2023-09-05", "Val-d'Ombrine")
    assert (source.collection, source.public) == ("consultation", "jeunes")
    assert source.fictional
    body = ("Compte rendu\n\n" if "title" in shape else "") + (
        "État des lieux\n\nOn tape tout deux fois."
    )
    assert document.text == f"Compte rendu fictif (démonstration).\n\n{body}"


def test_the_points_of_an_agenda_may_be_a_list(tmp_path, read_one):
    from docx import Document

    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.add_paragraph("Ordre du jour :")
    for point in ("État des lieux", "Besoins"):
        document.add_paragraph(point, style="List Bullet")
    document.add_paragraph("On tape tout deux fois.")
    document.save(tmp_path / "reunion.docx")
    read = read_one(tmp_path / "reunion.docx")
    assert read.text.endswith("(démonstration).\n\nOn tape tout deux fois.")
    assert read.notes == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"Région": None},
            "ligne 1 : la clé « region » manque. Ajoutez « region : Nom de la région » en haut du"
            " document.",
        ),
        (
            {"Région": ""},
            "ligne 3 : la clé « region » manque. Ajoutez « region : Nom de la région » en haut du"
            " document.",
        ),
    ],
)
def test_a_wrong_word_header_is_refused_with_its_row(make_word, read_all, changes, reason):
    rows = {key: value for key, value in (ROWS | changes).items() if value is not None}
    with pytest.raises(Rejected) as refusal:
        read_all(make_word(rows))
    assert str(refusal.value).startswith(reason)


@pytest.mark.parametrize("value", ["oui", "sans doute"])
def test_a_slip_for_fictif_in_the_lines_of_a_word_header_is_read(make_word, read_one, value):
    document = read_one(make_word(lines=(*LINES[:-1], f"Fictf : {value}")))

    assert document.source.fictional
    assert document.notes[0].startswith("ligne 8 : la clé « Fictf » est inconnue : elle est lue")


def test_an_unknown_key_hides_no_other_in_a_word_header(make_word, read_one):
    document = read_one(make_word(lines=(*LINES[:-1], "Animateur : X", "Fictif : oui")))

    assert document.source.fictional
    assert document.notes[0].startswith("ligne 8 : la clé « Animateur » est inconnue")


def test_what_follows_the_lines_of_a_header_stays_in_the_text(make_word, read_one):
    path = make_word(lines=(*LINES, "Points forts : la rapidité.", "On en reparle."))
    assert "Points forts : la rapidité.\n\nOn en reparle." in read_one(path).text


@pytest.mark.parametrize(
    "rows",
    [
        {"Date": "12 mai 2024", "Lieu": "Niort", "Participants": "Mme A, M. B"},
        {"Situation": "CDI", "Montant": "600 €"},
    ],
)
def test_another_word_document_keeps_its_table(make_word, read_one, rows):
    document = read_one(make_word(rows))
    assert document.source.collection == "local"
    assert " | ".join(next(iter(rows.items()))) in document.text


def test_an_opendocument_note_is_read_the_same_way(make_zip, read_one):
    lines = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    content = (
        '<o:c xmlns:o="o" xmlns:text="t"><o:text>'
        f"{lines}<text:h>Besoins</text:h><text:p>Un agenda.</text:p></o:text></o:c>"
    )
    path = make_zip("r.odt", {"content.xml": content, "META-INF/manifest.xml": "<m/>"})
    document = read_one(path)
    assert (document.source.territory, document.source.public) == ("Val-d'Ombrine", "jeunes")
    assert document.text == "Compte rendu fictif (démonstration).\n\nBesoins\n\nUn agenda."


# Tables


def test_the_rows_of_a_meeting_give_its_source_their_columns(read_table):
    (document,) = read_table(TABLE)
    source = document.source
    assert source.title == "Réunion de consultation, Val-d'Ombrine, 05/09/2023"
    assert (source.public, source.fictional) == ("professionnels", False)
    assert document.text == (
        "Réunion : format : présentiel, lieu : Sauvelune, public : professionnels,"
        " participants : 12\n\n- besoin : Une saisie\n- attente : Un agenda"
    )
    assert document.notes == ()


def test_a_fictional_meeting_of_a_table_says_so(read_table):
    (document,) = read_table(TABLE.replace(";non", ";oui").replace("agenda;", "agenda;x"))
    assert document.source.fictional
    assert document.source.title.endswith(", 05/09/2023 (compte rendu fictif)")
    assert document.text.startswith("Compte rendu fictif (démonstration).\n\nRéunion : ")


def test_a_column_that_may_be_absent_is_reported(read_table):
    (document,) = read_table("region;date;remarque;public\nBretagne;2023-09-05;Lent.;\n")
    assert document.notes[0].startswith("il manque « format », « lieu », « public », « participan")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Val-d'Ombrine;2", ";2", "ligne 2 : la colonne « region » est absente ou vide."),
        (
            "2023-09-05;présentiel",
            "2023-09-05;distanciel",
            "lignes 2, 3 : la réunion « Val-d'Ombrine » (05/09/2023) n'a pas partout la même"
            " valeur dans la colonne « format » (distanciel et présentiel).",
        ),
        ("remarque", "couleur", "ligne 1 : la colonne « remarque » manque."),
    ],
)
def test_wrong_rows_are_refused_with_their_numbers(refused_table, old, new, reason):
    assert TABLE.count(old) == 1
    assert refused_table(TABLE.replace(old, new)).startswith(reason)


def test_a_column_that_is_not_there_is_asked_for_on_the_line_of_titles(refused_table):
    reason = refused_table("\ndate;format;remarque\n2023-09-05;présentiel;Lent.\n")
    assert reason.startswith("ligne 2 : la colonne « region » est absente ou vide.")


@pytest.mark.parametrize(
    ("old", "new", "dates", "remark"),
    [
        ("05/09/2023", "", ("2023-09-05", None), "ligne 3 : la date manque."),
        (
            "05/09/2023",
            "mai 2023",
            ("2023-09-05", None),
            "ligne 3 : « mai 2023 » n'est pas le jour",
        ),
        (
            "05/09/2023",
            "05/09/2099",
            ("2023-09-05", "2099-09-05"),
            "ligne 3 : la date « 05/09/2099 » est dans le futur : elle est gardée telle quelle.",
        ),
        (";12;besoin", ";0;besoin", ("2023-09-05",), "ligne 2 : « 0 » n'est pas un nombre de part"),
        (
            "2023-09-05;présentiel",
            "2023-09-05;hybride",
            ("2023-09-05",),
            "ligne 2 : « hybride » n'est pas un format de réunion, qui reste inconnu.",
        ),
    ],
)
def test_cells_that_are_not_understood_are_said_with_their_rows(
    read_table, old, new, dates, remark
):
    assert TABLE.count(old) == 1
    documents = read_table(TABLE.replace(old, new))

    assert tuple(document.source.date for document in documents) == dates
    assert [said.startswith(remark) for each in documents for said in each.notes] == [True]


def test_rows_of_two_months_are_two_meetings_without_a_date(read_table):
    table = TABLE.replace("2023-09-05", "mai 2023").replace("05/09/2023", "juin 2023")
    titles = [document.source.title for document in read_table(table)]
    assert titles == [
        "Réunion de consultation, Val-d'Ombrine, mai 2023",
        "Réunion de consultation, Val-d'Ombrine, juin 2023",
    ]


@pytest.mark.parametrize(
    ("word", "remark"),
    [
        ("oui", "lignes 2, 3 : la colonne « fictif » ne dit pas partout la même chose"),
        ("compte rendu fictif", "lignes 2, 3 : la colonne « fictif » ne dit pas partout la même"),
        ("bof", "ligne 2 : « bof » ne dit pas si le compte rendu est fictif : il est pris pour"),
    ],
)
def test_one_row_that_may_be_fictional_makes_its_meeting_fictional(read_table, word, remark):
    (document,) = read_table(TABLE.replace(";non", f";{word}"))

    assert document.source.fictional
    assert document.notes[0].startswith(remark)


def test_the_first_few_of_many_rows_are_named(refused_table):
    rows = "".join(f";2023-09-05;Remarque {n}\n" for n in range(5))
    reason = refused_table(f"region;date;remarque\n{rows}")
    assert reason.startswith("lignes 2, 3, 4 et 2 autres : la colonne « region » est absente")


def test_a_row_without_a_remark_is_passed_over(read_table):
    assert len(read_table(TABLE + ";;;;;;besoin;;\n")) == 1


def test_another_table_with_remarks_stays_a_table(read_table):
    (document,) = read_table("Date;Ville;Remarques\n2023-09-05;Niort;Complet\n")
    assert document.source.collection == "local"
    assert document.text == "Date : 2023-09-05 ; Ville : Niort ; Remarques : Complet"


def test_the_sheet_of_a_wrong_row_is_named(tmp_path, read_all):
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(["Aide", "Montant"])
    workbook.active.append(["FAJ", 300])
    remarks = workbook.create_sheet("Remarques")
    remarks.append(["Région", "Date", "Remarque"])
    remarks.append([])
    remarks.append([None, date(2023, 9, 5), "Lent."])
    workbook.save(tmp_path / "classeur.xlsx")
    with pytest.raises(Rejected, match=r"^feuille « Remarques », ligne 3 : la colonne « region »"):
        read_all(tmp_path / "classeur.xlsx")


# Templates

BLANKS = {
    "NOM DE LA RÉGION": "Val-d'Ombrine",
    "NOM DE LA VILLE": "Sauvelune",
    "AAAA-MM-JJ": "2023-09-05",
    "présentiel ou distanciel": "présentiel",
    "professionnels ou jeunes": "professionnels",
}


def filled(text: str) -> str:
    for blank, value in BLANKS.items():
        text = text.replace(blank, value)
    return text


@pytest.mark.parametrize("name", ["compte-rendu.md", "compte-rendu.docx", "remarques.csv"])
def test_a_template_left_blank_is_refused_key_by_key(tmp_path, read_all, name):
    shutil.copy(TEMPLATES / name, tmp_path)
    with pytest.raises(Rejected) as refusal:
        read_all(tmp_path / name)
    for blank in BLANKS:
        assert f"« {blank} »" in str(refusal.value)


def test_the_word_template_once_filled_is_read_as_a_note(tmp_path, read_one):
    from docx import Document

    document = Document(str(TEMPLATES / "compte-rendu.docx"))
    for row in document.tables[0].rows:
        row.cells[1].text = filled(row.cells[1].text)
    bullets = [p for p in document.paragraphs if p.style.name == "List Bullet"]
    bullets[0].text = "« C'est lent » (conseillère)"
    document.save(tmp_path / "ma-region-1.docx")
    read = read_one(tmp_path / "ma-region-1.docx")
    source = read.source
    assert source.title == "Consultation sur le futur SI, Val-d'Ombrine, réunion de Sauvelune"
    assert (source.territory, source.date) == ("Val-d'Ombrine", "2023-09-05")
    assert (source.public, source.fictional) == ("professionnels", False)
    assert "- « C'est lent » (conseillère)" in read.text
    assert "Remplacez" not in read.text


def test_the_table_template_once_filled_is_read_as_a_meeting(tmp_path, read_one):
    text = filled((TEMPLATES / "remarques.csv").read_text(encoding="utf-8"))
    (tmp_path / "remarques.csv").write_text(text, encoding="utf-8")
    source = read_one(tmp_path / "remarques.csv").source
    assert (source.territory, source.date) == ("Val-d'Ombrine", "2023-09-05")
    assert (source.public, source.fictional) == ("professionnels", False)
