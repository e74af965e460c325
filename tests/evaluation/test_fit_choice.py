"""The weights that choose sentences are fitted on what was found for development questions."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.choose import READ
from assistant.signs import NAMES
from evaluation.fit_choice import Sample, compared, describe, fit, gather, left_out, main, narrowed
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
                compared=3,
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


def test_only_the_sentences_that_are_compared_are_kept_and_their_readings_spread_out() -> None:
    kept = compared(samples(2))
    assert [sample.signs.shape[0] for sample in kept] == [3, 3]
    assert [sample.facts.shape[1] for sample in kept] == [3, 3]
    assert kept[0].signs[:, -1].min() == 0
    assert kept[0].signs[:, -1].max() == 1


def test_the_ranker_reads_those_that_weigh_most() -> None:
    weights = np.zeros(len(NAMES))
    weights[HOLDS] = 1.0
    (sample,) = samples(1)
    many = replace(
        sample,
        signs=np.repeat(sample.signs, 3, axis=0),
        corrections=np.zeros(18),
        facts=np.repeat(sample.facts, 3, axis=1),
    )
    (kept,) = narrowed([many], weights)
    assert kept.signs.shape[0] == READ
    assert kept.signs[:, HOLDS].sum() == many.signs[:, HOLDS].sum()


def test_the_four_sets_of_weights_are_printed_as_the_module_holds_them() -> None:
    said = describe(samples())
    for name in ("_CHEAP = (", "_COMPARED = (", "_ALL = (", "_UNREAD = ("):
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
