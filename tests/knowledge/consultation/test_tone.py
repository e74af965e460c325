"""Negations and irony turn words round."""

import pytest

from knowledge.consultation.tone import tone_of


@pytest.mark.parametrize(
    "said",
    [
        "Globalement, « ça ne marche pas mal » (conseiller).",
        "rdv collectifs : pas si mal faits",
        "Les pièces sont bien rangées, rien à redire.",
        "plus de souci depuis la mise à jour",
        "Les conseillers n'ont pas perdu de données depuis des années.",
        "On n'a rien contre.",
        "Bravo, plus une seule panne.",
        "C'était pénible, mais c'est devenu simple et rapide.",
    ],
)
def test_praise_is_heard_even_when_it_denies_a_fault(said):
    assert tone_of(said).score > 0


@pytest.mark.parametrize(
    "said",
    [
        "« Génial, encore un écran. » (conseiller, ton amer)",
        "« Bravo, dix lignes à réécrire. »",
        "Super, un troisième mot de passe.",
        "Bravo pour la nouvelle page, on ne trouve rien.",
        "Il est encore tombé deux fois, merci le réseau.",
        "Ce n'est pas pratique du tout.",
        "La recherche ne marche pas.",
        "L'agenda est beau, mais il plante tous les matins.",
    ],
)
def test_complaints_are_heard_even_when_they_mock(said):
    assert tone_of(said).score < 0


def test_a_sentence_that_judges_nothing_has_no_tone():
    assert tone_of("Le compte rendu part le mardi.").score == 0
