"""Passages are cut into what an answer can be made of."""

import pytest

from knowledge.documents import Hit, Passage, Source
from knowledge.units import Unit, is_worth_showing, units_of


def units(text: str) -> list[Unit]:
    passage = Passage(id="a#0", document_id="a", position=0, start=0, end=len(text), text=text)
    source = Source(id="a", title="A", collection="local", kind="texte")
    hit = Hit(passage=passage, source=source, score=1, dense=1, lexical=1)
    return units_of([hit], ranks=[0])


def test_every_unit_is_a_slice_of_its_passage() -> None:
    text = "Une phrase. Une autre !\n\nLa liste :\n- un ;\n- deux.\n\nA | B\n1 | 2 €"
    for unit in units(text):
        assert text[unit.start : unit.end] == unit.text


def test_items_know_their_lead_in_and_paragraphs_have_none() -> None:
    found = units("Il faut :\n- une photo. Récente.\n- un relevé.\nEnsuite, on attend.")
    assert [(u.text, u.lead_in) for u in found] == [
        ("Il faut :", None),
        ("- une photo.", 0),
        ("Récente.", 0),
        ("- un relevé.", 0),
        ("Ensuite, on attend.", None),
    ]


def test_a_short_title_introduces_the_list_below_it() -> None:
    found = units("Conditions (cumulatives)\n- Être majeur\n- Être inscrit")
    assert [u.lead_in for u in found] == [None, 0, 0]


def test_rows_know_the_header_and_the_caption_of_their_table() -> None:
    found = units("Les salaires\nAnnée | Mineur | Majeur\n1re | 27 % | 43 %\n2e | 39 % | 51 %")
    assert [(u.is_row, u.lead_in, u.header) for u in found] == [
        (False, None, None),
        (True, 0, None),
        (True, 0, 1),
        (True, 0, 1),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("La prime est de 200 €.", True),
        ("Accès à la prime d'activité", False),
        ("Consulter l'infographie sur la page dédiée.", False),
        ("- un justificatif de domicile", True),
        ("- a b", False),
        ("TOUT EN CAPITALES, SANS PHRASE.", False),
        ("Création d'entreprise | 700 €", True),
    ],
)
def test_what_says_nothing_by_itself_is_not_shown(text: str, shown: bool) -> None:
    assert is_worth_showing(units(text)[0]) is shown
