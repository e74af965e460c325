"""A model's judgement is shown with its agreement with people, and a failed one is missing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from assistant.answer import Answer
from assistant.conversations import KeptExchange
from assistant.talk import LanguageModel, Piece
from evaluation.__main__ import main
from evaluation.errors import EvaluationError
from evaluation.judge import (
    LEAST_LABELLED,
    Label,
    judge_answer,
    judge_run,
    labels_of,
    measure_agreement,
    read_labels,
)
from evaluation.questions import Question
from evaluation.report import report_run
from evaluation.run import Record, Run
from evaluation.workplace import ExpertVerdict

RIGHT = Label(question="Combien ?", answer="312 euros", right=True)
WRONG = Label(question="Combien ?", answer="400 euros", right=False)


def saying(*replies: str) -> LanguageModel:
    """Return a model that gives these replies in turn, the last one for ever."""
    left = list(replies)

    def talk(_: str, __: str, ___: Event) -> Iterator[Piece]:
        yield Piece(left.pop(0) if len(left) > 1 else left[0])

    return LanguageModel("gguf:juge", talk=talk)


def careful() -> LanguageModel:
    """Return a model that finds right what holds « 312 »."""

    def talk(_: str, request: str, ___: Event) -> Iterator[Piece]:
        yield Piece("JUSTE" if "312" in request.split("<<<")[1] else "Fausse.")

    return LanguageModel("gguf:juge", talk=talk)


def run_of(*texts: str) -> Run:
    question = Question.model_validate(
        {"id": "a", "category": "direct", "question": "Combien ?", "expect": {"facts": []}}
    )
    records = tuple(
        Record(
            question.model_copy(update={"id": str(n)}),
            Answer(
                question="Combien ?", standalone_question="Combien ?", status="answered", text=text
            ).to_json(),
            {},
            1.0,
        )
        for n, text in enumerate(texts)
    )
    return Run(records=records, settings={"set": "jeu", "questions": len(texts)})


@pytest.mark.parametrize(
    ("reply", "judged"),
    [
        ("JUSTE", True),
        ("Fausse.", False),
        ("La réponse est juste", True),
        ("juste ou fausse ?", None),
        ("je ne sais pas", None),
        ("", None),
    ],
)
def test_a_judgement_is_one_word_or_is_missing(reply: str, judged: bool | None) -> None:
    assert judge_answer(saying(reply), question="q", answer="r") is judged


def test_a_judge_that_agrees_with_people_has_a_kappa_of_one() -> None:
    agreement = measure_agreement([RIGHT, WRONG] * 10, model=careful())
    assert (agreement.labelled, agreement.missing) == (20, 0)
    assert (agreement.same.value, agreement.kappa.value) == (1.0, 1.0)


def test_a_judge_that_always_agrees_proves_nothing() -> None:
    agreement = measure_agreement([RIGHT, WRONG] * 10, model=saying("JUSTE"))
    assert (agreement.same.value, agreement.kappa.value) == (0.5, 0.0)


def test_kappa_is_as_computed_by_hand() -> None:
    # 20 right and 15 wrong said by both, 5 and 10 said otherwise: .7 observed, .5 by chance.
    labels = [RIGHT] * 25 + [WRONG] * 25
    replies = ["juste"] * 20 + ["fausse"] * 5 + ["juste"] * 10 + ["fausse"] * 15
    assert measure_agreement(labels, model=saying(*replies)).kappa.value == pytest.approx(0.4)


def test_too_few_answers_judged_by_people_are_no_agreement() -> None:
    with pytest.raises(EvaluationError, match=rf"il en faut {LEAST_LABELLED}"):
        measure_agreement([RIGHT] * (LEAST_LABELLED - 1), model=careful())


def test_a_failed_judgement_is_missing_and_never_zero() -> None:
    agreement = measure_agreement([RIGHT, WRONG] * 10, model=careful())
    run = judge_run(
        run_of("312", "400", "312"), model=saying("juste", "hum", "fausse"), agreement=agreement
    )
    assert [record.scores.get("judged_right") for record in run.records] == [1.0, None, 0.0]
    assert run.summary()["judged_right"].value == 0.5
    assert "jugements manquants : 1" in run.settings["judge"]


def test_the_report_shows_the_agreement_beside_the_figure() -> None:
    agreement = measure_agreement([RIGHT, WRONG] * 10, model=careful())
    page = report_run(judge_run(run_of("312"), model=careful(), agreement=agreement))
    assert "accord avec des personnes sur 20 réponses : 1,00" in page
    assert "accord avec des personnes" not in report_run(run_of("312"))


def test_verdicts_that_expired_are_no_labels() -> None:
    answer = Answer(question="q", standalone_question="q", status="answered", text="r")
    kept = KeptExchange(1, answer, datetime.now(UTC), None)
    given = ExpertVerdict(
        exchange=1, question="q", right=True, note="", given=date(2026, 1, 1),
        expires=date(2026, 7, 3),
    )  # fmt: skip
    today = date(2026, 3, 1)
    assert labels_of([kept, replace(kept, id=2)], {1: given}, today=today) == [
        Label(question="q", answer="r", right=True)
    ]
    assert labels_of([kept], {1: given}, today=date(2026, 8, 1)) == []


def test_a_line_that_is_no_judged_answer_is_named(tmp_path: Path) -> None:
    file = tmp_path / "avis.jsonl"
    file.write_text(f"{RIGHT.model_dump_json()}\n\n", encoding="utf-8")
    assert read_labels(file) == [RIGHT]
    file.write_text('{"question": "q"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"ligne 1.*right"):
        read_labels(file)


def test_without_a_model_there_is_no_judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.delenv("APPUI_LLM", raising=False)
    file = tmp_path / "run.json"
    file.write_text(json.dumps(run_of("312").to_json()), encoding="utf-8")
    assert main(["judge", str(file), "--index", str(tmp_path)]) == 1
    assert "nommez-en un avec --llm" in capsys.readouterr().err


def test_the_command_judges_a_run_with_peoples_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr("assistant.llm.open_model", lambda _: careful())
    run, labels, out = tmp_path / "run.json", tmp_path / "avis.jsonl", tmp_path / "out.json"
    run.write_text(json.dumps(run_of("312", "400").to_json()), encoding="utf-8")
    labels.write_text(
        "".join(f"{label.model_dump_json()}\n" for label in [RIGHT, WRONG] * 10), encoding="utf-8"
    )
    arguments = ["judge", str(run), "--llm", "gguf:juge", "--labels", str(labels)]
    assert main([*arguments, "--json", str(out), "--html", str(tmp_path / "r.html")]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["judged_right"]["value"] == 0.5
    assert "accord avec des personnes" in capsys.readouterr().out
