"""Reading a retrieval set: what is kept, and what is said of a set that cannot be read."""

import json

import pytest

from evaluation.beir import first, read_set
from evaluation.errors import BadQuestionSet


@pytest.fixture
def folder(tmp_path):
    write_lines(tmp_path / "corpus.jsonl", [{"_id": "d1", "title": "Un", "text": "Texte."}])
    write_lines(
        tmp_path / "queries.jsonl", [{"_id": f"q{n}", "text": f"Question {n}"} for n in (1, 2, 3)]
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td1\t0\nq3\td1\t2\n", encoding="utf-8"
    )
    return tmp_path


def write_lines(file, records):
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def test_questions_without_a_relevant_document_are_left_out(folder):
    questions = read_set(folder)
    assert [(q.id, dict(q.relevant)) for q in questions.queries] == [
        ("q1", {"d1": 1}),
        ("q3", {"d1": 2}),
    ]
    assert [t.title for t in questions.texts] == ["Un"]
    assert questions.name == folder.name


def test_a_limit_keeps_the_first_questions_that_have_an_answer(folder):
    assert [q.id for q in first(read_set(folder), 1).queries] == ["q1"]


def test_judgements_are_read_without_a_header_too(folder):
    (folder / "qrels" / "test.tsv").write_text("q2\td1\t1\n", encoding="utf-8")
    assert [q.id for q in read_set(folder).queries] == ["q2"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadQuestionSet, match=r"absent n'existe pas"):
        read_set(tmp_path / "absent")


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(BadQuestionSet, match=f"Il manque le fichier .*{name}"):
        read_set(folder)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "ce n'est pas du JSON"),
        ("[]", "un objet JSON est attendu"),
        ('{"_id": "d2"}', "« text » manque"),
        ('{"_id": 2, "text": "a"}', "« _id » manque ou n'est pas un texte"),
        ('{"_id": "d1", "text": "a"}', "« d1 » est déjà pris"),
    ],
)
def test_a_malformed_document_is_named_by_its_line(folder, line, reason):
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + line + "\n")
    with pytest.raises(BadQuestionSet, match=f"corpus.jsonl, ligne 3 : .*{reason}"):
        read_set(folder)


@pytest.mark.parametrize("line", ["q1\td1", "q1\td1\toui", "q1 d1 1"])
def test_a_malformed_judgement_is_named_by_its_line(folder, line):
    with (folder / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(BadQuestionSet, match=r"test.tsv, ligne 5 : trois colonnes"):
        read_set(folder)


def test_questions_that_nothing_answers_are_refused(folder):
    (folder / "qrels" / "test.tsv").write_text("q9\td1\t1\n", encoding="utf-8")
    with pytest.raises(BadQuestionSet, match="Aucune question"):
        read_set(folder)


def test_an_empty_corpus_is_refused(folder):
    (folder / "corpus.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(BadQuestionSet, match="aucun document"):
        read_set(folder)


def test_a_file_that_is_not_in_utf8_is_named(folder):
    (folder / "queries.jsonl").write_bytes('{"_id": "q1", "text": "été"}'.encode("cp1252"))
    with pytest.raises(BadQuestionSet, match=r"queries.jsonl n'est pas en UTF-8"):
        read_set(folder)
