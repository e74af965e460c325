"""What evaluators keep: runs that stop and go on, local questions, verdicts that expire."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversations import Feedback, KeptExchange
from evaluation.coverage import gaps, old_documents
from evaluation.errors import BadQuestionSet, EvaluationError
from evaluation.questions import Question
from evaluation.run import read_run
from evaluation.workplace import LOCAL, Workplace
from tests.evaluation.test_answers import ANSWER, LINE

QUESTION = Question.model_validate(LINE)
TODAY = date(2026, 11, 24)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    used = Workplace(tmp_path)
    yield used
    used.close()


def wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_local_set_is_run_in_its_own_process_and_kept(workplace: Workplace) -> None:
    workplace.add([QUESTION, QUESTION.model_copy(update={"id": "b"})])
    workplace.start(LOCAL)
    assert [each.run.set for each in workplace.unfinished()] == [LOCAL]
    wait(lambda: bool(workplace.runs()))
    (kept,) = workplace.runs()
    assert not workplace.unfinished()
    assert [r.question.id for r in read_run(kept.file).records] == ["a", "b"]
    assert kept.started.tzinfo is UTC
    workplace.discard(kept)
    assert not workplace.runs()


def test_a_run_is_stopped_and_taken_up(workplace: Workplace) -> None:
    workplace.add([QUESTION])
    workplace.start(LOCAL)
    (going,) = workplace.unfinished()
    workplace.stop(going.run)
    (stopped,) = workplace.unfinished()
    assert not stopped.running
    assert stopped.done == 0
    workplace.resume(stopped.run)
    wait(lambda: bool(workplace.runs()))


def test_a_run_that_fails_says_why(workplace: Workplace) -> None:
    workplace.add([QUESTION])
    workplace.start(LOCAL)
    (going,) = workplace.unfinished()
    workplace.stop(going.run)
    log = going.run.file.with_suffix(".log")
    log.write_text("Questions : 1 sur 2\rLa bibliothèque est abîmée.\n", encoding="utf-8")
    assert workplace.unfinished()[0].failure == "La bibliothèque est abîmée."


def test_an_empty_local_set_is_not_run(workplace: Workplace) -> None:
    with pytest.raises(BadQuestionSet):
        workplace.start(LOCAL)
    assert workplace.questions() == []


def test_local_questions_are_added_once_and_removed(workplace: Workplace) -> None:
    assert workplace.add([QUESTION]) == 1
    with pytest.raises(BadQuestionSet, match="« a »"):
        workplace.add([QUESTION])
    workplace.remove("a")
    assert workplace.questions() == []


def test_a_verdict_replaces_the_earlier_one_and_expires(workplace: Workplace) -> None:
    assert workplace.verdicts() == {}
    workplace.judge(4, question="?", right=True, note="", today=TODAY)
    workplace.judge(4, question="?", right=False, note=" montant dépassé ", today=TODAY)
    verdict = workplace.verdicts()[4]
    assert (verdict.right, verdict.note) == (False, "montant dépassé")
    assert verdict.is_valid(TODAY + timedelta(days=183))
    assert not verdict.is_valid(TODAY + timedelta(days=184))


def test_a_damaged_file_of_verdicts_is_named(workplace: Workplace, tmp_path: Path) -> None:
    workplace.judge(4, question="?", right=True, note="", today=TODAY)
    file = tmp_path / "evaluation" / "verdicts.jsonl"
    file.write_text(json.dumps({"exchange": "?"}) + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"verdicts\.jsonl"):
        workplace.verdicts()


def kept(
    number: int, question: str, status: str = "answered", day: str | None = None
) -> KeptExchange:
    citations = tuple(replace(c, date=day) for c in ANSWER.citations) if day else ()
    answer = replace(
        ANSWER, question=question, standalone_question=question, status=status, citations=citations
    )  # type: ignore[arg-type]
    return KeptExchange(number, answer, datetime.now(UTC), Feedback("useful", ""))


def test_gaps_are_grouped_by_the_nearest_dispositif_largest_first() -> None:
    exchanges = [
        kept(3, "apl ?", "partial"),
        kept(2, "bafa ?", "not_found"),
        kept(4, "bafa ?", "not_found"),
        kept(1, "caf ?", "not_found"),
        kept(0, "cej ?"),
    ]
    found = gaps(exchanges, nearest=lambda q: None if q == "bafa ?" else "Aides au logement")
    assert [(gap.nearest, gap.questions) for gap in found] == [
        ("Aides au logement", ("apl ?", "caf ?")),
        ("sans dispositif proche", ("bafa ?",)),
    ]


def test_old_documents_are_ranked_by_the_answers_that_rest_on_them() -> None:
    exchanges = [kept(1, "a", day="2015-09-14"), kept(2, "b", day="2015-09-14"), kept(3, "c")]
    (old,) = old_documents(exchanges, today=TODAY)
    assert (old.document_id, old.answers, old.date) == ("cej", 2, date(2015, 9, 14))
    assert old_documents([kept(1, "a", day="2026-04-01")], today=TODAY) == []
