"""The weights that choose sentences are fitted on what was found for development questions."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.signs import NAMES
from evaluation.fit_choice import Sample, describe, fit, gather, left_out, main, only_read
from evaluation.questions import Question, read_questions
from ingestion.add import add_paths
from knowledge.library import open_library
from tests.evaluation.test_evaluator import SET

HOLDS = NAMES.index("holds")
SHEET = """\
# Contrat d'engagement jeune (CEJ)

## Durée

Le CEJ dure douze mois au plus.

## Allocation

L'allocation du CEJ est de 561,68 € par mois depuis le 1er avril 2025 pour un jeune majeur.
"""


def samples(count: int = 24) -> list[Sample]:
    source = np.random.default_rng(5)
    made = []
    for number in range(count):
        signs = source.normal(size=(6, len(NAMES)))
        right = number % 6
        signs[:, HOLDS] = 0.0
        signs[right, HOLDS] = 1.0
        made.append(
            Sample(
                fold=number % 3,
                signs=signs,
                corrections=np.zeros(6),
                facts=np.arange(6)[None, :] == right,
                read=3,
            )
        )
    return made


def test_the_sign_that_tells_the_right_sentence_weighs_most() -> None:
    weights = fit(samples(), names=NAMES)
    assert int(np.argmax(np.abs(weights))) == HOLDS
    assert weights[HOLDS] > 0


def test_a_sign_that_is_not_used_weighs_nothing() -> None:
    assert fit(samples(), names=("titled", "passage"))[HOLDS] == 0.0


def test_what_is_left_out_is_found_by_what_the_others_taught() -> None:
    first, *_ = left_out(samples(), names=NAMES)
    assert first == pytest.approx(1.0)
    assert left_out([], names=NAMES) == [0.0, 0.0, 0.0]


def test_only_the_sentences_that_models_read_are_kept() -> None:
    kept = only_read(samples(2))
    assert [sample.signs.shape[0] for sample in kept] == [3, 3]
    assert [sample.facts.shape[1] for sample in kept] == [3, 3]


def test_the_three_sets_of_weights_are_printed_as_the_module_holds_them() -> None:
    said = describe(samples())
    for name in ("_CHEAP = (", "_ALL = (", "_UNREAD = ("):
        assert name in said


def test_a_question_brings_the_signs_of_the_sentences_found(tmp_path: Path) -> None:
    file = tmp_path / "cej.md"
    file.write_text(SHEET, encoding="utf-8")
    home = tmp_path / "index"
    add_paths([file], home=home)
    asked = Question.model_validate(
        {
            "id": "a",
            "category": "direct",
            "question": "montant du CEJ pour un majeur",
            "expect": {"facts": [{"label": "montant", "any_of": ["561,68"]}]},
        }
    )
    held_out = asked.model_copy(update={"id": "b", "split": "test"})
    unknown = asked.model_copy(update={"id": "c", "question": "durée du CEJ", "expect": _nothing()})
    with open_library(home) as library:
        found = gather([asked, held_out, unknown], library=library, today=date(2026, 11, 23))
    (sample,) = found
    assert sample.facts.sum() == 1
    assert sample.signs.shape[1] == len(NAMES)


def _nothing() -> object:
    return read_questions(SET)[0].expect.model_copy(update={"facts": ()})


def test_the_program_fits_on_each_set_with_its_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "--set" in capsys.readouterr().err
