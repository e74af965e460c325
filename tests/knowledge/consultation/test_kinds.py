"""What a heading announces, and what the verbs of a remark say of it."""

import pytest

from knowledge.consultation.kinds import part_said
from knowledge.consultation.titles import is_title
from knowledge.consultation.wishes import announced, is_against


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Ce qu'il faut garder", "fonctionne"),
        ("Ce qu'on ne veut pas perdre", "fonctionne"),
        ("👍", "fonctionne"),
        ("Ce qui ne fonctionne plus", "dysfonctionne"),
        ("Ce qui n'est pas satisfaisant", "dysfonctionne"),
        ("Ce qui tombe en panne", "dysfonctionne"),
        ("Feu rouge", "dysfonctionne"),
        ("Conditions de réussite", "tomorrow"),
        ("Ce qui manque pour demain", "tomorrow"),
        ("On ne veut pas", "tomorrow"),
        ("Plus tard", "tomorrow"),
        ("Agenda", None),
        ("Les doublons", None),
    ],
)
def test_a_heading_tells_the_part_whatever_its_words(title, part):
    assert part_said(title) == part


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Il nous faut une imprimante par antenne", "besoin"),
        ("Un temps dédié, c'est indispensable", "besoin"),
        ("Il faut qu'on choisisse, personne ne souhaite subir", "besoin"),
        ("On aimerait un seul écran", "attente"),
        ("Pourquoi pas une messagerie vidéo", "attente"),
        ("Pas besoin d'une application de plus", None),
        ("Faire un bilan sans attendre la fin du mois", None),
    ],
)
def test_the_first_verb_of_need_or_wish_announces_the_kind(said, kind):
    assert announced(said) == kind


@pytest.mark.parametrize(
    ("said", "refuses"),
    [
        ("Pitié, pas un logiciel de plus", True),
        ("Pas envie de tout reprendre", True),
        ("Ne pas laisser un algorithme choisir", True),
        ("Ne rien perdre en route", False),
        ("Pas tout d'un coup : par étapes", False),
    ],
)
def test_refusals_are_told_from_cautions(said, refuses):
    assert is_against(said) == refuses


def test_a_number_of_two_levels_makes_a_title_of_a_few_words():
    assert is_title("1.2 Recherche")
    assert not is_title("1.2 La recherche ne trouve rien, on s'en passe.")
    assert not is_title("2.5 heures")
