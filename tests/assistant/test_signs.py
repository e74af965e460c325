"""The signs of a sentence say what it shares with the question, and weigh it."""

import pytest

from assistant.signs import (
    Asked,
    cheap_signs,
    expit,
    logit,
    share,
    weigh_all,
    weigh_cheap,
    weigh_compared,
)
from assistant.understand import understand
from knowledge.documents import Hit, Passage, Source
from knowledge.units import Unit, units_in


def found(text: str, heading: str = "Pour qui") -> tuple[Unit, Hit]:
    passage = Passage(
        id="bourse#0", document_id="bourse", position=0, start=0, end=len(text), text=text,
        section_path=(heading,), page=None,
    )  # fmt: skip
    source = Source(id="bourse", title="Bourse du Pont", collection="local", kind="texte")
    hit = Hit(passage=passage, source=source, score=0.8, dense=0.9, lexical=1.0, relevance=0.5)
    return units_in(text)[0], hit


def asked(question: str, *, age: int | None = None) -> Asked:
    weights = {"bour": 2.0, "pont": 2.0, "etudi": 1.0}
    return Asked(
        understood=understand(question),
        weights=weights,
        apart={"etudi": 1.0},
        documents={"bourse": 1.5},
        age=age,
    )


def test_terms_are_told_apart_by_where_they_stand() -> None:
    unit, hit = found("La bourse est ouverte aux étudiants.")
    signs = cheap_signs(asked("bourse du Pont étudiant"), unit=unit, hit=hit, lead="")
    assert (signs.echoed, signs.titled, signs.apart) == (0.4, 0.4, 1.0)
    assert (signs.passage, signs.read, signs.document) == (0.8, 0.0, 1.5)


def test_a_denial_counts_where_yes_or_no_is_asked() -> None:
    unit, hit = found("La bourse n'est pas ouverte aux étudiants.")
    denied = cheap_signs(asked("bourse possible pour un étudiant ?"), unit=unit, hit=hit, lead="")
    amount = cheap_signs(asked("montant de la bourse du Pont"), unit=unit, hit=hit, lead="")
    assert (denied.negates, amount.negates) == (1.0, 0.0)


@pytest.mark.parametrize(("age", "sign"), [(20, 1.0), (30, -1.0), (None, 0.0)])
def test_the_age_asked_about_is_in_the_ages_given_or_not(age: int | None, sign: float) -> None:
    unit, hit = found("La bourse du Pont s'adresse aux jeunes de 16 à 25 ans.")
    assert cheap_signs(asked("bourse", age=age), unit=unit, hit=hit, lead="").age == sign


def test_a_question_above_a_sentence_is_a_sign() -> None:
    unit, hit = found("La bourse est de 200 € par an.", heading="Combien ?")
    signs = cheap_signs(asked("montant de la bourse"), unit=unit, hit=hit, lead="")
    assert (signs.headed, signs.holds) == (1.0, 1.0)
    without = cheap_signs(asked("qui a droit à la bourse"), unit=unit, hit=hit, lead="")
    assert weigh_cheap(signs) > weigh_cheap(without)


def test_a_sentence_that_models_find_nearer_weighs_more() -> None:
    unit, hit = found("La bourse est ouverte aux étudiants.")
    signs = cheap_signs(asked("bourse"), unit=unit, hit=hit, lead="")
    assert weigh_all(signs, 0.5, 1.0) > weigh_all(signs, 0.5, 0.0)
    for is_read in (True, False):
        nearer = weigh_compared(signs, 1.0, is_read=is_read)
        assert nearer > weigh_compared(signs, 0.0, is_read=is_read)


def test_probabilities_and_logits_go_both_ways() -> None:
    assert expit(logit(0.3)) == pytest.approx(0.3)
    assert logit(0.0) == pytest.approx(-logit(1.0))
    assert share({}, {"bours"}) == 0.0
