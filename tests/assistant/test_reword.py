"""A model rewords a follow-up; what it adds is never taken, and when it is down nobody notices."""

import pytest

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from assistant.llm import open_model
from tests.assistant.model_server import Behaviour, serving
from tests.assistant.test_rewrite import saying

HISTORY = [
    Exchange(
        "Quel est le montant de la Bourse Pont ?",
        "La Bourse Pont est de 412,50 € par mois pour un majeur. Mme Durand, 06 12 34 56 78.",
    )
]
RULED = "Quel est le montant de la Bourse Pont, pour un mineur ?"


def follow_up(assistant: Assistant, said: str, question: str = "et pour un mineur ?") -> Answer:
    return assistant.answer(question, history=HISTORY, model=saying(said))


def test_a_rewording_of_what_was_said_is_searched(assistant: Assistant) -> None:
    said = "Quel est le montant de la Bourse Pont par mois pour un mineur ?"
    answer = follow_up(assistant, said)
    assert answer.standalone_question == said
    assert "180 €" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "Quel est le montant de la Bourse Pont pour un mineur étranger ?",
        "Quel est le montant du CEJ pour un mineur ?",
        "Le mineur reçoit 999 € ?",
        "Quel est le montant du stage pour un mineur ?",
        "montant " * 100,
        "?",
    ],
)
def test_a_rewording_that_adds_something_is_not(assistant: Assistant, said: str) -> None:
    assert follow_up(assistant, said).standalone_question == RULED


def test_a_rewording_that_drops_a_figure_is_not(assistant: Assistant) -> None:
    answer = follow_up(assistant, "Montant de la Bourse Pont ?", "et à 17 ans ?")
    assert "17 ans" in answer.standalone_question


@pytest.mark.parametrize("opening", ["", "Au fait, "])
def test_a_question_that_stands_alone_is_not_reworded(assistant: Assistant, opening: str) -> None:
    question = "Combien de temps dure le stage de découverte des métiers ?"
    answer = follow_up(assistant, "Montant de la Bourse Pont ?", f"{opening}{question}")
    assert answer.standalone_question == question
    assert "reword" not in {step.step for step in answer.trace}


@pytest.mark.parametrize("behaviour", ["500", "garbage", "empty", "error in 200"])
def test_a_model_that_is_down_is_not_waited_for_twice(
    assistant: Assistant, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("…", behaviour=behaviour) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        answer = assistant.answer(
            "et pour un mineur ?", history=HISTORY, model=open_model("openai:essai")
        )
        asked = {request["messages"][-1]["content"] for request in server.requests}
    assert answer.standalone_question == RULED
    assert "180 €" in answer.text
    assert "voici la réponse rédigée sans lui" in answer.warnings[0].message
    assert len(asked) == 1


def test_a_model_is_sent_no_personal_data(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("Combien ?") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        assistant.answer("et pour un mineur ?", history=HISTORY, model=open_model("openai:essai"))
        sent = str(server.requests)
    assert "Bourse Pont" in sent
    assert "Durand" not in sent
    assert "06 12" not in sent


def test_the_page_is_told_while_the_model_is_waited_for(assistant: Assistant) -> None:
    shown: list[str] = []
    assistant.answer(
        "et pour un mineur ?", history=HISTORY, model=saying("Rien à dire."), show=shown.append
    )
    assert "" in shown
