"""Search terms meet however a word is typed."""

import pytest

from knowledge.analysis import all_terms, strip_accents, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("École", "ecole"),
        ("l'aide", "L’AIDE"),
        ("qu'une indemnité", "indemnité"),
        ("lorsqu’il accompagne", "accompagne"),
        ("jusqu'à l'embauche", "embauche"),
        ("allocations", "allocation"),
        ("accompagnements", "accompagnement"),
        ("œuvre", "oeuvre"),
        ("L. 5131-6", "L5131-6"),
        ("L.5131-6", "l 5131-6"),
        ("R.\u00a05131-16", "R5131-16"),
        ("D. 5131-19-1", "d5131-19-1"),
        ("R. *123-45", "R*123-45"),
    ],
)
def test_two_ways_to_write_give_the_same_terms(one, other):
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize("text", ["le la les de du des", "qu'est-ce que c'est", "", "?!… « »", "_"])
def test_stop_words_and_signs_give_no_term(text):
    assert terms(text) == []


def test_an_article_of_law_is_one_term_and_differs_from_its_neighbours():
    assert len(terms("L. 5131-6")) == 1
    assert terms("L. 5131-6") != terms("L. 5131-7")
    assert terms("L. 5131-6") != terms("R. 5131-6")


def test_words_keep_their_order_and_their_stop_words():
    assert words("L'aide n'est pas versée à Évry") == ["aide", "est", "pas", "versee", "a", "evry"]


def test_aujourdhui_is_not_taken_for_an_elision():
    assert "aujourd" in words("aujourd'hui")


def test_decimal_amounts_stay_whole():
    assert words("561,68 € ou 1.5") == ["561,68", "ou", "1.5"]


def test_accents_go_and_letters_stay():
    assert strip_accents("Œdème, ça, NOËL, æ, Æ") == "OEdeme, ca, NOEL, ae, AE"


def test_every_stop_word_is_written_as_words_gives_it():
    assert terms("etaient") == []
    assert terms("aide") != []
    assert all_terms(["les aides", ""]) == [terms("aide"), []]
