"""What the bundled sheets say to a situation: no door closed by mistake, no yes without a check."""

from itertools import product

import pytest

from knowledge.match import match_sheet
from knowledge.sheets import Sheet, load_sheets
from knowledge.situation import ACTIVITIES, DIPLOMAS, HOUSINGS, Situation

# The only sheet whose conditions of entry can all be compared. Its source sets no other rule than
# to be in working life, « quels que soient son statut, son âge, sa qualification ».
MAY_BE_MET = {"conseil-en-evolution-professionnelle"}

# What is asked of an age there is not about entering: another way in remains, or a use.
STEP_WHATEVER_THE_AGE = {"creation-d-entreprise", "pass-culture"}

OVERSEAS = {"971", "972", "973", "974", "975", "976", "977", "978"}


@pytest.fixture(scope="module")
def bundled() -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in load_sheets()}


def entry(sheet: Sheet):
    """Return the conditions of entry of a sheet: those that bear on the whole of it."""
    return [each for each in sheet.conditions if each.only_for is None]


def closing(sheet: Sheet, **said):
    """Return the conditions that close a sheet to a situation."""
    checks = match_sheet(Situation(**said), sheet).checks
    return [c.condition for c in checks if c.verdict == "not_met" and c.condition.only_for is None]


def part(sheet: Sheet, name: str, **said) -> list[str]:
    """Return the verdicts on what bears on a part of a sheet."""
    checks = match_sheet(Situation(**said), sheet).checks
    return [check.verdict for check in checks if check.condition.only_for == name]


# What holds for every sheet


def test_which_sheets_may_be_met_is_known_and_justified(bundled):
    found = {
        sheet.id
        for sheet in bundled.values()
        if sheet.status not in {"remplacé", "terminé"}
        and entry(sheet)
        and all(condition.criterion for condition in entry(sheet))
    }
    assert found == MAY_BE_MET


@pytest.mark.parametrize("activity", ["inscrit", "salarié", "alternance"])
def test_advice_is_open_to_whoever_is_in_working_life(bundled, activity):
    sheet = bundled["conseil-en-evolution-professionnelle"]
    assert match_sheet(Situation(activity=activity), sheet).verdict == "met"


@pytest.mark.parametrize("activity", ["sans_emploi", "études"])
def test_advice_is_to_be_checked_for_anybody_else(bundled, activity):
    sheet = bundled["conseil-en-evolution-professionnelle"]
    assert match_sheet(Situation(activity=activity), sheet).verdict == "unknown"


def test_not_being_registered_never_closes_a_door(bundled):
    for sheet, activity in product(bundled.values(), ACTIVITIES):
        for condition in closing(sheet, activity=activity):
            assert condition.criterion.activity != ("inscrit",), sheet.id


@pytest.mark.parametrize("housing", HOUSINGS)
def test_where_somebody_lives_never_closes_a_door(bundled, housing):
    assert {sheet.id for sheet in bundled.values() if closing(sheet, housing=housing)} == set()


def test_having_no_rqth_never_closes_a_door_at_the_ordinary_ages(bundled):
    closed = {
        sheet.id
        for sheet in bundled.values()
        for condition in closing(sheet, rqth=False)
        if condition.criterion.rqth
    }
    assert closed == set()


def test_resources_never_close_a_door_that_the_law_opens_on_other_terms(bundled):
    for sheet in bundled.values():
        assert closing(sheet, resources=10_000) == [], sheet.id


def test_a_step_stands_for_one_thing_that_can_still_be_done(bundled):
    for sheet in bundled.values():
        for condition in sheet.conditions:
            if condition.step is not None:
                assert condition.criterion is not None, sheet.id
                assert len(condition.criterion.model_fields_set) == 1, sheet.id


def test_no_step_hides_that_somebody_has_not_the_age(bundled):
    found = {
        sheet.id
        for sheet in bundled.values()
        for condition in sheet.conditions
        if condition.step and condition.criterion and condition.criterion.age
    }
    assert found == STEP_WHATEVER_THE_AGE


def test_a_local_sheet_is_closed_to_whoever_lives_elsewhere(bundled):
    local = [sheet for sheet in bundled.values() if sheet.status == "local"]
    assert local
    for sheet in local:
        assert closing(sheet, department="2A"), sheet.id


@pytest.mark.parametrize("department", sorted(OVERSEAS))
def test_the_overseas_project_is_open_overseas(bundled, department):
    assert not closing(bundled["projet-initiative-jeune"], age=23, department=department)


def test_the_overseas_project_is_closed_elsewhere(bundled):
    assert closing(bundled["projet-initiative-jeune"], age=23, department="28")


def test_what_depends_on_a_local_rule_is_never_met_nor_refused(bundled):
    sheet = bundled["fonds-d-aide-aux-jeunes"]
    for age, activity, diploma in product((14, 16, 20, 25, 28), ACTIVITIES, DIPLOMAS):
        situation = Situation(age=age, activity=activity, diploma=diploma, resources=0)
        assert match_sheet(situation, sheet).verdict == "unknown"


# Who is refused: each of these is a rule of the sheet, and the one that is named


@pytest.mark.parametrize(
    ("sheet_id", "said"),
    [
        ("cej", {"age": 27, "rqth": False}),
        ("cej", {"age": 30, "rqth": True}),
        ("cej", {"age": 15}),
        ("cej", {"age": 20, "activity": "études"}),
        ("cej", {"age": 20, "activity": "alternance"}),
        ("pacea", {"age": 26}),
        ("pacea", {"age": 27, "rqth": True}),
        ("epide", {"age": 16}),
        ("epide", {"age": 20, "activity": "salarié"}),
        ("epide", {"age": 20, "diploma": "supérieur"}),
        ("e2c", {"age": 26}),
        ("e2c", {"age": 20, "diploma": "bac"}),
        ("rsa", {"age": 17, "child": False}),
        ("contrat-jeune-majeur", {"age": 21}),
        ("prime-d-activite", {"age": 17}),
        ("depart-18-25", {"age": 26}),
        ("mobili-jeune", {"age": 30}),
        ("mobili-jeune", {"activity": "salarié"}),
        ("aide-garde-enfants", {"child": False}),
        ("obligation-de-formation-16-18", {"age": 18}),
        ("obligation-de-formation-16-18", {"age": 16, "activity": "études"}),
        ("stage-etudiant", {"activity": "inscrit"}),
        ("garantie-jeunes", {"age": 20}),
        ("aide-permis-apprentis", {"age": 20, "activity": "alternance"}),
    ],
)
def test_whom_a_rule_excludes_is_refused(bundled, sheet_id, said):
    assert match_sheet(Situation(**said), bundled[sheet_id]).verdict == "not_met"


# Who is not refused: what is missing can be done, or another rule may take them


@pytest.mark.parametrize(
    ("sheet_id", "said"),
    [
        ("cej", {"age": 27, "rqth": None}),
        ("cej", {"age": 20, "activity": "salarié"}),
        ("cej", {"age": 17, "activity": "sans_emploi", "housing": "parents"}),
        ("pacea", {"age": 24, "activity": "alternance", "resources": 1200}),
        ("apprentissage", {"age": 30, "rqth": False}),
        ("apprentissage", {"age": 15}),
        ("contrat-de-professionnalisation", {"age": 27, "activity": "sans_emploi"}),
        ("contrat-de-professionnalisation", {"age": 28, "activity": "salarié"}),
        ("contrat-jeune-majeur", {"age": 17}),
        ("creation-d-entreprise", {"age": 17}),
        ("creation-d-entreprise", {"age": 45, "activity": "salarié", "rqth": False}),
        ("inscription-france-travail", {"age": 28, "rqth": False}),
        ("rsa", {"age": 19, "child": False}),
        ("esat", {"age": 17, "rqth": False}),
        ("aah", {"age": 17}),
        ("e2c", {"age": 16, "activity": "études", "diploma": "aucun"}),
        ("iae", {"age": 20, "activity": "salarié"}),
        ("cui-cae-pec", {"age": 22, "activity": "études"}),
        ("entreprise-adaptee", {"age": 20, "rqth": False, "activity": "inscrit"}),
        ("apprentissage-amenage", {"age": 20, "rqth": False, "activity": "alternance"}),
        ("visale", {"age": 35, "housing": "parents"}),
        ("visale", {"age": 20, "housing": "locataire"}),
        ("loca-pass", {"age": 19, "housing": "parents"}),
        ("loca-pass", {"age": 35, "activity": "salarié"}),
        ("aides-au-logement", {"housing": "sans_logement"}),
        ("fsl", {"housing": "parents"}),
        ("allocation-chomage-are", {"activity": "salarié"}),
        ("prime-d-activite", {"age": 22, "activity": "études"}),
        ("poe", {"activity": "salarié"}),
    ],
)
def test_who_may_still_enter_is_not_refused(bundled, sheet_id, said):
    assert match_sheet(Situation(**said), bundled[sheet_id]).verdict == "unknown"


# What is said of an age


@pytest.mark.parametrize(
    ("sheet_id", "said", "verdict", "reason"),
    [
        ("cej", {"age": 27, "rqth": True}, "met", "par exception"),
        ("cej", {"age": 27, "rqth": None}, "unknown", "seulement par exception"),
        ("cej", {"age": 27, "rqth": False}, "not_met", "de 16 à 25 ans"),
        ("apprentissage", {"age": 30, "rqth": None}, "unknown", "RQTH"),
        ("apprentissage", {"age": 30, "rqth": None}, "unknown", "diplôme supérieur"),
        ("apprentissage", {"age": 30, "rqth": True}, "met", "RQTH"),
        ("apprentissage", {"age": 40, "rqth": False}, "unknown", "Sportif de haut niveau"),
        ("cpf", {"age": 15, "activity": "alternance"}, "met", "Apprenti"),
        ("cpf", {"age": 15, "activity": "études"}, "not_met", "16 ans et plus"),
        (
            "contrat-de-professionnalisation",
            {"age": 27, "activity": "inscrit"},
            "met",
            "Demandeur d'emploi de 26 ans et plus",
        ),
        (
            "contrat-de-professionnalisation",
            {"age": 27, "activity": "sans_emploi"},
            "unknown",
            "va s'inscrire comme demandeur d'emploi",
        ),
        ("rsa", {"age": 17, "child": True}, "met", "enfant à charge"),
        ("inscription-france-travail", {"age": 28}, "unknown", "demande elle-même"),
        ("contrat-jeune-majeur", {"age": 17}, "unknown", "Mineur émancipé"),
    ],
)
def test_an_age_is_compared_with_the_exceptions_too(bundled, sheet_id, said, verdict, reason):
    checks = match_sheet(Situation(**said), bundled[sheet_id]).checks
    (found,) = (c for c in checks if c.condition.criterion and c.condition.criterion.age)
    assert found.verdict == verdict
    assert reason in found.reason


def test_the_age_of_the_mission_locale_does_not_close_the_registration(bundled):
    sheet = bundled["inscription-france-travail"]
    assert not closing(sheet, age=40)
    assert "met" in part(sheet, "l'inscription par la mission locale", age=20)


# What bears on a part of a dispositif


@pytest.mark.parametrize(
    ("sheet_id", "name", "said", "verdict"),
    [
        ("pacea", "l'allocation", {"resources": 300}, "met"),
        ("pacea", "l'allocation", {"resources": 301}, "unknown"),
        ("cej", "l'allocation", {"housing": "locataire"}, "met"),
        ("cej", "l'allocation", {"housing": "parents"}, "unknown"),
        ("aides-permis", "le CPF", {"activity": "inscrit"}, "met"),
        ("aides-permis", "le CPF", {"activity": "salarié"}, "unknown"),
        ("aides-permis", "l'aide de Pro BTP", {"activity": "alternance"}, "met"),
        ("aides-permis", "l'aide de Pro BTP", {"activity": "salarié"}, "not_met"),
        ("creation-d-entreprise", "l'ACRE", {"age": 20}, "met"),
        ("creation-d-entreprise", "l'ACRE", {"age": 28, "rqth": True}, "met"),
        ("creation-d-entreprise", "l'ACRE", {"age": 28, "rqth": False}, "unknown"),
        ("mobilite-internationale", "l'AMI", {"activity": "inscrit"}, "not_met"),
    ],
)
def test_a_part_is_compared_and_never_closes_the_whole(bundled, sheet_id, name, said, verdict):
    sheet = bundled[sheet_id]
    known = [each for each in part(sheet, name, **said) if each != "unknown"]
    assert known == ([] if verdict == "unknown" else [verdict])
    assert not closing(sheet, **said)


# Somebody who expects a child


def test_a_child_to_come_is_a_child_for_the_rsa_and_leaves_the_rest_to_be_checked(bundled):
    expecting = Situation(age=17, child=True, activity="sans_emploi", diploma="aucun")
    childcare = match_sheet(expecting, bundled["aide-garde-enfants"])
    born = next(c for c in childcare.checks if "déjà né" in c.condition.text)

    assert born.verdict == "unknown"
    assert childcare.verdict == "unknown"
    assert match_sheet(expecting, bundled["rsa"]).verdict == "unknown"


# Somebody whose handicap is recognised


@pytest.mark.parametrize(
    "sheet_id",
    ["agefiph", "apprentissage-amenage", "cap-emploi", "emploi-accompagne", "entreprise-adaptee"],
)
def test_a_recognised_handicap_counts_and_does_not_suffice(bundled, sheet_id):
    found = match_sheet(
        Situation(age=27, rqth=True, activity="inscrit", diploma="cap_bep", housing="locataire"),
        bundled[sheet_id],
    )
    assert found.count("met") > 0
    assert found.verdict == "unknown"
