"""What tells that a question carries on is fitted on development questions."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.readings import SIGNS
from evaluation.fit_readings import cases, describe, main
from evaluation.questions import Question
from tests.evaluation.test_follow_ups import question


def lone(name: str, *, sheet: str, split: str = "dev") -> Question:
    return Question.model_validate(
        {
            "id": name,
            "category": "fact",
            "split": split,
            "question": "Combien coûte une carte de bus ?",
            "expect": {"status": ["answered"], "sources": [{"id": sheet}]},
        }
    )


def test_lone_questions_follow_the_conversations_of_others() -> None:
    told = list(
        cases(
            [question("a"), question("b", category="changement")],
            [lone("c", sheet="bus"), lone("d", sheet="bus", split="test"), question("e")],
        )
    )
    assert [carries for _, _, carries in told] == [True, False, False, True]
    assert all(history for _, history, _ in told)


def test_what_separates_is_told() -> None:
    source = np.random.default_rng(3)
    labels = np.array([True] * 40 + [False] * 20)
    rows = source.normal(size=(60, len(SIGNS))) + 4 * labels[:, None]
    said = describe(rows, labels)
    assert "60 questions, dont 40 qui continuent" in said
    assert "laissées de côté : 1.000" in said
    assert said.count(",") >= len(SIGNS) - 1


def test_the_program_prints_the_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    follow_ups = tmp_path / "suites.jsonl"
    lines = [
        {
            "id": f"{kind}-{number}",
            "category": kind,
            "question": asked,
            "history": [{"question": "Montant du CEJ ?", "answer": "561,68 €"}],
            "expect": {"status": ["answered"], "facts": []},
        }
        for number in range(12)
        for kind, asked in (
            ("suite", "et il le garde s'il travaille ?"),
            ("changement", "prix du permis bateau"),
        )
    ]
    follow_ups.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(lines[0]), encoding="utf-8")
    told = ["--follow-ups", str(follow_ups), "--questions", str(questions)]
    assert main([*told, "--index", str(tmp_path / "index")]) == 0
    assert "_WEIGHTS = (" in capsys.readouterr().out
