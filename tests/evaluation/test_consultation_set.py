"""The gold set on the consultation quotes what the meeting notes hold, word for word."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTES = ROOT / "knowledge" / "corpus" / "consultation"
SET = ROOT / "evaluation" / "sets" / "consultation.jsonl"


@pytest.fixture(scope="module")
def questions():
    return [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def bodies():
    return {file.stem: _body(file) for file in NOTES.glob("*.md")}


def _body(file):
    _, front_matter, body = file.read_text(encoding="utf-8").split("---\n", 2)
    assert "ordre_du_jour" in front_matter
    return body


def test_every_expected_meeting_is_one_of_the_notes(questions, bodies):
    expected = {meeting["document"] for q in questions for meeting in q["expected"]}
    assert expected <= set(bodies)


def test_every_quote_is_an_exact_slice_of_what_was_noted(questions, bodies):
    missing = [
        (question["id"], meeting["document"], quote)
        for question in questions
        for meeting in question["expected"]
        for quote in meeting["quotes"]
        if not quote.strip() or quote not in bodies[meeting["document"]]
    ]
    assert missing == []


def test_an_expected_meeting_stands_once_in_its_question_and_is_quoted(questions):
    for question in questions:
        documents = [meeting["document"] for meeting in question["expected"]]
        assert len(documents) == len(set(documents)), question["id"]
        assert all(meeting["quotes"] for meeting in question["expected"]), question["id"]


def test_only_a_question_on_an_absent_subject_expects_no_meeting(questions):
    wrong = [q["id"] for q in questions if (q["kind"] == "absent") == bool(q["expected"])]
    assert wrong == []


def test_identifiers_and_questions_are_not_repeated(questions):
    assert len({q["id"] for q in questions}) == len(questions)
    assert len({q["question"] for q in questions}) == len(questions)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_each_half_holds_every_kind_of_question(questions, split):
    kinds = {q["kind"] for q in questions if q["split"] == split}
    assert kinds == {"theme", "section", "absent"}
