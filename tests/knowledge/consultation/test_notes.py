"""Notes are written in many ways: what was said is found in all of them."""

import json
from pathlib import Path

import pytest

from ingestion.note_files import read_note_files
from knowledge.__main__ import main

KEYS = """titre : Réunion de Brumeval (compte rendu fictif)
date : 2023-09-05
région : Hautes-Rives
format : présentiel
public : professionnels
fictif : oui
"""
FRONT = f"---\n{KEYS.replace(' :', ':')}---\n\n"


@pytest.fixture
def said(tmp_path, capsys):
    """Return the kind and words of each remark found in a file of this name and text."""

    def found(name: str, text: str) -> list[tuple[str, str]]:
        notes, project = tmp_path / "notes", str(tmp_path / "projet")
        notes.mkdir()
        (notes / name).write_text(text, encoding="utf-8")
        assert main(["consultation", "import", "--project", project, str(notes)]) == 0
        capsys.readouterr()
        main(["consultation", "matrix", "--project", project, "--json"])
        matrix = json.loads(capsys.readouterr().out)
        for remark in matrix["remarks"]:
            if Path(name).suffix in {".md", ".txt"}:
                assert text[remark["start"] : remark["end"]] == remark["text"]
        return [(remark["type"], remark["text"]) for remark in matrix["remarks"]]

    return found


@pytest.mark.parametrize(
    ("praise", "complaint"),
    [
        ("# Ce qui roule", "### Points de friction"),
        ("CE QUI MARCHE", "CE QUI GRIPPE"),
        ("I. POINTS FORTS", "II. POINTS FAIBLES"),
        ("**Ça va**", "**Ça ne va pas**"),
        ("Ce que les collègues apprécient :", "Là où ça coince :"),
        ("1) Ce qui facilite la vie", "2) Ce qui complique la vie"),
        ("Ça va bien", "Ça va moins"),
    ],
)
def test_a_part_is_known_however_its_title_is_written(said, praise, complaint):
    body = (
        f"{praise}\n\n- l'agenda des trois antennes\n\n"
        f"{complaint}\n\n- le planning des permanences\n"
    )

    assert said("note.md", FRONT + body) == [
        ("fonctionne", "l'agenda des trois antennes"),
        ("dysfonctionne", "le planning des permanences"),
    ]


def test_each_cell_of_a_table_of_parts_was_said(said):
    table = (
        "| Ce qui marche | Ce qui ne marche pas | Besoins |\n|---|---|---|\n"
        "| L'agenda partagé | La recherche d'un dossier | Une signature à distance |\n"
        "| | Les mots de passe | |\n"
    )

    assert said("note.md", FRONT + table) == [
        ("fonctionne", "L'agenda partagé"),
        ("dysfonctionne", "La recherche d'un dossier"),
        ("besoin", "Une signature à distance"),
        ("dysfonctionne", "Les mots de passe"),
    ]


def test_each_turn_of_a_dialogue_is_a_remark_and_the_host_says_none(said):
    body = (
        "## Échanges\n\n**Animatrice** : Commençons par l'agenda.\n\n"
        "« L'agenda est très pratique. Je ne m'en passe plus. » (conseillère)\n"
        "« Chez nous il plante tous les lundis. » (conseiller)\n"
    )

    assert said("note.md", FRONT + body) == [
        ("fonctionne", "« L'agenda est très pratique. Je ne m'en passe plus. » (conseillère)"),
        ("dysfonctionne", "« Chez nous il plante tous les lundis. » (conseiller)"),
    ]


def test_turns_that_names_open_are_remarks_without_any_title(said):
    text = (
        f"{FRONT}Tour de table.\n\nUne conseillère (accueil) : Le planning, un vrai confort.\n"
        "Directeur : Rien ne sort à la bonne date.\n"
    )
    assert [words for _, words in said("tours.md", text)] == [
        "Une conseillère (accueil) : Le planning, un vrai confort.",
        "Directeur : Rien ne sort à la bonne date.",
    ]


def test_in_a_letter_what_judges_a_theme_is_a_remark(said):
    text = (
        "Bonjour,\n\nvoici mes notes de mardi.\n\nSur le planning, tout le monde est content."
        " Les statistiques sont fausses un mois sur deux.\n\nBien à vous,\nOdette\n"
    )
    assert [words for _, words in said("lettre.txt", text)] == [
        "Sur le planning, tout le monde est content.",
        "Les statistiques sont fausses un mois sur deux.",
    ]


def test_the_keys_of_a_note_may_be_in_bold(said):
    keys = "\n".join("**{} :** {}".format(*line.split(" : ")) for line in KEYS.splitlines())
    text = f"{keys}\n\n## Ce qui marche\n\n- le planning commun est clair\n"
    assert said("gras.md", text) == [("fonctionne", "le planning commun est clair")]


def test_points_that_semicolons_separate_are_said_apart(said):
    body = (
        "## Besoins et attentes\n\nIl faudrait une application pour les permanences ;"
        " il faudrait aussi un export des statistiques par commune.\n"
    )

    assert [words for _, words in said("note.md", FRONT + body)] == [
        "Il faudrait une application pour les permanences",
        "il faudrait aussi un export des statistiques par commune.",
    ]


def test_sentences_on_the_meeting_itself_are_no_remarks(said):
    body = (
        "## État des lieux\n\nUne conseillère ouvre la discussion."
        " L'outil plante chaque lundi matin. La réponse est renvoyée à la direction.\n\n"
        "## Pour finir\n\nLe prochain train est à midi.\n"
    )

    assert said("note.md", FRONT + body) == [
        ("dysfonctionne", "L'outil plante chaque lundi matin.")
    ]


@pytest.mark.parametrize("name", ["note.txt", "note.md"])
def test_what_people_said_is_found_in_a_story_without_any_title(said, name):
    body = (
        "\nNote fictive\n\nOn a commencé en retard parce que la salle était fermée."
        " Une collègue passe une demi-heure chaque soir à recopier les ateliers dans un tableau."
        " Il y a eu un silence. Quelqu'un a demandé à quelle date le nouvel outil serait prêt."
        " Une autre aimerait remplir les dossiers sans réseau quand elle est en permanence.\n"
    )

    assert [words for _, words in said(name, (FRONT if name == "note.md" else KEYS) + body)] == [
        "Une collègue passe une demi-heure chaque soir à recopier les ateliers dans un tableau.",
        "Une autre aimerait remplir les dossiers sans réseau quand elle est en permanence.",
    ]


def test_what_is_not_ok_does_not_work(said):
    body = "OK\n* SMS lus dans l'heure.\n\nPAS OK\n* Deux pannes en août, zéro annonce.\n"

    assert said("note.md", FRONT + body) == [
        ("fonctionne", "SMS lus dans l'heure."),
        ("dysfonctionne", "Deux pannes en août, zéro annonce."),
    ]


@pytest.mark.parametrize("name", ["note.txt", "note.md"])
def test_keys_may_be_the_first_lines_of_a_text(said, name):
    body = "\nPISTES\n\n- une appli mobile pour les permanences\n"

    assert said(name, KEYS + body) == [("besoin", "une appli mobile pour les permanences")]


def test_a_table_may_name_its_columns_in_other_words(said):
    table = (
        "région;date;lieu;avis;propos;fonction\n"
        "Hautes-Rives;2023-09-05;Brumeval;positif;L'agenda partagé de l'équipe;CIP\n"
        "Hautes-Rives;2023-09-05;Brumeval;Points faibles;La recherche d'un dossier;accueil\n"
    )

    assert said("remarques.csv", table) == [
        ("fonctionne", "L'agenda partagé de l'équipe"),
        ("dysfonctionne", "La recherche d'un dossier"),
    ]


def test_a_header_of_somebody_else_loses_no_note(tmp_path, capsys):
    keys = KEYS.replace("2023-09-05", "septembre 2023").replace("présentiel", "hybride")
    keys = keys.replace("professionnels", "tout le monde").replace("fictif : oui", "fictif : CR")
    (tmp_path / "note.txt").write_text(f"{keys}\nPISTES\n\n- une appli mobile\n", encoding="utf-8")
    project = str(tmp_path / "projet")

    assert main(["consultation", "import", "--project", project, str(tmp_path), "--json"]) == 0
    imported = json.loads(capsys.readouterr().out)
    main(["consultation", "matrix", "--project", project, "--json"])
    (meeting,) = json.loads(capsys.readouterr().out)["meetings"]

    told = [each["message"][:9] for each in imported["warnings"]]
    assert told[:4] == ["ligne 2 :", "ligne 4 :", "ligne 5 :", "ligne 6 :"]
    assert (meeting["date"], meeting["format"], meeting["public"]) == (None, None, "professionnels")
    assert (meeting["fictional"], meeting["remarks"]) == (True, 1)


@pytest.mark.parametrize(
    ("body", "refused"),
    [("La réunion de mardi est annulée.", True), ("## Besoins\n\n- une appli mobile", False)],
)
def test_a_note_of_nobody_is_empty_unless_something_was_said(tmp_path, body, refused):
    front = FRONT.replace("format:", "participants: 0\nformat:")
    (tmp_path / "note.md").write_text(front + body, encoding="utf-8")

    notes, rejected = read_note_files([tmp_path])

    assert [note.shape.participants for note in notes] == ([] if refused else [None])
    assert list(rejected) == (["note.md"] if refused else [])


def test_the_founding_interview_says_a_few_things_of_no_region(tmp_path, capsys):
    interview = Path("../shared/corpus/consultation/entretien-ambassadeur-si.txt")
    if not interview.exists():
        pytest.skip("the interview is not at hand")
    project = str(tmp_path / "projet")
    assert main(["consultation", "import", "--project", project, str(interview)]) == 0
    capsys.readouterr()
    main(["consultation", "matrix", "--project", project, "--json"])
    matrix = json.loads(capsys.readouterr().out)

    assert {meeting["region"] for meeting in matrix["meetings"]} == {None}
    assert 3 <= len(matrix["remarks"]) <= 12


def test_an_item_that_only_names_what_is_under_it_is_its_title(said):
    found = said(
        "releve.md",
        FRONT
        + """## 2. Ce qui ne fonctionne pas

- 2.1 Agenda
  - 2.1.1 On ne voit pas les créneaux des collègues.
- 2.2 Saisie
  - 2.2.1 Les adresses sont ressaisies à chaque dispositif.
- Les SMS arrivent trop tard
  - Surtout le lundi matin, tout est bloqué.
""",
    )

    assert [text for _, text in found] == [
        "2.1.1 On ne voit pas les créneaux des collègues.",
        "2.2.1 Les adresses sont ressaisies à chaque dispositif.",
        "Les SMS arrivent trop tard",
        "Surtout le lundi matin, tout est bloqué.",
    ]
