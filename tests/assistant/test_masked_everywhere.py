"""Personal data is masked on every way out: search, model, disk, feedback, exports, every turn."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from assistant.conversations import Conversations, database_url, history
from assistant.mask import find
from assistant.talk import LanguageModel, Piece
from assistant.task import perform
from assistant.task_files import as_text
from evaluation.questions import Question, read_questions
from evaluation.workplace import Workplace
from knowledge.catalogue import open_catalogue

ASKED = (
    "Kevin Verchamp (NIR 255081416802538, identifiant FT 1234567A, 06 12 34 56 78,"
    " kevin.v@exemple.fr) : quel est le montant de la Bourse Pont ?"
)
SECRETS = ("Kevin", "Verchamp", "255081416802538", "1234567A", "06 12 34 56 78", "kevin.v@")
TURN = Exchange("Kevin Verchamp, 06 12 34 56 78 : quel est le montant de la Bourse Pont ?", "412 €")
SETS = Path("evaluation/sets")


@dataclass
class Told:
    """What a language model was sent."""

    requests: list[str] = field(default_factory=list)

    def talk(self, instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        self.requests.append(instructions + request)
        yield Piece("Je ne sais pas.")


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest.fixture(scope="module")
def answer(assistant: Assistant, told: Told) -> Answer:
    model = LanguageModel("essai:lecteur", talk=told.talk)
    return assistant.answer(ASKED, model=model)


@pytest.fixture(scope="module")
def follow_up(assistant: Assistant, told: Told) -> Answer:
    model = LanguageModel("essai:lecteur", talk=told.talk)
    return assistant.answer("et pour un mineur ?", history=[TURN], model=model)


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    kept = Conversations(database_url(tmp_path))
    yield kept
    kept.close()


def assert_masked(said: str) -> None:
    assert [secret for secret in SECRETS if secret.casefold() in said.casefold()] == []


def on_disk(folder: Path) -> str:
    return "".join(
        file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file()
    )


def test_the_answer_its_search_and_its_trace(answer: Answer) -> None:
    assert answer.status == "answered"
    assert_masked(json.dumps(answer.to_json(), ensure_ascii=False))


def test_what_a_model_is_sent(answer: Answer, follow_up: Answer, told: Told) -> None:
    assert answer.status == follow_up.status == "answered"
    # an answer, then a follow-up that is first made to stand alone
    assert len(told.requests) == 3
    assert_masked("".join(told.requests))


def test_a_follow_up_takes_nothing_from_the_earlier_turn(follow_up: Answer) -> None:
    assert "Bourse Pont" in follow_up.standalone_question
    assert_masked(json.dumps(follow_up.to_json(), ensure_ascii=False))


def test_a_question_in_two_parts(assistant: Assistant) -> None:
    both = assistant.answer(f"{ASKED[:-2]} et qu'en ont dit les conseillers dans la consultation ?")
    assert_masked(json.dumps(both.to_json(), ensure_ascii=False))


@pytest.mark.parametrize(
    "write",
    [
        lambda kept, id_, at: None,
        lambda kept, id_, at: kept.rename(id_, title=ASKED),
        lambda kept, id_, at: kept.rate(at, rating="not_useful", reason=ASKED),
        lambda kept, id_, at: kept.declare(at, minutes=5),
    ],
    ids=["question, title and search text", "renamed", "feedback", "minutes"],
)
def test_what_is_stored_of_a_conversation(
    answer: Answer,
    conversations: Conversations,
    tmp_path: Path,
    write: Callable[[Conversations, str, int], None],
) -> None:
    conversation, exchange = conversations.add(answer)
    write(conversations, conversation, exchange)

    assert_masked(on_disk(tmp_path))
    assert_masked(repr(history(conversations.exchanges(conversation))))


@pytest.mark.parametrize("kind", ["mail", "sms", "summary", "plain", "partner"])
def test_what_is_written_from_an_answer_and_exported(
    answer: Answer, assistant: Assistant, kind: str
) -> None:
    made = perform(kind, answer, library=assistant.library, catalogue=open_catalogue())
    assert_masked(f"{made.to_json()}{as_text(made)}")


def test_what_evaluators_keep(answer: Answer, tmp_path: Path) -> None:
    workplace = Workplace(tmp_path)
    workplace.judge(1, question=answer.question, right=False, note=ASKED, today=date(2026, 11, 24))
    case = {"id": "a", "category": "avis", "question": ASKED, "expect": {"status": ["answered"]}}
    workplace.add([Question.model_validate(case)])

    assert_masked(on_disk(tmp_path))


def test_questions_that_test_masking_keep_their_invented_data(tmp_path: Path) -> None:
    workplace = Workplace(tmp_path)
    case = {"id": "a", "category": "personal_data", "question": ASKED, "expect": {"status": []}}
    workplace.add([Question.model_validate(case)])

    assert workplace.questions()[0].question == ASKED


@pytest.mark.parametrize(("half", "alarms"), [("dev", 0), ("test", 1)])
def test_the_questions_of_advisers_are_left_as_they_are(half: str, alarms: int) -> None:
    asked = [
        each.question
        for each in read_questions(SETS / "conseillers.jsonl")
        if each.split == half and each.category != "personal_data"
    ]
    assert len(asked) > 100
    assert sum(bool(find(question)) for question in asked) <= alarms
