"""Courtesy, anger, orders and what is out of scope are told from questions."""

import pytest

from assistant import replies
from assistant.act import act_of
from assistant.ask import Assistant
from assistant.small_talk import small_talk
from tests.assistant.small_talk import COURTESIES, ELSEWHERE, ORDERS, QUESTIONS


@pytest.mark.parametrize("said", COURTESIES)
def test_a_courtesy_is_no_question(said: str) -> None:
    assert act_of(said) == "greeting"
    assert small_talk(said)


@pytest.mark.parametrize("said", ["merci", "t'es nul", "Bonsoir à tous"])
def test_a_courtesy_gets_a_short_reply_and_questions_to_ask(
    assistant: Assistant, said: str
) -> None:
    answer = assistant.answer(said)
    assert answer.status == "clarify"
    assert answer.text == small_talk(said)
    assert answer.suggestions == replies.EXAMPLES


def test_an_insult_is_answered_calmly() -> None:
    assert (small_talk("t'es vraiment trop con") or "").startswith("Je comprends l'agacement.")


@pytest.mark.parametrize("said", ORDERS)
def test_an_order_on_how_to_answer_is_refused(assistant: Assistant, said: str) -> None:
    answer = assistant.answer(said)
    assert answer.status == "refused"
    assert not answer.citations


@pytest.mark.parametrize("said", ELSEWHERE)
def test_what_is_out_of_scope_is_not_answered(assistant: Assistant, said: str) -> None:
    answer = assistant.answer(said)
    assert answer.status == "not_found"
    assert not answer.citations


@pytest.mark.parametrize("said", QUESTIONS)
def test_a_question_is_a_question_whatever_surrounds_it(said: str) -> None:
    assert act_of(said) == "question"


def test_a_long_text_is_no_courtesy() -> None:
    assert small_talk("merci " * 2000) is None
