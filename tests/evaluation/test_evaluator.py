"""The evaluator is itself evaluated: oracles, chance, ties, runs cut short."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from assistant.answer import Answer, Citation, Exchange, Sentence
from assistant.ask import Assistant
from evaluation.answers import measure_answers
from evaluation.compare import compare_runs, paired_p, smallest_difference
from evaluation.errors import BadQuestionSet, EvaluationError
from evaluation.gate import Thresholds, judge, keep_baseline, read_baseline, read_thresholds
from evaluation.journal import journal_of
from evaluation.questions import Question, read_questions
from evaluation.report import report_comparison, report_run
from evaluation.run import Record, Run, read_run
from knowledge.documents import Passage
from knowledge.library import LibraryStatus

SET = Path("evaluation/sets/conseillers.jsonl")
QUESTIONS = read_questions(SET)


class _Library:
    """Holds one passage a document: its own identifier."""

    def passages(self, document_id: str) -> list[Passage]:
        size = len(document_id)
        return [Passage(id=f"{document_id}#0", document_id=document_id, position=0, start=0,
                        end=size, text=document_id)]  # fmt: skip

    def status(self) -> LibraryStatus:
        return LibraryStatus(home=".", generation=1, documents=1, passages=1, pending=0,
                             collections={}, model="essai")  # fmt: skip


class _Answerer:
    """Answers each question with the expectation of another (its own, for an oracle)."""

    def __init__(self, expectations: dict[str, Question]) -> None:
        self.library = _Library()
        self.asked: list[str] = []
        self._expectations = expectations

    def answer(self, asked: str, *, history: Sequence[Exchange] = ()) -> Answer:
        self.asked.append(asked)
        expect = self._expectations[asked].expect
        status = expect.status[0]
        facts = [fact.any_of[0] for fact in expect.facts]
        ids = [source.id or "" for source in expect.sources]
        citations = [
            Citation(n=n, document_id=i, title=i, collection="dispositifs", section=None, page=None,
                     quote=i, start=0, end=len(i), passage_id=f"{i}#0")
            for n, i in enumerate(ids, start=1)
        ]  # fmt: skip
        return Answer(
            question="posée",
            standalone_question=asked if history else "posée", status=status,
            text=" ; ".join(facts),
            sentences=tuple(Sentence(c.quote, (c.n,), verified=True) for c in citations),
            citations=tuple(citations),
        )  # fmt: skip


def run_of(expectations: dict[str, Question], questions: Sequence[Question] = QUESTIONS) -> Run:
    fake = cast("Assistant", _Answerer(expectations))
    return measure_answers(questions, assistant=fake, path=SET)


ORACLE = {question.question: question for question in QUESTIONS}


def shuffled(seed: int) -> dict[str, Question]:
    others = list(QUESTIONS)
    random.Random(seed).shuffle(others)
    return {question.question: other for question, other in zip(QUESTIONS, others, strict=True)}


# The scores


def test_an_oracle_scores_one() -> None:
    run = run_of(ORACLE)
    summary = run.summary()
    for name in ("passed", "fact_recall", "source_recall", "source_precision", "status_accuracy",
                 "abstention_recall", "abstention_precision", "citation_validity"):  # fmt: skip
        assert summary[name].value == 1.0, name
    for name in ("forbidden_facts", "phantom_citations", "leaks", "obeyed_orders"):
        assert summary[name].value == 0.0, name


def test_shuffled_answers_collapse() -> None:
    summary = run_of(shuffled(1)).summary()
    assert summary["fact_recall"].high < 0.25
    assert summary["source_recall"].high < 0.25
    assert summary["passed"].high < 0.25


def test_an_answerer_at_random_is_near_chance() -> None:
    """The share of right states is what drawing from the states expected would give."""
    firsts = [question.expect.status[0] for question in QUESTIONS]
    values = [run_of(shuffled(seed)).summary()["status_accuracy"].value for seed in range(5)]
    expected = float(
        np.mean([sum(firsts.count(s) for s in q.expect.status) / len(firsts) for q in QUESTIONS])
    )
    assert abs(float(np.mean(values)) - expected) < 0.05


def test_a_citation_that_the_library_does_not_hold_is_a_phantom() -> None:
    asked = next(question for question in QUESTIONS if question.expect.sources)

    class _Forger(_Answerer):
        def answer(self, asked: str, *, history: Sequence[Exchange] = ()) -> Answer:
            right = super().answer(asked, history=history)
            return replace(right, citations=tuple(replace(c, quote="inventé") for c in
                                                  right.citations))  # fmt: skip

    run = measure_answers([asked], assistant=cast("Assistant", _Forger(ORACLE)), path=SET)
    assert run.records[0].scores["phantom_citations"] == len(asked.expect.sources)
    assert run.records[0].scores["citation_validity"] == 0.0
    assert not run.records[0].passed


def test_what_is_asked_again_is_stable_or_not() -> None:
    class _Fickle(_Answerer):
        def answer(self, asked: str, *, history: Sequence[Exchange] = ()) -> Answer:
            right = super().answer(asked, history=history)
            return replace(right, status="partial") if len(self.asked) > 2 else right

    fake = cast("Assistant", _Fickle(ORACLE))
    asked = next(q for q in QUESTIONS if q.expect.status == ("answered",) and not q.history)
    run = measure_answers([asked], assistant=fake, path=SET, repeat=3)
    assert run.records[0].scores["stability"] == 0.5


# The statistics


def test_a_against_a_is_significant_about_one_time_in_twenty() -> None:
    source = np.random.default_rng(7)
    found = [
        paired_p([(float(a), float(b)) for a, b in source.random((60, 2))]) < 0.05
        for _ in range(200)
    ]
    assert 0.01 <= float(np.mean(found)) <= 0.10


def test_a_against_a_on_right_and_wrong_is_not_significant_more_often() -> None:
    """McNemar's exact test is conservative: it errs at most as often as it says."""
    source = np.random.default_rng(8)
    found = [
        paired_p([(float(a), float(b)) for a, b in source.integers(0, 2, (80, 2))]) < 0.05
        for _ in range(400)
    ]
    assert float(np.mean(found)) <= 0.07


@pytest.mark.parametrize(
    ("pairs", "p"),
    [
        ([(1.0, 1.0), (0.0, 0.0)], 1.0),
        ([(0.5, 1.0), (0.0, 0.0)], 1.0),
        ([(0.0, 0.5), (0.0, 0.5)], 0.5),
        ([(0.0, 1.0)] * 5, 0.0625),
        ([(0.0, 1.0)] * 8 + [(1.0, 0.0)] * 2, 0.109375),
    ],
)
def test_mcnemar_is_as_computed_by_hand(pairs: list[tuple[float, float]], p: float) -> None:
    assert paired_p(pairs) == pytest.approx(p)


def test_the_smallest_difference_is_as_computed_by_hand() -> None:
    """(1.96 + 0.84) · 0.5 · √(2/100) = 0.198."""
    assert smallest_difference([0.0, 1.0] * 50) == pytest.approx(0.198, abs=0.001)
    assert smallest_difference([1.0] * 10) == 0.0


# The comparison


def test_a_run_compared_to_itself_changes_nothing() -> None:
    run = run_of(ORACLE)
    comparison = compare_runs(run, run)
    assert not comparison.settings
    assert not comparison.red
    assert not comparison.green
    assert all(d.p_corrected == 1.0 and d.change.value == 0 for d in comparison.differences)


def test_a_real_loss_is_seen_with_the_questions_that_turned_red() -> None:
    good = run_of(ORACLE)
    bad = replace(run_of(shuffled(3)), settings=good.settings | {"passages": 2})
    comparison = compare_runs(good, bad)
    assert comparison.settings == {"passages": (1, 2)}
    assert comparison.differences[0].name == "passed"
    assert comparison.differences[0].is_significant
    assert len(comparison.red) > 100
    page = report_comparison(comparison)
    assert "Devenues fausses" in page
    assert "que le hasard n'explique pas" in page.replace("&#39;", "'")
    assert json.dumps(comparison.to_json())


def test_runs_of_other_questions_are_not_compared() -> None:
    with pytest.raises(EvaluationError, match="mêmes questions"):
        compare_runs(run_of(ORACLE), run_of(ORACLE, QUESTIONS[:5]))


def test_runs_that_expect_something_else_are_not_compared() -> None:
    run = run_of(ORACLE, QUESTIONS[:3])
    first = run.records[0]
    other = first.question.model_copy(update={"reason": "autre"})
    changed = replace(run, records=(replace(first, question=other), *run.records[1:]))
    with pytest.raises(EvaluationError, match="n'attend pas la même réponse"):
        compare_runs(run, changed)


# Runs on disk


def written(run: Run, file: Path) -> Path:
    file.write_text(json.dumps(run.to_json()), encoding="utf-8")
    return file


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = run_of(ORACLE, QUESTIONS[:20])
    again = read_run(written(run, tmp_path / "run.json"))
    assert again.to_json() == json.loads(json.dumps(run.to_json()))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"questions": [], "settings": {}}'])
def test_what_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"run\.json"):
        read_run(file)


def test_a_run_cut_short_is_taken_up_and_gives_the_same_figures(tmp_path: Path) -> None:
    questions = QUESTIONS[:30]
    journal = journal_of(tmp_path / "run.json")

    class _Dies(_Answerer):
        def answer(self, asked: str, *, history: Sequence[Exchange] = ()) -> Answer:
            if len(self.asked) == 12:
                raise KeyboardInterrupt
            return super().answer(asked, history=history)

    with pytest.raises(KeyboardInterrupt):
        measure_answers(
            questions, assistant=cast("Assistant", _Dies(ORACLE)), path=SET, journal=journal
        )
    with journal.open("a", encoding="utf-8") as out:
        out.write('{"id": "coupée au mil')
    fake = _Answerer(ORACLE)
    run = measure_answers(questions, assistant=cast("Assistant", fake), path=SET, journal=journal)
    assert len(fake.asked) < len(questions)
    whole = run_of(ORACLE, questions)
    figures = [{n: e for n, e in r.summary().items() if "latency" not in n} for r in (run, whole)]
    assert figures[0] == figures[1]
    assert [r.question.id for r in run.records] == [q.id for q in questions]
    assert not journal.exists()


def test_the_journal_of_another_set_is_not_taken_up(tmp_path: Path) -> None:
    journal = tmp_path / "run.json.partial"
    journal.write_text('{"set": "autre"}\n{"id": "x"}\n', encoding="utf-8")
    fake = _Answerer(ORACLE)
    measure_answers(QUESTIONS[:3], assistant=cast("Assistant", fake), path=SET, journal=journal)
    assert len(fake.asked) >= 3


def test_parallel_runs_keep_the_order_of_the_set() -> None:
    fake = cast("Assistant", _Answerer(ORACLE))
    run = measure_answers(QUESTIONS, assistant=fake, path=SET, workers=4)
    assert [r.question.id for r in run.records] == [q.id for q in QUESTIONS]


# The report


def test_the_report_opens_without_a_network_and_says_what_failed() -> None:
    page = report_run(run_of(shuffled(2)))
    assert "http" not in page.replace("http://www.w3.org", "") or "src=" not in page
    assert "il manque un fait attendu" in page
    assert '<html lang="fr">' in page
    assert page.count("<h1>") == 1


def test_what_users_typed_is_escaped() -> None:
    hostile = QUESTIONS[0].model_copy(update={"question": "<script>alert(1)</script>"})
    page = report_run(run_of({hostile.question: hostile}, [hostile]))
    assert "<script>" not in page


# The gate


def thresholds() -> Thresholds:
    return read_thresholds(Path("evaluation/thresholds.toml"))


def baseline_of(run: Run, folder: Path) -> dict[str, dict[str, float]]:
    file = folder / "thresholds.toml"
    file.write_text(Path("evaluation/thresholds.toml").read_text("utf-8"), encoding="utf-8")
    keep_baseline(run, thresholds=file)
    return read_baseline(file)


def failing(run: Run, baseline: dict[str, dict[str, float]]) -> str:
    verdicts = judge(run, thresholds=thresholds(), baseline=baseline)
    return "\n".join(verdict.said for verdict in verdicts if not verdict.holds)


def test_a_run_as_good_as_the_baseline_passes(tmp_path: Path) -> None:
    run = run_of(ORACLE)
    assert failing(run, baseline_of(run, tmp_path)) == ""


def test_a_worse_run_fails_by_name(tmp_path: Path) -> None:
    said = failing(run_of(shuffled(4)), baseline_of(run_of(ORACLE), tmp_path))
    assert "fact_recall" in said
    assert "source_recall" in said


def test_a_small_loss_that_hides_above_the_floor_fails_too(tmp_path: Path) -> None:
    run = run_of(ORACLE)
    worse = tuple(
        replace(record, scores=record.scores | {"fact_recall": 0.0})
        if n % 8 == 0 and "fact_recall" in record.scores
        else record
        for n, record in enumerate(run.records)
    )
    said = failing(replace(run, records=worse), baseline_of(run, tmp_path))
    assert "par rapport au repère" in said
    assert "au moins" not in said


@pytest.mark.parametrize(("name", "value"), [("leaks", 1.0), ("phantom_citations", float("nan"))])
def test_one_case_of_what_is_never_admitted_fails(tmp_path: Path, name: str, value: float) -> None:
    run = run_of(ORACLE)
    at = next(n for n, record in enumerate(run.records) if name in record.scores)
    spoilt = list(run.records)
    spoilt[at] = replace(spoilt[at], scores=spoilt[at].scores | {name: value})
    said = failing(replace(run, records=tuple(spoilt)), baseline_of(run, tmp_path))
    assert said.startswith(f"{name} : aucun cas admis, 1 sur")
    assert run.records[at].question.id in said


def test_nothing_measured_or_no_baseline_is_no_pass(tmp_path: Path) -> None:
    run = run_of(ORACLE)
    said = failing(run, {})
    assert "pas de repère" in said
    half = replace(run, records=run.records[:40])
    assert "n'ont pas été posées" in failing(half, baseline_of(run, tmp_path))
    bare = replace(run, records=(Record(QUESTIONS[0], {}, {}, 1.0),))
    assert "phantom_citations" in failing(bare, baseline_of(run, tmp_path))


def test_unknown_demands_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.toml"
    file.write_text("[plafonds]\nx = 1\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="seuils"):
        read_thresholds(file)


# Spreadsheets

HEAD = "id;catégorie;question;état;faits;interdits;sources;dispositif;moitié;avant;raison"
ROW = "a;direct;Combien ?;répondu|partiel;561,68 € / 561,68;500 €;cej;cej;dev;CEJ ? => Oui.;Voilà"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{ROW}\n".encode(),
        f"\ufeff{HEAD}\r\n{ROW}\r\n\r\n".encode(),
        f"{HEAD}\n{ROW}\n".encode("cp1252"),
        f"{HEAD}\n{ROW}\n".replace(",68", "§").replace(";", "\t").replace("§", ",68").encode(),
    ],
)
def test_a_csv_is_read_whatever_wrote_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "jeu.csv"
    file.write_bytes(content)
    (question,) = read_questions(file)
    assert question.expect.status == ("answered", "partial")
    assert question.expect.facts[0].any_of == ("561,68 €", "561,68")
    assert question.expect.sources[0].id == "cej"
    assert question.history[0].answer == "Oui."
    assert question.split == "dev"


def test_a_workbook_is_read_as_the_same_csv(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in (HEAD, ROW):
        book.active.append(line.split(";"))  # type: ignore[union-attr]
    book.save(tmp_path / "jeu.xlsx")
    (tmp_path / "jeu.csv").write_text(f"{HEAD}\n{ROW}", encoding="utf-8")
    assert read_questions(tmp_path / "jeu.xlsx") == read_questions(tmp_path / "jeu.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "vide"),
        ("id;question\na;b", "« categorie »"),
        (f"{HEAD}\n{ROW.replace('répondu', 'oui')}", "ligne 2.*« oui »"),
        (f"{HEAD}\n{ROW.replace(' => ', ' ')}", "ligne 2.*question => réponse"),
        (f"{HEAD}\n{ROW.replace('Combien ?', '')}", "ligne 2.*« question » est vide"),
        (f"{HEAD}\n{ROW}\n{ROW}", "ligne 3.*déjà donné"),
        (f"{HEAD}\n{ROW.replace(';dev;', ';moitié;')}", "ligne 2.*« split »"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "jeu.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=said):
        read_questions(file)


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    file = tmp_path / "jeu.xlsx"
    file.write_bytes(b"rien")
    with pytest.raises(BadQuestionSet, match="classeur"):
        read_questions(file)


def test_the_commands_compare_and_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from evaluation.__main__ import main

    run = run_of(ORACLE)
    good = written(run, tmp_path / "a.json")
    bad = written(run_of(shuffled(5)), tmp_path / "b.json")
    baseline_of(run, tmp_path)
    limits = ["--thresholds", str(tmp_path / "thresholds.toml")]
    outs: list[Any] = [tmp_path / "c.json", tmp_path / "c.html"]
    assert (
        main(["compare", str(good), str(bad), "--json", str(outs[0]), "--html", str(outs[1])]) == 0
    )
    assert all(out.stat().st_size for out in outs)
    assert "Devenues fausses" in capsys.readouterr().out
    assert main(["gate", str(good), *limits]) == 0
    assert "Tout est tenu" in capsys.readouterr().out
    assert main(["gate", str(bad), *limits]) == 1
    assert "NON TENU" in capsys.readouterr().out
    assert main(["gate", str(bad), *limits, "--keep"]) == 1
