"""What examples tell of a remark: its theme and its kind."""

import numpy as np
import pytest

from knowledge.consultation.examples import Example
from knowledge.consultation.grams import Grams
from knowledge.consultation.learned import Learned
from knowledge.consultation.logistics import is_of_the_meeting

EXAMPLES = [
    Example("agenda", "fonctionne", "le planning commun est bien pratique"),
    Example("agenda", "dysfonctionne", "les créneaux se chevauchent, c'est pénible"),
    Example("formation", "besoin", "il faudrait des tutoriels courts"),
    Example("formation", "attente", "que les nouveaux soient formés avant la bascule"),
]


@pytest.fixture
def learned() -> Learned:
    """What these examples tell, whose vectors tell nothing."""
    return Learned(EXAMPLES, np.eye(len(EXAMPLES), 8, dtype=np.float32), kept={})


def test_a_remark_has_the_theme_of_the_examples_that_share_its_words(learned):
    (likely,) = learned.of(["des créneaux trop courts"], np.zeros((1, 8), dtype=np.float32))

    assert max(likely.themes, key=lambda theme: likely.themes[theme]) == "agenda"


def test_the_words_of_a_theme_without_example_tell_it(learned):
    (likely,) = learned.of(["il faudrait cibler la hotline"], np.zeros((1, 8), dtype=np.float32))

    assert likely.themes["assistance"] > 0.2


def test_nothing_is_told_of_no_remark(learned):
    assert learned.of([], np.zeros((0, 8), dtype=np.float32)) == []


def test_texts_that_share_rare_letters_are_alike_and_unknown_ones_weigh_nothing():
    rows = Grams(["plantages du lundi", "le lundi au bureau"]).rows(["plantage", "zzz"])

    assert rows.toarray()[0].max() > 0
    assert rows.toarray()[1].max() == 0


@pytest.mark.parametrize(
    ("said", "is_logistics"),
    [
        ("La séance est levée à midi.", True),
        ("Le compte rendu sera envoyé aux participants.", True),
        ("Le logiciel plante chaque lundi matin.", False),
    ],
)
def test_logistics_are_told_by_their_words(said, is_logistics):
    assert is_of_the_meeting(said, is_prose=True) is is_logistics
