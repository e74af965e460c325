"""Wishes that exclude each other, though neither refuses anything."""

import pytest

from knowledge.consultation.opposites import are_opposite


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Un déploiement progressif", "Tout le monde le même jour"),
        ("Pas tout d'un coup : par étapes", "Changer d'un seul coup, et tourner la page"),
        ("Des cours à distance", "En présentiel, parce qu'à distance on s'endort"),
        ("Partager la fiche avec l'école", "Ne rien partager avec personne"),
        ("Être consultés à chaque version", "Assez de réunions, décidez"),
        ("Les mêmes listes partout", "Une liste propre à chaque territoire, de la souplesse"),
    ],
)
def test_opposite_ways_exclude_each_other_whichever_is_said_first(one, other):
    assert are_opposite(one, other)
    assert are_opposite(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Un déploiement progressif", "Des structures pilotes"),
        ("Des tutoriels, pas des webinaires", "Se former en salle"),
        ("Un export vers le tableur", "Tout le monde le même jour"),
        ("", ""),
    ],
)
def test_other_wishes_do_not(one, other):
    assert not are_opposite(one, other)
