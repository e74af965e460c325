"""A sheet's « Oui » is told under its own question only."""

import pytest

from assistant.yes_or_no import as_reply

HEADING = "Une jeune femme enceinte peut-elle être en CEJ ?"
SENTENCE = "Oui, aucune condition du CEJ n'écarte une jeune femme enceinte."


def test_under_the_question_of_the_sheet_it_stays() -> None:
    question = "est-ce qu'une jeune enceinte peut être en CEJ ?"
    assert as_reply(SENTENCE, heading=HEADING, question=question) == ("", SENTENCE)


def test_under_another_question_the_question_of_the_sheet_is_said_first() -> None:
    before, said = as_reply(SENTENCE, heading=HEADING, question="elle doit arrêter ?")
    assert before + said == f"« {HEADING} » {SENTENCE}"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Oui, un parent isolé touche 685 €.", "Un parent isolé touche 685 €."),
        ("Non, l'AGEPI est de 400 €.", "L'AGEPI est de 400 €."),
        ("Oui, CléA est gratuit.", "CléA est gratuit."),
    ],
)
def test_where_it_answers_nothing_it_is_left_out(sentence: str, said: str) -> None:
    question = "combien touche une mère seule ?"
    heading = "Y a-t-il une aide pour un parent ?"
    assert as_reply(sentence, heading=heading, question=question) == ("", said)


def test_what_cannot_be_read_alone_keeps_its_question() -> None:
    heading = "L'AGEPI dépend-elle des revenus ?"
    before, said = as_reply("Oui, sous un plafond.", heading=heading, question="c'est combien ?")
    assert before + said == f"« {heading} » Oui, sous un plafond."


def test_other_sentences_and_other_headings_are_left_alone() -> None:
    for heading, sentence in (("Pour qui", "Oui, dès 16 ans."), (HEADING, "Dès 16 ans.")):
        assert as_reply(sentence, heading=heading, question="et elle ?") == ("", sentence)
