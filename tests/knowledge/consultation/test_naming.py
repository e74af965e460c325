"""A theme that one remark makes reads like a theme, or says that it has no name yet."""

import pytest

from knowledge.consultation.naming import name_of
from tests.knowledge.consultation.test_situate import remark


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Accusé de réception : pour savoir qui a lu", "accusé de réception"),
        ("Masquer les rubriques dont on ne se sert pas", "masquer les rubriques"),
        ("Le conseiller ne doit pas devenir un agent de saisie", "agent de saisie"),
        ("Avoir la liste des champs avant le développement", "avoir la liste des champs"),
        ("Un numéro d'appel unique quand ça bloque.", "numéro d'appel"),
        ("Une création = partout. « Je voudrais qu'on arrête »", "création"),
        ("Maud les rend jeudi.", "à nommer : maud rend jeudi"),
        ("Être payé ou au moins remplacé", "à nommer : payé remplacé"),
    ],
)
def test_what_is_spoken_of_names_the_theme(said, name):
    assert name_of(remark(said)) == name


def test_a_short_title_names_what_stands_under_it():
    assert name_of(remark("Ça rame", "Besoins", "Visites à domicile")) == "visites à domicile"


def test_a_name_is_not_given_twice():
    said = "Le prêt des scooters et la date de retour"

    assert name_of(remark(said)) == "prêt des scooters"
    assert name_of(remark(said), taken={"prêt des scooters"}) == "date de retour"
