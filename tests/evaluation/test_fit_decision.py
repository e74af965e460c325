"""What decides to answer is fitted on development questions, and told with what was left out."""

from pathlib import Path

import numpy as np
import pytest

from assistant.decide import FEATURES, Evidence, decide, features, probability
from evaluation.fit_decision import describe, main
from tests.evaluation.test_evaluator import SET

SURE = Evidence(
    dense=0.9, cosine=0.92, covered=0.9, unknown=0.0, named=0.9, has_expected=True, relevance=0.95
)


def test_what_separates_is_told() -> None:
    source = np.random.default_rng(3)
    labels = np.array([1] * 40 + [0] * 12)
    rows = source.normal(size=(52, len(FEATURES))) + 4 * labels[:, None]
    said = describe(rows, labels, name="_READ")
    assert "52 questions, dont 12 sans réponse" in said
    assert "laissée de côté : 1.000" in said
    assert "_READ_WEIGHTS = (" in said
    assert "toutes de la même sorte" in describe(rows, np.ones(52), name="_READ")


def test_what_the_ranker_read_is_weighed_when_there_is_one() -> None:
    assert len(features(SURE)) == len(FEATURES)
    read, unread = SURE, Evidence(**{**_values(SURE), "relevance": 0.0001})
    assert probability(read) > probability(unread)
    assert decide(read) == "answered"
    without = Evidence(**{**_values(SURE), "relevance": None})
    assert "relevance" not in without.to_json()
    assert decide(without) == "answered"


def test_known_questions_count_where_they_speak_of_the_sheet_that_answers() -> None:
    on_sheet = {**_values(SURE), "on_sheet": True, "alike": 0.95}
    near, far = Evidence(**on_sheet), Evidence(**{**on_sheet, "alike": 0.2})
    unanswered = Evidence(**{**on_sheet, "unanswered": 0.9})
    assert probability(near) > probability(far)
    assert probability(near) > probability(unanswered)


def _values(evidence: Evidence) -> dict[str, object]:
    return {name: getattr(evidence, name) for name in evidence.__slots__}


def test_the_program_says_what_an_index_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--set", str(SET), str(tmp_path)]) == 0
    assert "questions, dont" in capsys.readouterr().out
