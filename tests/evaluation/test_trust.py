"""What verification lets through of a model is counted; a probability is compared with facts."""

import json
from dataclasses import replace

import pytest

from assistant.answer import Step
from assistant.ask import Assistant
from evaluation.__main__ import main
from evaluation.errors import BadQuestionSet
from evaluation.questions import Question
from evaluation.reliability import as_markdown, reliability
from evaluation.run import Record
from evaluation.scores import tokens
from evaluation.writing import Written, WrittenSentence, measure_writing, read_written
from evaluation.writing import as_markdown as writing_table
from ingestion.add import add_paths
from knowledge.library import open_library

SHEET = """\
# Contrat d'engagement jeune (CEJ)

## Durée

Le CEJ dure douze mois au plus.

## Allocation

L'allocation du CEJ est de 561,68 € par mois depuis le 1er avril 2025 pour un jeune majeur.
"""
QUESTION = "Combien de temps dure le CEJ ?"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The data folder of a library of one sheet."""
    folder = tmp_path_factory.mktemp("fiches")
    (folder / "cej.md").write_text(SHEET, encoding="utf-8")
    add_paths([folder], home=folder / "biblio", collection="dispositifs")
    return folder / "biblio"


@pytest.fixture
def assistant(home):
    """The assistant of that library."""
    with open_library(home) as library:
        yield Assistant(library)


def question(**changes) -> Question:
    fields = {
        "id": "q1",
        "category": "facts",
        "question": QUESTION,
        "expect": {"status": ["answered"], "facts": [{"label": "durée", "any_of": ["douze mois"]}]},
    }
    return Question.model_validate(fields | changes)


def test_only_what_is_proven_is_counted_as_shown(assistant):
    said, invented = "Le CEJ dure douze mois au plus.", "Le CEJ dure quarante mois au plus."
    text = Written(
        id="q1",
        all_read=True,
        written=f"{said} {invented}",
        sentences=(
            WrittenSentence(text=said, supported=True),
            WrittenSentence(text=invented, supported=False),
        ),
    )
    steps = []
    report = measure_writing(
        [text], [question()], assistant=assistant, on_progress=lambda *step: steps.append(step)
    )

    assert (report.before.value, report.after.value, report.kept.value) == (0.5, 0.0, 1.0)
    assert (report.questions, report.questions_read, report.sentences, report.shown) == (1, 1, 2, 1)
    assert report.model_recall.value == report.embedded_recall.value == 1.0
    assert steps == [(1, 1)]
    assert "| 0,0 % [0,0 ; 0,0] | ≤ 1 % |" in writing_table(report)


def test_a_question_that_was_not_wholly_read_tells_nothing_of_before(assistant):
    text = Written(
        id="q1",
        all_read=False,
        written="Il dure quarante mois.",
        sentences=(WrittenSentence(text="Il dure quarante mois.", supported=None),),
    )
    report = measure_writing([text], [question()], assistant=assistant)

    assert report.questions_read == 0


def test_a_malformed_set_is_refused(tmp_path):
    path = tmp_path / "textes.jsonl"
    path.write_text('{"id": "q1"}\n', encoding="utf-8")

    with pytest.raises(BadQuestionSet, match=r"textes\.jsonl, ligne 1 .*« all_read »"):
        read_written(path)
    with pytest.raises(BadQuestionSet, match="ne peut pas être lu"):
        read_written(tmp_path / "absent.jsonl")


def record(probability: float | None, *, answered: bool) -> Record:
    detail = {} if probability is None else {"probability": probability}
    asked = question(expect={"status": ["answered" if answered else "not_found"]})
    return Record(asked, {"trace": [{"step": "decide", "detail": detail, "ms": 1}]}, {}, 1.0)


def test_the_share_answered_is_compared_with_the_probability():
    found = reliability(
        [record(0.9, answered=True)] * 3
        + [record(0.9, answered=False), record(None, answered=True)]
    )

    assert [(each.questions, each.probability, each.observed) for each in found.bins] == [
        (4, pytest.approx(0.9), 0.75)
    ]
    assert found.error == pytest.approx(0.15)
    assert "| 0,90 | 0,75 | 4 |" in as_markdown(found)


def test_both_reports_are_written_into_a_page(tmp_path, home, monkeypatch):
    monkeypatch.delenv("APPUI_EMBEDDING", raising=False)
    page, texts, questions = (tmp_path / name for name in ("page.md", "t.jsonl", "q.jsonl"))
    page.write_text(
        "".join(f"<!-- {n} : début -->\n<!-- {n} : fin -->\n" for n in ("rédaction", "fiabilité")),
        encoding="utf-8",
    )
    said = "Le CEJ dure douze mois au plus."
    texts.write_text(
        json.dumps(
            {
                "id": "q1",
                "all_read": True,
                "written": said,
                "sentences": [{"text": said, "supported": True}],
            }
        ),
        encoding="utf-8",
    )
    questions.write_text(question().model_dump_json() + "\n", encoding="utf-8")
    run, index = tmp_path / "run.json", str(home)

    for arguments in (
        ["writing", texts, "--questions", questions, "--markdown", page],
        ["answers", questions, "--json", run],
        ["reliability", run, "--markdown", page],
    ):
        assert main([*map(str, arguments), "--index", index]) == 0
    written = page.read_text(encoding="utf-8")
    assert "parmi celles montrées" in written
    assert "Écart moyen (ECE)" in written


def test_the_tokens_of_a_model_are_counted_where_it_says_them(assistant):
    answer = assistant.answer(QUESTION)
    step = Step("model", {"tokens_read": 900, "tokens_written": None}, 1.0)

    assert tokens(answer, "tokens_read") is None
    assert tokens(replace(answer, trace=(step, step)), "tokens_read") == 1800
    assert tokens(replace(answer, trace=(step,)), "tokens_written") is None
