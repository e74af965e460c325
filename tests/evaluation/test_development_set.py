"""The other development sets: about development dispositifs, their facts stand in the notes."""

from pathlib import Path

import pytest

from evaluation.questions import Question, read_questions
from evaluation.scores import normalise
from knowledge.known_questions import plain
from knowledge.known_questions import questions as known_questions

ROOT = Path(__file__).parents[2]
SETS = ROOT / "evaluation" / "sets"
CORPUS = ROOT / "knowledge" / "corpus"
LEAST = 120


@pytest.fixture(scope="module", params=["developpement.jsonl", "autres-mots.jsonl"])
def questions(request: pytest.FixtureRequest) -> list[Question]:
    return read_questions(SETS / request.param)


@pytest.fixture(scope="module")
def public() -> list[Question]:
    return read_questions(SETS / "conseillers.jsonl")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {f.stem: normalise(f.read_text(encoding="utf-8")) for f in CORPUS.glob("*/*.md")}


def test_there_are_enough_questions_each_with_a_reason(questions: list[Question]) -> None:
    assert len(questions) >= LEAST
    assert all(question.reason and question.expect.status for question in questions)


def test_no_question_is_one_of_the_other_set(
    questions: list[Question], public: list[Question]
) -> None:
    assert not {q.question for q in questions} & {q.question for q in public}
    assert not {q.id for q in questions} & {q.id for q in public}


def test_no_question_is_a_known_one(questions: list[Question], public: list[Question]) -> None:
    known = {plain(each.question) for each in known_questions() if each.before is None}
    assert not known & {plain(q.question) for q in (*questions, *public) if not q.history}


def test_none_is_about_a_dispositif_of_the_test_half(
    questions: list[Question], public: list[Question]
) -> None:
    kept_for_test = {q.dispositif for q in public if q.split == "test"} - {None}
    assert {q.split for q in questions} == {"dev"}
    assert not kept_for_test & {q.dispositif for q in questions}


def test_every_fact_has_a_wording_that_an_expected_source_holds(
    questions: list[Question], texts: dict[str, str]
) -> None:
    missing = [
        (question.id, fact.label)
        for question in questions
        for fact in question.expect.facts
        if not any(
            normalise(wording) in texts[source]
            for wording in fact.any_of
            for source in ([s.id for s in question.expect.sources if s.id] or texts)
        )
    ]
    assert missing == []
