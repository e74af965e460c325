"""The evaluators' page: a run read and compared, questions written, real use looked at."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evaluation.questions import Question
from evaluation.run import Record, Run
from evaluation.workplace import Workplace
from tests.pages.conftest import ANSWER
from tests.pages.test_chat import html_of, labels, texts

QUESTION = Question.model_validate(
    {"id": "a", "category": "direct", "question": "Combien ?", "dispositif": "cej",
     "expect": {"status": ["answered"], "facts": [{"label": "m", "any_of": ["561,68"]}]},
     "reason": "La fiche le dit."}
)  # fmt: skip


@pytest.fixture
def screen(assistant, conversations):
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_string(
        "from pages.evaluation import show_evaluation\nshow_evaluation()", default_timeout=20
    )
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def workplace(tmp_path) -> Workplace:
    return Workplace(tmp_path)


def keep(tmp_path: Path, stamp: str, *, right: bool) -> None:
    folder = tmp_path / "evaluation" / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    records = tuple(
        Record(
            QUESTION.model_copy(update={"id": f"q{n}", "question": f"Question {n} ?"}),
            ANSWER.to_json(),
            {"fact_recall": float(right or n > 30), "phantom_citations": 0.0},
            12.0,
        )
        for n in range(1, 41)
    )
    run = Run(records=records, settings={"set": "local", "questions": 40, "right": right})
    file = folder / f"{stamp}--conseillers-dev.json"
    file.write_text(json.dumps(run.to_json()), encoding="utf-8")


def view(screen: AppTest, name: str) -> AppTest:
    screen.run()
    return screen.segmented_control(key="evaluation view").set_value(name).run()


def test_without_any_run_each_view_says_what_to_do(screen) -> None:
    screen.run()
    assert "Aucune mesure" in html_of(screen)
    assert labels(screen) == ["Lancer la mesure"]
    for name, said in {
        "Résultats": "lancez-en une",
        "Comparer": "Il faut deux mesures",
        "Questions": "Aucune question",
        "Avis et manques": "Aucune",
    }.items():
        assert said in html_of(view(screen, name))
        assert not screen.exception


def test_a_run_of_no_question_is_refused_in_words(screen) -> None:
    screen.run()
    screen.radio(key="evaluation set").set_value("local").run()
    screen.button(key="start run").click().run()
    assert "ne peut pas être lu" in screen.error[0].value


def test_a_run_is_watched_stopped_and_abandoned(screen, workplace) -> None:
    workplace.add([QUESTION])
    screen.run()
    screen.radio(key="evaluation set").set_value("local").run()
    screen.button(key="start run").click().run()
    stop = next(b for b in screen.button if b.label.startswith("Arrêter"))
    stop.click().run()
    assert "interrompue" in screen.warning[0].value
    next(b for b in screen.button if b.label == "Abandonner").click().run()
    assert not screen.warning


def test_a_run_is_read_with_its_failures_first(screen, tmp_path) -> None:
    keep(tmp_path, "20261124T100000", right=False)
    view(screen, "Résultats")
    assert "25,0\u00a0% de réponses entièrement justes" in texts(screen)
    assert "30 questions" in html_of(screen)
    assert "il manque un fait attendu" in html_of(screen)
    assert "attendu" in html_of(screen).lower()
    screen.toggle(key="run failed").set_value(False).run()
    assert "40 questions" in html_of(screen)
    screen.selectbox(key="run category").set_value("direct").run()
    screen.selectbox(key="run dispositif").set_value("cej").run()
    assert "40 questions" in html_of(screen)
    screen.toggle(key="trace-q3").set_value(True).run()
    assert screen.json


def test_two_runs_are_compared_in_words(screen, tmp_path) -> None:
    keep(tmp_path, "20261124T090000", right=False)
    keep(tmp_path, "20261124T100000", right=True)
    view(screen, "Comparer")
    assert "que le hasard n'explique pas" in texts(screen)
    assert "Devenues justes : 30" in html_of(screen)
    assert "Devenues fausses : 0" in html_of(screen)
    assert "&lt;\u00a00,001" in html_of(screen)
    screen.selectbox(key="run first").set_value(screen.selectbox(key="run second").value).run()
    assert "que le hasard peut expliquer" in texts(screen)
    assert "Mêmes documents" in html_of(screen)


def test_a_question_is_typed_and_removed(screen, workplace) -> None:
    view(screen, "Questions")
    asked, facts = screen.text_area
    asked.set_value("prime de noël ?")
    facts.set_value("152 € / 152 euros\nCaf")
    screen.button[0].click().run()
    assert "Le jeu local compte 1 question" in screen.success[0].value
    (kept,) = workplace.questions()
    assert kept.expect.facts[0].any_of == ("152 €", "152 euros")
    assert kept.id == "locale-1"
    assert "prime de noël ?" in html_of(screen)
    screen.selectbox(key="gone").set_value("locale-1").run()
    next(b for b in screen.button if b.label == "Retirer la question").click().run()
    assert workplace.questions() == []


def test_a_question_without_words_is_not_added(screen, workplace) -> None:
    view(screen, "Questions")
    screen.button[0].click().run()
    assert "Écrivez la question" in screen.error[0].value
    assert workplace.questions() == []


def test_a_table_is_added_or_refused_by_line(screen, workplace) -> None:
    view(screen, "Questions")
    good = "id;categorie;question;etat\nx;direct;Combien ?;répondu\n"
    screen.file_uploader[0].upload("jeu.csv", good.encode(), "text/csv")
    screen.button[1].click().run()
    assert [question.id for question in workplace.questions()] == ["x"]
    bad = good.replace("répondu", "oui")
    screen.file_uploader[0].upload("jeu.csv", bad.encode(), "text/csv")
    screen.button[1].click().run()
    assert "jeu.csv, ligne 2" in screen.error[0].value


def test_a_poor_answer_becomes_a_question_and_an_expert_judges_it(
    screen, workplace, conversations
) -> None:
    _, number = conversations.add(replace(ANSWER, question="Combien <b> ?"))
    conversations.rate(number, rating="not_useful", reason="montant faux")
    view(screen, "Avis et manques")
    assert "montant faux" in html_of(screen)
    screen.text_input(key=f"facts-avis-{number}").set_value("561,68 € / 561,68 euros")
    screen.button(key=f"case-avis-{number}").click().run()
    (case,) = workplace.questions()
    assert case.given == ANSWER.text
    assert case.expect.facts[0].any_of == ("561,68 €", "561,68 euros")
    assert "dans votre jeu local" in html_of(screen)
    screen.radio[0].set_value("fausse")
    next(b for b in screen.button if b.label.startswith("Enregistrer")).click().run()
    assert "réponse fausse" in html_of(screen)
    assert "valable jusqu'au" in html_of(screen)


def test_gaps_and_old_documents_are_listed(screen, conversations, assistant, monkeypatch) -> None:
    conversations.add(replace(ANSWER, status="not_found", citations=(), question="bafa ?",
                              standalone_question="bafa ?"))  # fmt: skip
    conversations.add(ANSWER)
    monkeypatch.setattr(type(assistant.library), "search", lambda self, *_, **__: [], raising=False)
    view(screen, "Avis et manques")
    assert "bafa ?" in html_of(screen)
    assert "sans dispositif proche" in html_of(screen)
    assert "1er avril 2025" in html_of(screen)


def test_declared_minutes_are_summed_with_what_they_are_worth(screen, conversations) -> None:
    view(screen, "Avis et manques")
    assert "Aucune réponse gardée" in html_of(screen)
    conversations.add(ANSWER)
    assert "Aucune minute n'a été déclarée" in html_of(screen.run())
    for minutes in (5, 20):
        _, number = conversations.add(ANSWER)
        conversations.declare(number, minutes=minutes)

    screen.run()
    assert "25 min en 2 fois (médiane : 12,5\u00a0min)" in html_of(screen)
    assert "déclarées par les conseillers, pas mesurées" in html_of(screen)
    assert "Exporter (CSV)" in [button.label for button in screen.get("download_button")]
