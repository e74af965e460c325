"""A situation compared with the conditions of a sheet: met, not met, or to be checked."""

from itertools import product

import pytest

from knowledge.match import age_verdict, match, match_sheet, say_ages
from knowledge.sheets import Sheet, load_sheets
from knowledge.situation import ACTIVITIES, DIPLOMAS, HOUSINGS, Situation

SHEET = {
    "id": "aide-au-velo",
    "name": "Aide au vélo",
    "title": "Aide au vélo (AV)",
    "acronyms": ["AV"],
    "status": "en_vigueur",
    "superseded_by": None,
    "superseded_on": None,
    "purpose": "Acheter un vélo.",
    "needs": ["mobilité"],
    "publisher": "Appui",
    "collection": "dispositifs",
    "date": "2026-01-01",
    "checked_on": "2026-02-01",
    "valid_from": None,
    "valid_until": None,
    "territory": None,
    "url": None,
    "audience": {
        "age_min": None,
        "age_max": None,
        "age_exceptions": [],
        "situation": [],
        "residence": None,
    },
    "conditions": [],
    "duration": [],
    "amounts": [],
    "obligations": [],
    "papers": [],
    "prescriber": "Mission locale",
    "payer": "La région",
    "combination": [],
    "legal_basis": [],
    "sources": [
        {
            "key": "texte",
            "title": "Règlement",
            "url": None,
            "publisher": "La région",
            "date": "2026-01-01",
            "checked_on": "2026-02-01",
            "upstream_id": None,
        }
    ],
    "related": [],
}


def rule(text="Une condition", **more) -> dict:
    return {"text": text, "source": "texte", **more}


def sheet(*conditions: dict, ages=(None, None), exceptions=(), **changes) -> Sheet:
    """Return a sheet with these conditions, and that of age where it gives ages."""
    audience = {
        **SHEET["audience"],
        "age_min": ages[0],
        "age_max": ages[1],
        "age_exceptions": [{"age_max": None, "source": "texte", **each} for each in exceptions],
    }
    of_age = [rule("L'âge", criterion={"age": True})] if ages != (None, None) else []
    values = {**SHEET, "audience": audience, "conditions": [*of_age, *conditions], **changes}
    return Sheet.model_validate(values)


def check(criterion: dict, situation: Situation) -> tuple[str, str]:
    """Return the verdict on the one condition of a sheet, and its reason."""
    (checked,) = match_sheet(situation, sheet(rule(criterion=criterion))).checks
    return checked.verdict, checked.reason


# Each thing that a criterion can ask


@pytest.mark.parametrize(
    ("criterion", "said", "reason"),
    [
        ({"rqth": True}, {"rqth": True}, "RQTH : oui"),
        ({"rqth": False}, {"rqth": False}, "RQTH : non"),
        ({"child": True}, {"child": True}, "enfant à charge ou à naître : oui"),
        ({"activity": ["inscrit", "salarié"]}, {"activity": "salarié"}, "salarié"),
        ({"diploma": ["aucun"]}, {"diploma": "aucun"}, "sans diplôme"),
        ({"housing": ["locataire"]}, {"housing": "locataire"}, "locataire"),
        ({"department": ["28", "2A"]}, {"department": "2A"}, "département 2A"),
        ({"resources_max": 600}, {"resources": 0}, "0 € par mois"),
        ({"resources_max": 600}, {"resources": 600}, "600 € par mois"),
    ],
)
def test_what_is_asked_is_met(criterion, said, reason):
    assert check(criterion, Situation(**said)) == ("met", reason)


@pytest.mark.parametrize(
    ("criterion", "said", "reason"),
    [
        ({"rqth": True}, {"rqth": False}, "RQTH : non"),
        ({"rqth": False}, {"rqth": True}, "RQTH : oui"),
        ({"child": True}, {"child": False}, "enfant à charge ou à naître : non"),
        ({"activity": ["inscrit"]}, {"activity": "études"}, "élève, étudiant ou en formation"),
        ({"diploma": ["aucun"]}, {"diploma": "supérieur"}, "diplôme du supérieur"),
        ({"housing": ["locataire"]}, {"housing": "parents"}, "chez ses parents"),
        ({"department": ["28"]}, {"department": "2A"}, "département 2A"),
        ({"resources_max": 600}, {"resources": 1867.02}, "1 867,02 € par mois"),
    ],
)
def test_what_is_asked_is_not_met(criterion, said, reason):
    assert check(criterion, Situation(**said)) == ("not_met", reason)


@pytest.mark.parametrize(
    ("criterion", "reason"),
    [
        ({"rqth": True}, "RQTH : non indiqué"),
        ({"rqth": False}, "RQTH : non indiqué"),
        ({"child": False}, "enfant à charge ou à naître : non indiqué"),
        ({"activity": ["inscrit"]}, "activité non indiquée"),
        ({"diploma": ["aucun"]}, "diplôme non indiqué"),
        ({"housing": ["locataire"]}, "logement non indiqué"),
        ({"department": ["28"]}, "territoire non indiqué"),
        ({"resources_max": 600}, "ressources non indiquées"),
    ],
)
def test_what_was_not_said_is_unknown(criterion, reason):
    verdict, said = check(criterion, Situation(age=20))
    assert verdict == "unknown"
    assert said.startswith(reason)


@pytest.mark.parametrize("names", [ACTIVITIES, DIPLOMAS, HOUSINGS])
def test_no_two_values_of_a_situation_are_said_the_same_way(names):
    assert len(set(names.values())) == len(names)


# Several things asked at once


def test_a_criterion_that_asks_two_things_is_met_when_both_are():
    both = {"rqth": True, "diploma": ["aucun"]}
    situation = Situation(rqth=True, diploma="aucun")
    assert check(both, situation) == ("met", "RQTH : oui ; sans diplôme")


def test_one_thing_that_is_not_met_is_the_reason_whatever_else_is_unknown():
    criterion = {"rqth": True, "diploma": ["aucun"], "housing": ["locataire"]}
    situation = Situation(rqth=True, diploma="bac")
    assert check(criterion, situation) == ("not_met", "bac")


def test_one_thing_unknown_leaves_the_whole_to_be_checked():
    criterion = {"rqth": True, "diploma": ["aucun"]}
    verdict, reason = check(criterion, Situation(rqth=True))
    assert verdict == "unknown"
    assert "diplôme" in reason
    assert "RQTH" not in reason


def test_a_condition_without_criterion_is_to_be_checked_with_the_young_person():
    (checked,) = match_sheet(Situation(age=20, rqth=True), sheet(rule())).checks
    assert (checked.verdict, checked.reason) == ("unknown", "à vérifier avec le jeune")


# What can still be done about it


REGISTERED = rule("Être inscrit", criterion={"activity": ["inscrit"]}, step="à demander d'abord")


def test_what_can_still_be_done_does_not_close_the_door():
    found = match_sheet(Situation(activity="sans_emploi"), sheet(REGISTERED))
    assert found.verdict == "unknown"
    assert [(c.verdict, c.reason) for c in found.checks] == [("unknown", "à demander d'abord")]


def test_what_is_done_already_needs_no_step():
    found = match_sheet(Situation(activity="inscrit"), sheet(REGISTERED))
    assert (found.verdict, found.checks[0].reason) == ("met", "demandeur d'emploi inscrit")


def test_a_step_is_not_proposed_before_it_is_known_to_be_needed():
    found = match_sheet(Situation(), sheet(REGISTERED))
    assert found.checks[0].verdict == "unknown"
    assert found.checks[0].reason != "à demander d'abord"


# The verdict on a sheet


POOR = rule("Peu de ressources", criterion={"resources_max": 600}, only_for="l'allocation")
DISABLED = rule("Une RQTH", criterion={"rqth": True})


def test_a_sheet_is_met_when_every_condition_of_entry_is():
    assert match_sheet(Situation(rqth=True), sheet(DISABLED)).verdict == "met"


def test_a_sheet_is_not_met_when_one_condition_is_not():
    found = match_sheet(Situation(rqth=False), sheet(DISABLED, rule()))
    assert found.verdict == "not_met"
    assert (found.count("met"), found.count("not_met"), found.count("unknown")) == (0, 1, 1)


@pytest.mark.parametrize(("resources", "checked"), [(5000, "not_met"), (None, "unknown")])
def test_what_bears_on_a_part_only_never_closes_the_door(resources, checked):
    found = match_sheet(Situation(rqth=True, resources=resources), sheet(DISABLED, POOR))
    assert found.verdict == "met"
    assert [each.verdict for each in found.checks] == ["met", checked]


def test_a_sheet_whose_conditions_bear_on_parts_only_is_to_be_checked():
    assert match_sheet(Situation(resources=0), sheet(POOR)).verdict == "unknown"


def test_a_sheet_without_conditions_is_to_be_checked():
    assert match_sheet(Situation(age=20, rqth=True), sheet()).verdict == "unknown"


def test_the_conditions_are_given_in_the_order_of_the_sheet():
    found = match_sheet(Situation(), sheet(DISABLED, POOR, REGISTERED))
    texts = [each.condition.text for each in found.checks]
    assert texts == ["Une RQTH", "Peu de ressources", "Être inscrit"]


# Ages and who is taken beyond them


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (16, 25, "de 16 à 25 ans"),
        (18, None, "18 ans et plus"),
        (None, 29, "jusqu'à 29 ans"),
        (None, None, "sans condition d'âge"),
    ],
)
def test_ages_are_said_in_french(low, high, said):
    assert say_ages(low, high) == said


@pytest.mark.parametrize(
    ("ages", "age", "verdict"),
    [
        ((16, 25), 15, "not_met"),
        ((16, 25), 16, "met"),
        ((16, 25), 25, "met"),
        ((16, 25), 26, "not_met"),
        ((18, None), 17, "not_met"),
        ((18, None), 80, "met"),
        ((None, 17), 18, "not_met"),
        ((None, 17), 12, "met"),
        ((None, None), 40, "met"),
        ((16, 25), None, "unknown"),
    ],
)
def test_an_age_is_within_those_of_the_sheet_bounds_included(ages, age, verdict):
    assert age_verdict(sheet(ages=ages), situation=Situation(age=age))[0] == verdict


def test_the_reason_of_an_age_says_which_ages_are_taken():
    found = age_verdict(sheet(ages=(16, 25)), situation=Situation(age=30))
    assert found == ("not_met", "30 ans : de 16 à 25 ans")


def test_an_age_that_was_not_said_is_unknown():
    found = match_sheet(Situation(), sheet(ages=(16, 25)))
    assert (found.verdict, found.checks[0].reason) == ("unknown", "âge non indiqué")


RQTH = {"who": "Jeune avec une RQTH", "age_max": 29, "when": {"rqth": True}}
ON_DEMAND = {"who": "Sur avis du préfet", "age_max": 27}


@pytest.mark.parametrize(
    ("rqth", "age", "verdict"),
    [
        (True, 29, "met"),
        (True, 30, "not_met"),
        (False, 29, "not_met"),
        (None, 29, "unknown"),
        (False, 25, "met"),
        (True, 15, "not_met"),
    ],
)
def test_an_exception_that_can_be_compared_is(rqth, age, verdict):
    taken = sheet(ages=(16, 25), exceptions=[RQTH])
    assert age_verdict(taken, situation=Situation(age=age, rqth=rqth))[0] == verdict


def test_an_exception_that_takes_somebody_is_named():
    taken = sheet(ages=(16, 25), exceptions=[RQTH])
    found = age_verdict(taken, situation=Situation(age=27, rqth=True))
    assert found == ("met", "27 ans, par exception : Jeune avec une RQTH")


def test_an_exception_that_only_a_person_can_tell_is_never_met_nor_refused():
    taken = sheet(ages=(16, 25), exceptions=[ON_DEMAND])
    found = age_verdict(taken, situation=Situation(age=27, rqth=True))
    assert found == ("unknown", "27 ans, seulement par exception : Sur avis du préfet")


def test_the_exception_that_is_met_is_said_before_the_one_to_be_checked():
    taken = sheet(ages=(16, 25), exceptions=[ON_DEMAND, RQTH])
    found = age_verdict(taken, situation=Situation(age=27, rqth=True))
    assert found == ("met", "27 ans, par exception : Jeune avec une RQTH")


def test_an_exception_that_is_refused_leaves_the_one_to_be_checked():
    taken = sheet(ages=(16, 25), exceptions=[RQTH, ON_DEMAND])
    verdict, reason = age_verdict(taken, situation=Situation(age=27, rqth=False))
    assert verdict == "unknown"
    assert "Sur avis du préfet" in reason


def test_every_exception_that_may_take_somebody_is_named():
    taken = sheet(ages=(16, 25), exceptions=[RQTH, ON_DEMAND])
    _, reason = age_verdict(taken, situation=Situation(age=27))
    assert reason == (
        "27 ans, seulement par exception : Jeune avec une RQTH ; ou Sur avis du préfet"
    )


def test_an_exception_without_limit_takes_any_age_above():
    taken = sheet(ages=(16, 25), exceptions=[{"who": "Avec une RQTH", "when": {"rqth": True}}])
    assert age_verdict(taken, situation=Situation(age=60, rqth=True))[0] == "met"
    assert age_verdict(taken, situation=Situation(age=15, rqth=True))[0] == "not_met"


def test_an_exception_may_take_people_who_are_younger():
    young = {"who": "Sortie de troisième", "age_min": 15, "age_max": 15}
    taken = sheet(ages=(16, 25), exceptions=[young])
    assert age_verdict(taken, situation=Situation(age=15))[0] == "unknown"
    assert age_verdict(taken, situation=Situation(age=14))[0] == "not_met"


# Dispositifs that nobody enters any more


@pytest.mark.parametrize(
    ("closed", "reason"),
    [
        (
            {"status": "terminé", "valid_until": "2025-06-30"},
            "Ce dispositif n'est plus ouvert depuis le 30 juin 2025.",
        ),
        (
            {"status": "remplacé", "superseded_by": "autre", "superseded_on": "2022-03-01"},
            "Ce dispositif n'est plus ouvert depuis le 1er mars 2022.",
        ),
    ],
)
def test_nobody_enters_a_dispositif_that_is_over_even_with_every_condition_met(closed, reason):
    found = match_sheet(Situation(rqth=True), sheet(DISABLED, **closed))
    assert (found.verdict, found.closed_reason) == ("not_met", reason)
    assert found.checks[0].verdict == "met"


@pytest.mark.parametrize("status", [{}, {"status": "local", "territory": "Valmont"}])
def test_what_is_open_has_no_reason_to_be_closed(status):
    assert match_sheet(Situation(rqth=True), sheet(DISABLED, **status)).closed_reason is None


# The order in which they are given


def test_those_that_look_most_open_come_first():
    half = sheet(DISABLED, rule(), id="a-moitie", title="À moitié")
    sheets = [
        sheet(rule(criterion={"rqth": False}), id="refuse", title="Refusé"),
        sheet(rule(), id="a-verifier", title="À vérifier"),
        half,
        sheet(DISABLED, id="zebre", title="Zèbre"),
        sheet(DISABLED, id="avion", title="Avion"),
    ]
    found = [each.sheet.id for each in match(Situation(rqth=True), sheets)]
    assert found == ["avion", "zebre", "a-moitie", "a-verifier", "refuse"]


def test_what_bears_on_a_part_only_does_not_make_a_sheet_look_more_open():
    of_a_part = {**DISABLED, "only_for": "la prime"}
    sheets = [
        sheet(rule(), of_a_part, of_a_part, id="une-part", title="Une part"),
        sheet(DISABLED, rule(), rule(), id="entree", title="Entrée"),
    ]
    found = [each.sheet.id for each in match(Situation(rqth=True), sheets)]
    assert found == ["entree", "une-part"]


# The sheets that come with Appui


@pytest.fixture(scope="module")
def bundled() -> tuple[Sheet, ...]:
    return load_sheets()


def test_nothing_is_met_for_somebody_of_whom_nothing_is_known(bundled):
    found = match(Situation(), bundled)
    assert found
    assert {each.verdict for each in found} <= {"unknown", "not_met"}
    assert all(each.closed_reason for each in found if each.verdict == "not_met")


@pytest.mark.parametrize(
    ("age", "rqth", "activity"),
    list(product((None, 17, 22, 27), (None, True), (None, "inscrit", "études"))),
)
def test_no_sheet_is_met_while_something_of_its_entry_is_unknown(bundled, age, rqth, activity):
    situation = Situation(age=age, rqth=rqth, activity=activity)
    for found in match(situation, bundled):
        if found.verdict == "met":
            entry = [each for each in found.checks if each.condition.only_for is None]
            assert entry, found.sheet.id
            assert all(each.verdict == "met" for each in entry), found.sheet.id


def test_whoever_is_too_old_for_a_sheet_without_exceptions_does_not_enter(bundled):
    strict = [
        each
        for each in bundled
        if each.audience.age_max is not None and not each.audience.age_exceptions
    ]
    found = match(Situation(age=90), strict)
    assert "not_met" in {each.verdict for each in found}
    assert "met" not in {each.verdict for each in found}
