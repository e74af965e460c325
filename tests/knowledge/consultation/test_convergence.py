"""Expectations that are the same from one region to another, and how much of notes was read."""

import pytest

from knowledge.consultation.build import read_notes
from knowledge.consultation.convergence import convergences
from knowledge.consultation.coverage import coverage
from knowledge.consultation.project import Project
from tests.knowledge.consultation.test_decisions import decide, import_into, opened, write_note

WISHES = {
    "Hautes-Rives": "Pouvoir texter les jeunes depuis le logiciel, avec des modèles",
    "Basses-Rives": "SMS groupés : oui. Un texte, trente convocations, une seule fois",
}


@pytest.fixture
def two(tmp_path):
    """A project in which two regions ask the same in other words."""
    project = Project(tmp_path / "projet")
    for town, (region, said) in zip(("Brumeval", "Orlagne"), WISHES.items(), strict=True):
        path = write_note(tmp_path, town, region)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Envoyer des SMS aux jeunes depuis le dossier", said))
        import_into(project, path)
    return project


def test_the_same_wish_in_other_words_is_shown_until_it_is_decided(two):
    (pair,) = convergences(opened(two))
    assert {pair.one.region, pair.other.region} == set(WISHES)
    assert pair.is_confirmed is None

    decide(two, pair.one.remark.said, "confirm", ids=(pair.other.remark.id,))
    assert [each.is_confirmed for each in convergences(opened(two))] == [True]
    decide(two, pair.one.remark.said, "refuse", ids=(pair.other.remark.id,))
    assert [each.is_confirmed for each in convergences(opened(two))] == [False]


def test_the_same_words_and_one_region_are_no_convergence(tmp_path):
    project = Project(tmp_path / "projet")
    import_into(project, write_note(tmp_path), write_note(tmp_path, "Orlagne", "Basses-Rives"))

    assert convergences(opened(project)) == []


def test_each_sentence_is_decided_proposed_set_aside_or_unread(two):
    decide(two, "texter", "accept")
    decide(two, "texter", "accept")
    decide(two, "groupés", "set_aside", reason="déjà dit")

    read = read_notes(two.notes(), two.decisions())
    first, second = coverage(read.notes, read.statuses())
    told = {each.note.region: each for each in (first, second)}
    mine, other = told["Hautes-Rives"], told["Basses-Rives"]
    assert (mine.decided, mine.proposed, mine.set_aside) == (1, 1, 0)
    assert (other.decided, other.proposed, other.set_aside) == (0, 1, 1)
    assert mine.sentences == mine.decided + mine.proposed + mine.unread
