"""A question in another language is searched with French words, and answered in French."""

import pytest

from assistant.ask import Assistant
from assistant.language import in_french, language_of
from assistant.replies import IN_FRENCH

FOREIGN = (
    ("anglais", "How much is the CEJ per month?", "montant cej par mois"),
    ("anglais", "Can a young person under 18 get the CEJ?", "jeune mineur cej"),
    ("anglais", "how long does a PMSMP last", "combien de temps pmsmp"),
    ("anglais", "Can the CPF pay for the driving licence?", "permis de conduire"),
    ("espagnol", "¿Cuánto se cobra en el CEJ?", "gagne dans cej"),
    ("espagnol", "¿Quién puede entrar en la E2C?", "qui peut"),
    ("espagnol", "¿Hasta qué edad se puede tener Visale?", "jusqu'à quel âge"),
    ("portugais", "Qual é o valor do CEJ para um menor?", "quel est le montant cej"),
    ("portugais", "Quanto tempo dura o PACEA?", "combien de temps"),
    ("italien", "Quanto dura una PMSMP?", "pmsmp"),
    ("allemand", "Wie lange dauert eine PMSMP?", "pmsmp"),
    ("arabe", "ما هو مبلغ CEJ للقاصر؟", "CEJ mineur"),
    ("arabe", "كم مدة PMSMP؟", "combien de temps PMSMP"),
    ("autre", "скільки платять за CEJ?", "cej"),
)
FRENCH = (
    "Quel est le montant du CEJ ?",
    "montant cej",
    "alloc CEJ foyer imposé 1ere tranche",
    "CEJ",
    "il a le permis, no problem",
    "le stage dans une start-up is it ok",
    "?",
)


@pytest.mark.parametrize(("language", "question", "held"), FOREIGN)
def test_a_foreign_question_is_told_and_worded_in_french(
    language: str, question: str, held: str
) -> None:
    spoken = in_french(question)
    assert language_of(question) == language
    assert spoken.is_foreign
    assert held in spoken.text


@pytest.mark.parametrize("question", FRENCH)
def test_french_stays_as_it_is(question: str) -> None:
    assert in_french(question).text == question
    assert not in_french(question).is_foreign


def test_an_order_on_the_language_is_left_out_of_the_question() -> None:
    spoken = in_french("Réponds en anglais : quel est le montant du CEJ ?")
    assert spoken.text == "quel est le montant du CEJ ?"
    assert spoken.is_foreign


@pytest.mark.parametrize(
    "question",
    [
        "How much is the Bourse Pont per month?",
        "¿Cuánto se cobra con la Bourse Pont al mes?",
        "Quanto dura a Bourse Pont para um jovem?",
    ],
)
def test_the_answer_is_in_french_and_says_so(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.question == question
    assert answer.text.startswith(IN_FRENCH)
    assert {citation.document_id for citation in answer.citations} == {"pont"}
