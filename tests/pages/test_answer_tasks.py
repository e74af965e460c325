"""The buttons under an answer, and what they give."""

from dataclasses import replace

import pytest

from assistant.answer import Sentence
from tests.pages.conftest import ANSWER, CITATION

SAID = replace(
    ANSWER,
    text="Il dure douze mois [1].",
    sentences=(Sentence("Il dure douze mois.", (1,), verified=True),),
    citations=(replace(CITATION, quote="Il dure douze mois.", start=41, end=60),),
)


@pytest.fixture
def asked(app, assistant):
    """The page after an answer that is proven."""
    assistant.reply = SAID
    return app.run().chat_input[0].set_value("Combien de temps ?").run()


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def test_an_answer_offers_what_can_be_done_with_it(asked):
    names = labels(asked)

    for name in ("Rédiger un mail", "Comparer", "Pièces à fournir", "Résumer", "Simplifier"):
        assert name in names


def test_an_answer_without_proof_offers_nothing(app, assistant):
    app.run().chat_input[0].set_value("Combien ?").run()

    assert "Rédiger un mail" not in labels(app)


def test_a_mail_opens_below_speaks_either_way_and_closes(asked):
    press(asked, "Rédiger un mail")
    said = "\n".join(each.value for each in asked.markdown)
    assert "ce que vous devez savoir" in said
    assert "Il dure douze mois." in said

    asked.segmented_control[0].set_value("tu").run()
    assert "ce que tu dois savoir" in "\n".join(each.value for each in asked.markdown)

    press(asked, "Fermer")
    assert "Fermer" not in labels(asked)


def test_the_papers_are_those_of_the_sheet(asked):
    press(asked, "Pièces à fournir")

    assert "☐" in "\n".join(each.value for each in asked.markdown)
    assert [button.label for button in asked.get("download_button")] == ["Word"]


def test_comparing_leads_to_the_dispositifs_side_by_side(asked):
    press(asked, "Comparer")

    assert asked.session_state["page shown"] == "fiches"
    assert not asked.exception


def test_minutes_are_declared_in_one_tap_and_taken_back(asked, conversations):
    asked.pills(key="minutes-1").set_value(10).run()
    assert conversations.all_exchanges()[0].minutes == 10

    asked.pills(key="minutes-1").set_value(None).run()
    assert conversations.all_exchanges()[0].minutes is None
