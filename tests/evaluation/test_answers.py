"""Answers are measured against what was expected of them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from assistant.answer import Answer, Citation, Exchange, Sentence, Status
from assistant.ask import Assistant
from evaluation.__main__ import main
from evaluation.answers import measure_answers
from evaluation.answers_table import as_markdown
from evaluation.errors import BadQuestionSet
from evaluation.questions import Question, read_questions
from evaluation.scores import normalise, score
from knowledge.documents import Passage
from knowledge.library import LibraryStatus

CITATION = Citation(
    n=1,
    document_id="cej",
    title="Contrat d’engagement jeune",
    collection="dispositifs",
    section="Combien > Montant",
    page=2,
    quote="561,68 €",
    start=0,
    end=8,
    passage_id="cej#0",
)
PASSAGE = Passage(
    id="cej#0", document_id="cej", position=0, start=0, end=17, text="561,68 € par mois"
)
ANSWER = Answer(
    question="?",
    standalone_question="?",
    status="answered",
    text="Au plus 561,68\u00a0€ par mois [1].",
    sentences=(Sentence("Au plus 561,68 €.", (1,), verified=True),),
    citations=(CITATION,),
)
LINE = {
    "id": "a",
    "category": "direct",
    "question": "Combien ?",
    "expect": {
        "status": ["answered"],
        "facts": [{"label": "montant", "any_of": ["561,68 €"]}],
        "forbidden": ["500 €"],
        "sources": [{"id": "cej"}],
    },
    "split": "dev",
}


def rate(answer: Answer, asked: Question) -> dict[str, float]:
    """Score an answer whose quotes are all in the library."""
    return score(answer, asked, is_stored=lambda _: True)


def question(**expect: object) -> Question:
    return Question.model_validate({**LINE, "expect": expect})


def test_a_right_answer_scores_one_everywhere() -> None:
    scores = rate(ANSWER, Question.model_validate(LINE))
    assert scores == {
        "fact_recall": 1.0,
        "forbidden_facts": 0.0,
        "source_recall": 1.0,
        "source_precision": 1.0,
        "status_accuracy": 1.0,
        "false_refusals": 0.0,
        "citation_validity": 1.0,
        "phantom_citations": 0.0,
        "unsupported_numbers": 0.0,
        "unverified_sentences": 0.0,
    }


def test_facts_are_compared_whatever_their_typography() -> None:
    assert normalise("L’« Aide »\u202f: 12\u00a0€") == 'l\'" aide " : 12 €'


def test_one_fact_of_two_is_half() -> None:
    facts = [{"label": "a", "any_of": ["561,68"]}, {"label": "b", "any_of": ["337", "trois"]}]
    assert rate(ANSWER, question(facts=facts))["fact_recall"] == 0.5


def test_a_refusal_holds_no_fact_even_when_it_names_a_document() -> None:
    refusal = replace(ANSWER, status="not_found", text="Le plus proche : 561,68 €", citations=())
    scores = rate(refusal, Question.model_validate(LINE))
    assert scores["fact_recall"] == 0.0
    assert scores["false_refusals"] == 1.0
    assert scores["abstention_precision"] == 0.0


def test_a_forbidden_fact_is_counted() -> None:
    assert rate(ANSWER, question(forbidden=["561,68", "500"]))["forbidden_facts"] == 1.0


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ({"title": "Contrat d'engagement jeune"}, 1.0),
        ({"id": "cej", "section": "montant"}, 1.0),
        ({"id": "cej", "section": "durée"}, 0.0),
        ({"id": "cej", "page": 2}, 1.0),
        ({"id": "cej", "page": 3}, 0.0),
        ({"id": "pacea"}, 0.0),
    ],
)
def test_a_source_is_found_by_id_or_title_and_place(source: dict[str, str], found: float) -> None:
    assert rate(ANSWER, question(sources=[source]))["source_recall"] == found


def test_a_rightly_refused_question_counts_for_abstention() -> None:
    refusal = replace(ANSWER, status="not_found", citations=(), sentences=())
    scores = rate(refusal, question(status=["not_found"]))
    assert (scores["abstention_recall"], scores["abstention_precision"]) == (1.0, 1.0)
    assert rate(ANSWER, question(status=["not_found"]))["abstention_recall"] == 0.0


def test_a_citation_that_does_not_exist_is_a_phantom() -> None:
    phantom = replace(ANSWER, sentences=(Sentence("Oui.", (1, 7), verified=False),))
    scores = rate(phantom, question())
    assert (scores["phantom_citations"], scores["unverified_sentences"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "vide"),
        ("{", "ligne 1 : ce n'est pas du JSON"),
        ('{"id": "a"}', "ligne 1 : « category » manque"),
        (json.dumps(LINE) + "\n" + json.dumps(LINE), "déjà donné"),
    ],
)
def test_a_malformed_set_is_refused_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=said):
        read_questions(path)


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match=r"rien\.jsonl"):
        read_questions(tmp_path / "rien.jsonl")


def test_the_public_set_is_well_formed() -> None:
    questions = read_questions(Path("evaluation/sets/conseillers.jsonl"))
    assert {question.split for question in questions} == {"dev", "test"}
    halves: dict[str, set[str | None]] = {}
    for item in questions:
        if item.dispositif:
            halves.setdefault(item.dispositif, set()).add(item.split)
    assert all(len(splits) == 1 for splits in halves.values())


class _FixedLibrary:
    def passages(self, document_id: str) -> list[Passage]:
        return [PASSAGE]

    def status(self) -> LibraryStatus:
        return LibraryStatus(home=".", generation=3, documents=1, passages=2, pending=0,
                             collections={}, model="essai")  # fmt: skip


class _FixedAssistant:
    """Gives the same status to every question and remembers the histories."""

    def __init__(self, status: Status) -> None:
        self.library = _FixedLibrary()
        self.histories: list[Sequence[Exchange]] = []
        self._status = status

    def answer(self, asked: str, *, history: Sequence[Exchange] = ()) -> Answer:
        self.histories.append(history)
        return replace(ANSWER, question=asked, status=self._status)


def test_a_run_is_summed_up_in_all_and_by_category(tmp_path: Path) -> None:
    second = {**LINE, "id": "b", "category": "follow_up",
              "history": [{"question": "CEJ ?", "answer": "Oui."}]}  # fmt: skip
    questions = [Question.model_validate(LINE), Question.model_validate(second)]
    fake = _FixedAssistant("answered")
    told: list[tuple[int, int]] = []
    report = measure_answers(
        questions,
        assistant=cast("Assistant", fake),
        path=tmp_path / "set.jsonl",
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert report.summary()["fact_recall"].value == 1.0
    assert set(report.by("category")) == {"direct", "follow_up"}
    assert told == [(1, 2), (2, 2)]
    assert fake.histories[1] == [Exchange("CEJ ?", "Oui.")]
    content = json.loads(json.dumps(report.to_json()))
    assert set(content) == {"summary", "categories", "settings", "questions"}
    assert content["settings"]["generation"] == 3
    table = as_markdown(report, day=date(2026, 11, 23))
    assert "| faits attendus présents | 1.00 | – |" in table
    assert "| suite de conversation | 1 | 1.00 | 1.00 | 1.00 | 1.00 |" in table


def test_the_command_measures_an_empty_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "set.jsonl", tmp_path / "out.json"
    path.write_text(json.dumps(LINE), encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text("<!-- mesures : début -->\n<!-- mesures : fin -->\n", encoding="utf-8")
    arguments = ["answers", str(path), "--index", str(tmp_path / "vide"), "--json", str(out)]
    assert main([*arguments, "--markdown", str(page)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["fact_recall"]["value"] == 0.0
    assert "refus à tort" in page.read_text(encoding="utf-8")
    assert "set.jsonl : 1 questions" in capsys.readouterr().out


def test_an_absent_half_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(LINE), encoding="utf-8")
    assert main(["answers", str(path), "--split", "test", "--index", str(tmp_path)]) == 1
    assert "aucune question" in capsys.readouterr().err
