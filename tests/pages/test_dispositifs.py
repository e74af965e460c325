"""The dispositifs' page: browsing, a sheet, a comparison, and what a situation opens."""

import datetime as dt
import html
import os
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from knowledge.catalogue import open_catalogue
from knowledge.errors import KnowledgeError
from knowledge.match import match
from knowledge.situation import Situation
from pages import dispositif_address, dispositifs
from pages.dispositif_address import ARRIVED, Place
from pages.dispositif_match_results import results_html
from pages.dispositif_values import SILENT, is_old, references_html, table_html
from tests.pages.test_chat import heading, html_of, labels

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def screen() -> Iterator[AppTest]:
    st.cache_resource.clear()
    yield AppTest.from_string(
        "from pages.dispositifs import show_dispositifs\nshow_dispositifs()", default_timeout=30
    )
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def catalogue():
    return open_catalogue()


def opened(screen, **address: str):
    for name, value in address.items():
        screen.query_params[name] = value
    screen.run()
    assert not screen.exception
    return screen


def address(screen) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else value[0]
        for name, value in screen.query_params.items()
    }


def cards(screen) -> list[str]:
    return re.findall(r'<h3 id="fiche-([a-z0-9-]+)">', html_of(screen))


def card(screen, sheet_id: str) -> str:
    return next(
        element.proto.body
        for element in screen.get("html")
        if f'id="fiche-{sheet_id}"' in element.proto.body
    )


def plain(markup: str) -> str:
    """Return what is read: no tags, and every kind of space made one plain space."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


# Browsing


def test_the_page_shows_what_is_in_force_and_counts_it(screen, catalogue):
    opened(screen)

    over = [s.id for s in catalogue.sheets if s.status in {"remplacé", "terminé"}]
    assert heading(screen) == "Dispositifs"
    assert over
    assert len(cards(screen)) == len(catalogue.sheets) - len(over)
    assert not {*over} & {*cards(screen)}
    count = f"{len(catalogue.sheets) - len(over)} dispositifs sur {len(catalogue.sheets)}"
    assert f'<p role="status">{count}</p>' in html_of(screen)


def test_a_card_says_for_whom_how_much_and_how_long(screen):
    said = plain(card(opened(screen), "cej"))

    assert "En vigueur depuis le 1er mars 2022" in said
    assert "de 16 à 25 ans" in said
    assert "(RQTH) : jusqu'à 29 ans" in said
    assert "561,68 € par mois depuis le 1er avril 2025, à vérifier" in said
    assert "12 mois (durée maximale du contrat)" in said


def test_a_card_without_amount_or_duration_says_so(screen):
    said = plain(card(opened(screen), "fonds-d-aide-aux-jeunes"))

    assert "Combien pas de montant dans la fiche" in said
    assert "Durée pas de durée dans la fiche" in said


def test_a_percentage_is_not_given_as_what_one_gets(screen):
    said = plain(card(opened(screen), "pmsmp"))

    assert "pas de montant en euros dans la fiche" in said
    assert "25" not in said.partition("Combien")[2].partition("Durée")[0]


def test_a_local_help_names_its_territory_and_what_is_over_its_successor(screen):
    opened(screen).checkbox(key="dispositifs over").check().run()

    assert "Aide locale : Eure-et-Loir (28)" in plain(card(screen, "adefip-eure-et-loir"))
    replaced = plain(card(screen, "garantie-jeunes"))
    assert "Remplacé depuis le 1er mars 2022 par : Contrat d'engagement jeune (CEJ)" in replaced


def test_words_and_needs_narrow_the_list(screen):
    opened(screen).text_input(key="dispositifs search").set_value("cej").run()
    assert cards(screen)[0] == "cej"

    screen.text_input(key="dispositifs search").set_value("").run()
    screen.button_group(key="dispositifs needs").set_value(["logement"]).run()
    assert "visale" in cards(screen)
    assert "cej" not in cards(screen)


def test_an_age_leaves_out_those_it_shuts_out_and_names_the_exception(screen):
    opened(screen).number_input(key="dispositifs age").set_value(28).run()

    assert "depart-18-25" not in cards(screen)
    said = plain(card(screen, "cej"))
    assert "À 28 ans, seulement par exception : Jeune dont la qualité de travailleur" in said


def test_a_department_leaves_out_the_helps_of_others(screen):
    opened(screen).selectbox(key="dispositifs department").set_value("28").run()
    assert "adefip-eure-et-loir" in cards(screen)

    screen.selectbox(key="dispositifs department").set_value("974").run()
    assert "adefip-eure-et-loir" not in cards(screen)
    assert "cej" in cards(screen)


def test_nothing_found_says_what_to_do(screen):
    opened(screen).text_input(key="dispositifs search").set_value("zzzz").run()

    assert cards(screen) == []
    assert "Aucun dispositif ne correspond : enlevez un filtre" in html_of(screen)


def test_picks_are_counted_kept_in_the_address_and_never_more_than_four(screen):
    opened(screen)
    for number, sheet_id in enumerate(("cej", "pacea", "epide", "e2c"), start=1):
        screen.checkbox(key=f"pick-{sheet_id}").check().run()
        assert f"{number} dispositif" in html_of(screen)

    assert address(screen) == {"vue": "parcourir", "comparer": "cej,pacea,epide,e2c"}
    assert screen.checkbox(key="pick-rsa").disabled
    assert not screen.checkbox(key="pick-cej").disabled
    screen.checkbox(key="pick-cej").uncheck().run()
    assert address(screen)["comparer"] == "pacea,epide,e2c"
    screen.button(key="compare-now").click().run()
    assert address(screen) == {"comparer": "pacea,epide,e2c"}
    assert "Tableau de comparaison" in html_of(screen)


def test_one_pick_is_not_yet_a_comparison(screen):
    opened(screen).checkbox(key="pick-cej").check().run()

    assert screen.button(key="compare-now").disabled
    screen.button(key="unpick-all").click().run()
    assert address(screen) == {}
    assert "compare-now" not in [button.key for button in screen.button]


def test_filters_are_kept_while_another_view_is_shown(screen):
    opened(screen).number_input(key="dispositifs age").set_value(28).run()
    screen.button_group(key="dispositifs view").set_value("comparer").run()
    assert address(screen) == {"vue": "comparer"}
    screen.button_group(key="dispositifs view").set_value("parcourir").run()

    assert screen.number_input(key="dispositifs age").value == 28
    assert address(screen) == {}


# A sheet


def test_a_sheet_opens_by_its_address(screen):
    opened(screen, fiche="cej")

    shown = html_of(screen)
    assert html.unescape(heading(screen)) == "Contrat d'engagement jeune (CEJ)"
    assert "En vigueur depuis le 1er mars 2022" in shown
    assert "Fiche vérifiée le 23 novembre 2026" in shown
    assert "Dernier montant connu : 1er avril 2025 ; vérifiez" in plain(shown)
    assert "<h2>Comment faire, pas à pas</h2>" in shown
    assert 'href="?fiche=pacea"' in shown


def test_each_value_of_a_sheet_leads_to_its_source(screen):
    shown = html_of(opened(screen, fiche="cej"))

    marked = set(re.findall(r'href="#reference-(\d+)"', shown))
    listed = set(re.findall(r'<li id="reference-(\d+)"', shown))
    assert marked == listed
    assert len(listed) > 10
    for number in listed:
        assert shown.count(f'id="mention-{number}"') == 1
    assert "Légifrance · daté du 27 mars 2026 · vérifié le 23 novembre 2026" in shown


def test_a_sheet_that_is_over_says_what_replaced_it_and_links_to_it(screen):
    shown = html_of(opened(screen, fiche="garantie-jeunes"))

    assert '<p class="refusal">Remplacé depuis le 1er mars 2022 par' in shown
    assert '<a href="?fiche=cej">lire sa fiche</a>' in shown
    assert "Dernier montant connu" not in shown


def test_leaving_a_sheet_goes_back_to_the_view(screen):
    opened(screen, fiche="cej", vue="situation")
    assert "Revenir à « Trouver selon une situation »" in labels(screen)
    screen.button(key="leave-sheet").click().run()

    assert address(screen) == {"vue": "situation"}
    assert heading(screen) == "Dispositifs"


def test_a_sheet_that_does_not_exist_is_said_in_words(screen):
    opened(screen, fiche="disparue")

    assert "Aucune fiche ne s'appelle « disparue »." in screen.warning[0].value
    assert cards(screen)


def test_a_link_opens_a_sheet_and_keeps_the_rest_of_the_address(screen, monkeypatch):
    opened(screen, comparer="cej,pacea")
    monkeypatch.setattr(
        st, "session_state", {dispositif_address._KEPT: Place(view="comparer", picks=("cej",))}
    )
    gone = []
    monkeypatch.setattr(dispositif_address, "go", gone.append)
    dispositif_address.open_sheet("pacea")

    assert gone == [Place(view="comparer", sheet_id="pacea", picks=("cej",))]


# A comparison


def test_a_comparison_opens_by_its_address(screen):
    opened(screen, comparer="cej,pacea,inconnu,cej")

    shown = html_of(screen)
    assert [*screen.multiselect(key="dispositifs compared").value] == ["cej", "pacea"]
    assert shown.count('<th scope="col">') == 2
    assert '<th scope="row">Combien</th>' in shown
    assert '<th scope="row">Textes</th>' not in shown
    assert len(screen.get("download_button")) == 2


def test_criteria_are_chosen_and_stay_in_the_order_of_the_sheets(screen):
    opened(screen, comparer="cej,pacea")
    screen.button_group(key="dispositifs criteria").set_value(["Textes", "Âge"]).run()

    rows = re.findall('<th scope="row">([^<]+)</th>', html_of(screen))
    assert rows == ["Âge", "Textes"]
    screen.button_group(key="dispositifs criteria").set_value([]).run()
    assert "Choisissez au moins un critère." in html_of(screen)


def test_less_than_two_is_no_comparison_and_more_than_four_is_said(screen):
    opened(screen, vue="comparer")
    assert "Choisissez au moins deux dispositifs" in html_of(screen)

    five = ["cej", "pacea", "epide", "e2c", "rsa"]
    screen.multiselect(key="dispositifs compared").set_value(five).run()
    assert "4 dispositifs au plus" in html_of(screen)
    assert address(screen) == {"comparer": "cej,pacea,epide,e2c"}


def test_an_empty_cell_says_that_the_sources_are_silent(catalogue):
    comparison = catalogue.compare(["cej", "fonds-d-aide-aux-jeunes"], criteria=["Combien"])
    table = table_html(comparison, today=TODAY)

    assert table.count(SILENT) == 1
    assert table.index(SILENT) > table.index("561,68")


def test_a_long_cell_shows_four_values_and_folds_the_rest(catalogue):
    comparison = catalogue.compare(["apprentissage", "cej"], criteria=["Combien"])
    amounts = len(catalogue.sheet("apprentissage").amounts)
    first = table_html(comparison, today=TODAY).partition("</td><td data-name")[0]
    shown, _, folded = first.partition("<details>")

    assert shown.count("<li>") == 4
    assert f"Voir la suite ({amounts - 4})" in folded
    assert folded.count("<li>") == amounts - 4


def test_an_amount_is_old_after_twelve_months():
    assert is_old("2025-11-22", today=TODAY)
    assert not is_old("2025-11-23", today=TODAY)
    assert not is_old(None, today=TODAY)


def test_what_a_sheet_says_is_never_markup(catalogue):
    sheet = catalogue.sheet("cej")
    source = sheet.sources[0].model_copy(update={"title": '<img src="x">', "url": "https://x.fr/"})
    sharp = sheet.model_copy(
        update={"purpose": "<script>alert(1)</script>", "sources": (source, *sheet.sources[1:])}
    )
    comparison = type(catalogue)([sharp]).compare(["cej"])
    shown = table_html(comparison, today=TODAY) + references_html(comparison)

    assert "<script>" not in shown
    assert "<img" not in shown


# A situation


def test_nothing_is_listed_before_the_first_answer(screen):
    opened(screen, vue="situation")

    assert "dès la première réponse" in html_of(screen)
    assert "rien n'est enregistré ni envoyé" in html_of(screen)
    assert 'class="match' not in html_of(screen)


def test_an_answer_is_compared_at_once_and_never_goes_into_the_address(screen):
    opened(screen, vue="situation").number_input(key="situation Âge").set_value(19).run()
    screen.selectbox(key="situation Activité").set_value("inscrit").run()

    assert "À vérifier (" in html_of(screen)
    assert 'href="?fiche=cej"' in html_of(screen)
    assert address(screen) == {"vue": "situation"}


def test_answers_survive_another_view_and_are_forgotten_on_demand(screen):
    opened(screen, vue="situation").number_input(key="situation Âge").set_value(19).run()
    screen.button_group(key="dispositifs view").set_value("parcourir").run()
    screen.button_group(key="dispositifs view").set_value("situation").run()
    assert screen.number_input(key="situation Âge").value == 19
    # The browser may have forgotten it since: it is sent again.
    assert screen.number_input(key="situation Âge").proto.set_value

    screen.button(key="forget-situation").click().run()
    assert screen.number_input(key="situation Âge").value is None
    assert "dès la première réponse" in html_of(screen)


def test_a_need_keeps_only_what_answers_it(screen):
    opened(screen, vue="situation").number_input(key="situation Âge").set_value(19).run()
    screen.button_group(key="situation needs").set_value(["logement"]).run()

    assert 'href="?fiche=visale"' in html_of(screen)
    assert 'href="?fiche=vae"' not in html_of(screen)


def groups(shown: str) -> dict[str, str]:
    parts = re.split(r"<h2>([^<(]+) \(\d+\)</h2>", shown)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_conditions_are_grouped_with_their_reasons(catalogue):
    matches = match(Situation(age=30, rqth=False, activity="inscrit"), catalogue.sheets)
    found = groups(results_html(matches))

    assert set(found) == {"Conditions réunies", "À vérifier", "Non réunies"}
    assert "Non réunie : Avoir de 16 à 25 ans" in plain(found["Non réunies"])
    assert "n'est plus ouvert" in plain(found["Non réunies"])


def test_conditions_met_are_never_a_bare_yes(catalogue):
    (found,) = match(Situation(age=19), [catalogue.sheet("cej")])
    shown = plain(results_html([replace(found, verdict="met")]))

    assert "1 dispositif aux conditions réunies, 0 à vérifier" in shown
    assert "À confirmer auprès de l'organisme. Qui prescrit : Mission locale" in shown


def test_what_is_left_to_check_says_where_to_start_and_what_can_be_done(catalogue):
    cej = catalogue.sheet("cej")
    registered = next(each for each in cej.conditions if each.step)
    only = cej.model_copy(update={"conditions": (registered,)})
    (found,) = match(Situation(activity="sans_emploi"), [only])

    assert f"À vérifier d'abord : {registered.text} ({registered.step})" in plain(
        results_html([found])
    )


def test_what_nothing_is_known_of_is_folded(catalogue):
    matches = match(Situation(rqth=True), catalogue.sheets)
    to_check = groups(results_html(matches))["À vérifier"]
    shown, _, folded = to_check.partition("<details><summary>Autres dispositifs")

    silent = [each for each in matches if each.verdict == "unknown" and not each.count("met")]
    assert f"aucune condition réunie pour l'instant ({len(silent)})" in folded
    assert 'href="?fiche=fonds-d-aide-aux-jeunes"' in folded
    assert 'href="?fiche=fonds-d-aide-aux-jeunes"' not in shown


def test_each_condition_has_a_word_a_reason_and_a_source(catalogue):
    (only,) = match(Situation(age=27, rqth=True), [catalogue.sheet("cej")])
    said = plain(results_html([only]))

    assert "1 réunie, 5 à vérifier" in said
    assert "✓ réunie Avoir de 16 à 25 ans révolus" in said
    assert "27 ans, par exception" in said
    assert "? à vérifier Ne pas être étudiant et ne pas suivre de formation" in said
    assert said.count("Source : Code du travail, article") >= 4


# The page around


def test_a_sheet_written_again_is_read_again(tmp_path):
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    before = dispositifs._state_of(tmp_path)
    os.utime(tmp_path / "a.md", (1, 1))

    assert dispositifs._state_of(tmp_path) != before


def test_a_malformed_sheet_is_said_in_words(screen, monkeypatch):
    def malformed(_):
        raise KnowledgeError("cej.md, ligne 3 : la clé « titre » est inconnue.")

    monkeypatch.setattr(dispositifs, "_open", malformed)
    opened(screen)

    assert [error.value for error in screen.error] == [
        "cej.md, ligne 3 : la clé « titre » est inconnue."
    ]


def test_coming_back_from_another_page_finds_the_view_again(screen):
    opened(screen, comparer="cej,pacea")
    screen.query_params.clear()
    screen.session_state[ARRIVED] = True
    screen.run()

    assert address(screen) == {"comparer": "cej,pacea"}
    assert "Tableau de comparaison" in html_of(screen)


def test_an_empty_address_on_the_page_itself_is_the_list(screen):
    opened(screen, comparer="cej,pacea")
    screen.query_params.clear()
    screen.run()

    assert cards(screen)
