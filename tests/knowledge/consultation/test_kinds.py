"""What a heading announces, and which lines are headings."""

import pytest

from knowledge.consultation.kinds import part_said
from knowledge.consultation.titles import is_title


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


def test_a_number_of_two_levels_makes_a_title_of_a_few_words():
    assert is_title("1.2 Recherche")
    assert not is_title("1.2 La recherche ne trouve rien, on s'en passe.")
    assert not is_title("2.5 heures")
