"""A word that was masked by mistake is shown again, for one conversation, and stored only then."""

import pytest

from tests.pages.test_chat import ask, texts

ASKED = "Marin veut un CAP, appelez Mme Durand au 06 12 34 56 78, Kevin Dupont aussi"


def labels(app) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("unmask-")]


def undo(app, word: str):
    (button,) = [each for each in app.button if str(each.key).endswith(f"-{word}")]
    return button.click().run()


def stored(tmp_path) -> bytes:
    return b"".join(file.read_bytes() for file in tmp_path.glob("conversations.sqlite*"))


def test_each_single_word_can_be_undone_and_nothing_else(app):
    ask(app, ASKED)

    assert labels(app) == ["Annuler pour «\u00a0Marin\u00a0»", "Annuler pour «\u00a0Durand\u00a0»"]


def test_the_question_is_asked_again_with_the_word(app, conversations, tmp_path):
    ask(app, ASKED)
    assert b"Marin" not in stored(tmp_path)
    undo(app, "Marin")

    (conversation,) = conversations.list()
    first, second = conversations.exchanges(conversation.id)
    assert first.answer.question.startswith("[nom] veut un CAP, appelez Mme [nom] au [numéro")
    assert second.answer.question.startswith("Marin veut un CAP, appelez Mme [nom] au [numéro")
    assert "Marin" not in conversation.title
    assert b"Durand" not in stored(tmp_path)
    assert "06 12 34 56 78" not in texts(app)
    assert len(labels(app)) == 2  # Durand, under both questions


def test_the_word_stays_for_the_conversation_and_is_masked_in_the_next(app, conversations):
    ask(app, "Marin veut un CAP")
    undo(app, "Marin")
    app.chat_input[0].set_value("Marin cherche un employeur").run()
    assert labels(app) == []
    (conversation,) = conversations.list()
    assert conversations.exchanges(conversation.id)[-1].answer.question.startswith("Marin")

    app.button(key="new").click().run()
    app.chat_input[0].set_value("Marin cherche un employeur").run()

    (last, *_) = conversations.all_exchanges()
    assert last.answer.question == "[nom] cherche un employeur"


@pytest.mark.parametrize("asked", ["Combien pour le CEJ ?", "le NIR 255081416802538 est-il juste"])
def test_what_is_no_name_cannot_be_undone(app, asked):
    ask(app, asked)

    assert labels(app) == []
