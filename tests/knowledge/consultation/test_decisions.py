"""What people decide: a journal that nothing is lost of, folded into the matrix."""

import json
from dataclasses import replace

import pytest

from ingestion.note_files import read_note_files
from knowledge.consultation.build import open_matrix
from knowledge.consultation.decisions import BadDecision, Decision, Span
from knowledge.consultation.matrix_json import matrix_json
from knowledge.consultation.project import Project
from knowledge.consultation.theme_edits import ThemeEdit, ThemeEdits, read_edits, write_edits
from knowledge.embedding import load_embedder

NOTE = """---
titre: Réunion de {town}
date: {date}
region: {region}
public: professionnels
---

## Ce qui ne marche pas

{said}

## Besoins et attentes

- Envoyer des SMS aux jeunes depuis le dossier
"""
AGENDA = "- L'agenda est lent et on ressaisit tout deux fois (conseillère)"


def write_note(folder, town="Brumeval", region="Hautes-Rives", date="2023-09-05", said=AGENDA):
    """Write a note and return its path."""
    path = folder / f"{town.lower()}.md"
    path.write_text(NOTE.format(town=town, region=region, date=date, said=said), encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path):
    """A project that holds the note of one meeting."""
    found = Project(tmp_path / "projet")
    import_into(found, write_note(tmp_path))
    return found


def import_into(project, *paths):
    """Import notes into a project."""
    notes, rejected = read_note_files(paths)
    assert not rejected
    for note in notes:
        project.keep(note)


def opened(project):
    """Return the matrix of a project."""
    return open_matrix(project, embedder=load_embedder())


def remark_of(project, words):
    """Return the remark of a project that holds these words."""
    matrix = opened(project)
    said = (*matrix.coded, *matrix.young, *matrix.set_aside)
    return next(each for each in said if words in each.remark.said)


def decide(project, words, action, **values):
    """Decide on the remark that holds these words."""
    coded = remark_of(project, words)
    said = {"remark": coded.remark.id, "words": coded.remark.said, "coder": "AB"} | values
    project.decide(Decision(action=action, at="2023-10-01T10:00:00+00:00", **said))


def test_nothing_is_decided_at_first(project):
    matrix = opened(project)

    assert {each.status for each in matrix.coded} == {"proposed"}
    assert matrix_json(matrix, mask=str)["basis"].startswith("propositions d'Appui")


def test_the_words_that_tell_a_kind_are_given_as_they_were_written(tmp_path):
    found = Project(tmp_path / "projet")
    import_into(found, write_note(tmp_path, said="- La saisie des contrats est Pénible"))

    assert "mots : pénible" in remark_of(found, "contrats").proposal.reason


def test_what_was_decided_wins_over_what_is_proposed(project):
    decide(project, "agenda", "change", kind="besoin", theme="agenda", component="agenda")
    coded = remark_of(project, "agenda")

    assert (coded.status, coded.kind, coded.theme) == ("accepted", "besoin", "agenda")
    assert coded.polarity == "neutral"
    assert (coded.component, coded.profile) == ("agenda", "conseiller")
    told = matrix_json(opened(project), mask=str)
    assert told["basis"].startswith("décisions des ambassadeurs sur 1 remontées")
    assert told["remarks"][0]["status"] == "accepted"


def test_what_is_set_aside_leaves_the_cells_and_stays_to_be_read(project):
    with pytest.raises(BadDecision, match="sans raison"):
        decide(project, "SMS", "set_aside")
    decide(project, "SMS", "set_aside", reason="hors sujet")
    matrix = opened(project)

    assert [each.reason for each in matrix.set_aside] == ["hors sujet"]
    assert not any("SMS" in each.remark.said for said in matrix.themes.values() for each in said)
    told = {each["text"]: each["status"] for each in matrix_json(matrix, mask=str)["remarks"]}
    assert told["Envoyer des SMS aux jeunes depuis le dossier"] == "set_aside"
    decide(project, "SMS", "restore")
    assert remark_of(project, "SMS").status == "proposed"
    assert [each.action for each in remark_of(project, "SMS").standing.history] == [
        "set_aside",
        "restore",
    ]


def test_a_remark_is_split_into_exact_slices_only(project):
    remark = remark_of(project, "agenda").remark
    start = remark.piece.start
    first = Span(start, start + 18, remark.text[:18])
    second = Span(start + 21, remark.piece.end, remark.text[21:])
    decide(project, "agenda", "split", spans=(first, second))

    said = [each.remark.said for each in opened(project).coded]
    assert said[:2] == ["L'agenda est lent", "on ressaisit tout deux fois (conseillère)"]
    with pytest.raises(BadDecision, match="extrait exact"):
        decide(project, "SMS", "split", spans=(first, replace(second, text="jamais dit")))


def test_neighbours_are_joined_and_others_of_the_note_set_aside(tmp_path):
    project = Project(tmp_path / "projet")
    lines = "- La saisie du dossier\n- est bien trop longue le matin\n- Les listes sont vieilles"
    import_into(project, write_note(tmp_path, said=lines))
    second = remark_of(project, "trop longue").remark.id
    decide(project, "saisie", "merge", ids=(second,))
    joined = remark_of(project, "saisie")
    assert joined.remark.text == "La saisie du dossier\n- est bien trop longue le matin"

    far = remark_of(project, "SMS").remark.id
    decide(project, "listes", "merge", ids=(far,))
    assert remark_of(project, "SMS").reason == "réunie avec « Les listes sont vieilles »"
    decide(project, "listes", "restore")
    assert remark_of(project, "SMS").status == "proposed"


def test_a_torn_last_line_loses_no_earlier_one(project, tmp_path):
    decide(project, "agenda", "accept")
    journal = tmp_path / "projet" / "decisions.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 2])

    assert [each.action for each in project.decisions()] == ["accept"]
    decide(project, "SMS", "accept")
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 2
    assert len(project.decisions()) == 2

    journal.write_bytes(journal.read_bytes().rstrip(b"\n"))
    decide(project, "SMS", "publish")
    assert len(project.decisions()) == 3
    journal.write_text("{\n" + journal.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadDecision, match="ligne 1"):
        project.decisions()


def test_the_journal_is_one_readable_line_a_decision(project, tmp_path):
    decide(project, "SMS", "set_aside", reason="déjà dit")

    (line,) = (tmp_path / "projet" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert told["words"] == "Envoyer des SMS aux jeunes depuis le dossier"
    assert (told["reason"], told["coder"]) == ("déjà dit", "AB")


def test_ids_do_not_depend_on_other_files_nor_on_lines_added_above(project, tmp_path):
    before = remark_of(project, "agenda").remark.id
    decide(project, "agenda", "accept", kind="besoin")
    import_into(project, write_note(tmp_path, "Orlagne", "Basses-Rives", said="- Rien à dire"))
    import_into(project, write_note(tmp_path, said="- Les listes sont vieilles\n" + AGENDA))
    coded = remark_of(project, "agenda")

    assert coded.remark.id == before
    assert (coded.status, coded.kind) == ("accepted", "besoin")
    assert not opened(project).to_review


def test_words_that_changed_are_to_be_looked_at_again(project, tmp_path):
    decide(project, "agenda", "accept", kind="besoin")
    import_into(project, write_note(tmp_path, said="- L'agenda est lent le matin (conseillère)"))
    (changed,) = opened(project).to_review

    assert changed.words.startswith("L'agenda est lent et on")
    assert changed.now.said == "L'agenda est lent le matin (conseillère)"
    decide(project, "agenda", "accept")
    assert [each.now for each in opened(project).to_review] == [None]


def test_a_longer_file_of_the_same_meeting_takes_the_decisions_over(project, tmp_path):
    decide(project, "agenda", "accept", kind="besoin")
    copy = write_note(tmp_path, town="Copie", said=f"{AGENDA}\n- Les listes sont vieilles")
    import_into(project, copy)

    assert len(opened(project).duplicates) == 1
    coded = remark_of(project, "agenda")
    assert coded.remark.note.id.startswith("copie")
    assert (coded.status, coded.kind) == ("accepted", "besoin")


def test_a_sentence_that_was_passed_over_can_be_made_a_remark(tmp_path):
    project = Project(tmp_path / "projet")
    path = write_note(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n## Logistique\n\n- La salle était loin du tram\n", encoding="utf-8")
    import_into(project, path)
    from knowledge.consultation.remarks import passed_over

    (room,) = [each for each in passed_over(project.notes()[0]) if "salle" in each.said]
    project.decide(Decision(remark=room.id, action="accept", words=room.said, theme="accès"))
    assert remark_of(project, "salle").theme == "accès"
    project.decide(Decision(remark=room.id, action="restore"))
    assert not any("salle" in each.remark.said for each in opened(project).coded)


def test_themes_are_renamed_joined_and_given_words(project, tmp_path):
    named = remark_of(project, "SMS").theme
    edits = ThemeEdits(
        [
            ThemeEdit(named, name="Écrire aux jeunes"),
            ThemeEdit("double saisie", joined=named),
            ThemeEdit("horaires", words=("agenda est lent",)),
        ]
    )
    project.keep_theme_edits(edits)

    assert remark_of(project, "SMS").theme == "Écrire aux jeunes"
    assert remark_of(project, "agenda").theme == "horaires"
    assert edits.label("double saisie") == "Écrire aux jeunes"
    written = (tmp_path / "projet" / "themes.csv").read_text(encoding="utf-8")
    assert written.splitlines()[0] == "theme;nom;mots;reuni_avec"
    assert list(read_edits("\ufeff" + written)) == list(edits)
    assert write_edits(read_edits("theme;nom\nx;y\n")).splitlines()[1] == "x;y;;"


def test_a_new_note_joins_a_theme_that_was_decided(project, tmp_path):
    decide(project, "SMS", "change", theme="prévenir les jeunes")
    import_into(project, write_note(tmp_path, town="Orlagne", region="Basses-Rives", said="- Rien"))

    assert remark_of(project, "SMS").theme == "prévenir les jeunes"
