"""The figures of a text are found in digits and in letters, and nothing else is."""

import pytest

from knowledge.figures import figures, holds_figure, say_number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de 16 à 25 ans", [(16, "ans"), (25, "ans")]),
        ("entre seize et vingt-cinq ans", [(16, "ans"), (25, "ans")]),
        ("16-25 ans", [(16, "ans"), (25, "ans")]),
        ("de 300 € à 700 €", [(300, "€"), (700, "€")]),
        ("1 150,50 € par mois", [(1150.5, "€")]),
        ("1\u202f150 euros", [(1150, "€")]),
        ("quatre-vingt-quatre mois", [(84, "mois")]),
        ("deux cent cinquante heures", [(250, "heures")]),
        ("trente et un jours", [(31, "jours")]),
        ("deux mille cinq cents euros", [(2500, "€")]),
        ("7 h 30 par jour", [(7.5, "heures")]),
        ("les 12 derniers mois", [(12, "mois")]),
        ("80 % du SMIC", [(80, "%")]),
        ("niveau 5 et 2 000 €", [(2000, "€")]),
        ("le 1er janvier 2025, 500 €", [(500, "€")]),
        ("l'article L. 5131-6 200 heures", [(200, "heures")]),
        ("39 % la deuxième et 55 % la troisième année", [(39, "%"), (55, "%")]),
        ("un jour de stage", []),
        ("depuis le 1er avril 2025, au 01 23 45 67 89, article L5131-6", []),
    ],
)
def test_the_figures_of_a_text_bear_their_unit(text, found):
    assert [(figure.value, figure.unit) for figure in figures(text)] == found


def test_a_figure_knows_where_it_stands():
    text = "Une aide de 500 €."
    [figure] = figures(text)
    assert text[figure.start :].startswith("500")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("âgé de seize ans au moins à vingt-neuf ans révolus", 16, "ans"),
        ("20 ou 24 fois dans le mois", 20, "mois"),
        ("une aide de 1 867,02 euros", 1867.02, "€/mois"),
        ("jusqu'au vingt-sixième anniversaire", 26, "ans"),
        ("quatre heures et demie", 4.5, "heures"),
        ("4,50 € par heure", 4.5, "€/heure"),
    ],
)
def test_a_source_holds_a_figure_in_its_own_words(text, value, unit):
    assert holds_figure(text, value=value, unit=unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("quatre heures", 4.5, "heures"),
        ("article L. 842-3 et trois enfants", 842, "€"),
        ("vingt-six ans", 6, "ans"),
        ("1 500 euros", 500, "€"),
        ("16 ans", 16, "mois"),
    ],
)
def test_a_source_does_not_hold_what_only_looks_like_a_figure(text, value, unit):
    assert not holds_figure(text, value=value, unit=unit)


def test_numbers_are_said_in_french():
    assert [say_number(value) for value in (12, 1867.02, 4.5)] == ["12", "1 867,02", "4,50"]
