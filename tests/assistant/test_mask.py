"""Personal data are masked, and what merely looks like them is not."""

import pytest

from assistant.mask import mask, say_masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("appelez le 06 12 34 56 78", "appelez le [numéro de téléphone]"),
        ("tél : 0612345678.", "tél : [numéro de téléphone]."),
        ("+33 6 12 34 56 78", "[numéro de téléphone]"),
        ("écrire à lea.d+ml@exemple.fr vite", "écrire à [adresse mail] vite"),
        ("NIR 255081416802538", "NIR [numéro de sécurité sociale]"),
        ("NIR 1 85 05 2A 004 018 64", "NIR [numéro de sécurité sociale]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN]"),
        ("né le 12/03/2006 à Saintes", "né le [date de naissance] à Saintes"),
        ("née le 1er mars 2006", "née le [date de naissance]"),
        ("Mme Durand-Petit attend", "Mme [nom] attend"),
        ("madame Durand attend", "madame [nom] attend"),
        ("il s'appelle Karim Ben", "il s'appelle [nom]"),
        ("il s’appelle Léa", "il s’appelle [nom]"),
    ],
)
def test_personal_data_are_replaced_by_their_kind(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "561,68 € depuis le 1er avril 2025",
        "article L5131-6 du code du travail",
        "NIR 2 06 03 75 123 456 12",
        "le décret 2015-59 du 23 janvier 2015",
        "M. le maire a signé",
        "un jeune de 17 ans en CEJ",
        "",
    ],
)
def test_other_figures_and_words_stay(text: str) -> None:
    assert mask(text).text == text


def test_the_adviser_is_told_what_was_masked() -> None:
    found = mask("Mme Durand, 06 12 34 56 78, 07 12 34 56 78, a@b.fr")
    assert say_masked(found.kinds) == (
        "J'ai masqué une adresse mail, 2 numéros de téléphone et un nom avant de chercher."
    )


def test_a_single_find_is_said_without_a_list() -> None:
    assert say_masked({"IBAN": 1}) == "J'ai masqué un IBAN avant de chercher."
    assert say_masked({"IBAN": 2}) == "J'ai masqué 2 IBAN avant de chercher."
