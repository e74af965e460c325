"""A model's sentences as they come, and what is kept of them."""

import threading
from collections.abc import Iterator

import pytest

from assistant.ask import Assistant
from assistant.rewrite import sentences_of
from assistant.talk import LanguageModel, Piece

QUESTION = "Quel est le montant de la Bourse Pont ?"


def saying(text: str) -> LanguageModel:
    """A model that says this, a few letters at a time."""

    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        for start in range(0, len(text), 7):
            yield Piece(text[start : start + 7])

    return LanguageModel("essai:modele", talk=talk)


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_sentences_come_whole_whatever_the_pieces(size: int) -> None:
    text = "Oui. C'est **412,50 €** [1].\n- un papier ; [2]\n- un autre"
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert list(sentences_of(pieces)) == [
        (True, "Oui."),
        (False, "C'est 412,50 €."),
        (True, "- un papier ;"),
        (True, "- un autre"),
    ]


def test_what_is_shown_on_the_way_is_proven(assistant: Assistant) -> None:
    shown: list[str] = []
    text = "Un mineur reçoit 180 € par mois. Il faut payer 7 777 €. Un secret est donné."
    answer = assistant.answer(QUESTION, model=saying(text), show=shown.append)
    assert "Un mineur reçoit 180 € par mois. [1]" in shown
    assert not any("7 777" in each or "secret" in each for each in shown)
    assert answer.text.startswith("Un mineur reçoit 180 € par mois. [1]")


def test_what_the_model_leaves_out_follows_in_the_words_of_the_source(assistant: Assistant) -> None:
    answer = assistant.answer(QUESTION, model=saying("Un mineur reçoit 180 € par mois."))
    assert "412,50 €" in answer.text
    assert answer.text.count("180 €") == 1
    numbers = [citation.n for citation in answer.citations]
    assert numbers == sorted(set(numbers))
    assert all(each.verified for each in answer.sentences)


def test_a_model_that_does_not_know_leaves_the_embedded_answer(assistant: Assistant) -> None:
    answer = assistant.answer(QUESTION, model=saying("Je ne sais pas. Un mineur reçoit 180 €."))
    assert answer.text == assistant.answer(QUESTION).text
    assert answer.warnings == assistant.answer(QUESTION).warnings


def test_a_yes_that_no_source_says_is_left_out(assistant: Assistant) -> None:
    model = saying("Oui, un mineur reçoit 180 € par mois.")
    answer = assistant.answer("Un mineur peut-il toucher la Bourse Pont ?", model=model)
    assert "Oui" not in answer.text
    assert "Un mineur reçoit 180 € par mois." in answer.text


def test_nothing_is_asked_of_a_model_where_nothing_was_found(assistant: Assistant) -> None:
    answer = assistant.answer("Quelle est la capitale du Pérou ?", model=saying("Lima."))
    assert answer.status == "not_found"
    assert "Lima" not in answer.text


def test_personal_data_never_reach_a_model(assistant: Assistant) -> None:
    read: list[str] = []

    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        read.append(request)
        yield Piece("Je ne sais pas.")

    question = "Montant de la Bourse Pont pour Mme Kelly Durandeau, 06 12 34 56 78 ?"
    assistant.answer(question, model=LanguageModel("essai:modele", talk=talk))
    assert read
    assert "Durandeau" not in read[0]
    assert "06 12" not in read[0]
