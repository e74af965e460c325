"""Two who code apart: Krippendorff's alpha, and what is left to settle."""

import pytest

from knowledge.consultation.agreement import agreement, krippendorff_alpha
from tests.knowledge.consultation.test_decisions import decide, opened, project  # noqa: F401


def units(*coders: str):
    """Return the values of each unit, one string of values a coder; « . » is missing."""
    return [[value for value in values if value != "."] for values in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        # K. Krippendorff, « Computing Krippendorff's Alpha-Reliability », 2011, sections A to C.
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_that_of_the_worked_examples(coders, alpha):
    assert krippendorff_alpha(units(*coders)) == pytest.approx(alpha, abs=0.0005)


def test_alpha_by_hand():
    # o_aa = 2, o_ab = o_ba = 1, n_a = 3, n_b = 1: 1 − 3 · 2 / 6
    assert krippendorff_alpha([["a", "a"], ["a", "b"]]) == 0
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1


def test_alpha_says_nothing_of_one_value_or_of_no_pair():
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([["a"], []]) is None


def test_disagreements_are_listed_until_they_are_settled(project):  # noqa: F811
    decide(project, "agenda", "accept", coder="AB", kind="dysfonctionne", theme="agenda")
    decide(project, "agenda", "change", coder="CD", kind="besoin", theme="agenda")
    decide(project, "SMS", "accept", coder="AB", kind="besoin", theme="messagerie et SMS")
    decide(project, "SMS", "accept", coder="CD", kind="besoin", theme="messagerie et SMS")
    decide(project, "SMS", "accept", coder="", kind="attente", theme="autre")
    found = agreement(opened(project))

    assert (found.coders, found.shared) == (("AB", "CD"), 2)
    assert found.theme == 1
    assert found.kind == 0
    (one,) = found.disagreements
    assert {coder: each.kind for coder, each in one.codings.items()} == {
        "AB": "dysfonctionne",
        "CD": "besoin",
    }
    decide(project, "agenda", "settle", kind="besoin")
    after = agreement(opened(project))
    assert after.disagreements == ()
    assert after.kind == found.kind


def test_one_may_set_aside_what_another_keeps(project):  # noqa: F811
    decide(project, "SMS", "accept", coder="AB", kind="besoin")
    decide(project, "SMS", "set_aside", coder="CD", reason="hors sujet")
    (one,) = agreement(opened(project)).disagreements

    assert one.codings["CD"].kind is None
    decide(project, "SMS", "restore", coder="CD")
    assert agreement(opened(project)).shared == 0
