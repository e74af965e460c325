"""Acronyms are recognised in a question, unless they may be an everyday word."""

import pytest

from knowledge import acronyms as module
from knowledge.acronyms import Acronym, acronym_spans, acronyms, acronyms_in

_SMALL = (
    "sigle;expansion;sens\n"
    "CEJ;contrat d'engagement jeune;\n"
    "AI;association intermédiaire;\n"
    "E2C;école de la deuxième chance;\n"
    "PEC;parcours emploi compétences;contrat\n"
    "PEC;prise en charge;santé\n"
    "CléA;certificat de connaissances;\n"
    "CUI;contrat unique d'insertion;\n"
    "CUI-CAE;contrat unique d'insertion, secteur non marchand;\n"
    "PASS IAE;autorisation de parcours;\n"
    "SI;système d'information;\n"
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


def written(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in acronym_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le CEJ, puis un CEJ.", ["CEJ", "CEJ"]),
        ("l'E2C (CEJ/PEC)", ["E2C", "CEJ", "PEC"]),
        ("**CEJ**", ["CEJ"]),
        ("un CUI-CAE ou un CUI", ["CUI-CAE", "CUI"]),
        ("un PASS IAE, un PASS\u00a0IAE", ["PASS IAE", "PASS\u00a0IAE"]),
        ("la CléA, la CLEA, la CLÉA", ["CléA", "CLEA", "CLÉA"]),
        ("CEJ PEC", ["CEJ", "PEC"]),
        ("FORMATION PEC\nun PEC", ["PEC"]),
    ],
)
@pytest.mark.usefixtures("small")
def test_acronyms_are_found_where_they_stand(text, found):
    assert written(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "j'ai un cej, si Cléa est là",
        "SI VOUS AVEZ 17 ANS",
        "J'AI 17 ANS",
        "https://exemple.fr/CEJ?AI",
        "www.CEJ.fr",
        "CEJ@exemple.fr",
        "CEJ2, XCEJ, _CEJ_",
        "",
    ],
)
@pytest.mark.usefixtures("small")
def test_a_word_an_address_or_a_phrase_in_capitals_is_no_acronym(text):
    assert written(text) == []


@pytest.mark.usefixtures("small")
def test_an_acronym_comes_with_every_sense():
    ((_, _, senses),) = acronym_spans("une PEC")

    assert [sense.sense for sense in senses] == ["contrat", "santé"]


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
    assert list(acronym_spans("le CEJ")) == []

    acronyms.cache_clear()


def test_the_acronyms_that_advisers_use_are_in_the_file():
    known = acronyms()

    assert {"cej", "pacea", "pmsmp", "e2c", "qpv", "rqth", "rsa"} <= set(known)
    assert all(a.short and a.expansion for senses in known.values() for a in senses)


def test_no_line_of_the_file_is_said_twice_and_each_of_several_senses_has_a_name():
    for senses in acronyms().values():
        assert len({one.expansion for one in senses}) == len(senses)
        assert len(senses) == 1 or all(one.sense for one in senses)
        assert not any(set('"\\<>|*_`') & set(one.expansion + one.sense) for one in senses)
