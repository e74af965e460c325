"""The demonstration: real answers, step by step, and nothing of it counted as use."""

from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.answer import Sentence
from assistant.errors import AssistantError
from pages.demo_script import scenarios
from tests.pages.conftest import ANSWER, CITATION

SAID = replace(
    ANSWER,
    text="Il dure douze mois [1].",
    sentences=(Sentence("Il dure douze mois.", (1,), verified=True),),
    citations=(replace(CITATION, quote="Il dure douze mois.", start=41, end=60),),
)


@pytest.fixture
def demo(assistant, conversations):
    """The page of the demonstration, opened."""
    assistant.reply = SAID
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_string(
        "from pages.demo import show_demo\nshow_demo()", default_timeout=20
    ).run()
    st.cache_resource.clear()
    st.cache_data.clear()


def html_of(page) -> str:
    return "\n".join(each.proto.body for each in page.get("html"))


def play(page, number: int, *, steps: int):
    """Choose a scenario, from 0, and play some of its steps."""
    page.selectbox[0].set_value(number).run()
    for _ in range(steps):
        page.button(key="demo-next").click().run()
    assert not page.exception
    return page


def test_the_scenarios_are_those_of_a_working_day():
    known = scenarios()

    assert len(known) >= 5
    assert all(act.look.endswith(".") and act.question for each in known for act in each.acts)
    assert any(act.compares for each in known for act in each.acts)
    assert {act.task for each in known for act in each.acts} >= {"sms", "mail", "plain"}


def test_nothing_is_asked_before_the_first_step(demo, assistant):
    assert assistant.asked == []
    assert [each.value for each in demo.title] == ["Démonstration"]
    assert demo.button(key="demo-next").label == "Commencer"


def test_a_step_shows_the_question_the_answer_and_what_to_look_at(demo, assistant):
    play(demo, 0, steps=1)
    act = scenarios()[0].acts[0]

    assert assistant.asked[0][0] == act.question
    assert act.look.split(" ;")[0][:20] in html_of(demo)
    assert "Il dure douze mois" in "\n".join(each.value for each in demo.markdown)
    assert "1 étape sur 4" in html_of(demo)


def test_the_next_step_follows_the_conversation_and_asks_once(demo, assistant):
    play(demo, 0, steps=2)

    assert len(assistant.asked) == 2
    assert [each.question for each in assistant.asked[1][1]] == [scenarios()[0].acts[0].question]


def test_a_task_is_done_with_the_answer(demo):
    play(demo, 0, steps=4)

    assert "! Il dure douze mois." in " ".join(e.value for e in demo.markdown).replace(
        "\u00a0", " "
    )
    assert "la démonstration est finie" in html_of(demo)
    assert "demo-next" not in [button.key for button in demo.button]


def test_dispositifs_are_laid_side_by_side(demo):
    play(demo, 5, steps=1)

    assert '<th scope="row">Combien</th>' in html_of(demo)


def test_an_answer_without_proof_says_why_nothing_is_written(demo, assistant):
    assistant.reply = replace(ANSWER, status="not_found", sentences=(), citations=())
    play(demo, 0, steps=3)

    assert "part d'une" in html_of(demo)


def test_another_scenario_starts_from_its_beginning(demo):
    play(demo, 0, steps=2)
    play(demo, 1, steps=0)

    assert demo.button(key="demo-next").label == "Commencer"
    play(demo, 1, steps=1).button(key="demo-restart").click().run()
    assert demo.button(key="demo-next").label == "Commencer"


def test_what_is_replayed_is_not_kept_nor_counted(demo, conversations):
    play(demo, 0, steps=4)

    assert conversations.all_exchanges() == []
    assert "Aucune réponse gardée" in html_of(demo)


def test_what_was_declared_in_real_use_is_summed_up_and_exported(demo, conversations):
    _, number = conversations.add(SAID)
    conversations.declare(number, minutes=10)
    shown = html_of(demo.run())

    assert "10 min en 1 fois" in shown
    assert "1 sur 1 (100\u00a0%)" in shown
    assert [each.label for each in demo.get("download_button")] == ["Exporter (CSV)"]


def test_the_room_can_read_from_afar(demo):
    demo.toggle[0].set_value(True).run()

    assert not demo.exception


def test_a_failure_is_one_sentence(demo, assistant):
    assistant.failure = AssistantError("Panne.")
    demo.button(key="demo-next").click().run()

    assert [each.value for each in demo.error] == ["Panne."]
