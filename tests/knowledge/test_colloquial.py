"""Hurried French is brought to the words that documents use."""

import pytest

from knowledge.colloquial import spell_out

KNOWN = {"allocation", "epide", "appui", "lettre", "été", "logement"}


def known(word: str) -> bool:
    return word.lower() in KNOWN


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("slt cb il touche", "combien il touche"),
        ("le boulot du gamin", "le travail du enfant"),
        ("lalloc du jeune", "l'allocation du jeune"),
        ("a lepide il gagne", "a l'epide il gagne"),
        ("une lettre", "une lettre"),
        ("jinvente", "jinvente"),
        ("", ""),
    ],
)
def test_words_are_spelt_out(typed: str, spelt: str) -> None:
    assert spell_out(typed, is_known=known) == spelt
