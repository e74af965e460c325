"""Figures are found in text, and compared in one form."""

import pytest

from assistant.facts import age_fits, age_in_question, holds, numbers, says_ended
from assistant.understand import Expected


@pytest.mark.parametrize(
    ("expected", "text", "found"),
    [
        ("amount", "soit 561,68 € par mois", True),
        ("amount", "soit 1 867,02 euros", True),
        ("amount", "27 % du SMIC", True),
        ("amount", "article L5131-6", False),
        ("duration", "une durée de 6 mois", True),
        ("duration", "pendant deux semaines", True),
        ("duration", "le 6 mai", False),
        ("age", "de 16 à 25 ans révolus", True),
        ("age", "à partir de 16 ans", True),
        ("date", "depuis le 1er avril 2025", True),
        ("count", "quatre en présentiel, deux en distanciel", True),
        ("person", "signée par l'employeur", True),
        ("steps", "adressez-vous à la mairie", True),
        ("papers", "un justificatif de domicile", True),
        ("contact", "appelez le 0 800 235 236", True),
        ("contact", "appelez le 3949", True),
        ("contact", "écrivez à accueil@exemple.fr", True),
        ("contact", "561,68 € pour 150 heures", False),
        ("any", "tout ce qu'on veut", False),
    ],
)
def test_a_text_holds_a_kind_of_fact(expected: Expected, text: str, found: bool) -> None:
    assert holds(expected, text) is found


def test_numbers_are_compared_whatever_their_typography() -> None:
    assert numbers("1\u202f867,02 €") == numbers("1 867,02 €") == numbers("1867,02")
    assert numbers("500,00 €") == numbers("500 €") == {"500"}
    assert numbers("article L. 5131-6") == numbers("article L5131-6") == {"L5131-6"}


def test_the_marks_of_citations_are_no_numbers() -> None:
    assert numbers("Il dure 6 mois [1].") == {"6"}


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("un jeune de 17 ans", 17),
        ("un mineur", 17),
        ("une jeune majeure", 18),
        ("un mineur et un majeur", None),
        ("un mineur de 16 ans", 16),
        ("un cas de force majeure", None),
        ("de 16 à 25 ans", None),
        ("le CEJ", None),
    ],
)
def test_the_age_of_a_person_is_read_in_the_question(question: str, age: int | None) -> None:
    assert age_in_question(question) == age


def test_two_ages_are_no_person_s_age() -> None:
    assert age_in_question("entre 16 ans et 25 ans") is None


@pytest.mark.parametrize(
    ("age", "text", "fits"),
    [
        (17, "de 16 à 25 ans", True),
        (27, "de 16 à 25 ans révolus", False),
        (17, "les moins de 18 ans", True),
        (18, "les moins de 18 ans", False),
        (19, "à partir de 18 ans", True),
        (17, "à partir de 18 ans", False),
        (17, "sans âge", None),
        (17, "200 € pour un mineur", True),
        (17, "500 € pour un majeur", False),
        (20, "500 € pour un majeur, 200 € pour un mineur", True),
        (27, "de 16 à 25 ans, ou de 26 à 29 ans si RQTH", True),
    ],
)
def test_an_age_fits_a_text_s_ranges_or_not(age: int, text: str, fits: bool | None) -> None:
    assert age_fits(age, text) is fits


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("L'aide au permis a pris fin le 21 février 2026.", True),
        ("La Garantie jeunes n'existe plus.", True),
        ("Le contrat prend fin au bout de douze mois.", False),
    ],
)
def test_a_text_says_that_something_is_over(text: str, ended: bool) -> None:
    assert says_ended(text) is ended
