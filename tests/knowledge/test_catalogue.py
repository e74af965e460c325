"""The sheets as facts: looked up, chosen, compared, each value with where it comes from."""

import copy

import pytest
import yaml

from knowledge.catalogue import Catalogue, UnknownSheet, open_catalogue
from knowledge.errors import KnowledgeError
from knowledge.sheet_facts import CRITERIA, say_duration
from knowledge.sheets import Duration, MalformedSheet
from knowledge.situation import Situation

BIKE = {
    "id": "aide-au-velo",
    "name": "Aide au vélo",
    "title": "Aide au vélo (AVX)",
    "acronyms": ["AVX"],
    "status": "en_vigueur",
    "superseded_by": None,
    "superseded_on": None,
    "purpose": "Acheter un vélo pour aller travailler.",
    "needs": ["mobilité"],
    "publisher": "Appui",
    "collection": "dispositifs",
    "date": "2026-01-01",
    "checked_on": "2026-02-01",
    "valid_from": "2025-04-01",
    "valid_until": None,
    "territory": None,
    "url": "https://exemple.fr/velo",
    "audience": {
        "age_min": 16,
        "age_max": 25,
        "age_exceptions": [
            {"who": "Jeune avec une RQTH", "age_max": 29, "when": {"rqth": True}, "source": "loi"},
            {
                "who": "Jeune de 15 ans sorti du collège",
                "age_min": 15,
                "age_max": 15,
                "source": "texte",
            },
            {"who": "Sportif de haut niveau", "age_max": None, "source": "texte"},
        ],
        "situation": ["Sans emploi", "En alternance"],
        "residence": "France",
    },
    "conditions": [
        {"text": "Avoir de 16 à 25 ans", "criterion": {"age": True}, "source": "loi"},
        {"text": "Ne pas avoir de voiture", "only_for": "le vélo à assistance", "source": "texte"},
    ],
    "duration": [
        {"label": "Délai de demande", "value": 2, "unit": "mois", "source": "texte"},
        {"label": "Garantie", "value": 1, "unit": "ans", "source": "loi"},
    ],
    "amounts": [
        {
            "label": "Aide maximale",
            "value": 1150.5,
            "unit": "€",
            "valid_from": "2026-01-01",
            "source": "loi",
        },
        {
            "label": "Entretien",
            "value": 20,
            "unit": "€/mois",
            "valid_from": None,
            "undated_reason": "Le règlement n'a pas de date.",
            "source": "texte",
        },
    ],
    "obligations": ["Rouler"],
    "papers": ["Une facture", "Une pièce d'identité"],
    "prescriber": "Mission locale",
    "payer": "La région",
    "combination": [{"with": "Aide au permis", "rule": "Non cumulable", "source": "texte"}],
    "legal_basis": ["L9999-1"],
    "sources": [
        {
            "key": "texte",
            "title": "Règlement de l'aide au vélo",
            "url": "https://exemple.fr/reglement",
            "publisher": "La région",
            "date": "2026-01-01",
            "checked_on": "2026-02-03",
            "upstream_id": None,
        },
        {
            "key": "loi",
            "title": "Article L9999-1",
            "url": None,
            "publisher": "Légifrance",
            "date": None,
            "checked_on": "2026-02-02",
            "upstream_id": "LEGIARTI000000000001",
        },
    ],
    "related": [],
}
EMPTY = {
    "audience": {
        "age_min": None,
        "age_max": None,
        "age_exceptions": [],
        "situation": [],
        "residence": None,
    },
    **{key: [] for key in "conditions duration amounts obligations papers combination".split()},
    "legal_basis": [],
}
LICENCE = {
    **EMPTY,
    "id": "aide-au-permis",
    "name": "Aide au permis",
    "title": "Aide au permis (APX)",
    "acronyms": ["APX"],
    "purpose": "Payer des leçons de conduite.",
    "needs": ["mobilité", "argent"],
}
LUNCH = {
    **EMPTY,
    "id": "acces-cantine",
    "name": "Accès à la cantine",
    "title": "Accès à la cantine",
    "acronyms": [],
    "purpose": "Manger sur place quand on vient à vélo.",
    "needs": ["santé"],
}
BUS = {
    **EMPTY,
    "id": "carte-de-bus",
    "name": "Carte de bus",
    "title": "Carte de bus de Valmont",
    "acronyms": [],
    "purpose": "Prendre le bus.",
    "needs": ["mobilité"],
    "status": "local",
    "territory": "Valmont",
    "valid_from": None,
}
OLD = {
    **EMPTY,
    "id": "bourse-au-velo",
    "name": "Bourse au vélo",
    "title": "Bourse au vélo (BV)",
    "acronyms": ["BV"],
    "purpose": "Acheter un vélo d'occasion.",
    "needs": ["mobilité"],
    "status": "remplacé",
    "superseded_by": "aide-au-velo",
    "superseded_on": "2025-04-01",
}
OVER = {
    **EMPTY,
    "id": "prime-de-rentree",
    "name": "Prime de rentrée",
    "title": "Prime de rentrée",
    "acronyms": [],
    "purpose": "Acheter un cartable.",
    "needs": ["argent"],
    "status": "terminé",
    "valid_until": "2025-08-31",
}


@pytest.fixture
def make(tmp_path):
    """Write sheets, each a change of the first, and open their catalogue."""

    def write(*changes: dict) -> Catalogue:
        for change in changes:
            values = copy.deepcopy(BIKE) | change
            front = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
            path = tmp_path / f"{values['id']}.md"
            path.write_text(f"---\n{front}---\n\n## À quoi ça sert\n", encoding="utf-8")
        return open_catalogue(tmp_path)

    return write


@pytest.fixture
def catalogue(make) -> Catalogue:
    return make({}, LICENCE, LUNCH, BUS, OLD, OVER)


@pytest.fixture
def say(catalogue):
    """Return the texts of a sheet on a criterion."""

    def texts(criterion: str, sheet_id: str = "aide-au-velo") -> list[str]:
        return [value.text for value in catalogue.facts(sheet_id)[criterion]]

    return texts


def ids(sheets) -> list[str]:
    return [sheet.id for sheet in sheets]


# Looked up


def test_a_sheet_is_looked_up_by_its_identifier(catalogue):
    assert catalogue.sheet("carte-de-bus").name == "Carte de bus"


@pytest.mark.parametrize("unknown", ["aide-au-train", "", "Aide au vélo"])
def test_an_identifier_that_no_sheet_bears_is_refused_by_name(catalogue, unknown):
    for look_up in (catalogue.sheet, catalogue.facts, lambda each: catalogue.compare([each])):
        with pytest.raises(UnknownSheet, match=f"« {unknown} »"):
            look_up(unknown)


def test_who_handles_the_errors_of_knowledge_handles_an_unknown_sheet(catalogue):
    with pytest.raises(KnowledgeError):
        catalogue.sheet("aide-au-train")


def test_a_catalogue_of_a_folder_with_a_malformed_sheet_is_refused(make):
    with pytest.raises(MalformedSheet, match="couleur"):
        make({"couleur": "bleu"})


def test_an_empty_folder_has_no_sheets(make):
    assert make().sheets == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("aide-au-velo", ["aide-au-velo"]),
        ("Aide au vélo", ["aide-au-velo"]),
        ("AVX", ["aide-au-velo"]),
        ("avx", ["aide-au-velo"]),
        ("aides au velo", ["aide-au-velo"]),
        ("leçon de conduite", ["aide-au-permis"]),
        ("santé", ["acces-cantine"]),
        ("sans emploi", ["aide-au-velo"]),
        ("bus", ["carte-de-bus"]),
        ("Valmont", ["carte-de-bus"]),
        ("train de nuit", []),
        ("permis vélo", []),
    ],
)
def test_a_sheet_is_found_by_its_name_its_acronym_or_what_it_is_for(catalogue, words, found):
    assert ids(catalogue.find(words)) == found


def test_a_sheet_that_bears_the_word_comes_before_one_that_only_speaks_of_it(catalogue):
    assert ids(catalogue.find("vélo")) == ["aide-au-velo", "bourse-au-velo", "acces-cantine"]


@pytest.mark.parametrize("nothing", ["", "   ", "le la les", "?"])
def test_no_word_finds_every_sheet(catalogue, nothing):
    assert catalogue.find(nothing) == list(catalogue.sheets)


@pytest.mark.parametrize(
    ("typed", "sheet_id"),
    [
        ("CEJ", "cej"),
        ("contrat d'engagement jeune", "cej"),
        ("PMSMP", "pmsmp"),
        ("école de la deuxième chance", "e2c"),
        ("FAJ", "fonds-d-aide-aux-jeunes"),
    ],
)
def test_the_sheets_that_come_with_appui_are_found_as_they_are_called(typed, sheet_id):
    assert ids(open_catalogue().find(typed))[0] == sheet_id


# Chosen


def test_what_is_over_is_left_out_unless_it_is_asked_for(catalogue):
    assert ids(catalogue.select(catalogue.sheets)) == [
        "acces-cantine", "aide-au-permis", "aide-au-velo", "carte-de-bus"
    ]  # fmt: skip
    assert catalogue.select(catalogue.sheets, in_force=False) == list(catalogue.sheets)


def test_sheets_are_chosen_by_any_of_the_needs(catalogue):
    chosen = catalogue.select(catalogue.sheets, needs=["argent", "santé"])
    assert ids(chosen) == ["acces-cantine", "aide-au-permis"]
    everything = catalogue.select(catalogue.sheets, needs=["argent"], in_force=False)
    assert ids(everything) == ["aide-au-permis", "prime-de-rentree"]


@pytest.mark.parametrize(
    ("situation", "is_chosen"),
    [
        (Situation(), True),
        (Situation(age=20), True),
        (Situation(age=15), True),  # only a person can tell whether the exception holds
        (Situation(age=14), False),
        (Situation(age=27, rqth=True), True),
        (Situation(age=40), True),  # only a person can tell, again
        (Situation(age=14, rqth=True), False),
    ],
)
def test_a_sheet_that_may_take_this_age_is_chosen(catalogue, situation, is_chosen):
    chosen = ids(catalogue.select(catalogue.sheets, situation=situation))
    assert ("aide-au-velo" in chosen) is is_chosen
    assert "aide-au-permis" in chosen


def test_the_order_of_the_sheets_given_is_kept(catalogue):
    backwards = list(reversed(catalogue.sheets))
    assert catalogue.select(backwards, in_force=False) == backwards


# What a sheet says on each criterion


def test_each_criterion_is_answered_even_with_nothing(catalogue):
    for sheet in catalogue.sheets:
        assert tuple(catalogue.facts(sheet.id)) == CRITERIA


@pytest.mark.parametrize(
    ("criterion", "texts"),
    [
        ("À quoi ça sert", ["Acheter un vélo pour aller travailler."]),
        ("Statut", ["En vigueur depuis le 1er avril 2025"]),
        ("Situation", ["Sans emploi", "En alternance"]),
        (
            "Conditions",
            [
                "Avoir de 16 à 25 ans",
                "Pour le vélo à assistance : Ne pas avoir de voiture",
            ],
        ),
        (
            "Combien",
            [
                "Aide maximale : 1 150,50 €, depuis le 1er janvier 2026",
                "Entretien : 20 € par mois, source du 1er janvier 2026",
            ],
        ),
        ("Combien de temps", ["Délai de demande : 2 mois", "Garantie : 1 an"]),
        ("Ce que fait le jeune", ["Rouler"]),
        ("Pièces à fournir", ["Une facture", "Une pièce d'identité"]),
        ("Qui prescrit", ["Mission locale"]),
        ("Qui paie", ["La région"]),
        ("Cumul", ["Aide au permis : Non cumulable"]),
        ("Territoire", ["France"]),
        ("Textes", ["L9999-1"]),
    ],
)
def test_what_a_sheet_says_is_said_in_french(say, criterion, texts):
    assert say(criterion) == texts


def test_the_territory_of_a_local_sheet_is_said(say):
    assert say("Territoire", "carte-de-bus") == ["Valmont"]


def test_the_ages_come_with_their_exceptions_and_until_when(say):
    assert say("Âge") == [
        "de 16 à 25 ans",
        "Jeune avec une RQTH : jusqu'à 29 ans",
        "Jeune de 15 ans sorti du collège",
        "Sportif de haut niveau",
    ]


def test_a_sheet_without_ages_is_silent_on_them(say):
    assert say("Âge", "aide-au-permis") == []


def test_an_amount_without_its_own_date_is_dated_by_its_source(catalogue):
    dated, undated = catalogue.facts("aide-au-velo")["Combien"]
    assert (dated.since, undated.since) == ("2026-01-01", "2026-01-01")
    assert "depuis le 1er janvier 2026" in dated.text
    assert "depuis" not in undated.text


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "ans", "1 an"),
        (2, "ans", "2 ans"),
        (1.5, "heures", "1,50 heure"),
        (1, "mois", "1 mois"),
        (12, "mois", "12 mois"),
        (1, "jours", "1 jour"),
        (0, "jours", "0 jour"),
        (1, "km", "1 km"),
        (1200, "heures", "1 200 heures"),
    ],
)
def test_a_duration_is_said_with_its_unit_in_the_right_number(value, unit, said):
    duration = Duration(label="Durée", value=value, unit=unit, source="texte")
    assert say_duration(duration) == said


# Where each value comes from


def test_a_value_that_names_its_source_is_referred_to_it(catalogue):
    (deadline, warranty) = catalogue.facts("aide-au-velo")["Combien de temps"]
    (reference,) = deadline.references
    assert reference.title == "Règlement de l'aide au vélo"
    assert reference.publisher == "La région"
    assert reference.url == "https://exemple.fr/reglement"
    assert (reference.date, reference.checked_on) == ("2026-01-01", "2026-02-03")
    assert warranty.references[0].title == "Article L9999-1"
    assert warranty.references[0].date is None


def test_the_ages_are_referred_to_where_their_condition_comes_from(catalogue):
    titles = [value.references[0].title for value in catalogue.facts("aide-au-velo")["Âge"]]
    assert titles[:3] == ["Article L9999-1", "Article L9999-1", "Règlement de l'aide au vélo"]


def test_a_value_that_names_no_source_is_referred_to_the_sheet(catalogue):
    (value,) = catalogue.facts("aide-au-velo")["Qui paie"]
    (reference,) = value.references
    assert reference.title == "Fiche Appui « Aide au vélo (AVX) »"
    assert reference.url == "https://exemple.fr/velo"
    assert reference.checked_on == "2026-02-01"


def test_every_value_of_every_sheet_that_comes_with_appui_has_a_reference():
    bundled = open_catalogue()
    counted = 0
    for sheet in bundled.sheets:
        titles = {source.title for source in sheet.sources} | {f"Fiche Appui « {sheet.title} »"}
        for values in bundled.facts(sheet.id).values():
            for value in values:
                assert value.text.strip()
                assert value.references
                assert {reference.title for reference in value.references} <= titles
                assert {reference.sheet_id for reference in value.references} == {sheet.id}
                counted += 1
    assert counted >= 300


# In force, local, replaced, over


@pytest.mark.parametrize(
    ("sheet_id", "said"),
    [
        ("aide-au-velo", "En vigueur depuis le 1er avril 2025"),
        ("bourse-au-velo", "Remplacé depuis le 1er avril 2025 par : Aide au vélo (AVX)"),
        ("prime-de-rentree", "Terminé depuis le 31 août 2025"),
        ("carte-de-bus", "Aide locale : Valmont, en vigueur"),
    ],
)
def test_the_status_says_since_when_and_what_came_instead(catalogue, sheet_id, said):
    assert catalogue.say_status(catalogue.sheet(sheet_id)) == said


def test_since_when_it_is_in_force_is_not_said_where_it_is_not_known(make):
    catalogue = make({"valid_from": None})
    assert catalogue.say_status(catalogue.sheets[0]) == "En vigueur"


def test_what_came_instead_is_named_by_its_identifier_where_it_has_no_sheet(make):
    catalogue = make(OLD)
    said = catalogue.say_status(catalogue.sheets[0])
    assert said == "Remplacé depuis le 1er avril 2025 par : aide-au-velo"


# Side by side


def test_sheets_are_compared_in_the_order_asked_on_every_criterion(catalogue):
    compared = catalogue.compare(["carte-de-bus", "aide-au-velo"])
    assert ids(compared.sheets) == ["carte-de-bus", "aide-au-velo"]
    assert compared.criteria == CRITERIA
    assert set(compared.cells) == {
        (criterion, sheet_id)
        for criterion in CRITERIA
        for sheet_id in ("carte-de-bus", "aide-au-velo")
    }


def test_a_cell_holds_what_the_sheet_says(catalogue):
    compared = catalogue.compare(["aide-au-permis", "aide-au-velo"])
    assert compared.cells["Combien", "aide-au-velo"] == catalogue.facts("aide-au-velo")["Combien"]


def test_a_cell_on_which_the_sources_are_silent_is_empty(catalogue):
    compared = catalogue.compare(["aide-au-permis", "aide-au-velo"])
    assert compared.cells["Combien", "aide-au-permis"] == ()
    assert compared.cells["Combien", "aide-au-velo"] != ()


def test_only_the_criteria_asked_for_are_compared(catalogue):
    compared = catalogue.compare(["aide-au-velo"], criteria=["Qui paie", "Âge"])
    assert compared.criteria == ("Qui paie", "Âge")
    assert list(compared.cells) == [("Qui paie", "aide-au-velo"), ("Âge", "aide-au-velo")]


def test_references_are_numbered_from_one_each_once_as_they_are_met(catalogue):
    compared = catalogue.compare(["aide-au-permis", "aide-au-velo"], criteria=["Qui paie", "Âge"])
    assert [reference.title for reference in compared.references] == [
        "Fiche Appui « Aide au permis (APX) »",
        "Fiche Appui « Aide au vélo (AVX) »",
        "Article L9999-1",
        "Règlement de l'aide au vélo",
    ]
    assert [compared.number(each) for each in compared.references] == [1, 2, 3, 4]


def test_every_value_of_a_comparison_has_the_number_of_its_reference(catalogue):
    compared = catalogue.compare(ids(catalogue.sheets))
    used = {
        compared.number(reference)
        for values in compared.cells.values()
        for value in values
        for reference in value.references
    }
    assert used == set(range(1, len(compared.references) + 1))


def test_one_source_quoted_by_two_sheets_is_two_references(catalogue):
    compared = catalogue.compare(["aide-au-velo", "aide-au-permis"], criteria=["Qui paie"])
    assert [reference.sheet_id for reference in compared.references] == [
        "aide-au-velo", "aide-au-permis"
    ]  # fmt: skip


def test_one_unknown_sheet_refuses_the_whole_comparison(catalogue):
    with pytest.raises(UnknownSheet, match="« aide-au-train »"):
        catalogue.compare(["aide-au-velo", "aide-au-train"])
