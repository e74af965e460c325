"""What many dispositifs could answer is asked back, with whole questions to choose from."""

from dataclasses import replace

import pytest

from assistant.answer import Exchange
from assistant.ask import Assistant
from assistant.clarify import clarify
from assistant.subjects import Subjects
from assistant.understand import understand
from tests.assistant.conftest import TODAY


def test_a_question_that_names_nothing_offers_sheets_by_their_usual_names(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("c'est combien l'aide ?")
    assert answer.status == "clarify"
    assert answer.text.startswith("De quelle aide parlez-vous ?")
    assert all(choice.endswith(" : quel montant ?") for choice in answer.suggestions)


def test_a_choice_is_a_question_that_is_answered(assistant: Assistant) -> None:
    answer = assistant.answer("la bourse")
    assert answer.status == "clarify" or answer.citations
    chosen = assistant.answer("Bourse Pont vers l'emploi : quel montant ?")
    assert "412,50 €" in chosen.text


def test_what_is_no_more_in_force_is_no_choice(assistant: Assistant) -> None:
    answer = assistant.answer("combien ?")
    assert not any("Passerelle" in choice for choice in answer.suggestions)


def test_what_the_conversation_is_about_needs_no_choice(assistant: Assistant) -> None:
    history = [Exchange("Quel est le montant de la Bourse Pont ?", "412,50 €")]
    assert assistant.answer("et la durée ?", history=history).status == "answered"


def test_the_focus_is_known_at_the_end_of_a_conversation(assistant: Assistant) -> None:
    history = [Exchange("Bonjour", "…"), Exchange("Qui y a droit ?", "…", sheets=("pont",))]
    assert assistant.focus(history) is None
    history.append(Exchange("Aide pour l'emploi ?", "…", sheets=("reunion", "pont")))
    subject = assistant.focus(history)
    assert subject is not None
    assert subject.id == "pont"


@pytest.mark.parametrize(
    "question", ["Quel est le montant de la Bourse Pont ?", "la prime d'essai"]
)
def test_a_question_that_names_its_subject_is_clear(assistant: Assistant, question: str) -> None:
    library = assistant.library
    clear = clarify(
        understand(question),
        library=library,
        subjects=Subjects(library.sources()),
        today=TODAY,
    )
    assert clear is None


def test_a_noun_that_is_not_known_is_asked_as_a_dispositif(assistant: Assistant) -> None:
    vague = replace(understand("le truc"), is_vague=True)
    library = assistant.library
    asked = clarify(vague, library=library, subjects=Subjects(library.sources()), today=TODAY)
    assert asked is not None
    assert asked.text.startswith("De quel dispositif parlez-vous ?")
