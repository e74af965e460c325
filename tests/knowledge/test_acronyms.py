"""Acronyms are recognised in a question, unless they may be an everyday word."""

import pytest

from knowledge import acronyms as module
from knowledge.acronyms import Acronym, acronyms, acronyms_in

_SMALL = (
    "sigle;expansion;sens\n"
    "CEJ;contrat d'engagement jeune;\n"
    "AI;association intermédiaire;\n"
    "E2C;école de la deuxième chance;\n"
    "PEC;parcours emploi compétences;contrat\n"
    "PEC;prise en charge;santé\n"
    "CléA;certificat de connaissances;\n"
)


@pytest.fixture
def small(tmp_path, monkeypatch):
    (tmp_path / "sigles.csv").write_text(_SMALL, encoding="utf-8")
    monkeypatch.setattr(module, "_FILE", tmp_path / "sigles.csv")
    acronyms.cache_clear()
    yield
    acronyms.cache_clear()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Qui a droit au CEJ ?", ["CEJ"]),
        ("le cej et l'e2c", ["CEJ", "E2C"]),
        ("cej CEJ Cej", ["CEJ"]),
        ("CEJ/PEC, CEJ-E2C", ["CEJ", "E2C"]),
        ("j'ai une question", []),
        ("une AI embauche", ["AI"]),
        ("un PEC", []),
        ("la certification CLEA", ["CléA"]),
        ("rien de tel", []),
        ("", []),
    ],
)
@pytest.mark.usefixtures("small")
def test_acronyms_are_found_in_a_question(text, found):
    assert [acronym.short for acronym in acronyms_in(text)] == found


@pytest.mark.usefixtures("small")
def test_both_senses_of_an_acronym_are_kept():
    assert acronyms()["pec"] == (
        Acronym("PEC", "parcours emploi compétences", "contrat"),
        Acronym("PEC", "prise en charge", "santé"),
    )


def test_without_the_file_nothing_is_an_acronym(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_FILE", tmp_path / "absent.csv")
    acronyms.cache_clear()

    assert acronyms_in("le CEJ") == []

    acronyms.cache_clear()


def test_the_acronyms_that_advisers_use_are_in_the_file():
    known = acronyms()

    assert {"cej", "pacea", "pmsmp", "e2c", "qpv", "rqth", "rsa"} <= set(known)
    assert all(a.short and a.expansion for senses in known.values() for a in senses)
