"""What proves a sentence: figures with their units, negation, names, and words."""

import pytest

from assistant.support import find_support, proves
from knowledge.documents import Hit
from knowledge.library import Library

QUESTION = "Quel est le montant de la Bourse Pont ?"


def passages(library: Library) -> list[Hit]:
    return library.search(QUESTION, k=6)


def is_proven(library: Library, sentence: str) -> bool:
    found = find_support(sentence, passages=passages(library), question=QUESTION, library=library)
    return found is not None and proves(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "La Bourse Pont est de 412,50 € par mois pour un majeur depuis le 4 mai 2026.",
        "Un mineur reçoit 180 € par mois.",
        "La Bourse Pont est accordée pour 6 mois, renouvelable une fois.",
    ],
)
def test_what_a_passage_says_is_proven(library: Library, sentence: str) -> None:
    assert is_proven(library, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "La Bourse Pont est de 512,50 € par mois pour un majeur.",
        "Un mineur reçoit 180 € par an.",
        "La Bourse Pont n'est pas accordée pour 6 mois.",
        "La Bourse Pont est versée depuis le 4 juin 2026.",
        "Un jeune de 16 ans peut demander la Bourse Pont.",
        "Quel est le montant de la Bourse Pont ?",
        "Le RSA est de 412,50 € par mois pour un majeur.",
        "La Bourse Pont dispense de toute démarche auprès des créanciers du jeune.",
    ],
)
def test_what_no_passage_says_is_not(library: Library, sentence: str) -> None:
    assert not is_proven(library, sentence)


def test_the_proof_is_a_slice_of_its_passage_that_holds_the_figures(library: Library) -> None:
    hits = passages(library)
    found = find_support(
        "Un mineur reçoit 180 € par mois.", passages=hits, question=QUESTION, library=library
    )
    assert found is not None
    quote = hits[found.hit].passage.text[found.start : found.end]
    assert quote == "Un mineur reçoit 180 € par mois."
