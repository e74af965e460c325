"""From files of notes to the matrix, through the command line."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main

BUNDLED = Path("knowledge/corpus/consultation")
HEADER = """---
titre: Réunion de Brumeval
date: 2023-09-05
region: Hautes-Rives
format: présentiel
public: professionnels
ordre_du_jour: [État des lieux, Signature électronique]
fictif: true
---

Compte rendu fictif.

14 présents, repas offert.

"""
BODY = """## État des lieux

Ce qui marche :
- L'agenda partagé est très pratique (conseillère)

Ce qui ne marche pas :
- On ressaisit tout deux fois, « bravo » (conseiller)

L'animateur demande ce qui manque. Que faudrait-il ?

## Besoins et attentes

- Envoyer des SMS aux jeunes
  depuis le dossier, comme Paul Durand au 06 12 34 56 78
- Appli mobile : non merci, on est contre
- Une appli mobile pour les permanences
"""
CSV = """region;date;format;type;remarque
Basses-Rives;2023-09-12;distanciel;dysfonctionne;L'agenda est pénible
Basses-Rives;2023-09-12;distanciel;besoin;Un mode sombre
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """The folder of a project that does not exist yet."""
    return tmp_path / "projet"


@pytest.fixture
def run(project, capsys):
    """Run an action on the project; return its status, what it printed and its errors."""

    def run_action(action: str, *arguments: str | Path):
        status = main(["consultation", action, "--project", str(project), *map(str, arguments)])
        return status, *capsys.readouterr()

    return run_action


@pytest.fixture
def notes(tmp_path) -> Path:
    """A folder of one note and one table."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "brumeval.md").write_text(HEADER + BODY, encoding="utf-8")
    (folder / "remarques.csv").write_text(CSV, encoding="utf-8")
    return folder


@pytest.fixture
def matrix(run):
    """Return the matrix of the files of a folder."""

    def of(folder: Path) -> dict:
        assert run("import", folder)[0] == 0
        return json.loads(run("matrix", "--json")[1])

    return of


def test_every_remark_is_a_slice_of_its_file_and_nothing_else_is_a_remark(notes, matrix, project):
    found = matrix(notes)

    assert [(each["type"], each["text"]) for each in found["remarks"]] == [
        ("dysfonctionne", "L'agenda est pénible"),
        ("besoin", "Un mode sombre"),
        ("fonctionne", "L'agenda partagé est très pratique (conseillère)"),
        ("dysfonctionne", "On ressaisit tout deux fois, « bravo » (conseiller)"),
        (
            "attente",
            "Envoyer des SMS aux jeunes\n  depuis le dossier, comme [nom] au [numéro de téléphone]",
        ),
        ("attente", "Appli mobile : non merci, on est contre"),
        ("besoin", "Une appli mobile pour les permanences"),
    ]
    files = {each["id"]: each["file"] for each in found["meetings"]}
    for remark in found["remarks"]:
        if "[" not in remark["text"]:
            text = (notes / files[remark["meeting"]]).read_text("utf-8-sig")
            assert text[remark["start"] : remark["end"]] == remark["text"]


def test_the_four_states_of_a_cell(notes, matrix):
    cells = {theme["label"]: theme["cells"] for theme in matrix(notes)["themes"]}

    assert cells["agenda"] == {"Basses-Rives": "dit", "Hautes-Rives": "dit"}
    assert cells["outils mobiles et hors les murs"] == {
        "Basses-Rives": "non_aborde",
        "Hautes-Rives": "contredit",
    }
    assert cells["documents et signature"]["Hautes-Rives"] == "non_evoque"


def test_a_cell_is_contradicted_where_its_own_region_says_the_opposite(tmp_path, matrix):
    (tmp_path / "remarques.csv").write_text(
        "region;date;format;type;remarque\n"
        "Hautes-Rives;2023-09-12;distanciel;fonctionne;Les SMS de rappel partent bien\n"
        "Hautes-Rives;2023-09-12;distanciel;dysfonctionne;La messagerie interne est illisible\n"
        "Basses-Rives;2023-09-12;distanciel;fonctionne;Les SMS de rappel partent la veille\n"
        "Basses-Rives;2023-09-12;distanciel;dysfonctionne;Les SMS de rappel ne partent pas\n"
    )
    found = matrix(tmp_path)

    assert {theme["label"]: theme["cells"] for theme in found["themes"]} == {
        "messagerie et SMS": {"Basses-Rives": "contredit", "Hautes-Rives": "dit"}
    }
    assert [len(side) for each in found["contradictions"] for side in each["sides"]] == [2, 2]


def test_ideas_of_one_meeting_and_contradictions_are_listed(notes, matrix):
    found = matrix(notes)
    texts = {remark["id"]: remark["text"] for remark in found["remarks"]}

    assert "Un mode sombre" in {texts[each["remark"]] for each in found["isolated"]}
    sides = {
        each["theme"]: [[texts[i] for i in side] for side in each["sides"]]
        for each in found["contradictions"]
    }
    assert sides["outils-mobiles-et-hors-les-murs"] == [
        ["Une appli mobile pour les permanences"],
        ["Appli mobile : non merci, on est contre"],
    ]
    assert "agenda" in sides


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(" : ", "\u00a0: ").encode(),
        lambda text: text.replace("aux jeunes\n  depuis", "aux jeunes depuis").encode(),
    ],
    ids=["BOM", "Windows-1252", "CRLF", "no-break spaces", "lines not wrapped"],
)
def test_the_way_a_file_is_written_changes_nothing(notes, matrix, tmp_path, written, run):
    def shape(found: dict) -> list:
        return [
            [(r["type"], r["theme"], " ".join(r["text"].split())) for r in found["remarks"]],
            found["themes"],
        ]

    before = shape(matrix(notes))
    (notes / "brumeval.md").write_bytes(written(HEADER + BODY))

    assert shape(matrix(notes)) == before


def test_a_copied_file_adds_nothing_and_an_empty_note_is_reported(notes, run):
    run("import", notes)
    before = json.loads(run("matrix", "--json")[1])
    (notes / "copie.md").write_text(HEADER + BODY, encoding="utf-8")
    (notes / "vide.md").write_text(HEADER.replace("Compte rendu fictif.\n\n14 présents, repas offert.\n", ""), encoding="utf-8")  # fmt: skip # noqa: E501

    status, _, err = run("import", notes)
    after = json.loads(run("matrix", "--json")[1])

    assert status == 3
    assert "Refusé : vide.md : le fichier ne contient aucun texte" in err
    assert after["remarks"] == before["remarks"]
    assert after["duplicates"] == [{"file": "copie.md", "of": "brumeval.md"}]
    assert [each["file"] for each in after["rejected"]] == ["vide.md"]


def test_young_people_are_never_added_to_professionals(notes, matrix):
    young = (HEADER + BODY).replace("professionnels", "jeunes").replace("09-05", "09-06")
    (notes / "jeunes.md").write_text(young, encoding="utf-8")
    found = matrix(notes)

    assert {each["meeting"] for each in found["remarks"]} == {
        "brumeval-md", "remarques-basses-rives-2023-09-12-csv",
    }  # fmt: skip
    assert {each["meeting"] for each in found["young_people"]["remarks"]} == {"jeunes-md"}


def test_importing_again_reads_only_what_changed(notes, run):
    run("import", notes)

    assert "0 compte rendu : 0 remontée" in run("import", notes)[1]
    (notes / "brumeval.md").write_text(HEADER + BODY + "- Un bouton annuler\n", encoding="utf-8")
    assert json.loads(run("import", notes, "--json")[1])["imported"] == ["brumeval-md"]


def test_what_was_not_read_of_a_note_is_said_to_who_imports_it(notes, run):
    (notes / "brumeval.md").write_text(
        HEADER.replace("format:", "animateur: Une collègue\nformat:") + BODY, encoding="utf-8"
    )
    (unknown, missing, table) = json.loads(run("import", notes, "--json")[1])["warnings"]

    assert (table["file"], unknown["file"]) == ("remarques.csv", "brumeval.md")
    assert unknown["message"].startswith("ligne 5 : la clé « animateur » est inconnue")
    assert missing["message"].startswith("il manque « lieu », « participants »")
    (notes / "brumeval.md").write_text(HEADER + BODY, encoding="utf-8")
    assert "À savoir : brumeval.md : il manque « lieu »" in run("import", notes)[2]


def test_the_status_says_what_is_missing(notes, run):
    (notes / "libre.txt").write_text("Nous voudrions un outil plus simple.\n", encoding="utf-8")
    run("import", notes)

    listed = {each["id"]: each for each in json.loads(run("status", "--json")[1])["notes"]}
    assert listed["libre-txt"]["missing"] == ["region", "date"]
    assert listed["brumeval-md"]["missing"] == []
    assert listed["brumeval-md"]["sentences"] == {
        "all": 8,
        "decided": 0,
        "proposed": 5,
        "set_aside": 0,
        "unread": 3,
    }
    said = "brumeval.md (Hautes-Rives) : 8 phrases dont 0 en remontées validées, 5 proposées"
    assert said in run("status")[1]


def test_the_matrix_is_a_table_for_a_spreadsheet(notes, run):
    run("import", notes)

    header, *rows = run("matrix", "--csv")[1].splitlines()
    assert header == "thème;réunions;Basses-Rives;Hautes-Rives"
    assert "agenda;2;dit;dit" in rows
    assert "que personne n'a encore validées" in run("matrix")[1]


def test_a_folder_without_project_is_one_sentence(run):
    status, _, err = run("matrix")

    assert status == 1
    assert "ne contient pas de projet" in err


def test_a_text_changed_by_hand_is_refused(notes, run, project):
    run("import", notes)
    text = project / "notes/brumeval-md.txt"
    text.write_text(text.read_text("utf-8") + "ajout", encoding="utf-8")

    assert "a été changé" in run("matrix")[2]


def test_the_order_of_files_changes_nothing_on_the_bundled_notes(run, project, tmp_path, capsys):
    files = sorted(BUNDLED.glob("*.md"))
    run("import", *files)
    forward = run("matrix", "--json")[1]
    other = tmp_path / "autre"
    main(["consultation", "import", "--project", str(other), *map(str, files[::-1])])
    capsys.readouterr()
    main(["consultation", "matrix", "--project", str(other), "--json"])

    assert capsys.readouterr().out == forward


@pytest.fixture
def meetings(run, tmp_path):
    """Import a file of this name, apart from the others; return the notes kept, by identifier."""

    def imported(text: str, *, name: str = "reunion.md") -> dict[str, dict]:
        folder = tmp_path / "seul"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        assert run("import", folder / name)[0] == 0
        return {each["id"]: each for each in json.loads(run("status", "--json")[1])["notes"]}

    return imported


OTHER = (
    HEADER.replace("Hautes-Rives", "Basses-Rives").replace("09-05", "09-14")
    + "Ce qui ne marche pas :\n- Le tableau de bord est trop chargé (conseiller)\n"
)


def test_two_meetings_whose_files_have_one_name_are_both_kept(meetings, run):
    assert list(meetings(HEADER + BODY)) == ["reunion-md"]
    kept = meetings(OTHER)

    assert sorted(each["region"] for each in kept.values()) == ["Basses-Rives", "Hautes-Rives"]
    assert {each["file"] for each in kept.values()} == {"reunion.md"}
    assert json.loads(run("matrix", "--json")[1])["duplicates"] == []


def test_imported_again_each_takes_its_own_place(meetings, run, tmp_path):
    meetings(HEADER + BODY)
    before = meetings(OTHER)
    longer = OTHER + "- On attend dix minutes au démarrage (accueil)\n"
    after = meetings(longer)

    assert list(after) == list(before)
    assert [each["sentences"]["all"] for each in after.values()] == [
        each["sentences"]["all"] + (each["region"] == "Basses-Rives") for each in before.values()
    ]
    assert meetings(HEADER + BODY) == after
    assert json.loads(run("import", tmp_path / "seul", "--json")[1])["imported"] == []
    assert meetings(OTHER) == before


@pytest.mark.parametrize(
    "corrected",
    [
        HEADER + BODY + "- Un bouton annuler\n",
        HEADER + "## Besoins et attentes\n\n- Tout autre chose, entièrement\n",
        HEADER.replace("Hautes-Rives", "Hautes-Terres") + BODY,
        HEADER.replace("2023-09-05", "2023-09-06") + BODY,
    ],
    ids=["longer", "rewritten", "another region", "another day"],
)
def test_a_corrected_note_takes_the_place_of_the_former_one(meetings, corrected):
    assert list(meetings(HEADER + BODY)) == list(meetings(corrected)) == ["reunion-md"]


def test_notes_that_say_nothing_of_their_meeting_are_told_apart_by_their_words(meetings):
    meetings("Nous voudrions un outil plus simple pour les rendez-vous.\n", name="notes.txt")
    kept = meetings("L'agenda partagé plante chaque lundi matin.\n", name="notes.txt")

    assert len(kept) == 2
