"""The clause that asks is found among those that tell of somebody."""

import pytest

from assistant.asking import asking_clause
from assistant.understand import expected_fact


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("jeune de 24 ans RQTH veut bosser en esat, par ou on commence", "par ou on commence"),
        ("jeune 22 ans, dette de loyer de 900,50 euros, qui peut l'aider", "qui peut l'aider"),
        ("elle doit le demander quand ? elle signe demain", "elle doit le demander quand ?"),
        ("combien il touche, s'il vit chez ses parents ?", "combien il touche"),
        ("quand il travaille, il perd son rsa ?", "il perd son rsa ?"),
        ("il a 20 ans - combien en CEJ ?", "combien en CEJ ?"),
        ("faut un dossier rqth ou pas, il a 18 ans", "faut un dossier rqth ou pas"),
    ],
)
def test_it_is_found(question: str, clause: str) -> None:
    assert asking_clause(question) == clause


@pytest.mark.parametrize(
    "question",
    [
        "combien d'heures, et combien de temps ?",
        "elle veut un studio, le propriétaire demande un garant",
        "Quel est le montant du CEJ ?",
        "",
    ],
)
def test_where_no_clause_or_several_ask_the_question_is_whole(question: str) -> None:
    assert asking_clause(question) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("aide PACEA pour payer le train jusqu'à son stage, comment je demande", "steps"),
        ("un jeune de 20 ans qui est en CEJ et part en vacances", "any"),
        ("emploi accompagné, c'est qui qui prescrit", "person"),
        ("jeune 22 ans dette de loyer 900 euros, qui peut l'aider", "person"),
        ("il a 700 euros sur son CPF, il peut payer le permis avec ?", "any"),
        ("elle va toucher combien par mois, mère seule de 23 ans", "amount"),
    ],
)
def test_the_kind_of_fact_is_that_of_the_clause(question: str, expected: str) -> None:
    assert expected_fact(question) == expected
