"""The measure of answers on the consultation compares the meetings that are cited."""

import json

import pytest

from assistant.ask import open_assistant
from evaluation.__main__ import main
from evaluation.consultation import measure_consultation, read_consultation_set
from evaluation.errors import BadQuestionSet
from ingestion.add import add_paths

NOTE = """\
---
titre: Réunion de {place} (compte rendu fictif)
date: 2023-09-05
region: {region}
lieu: {place}
format: présentiel
participants: 8
public: professionnels
ordre_du_jour: [État des lieux]
fictif: true
---

## État des lieux

- {said}
- On parle aussi des locaux et du stationnement des vélos.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("consultation")
    for place, region, said in (
        ("Ville-A", "Nord-Inventé", "L'agenda est trop rigide pour les conseillers."),
        ("Ville-B", "Sud-Inventé", "Le planning ne se synchronise pas, deux agendas à tenir."),
        ("Ville-C", "Sud-Inventé", "Les mots de passe changent toutes les semaines."),
    ):
        text = NOTE.format(place=place, region=region, said=said)
        (folder / f"{place.lower()}.md").write_text(text, encoding="utf-8")
    home = folder / "home"
    report = add_paths([folder], home=home, collection="consultation")
    assert report.rejected == ()
    return home


@pytest.fixture
def question_set(tmp_path):
    path = tmp_path / "questions.jsonl"
    questions = [
        ("q1", "dev", "theme", "Que dit-on de l'agenda ?", ["ville-a", "ville-b"]),
        ("q2", "dev", "theme", "Que dit-on des mots de passe ?", ["ville-c", "ville-a"]),
        ("q3", "test", "absent", "Que dit-on de la cantine ?", []),
    ]
    path.write_text(
        "\n".join(
            json.dumps(
                {
                    "id": name,
                    "split": split,
                    "kind": kind,
                    "question": question,
                    "expected": [{"document": each, "quotes": []} for each in expected],
                }
            )
            for name, split, kind, question, expected in questions
        ),
        encoding="utf-8",
    )
    return path


def test_precision_recall_and_silence_are_counted_by_meeting(home, question_set):
    assistant = open_assistant(home)
    report = measure_consultation(read_consultation_set(question_set), assistant=assistant)
    assistant.library.close()
    assert report.questions == 3
    assert report.precision is not None
    assert report.precision.value == 1.0
    assert report.recall is not None
    assert report.recall.value == pytest.approx((2 / 2 + 1 / 2) / 2)
    assert report.silence is not None
    assert report.silence.value == 1.0


def test_the_command_measures_one_half(home, question_set, capsys):
    options = ["consultation", str(question_set), "--index", str(home), "--split", "test"]
    assert main(options) == 0
    output = capsys.readouterr().out
    assert "1 questions" in output
    assert "silence  1.000  [1.000 ; 1.000]" in output
    assert "precision" not in output


def test_a_malformed_line_is_named(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "q1"}', encoding="utf-8")
    with pytest.raises(BadQuestionSet, match="ligne 1"):
        read_consultation_set(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadQuestionSet, match="ne peut pas être lu"):
        read_consultation_set(tmp_path / "rien.jsonl")
