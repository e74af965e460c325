"""The buttons under an answer, and what they give."""

from dataclasses import replace

import pytest

from assistant.answer import Caution, Sentence
from assistant.talk import LanguageModel, Piece
from pages import writer_choice
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


def test_a_mail_that_is_asked_for_in_the_question_opens_by_itself(app, assistant):
    asking = "Fais-moi un mail pour lui dire combien de temps il dure"
    assistant.reply = replace(SAID, question=asking)
    app.run().chat_input[0].set_value(asking).run()

    assert "Fermer" in labels(app)
    assert "Il dure douze mois." in "\n".join(each.value for each in app.markdown)


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
    assert [button.label for button in asked.get("download_button")] == ["Word", "PDF"] * 2


def test_an_answer_is_exported_after_it_can_be_copied(asked):
    popover = asked.get("popover")[-1]

    assert [button.label for button in popover.get("download_button")] == ["Word", "PDF"]


def test_a_doubt_that_the_answer_says_is_not_said_again(app, assistant):
    doubt = "Ce montant est le dernier connu."
    assistant.reply = replace(SAID, warnings=(Caution("stale", doubt),))
    app.run().chat_input[0].set_value("Combien de temps ?").run()
    press(app, "Rédiger un mail")
    cautions = [each.proto.body for each in app.get("html") if doubt in each.proto.body]

    assert len(cautions) == 1
    assert "plus haut" in "\n".join(each.value for each in app.caption)


@pytest.fixture
def templates(tmp_path):
    """A folder of templates of the Mission Locale: one that is right, one that is not."""
    folder = tmp_path / "modeles"
    folder.mkdir()
    (folder / "relance.md").write_text(
        "---\nnom: Relance\ntâche: mail\n---\nBonjour,\n\n{reponse}", encoding="utf-8"
    )
    (folder / "mauvais.md").write_text("Bonjour", encoding="utf-8")


def test_the_templates_of_the_mission_locale_are_buttons_and_a_wrong_file_is_named(
    templates, asked
):
    shown = "\n".join(each.proto.body for each in asked.get("html"))
    assert "modeles/mauvais.md, ligne 1" in shown

    press(asked, "Relance")
    assert "Bonjour," in "\n".join(each.value for each in asked.markdown)


def test_a_model_that_was_chosen_rewords_the_task_once(asked, monkeypatch):
    calls = []

    def talk(instructions, request, stop):
        calls.append(request)
        yield Piece("1. Le contrat dure douze mois.")

    model = LanguageModel("openai:essai", talk=talk)
    monkeypatch.setattr(writer_choice, "chosen_writer", lambda: model)
    press(asked, "Rédiger un mail")
    asked.run()

    assert len(calls) == 1
    assert "Il dure douze mois." in "\n".join(each.value for each in asked.markdown)


def test_comparing_leads_to_the_dispositifs_side_by_side(asked):
    press(asked, "Comparer")

    assert asked.session_state["page shown"] == "fiches"
    assert not asked.exception


def test_minutes_are_declared_in_one_tap_and_taken_back(asked, conversations):
    asked.pills(key="minutes-1").set_value(10).run()
    assert conversations.all_exchanges()[0].minutes == 10

    asked.pills(key="minutes-1").set_value(None).run()
    assert conversations.all_exchanges()[0].minutes is None
