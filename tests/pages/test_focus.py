"""The dispositif that the conversation is about is shown above the input, and can be let go of."""

import pytest

from assistant.subjects import Subject

CEJ = Subject("cej", "CEJ", (("cej",),))


def html_of(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.fixture
def asked(app, assistant):
    assistant.about = CEJ
    return app.run().chat_input[0].set_value("Combien pour le CEJ ?").run()


def test_nothing_is_in_focus_before_a_question(app, assistant):
    assistant.about = CEJ
    app.run()
    assert "À propos de" not in html_of(app)


def test_what_the_conversation_is_about_is_shown(asked):
    assert not asked.exception
    assert "À propos de : <strong>CEJ</strong>" in html_of(asked)


def test_once_let_go_of_the_next_question_stands_alone(asked, assistant):
    asked.button(key="forget-focus").click().run()
    assert "sera comprise seule" in html_of(asked)
    assert "À propos de" not in html_of(asked)

    asked.chat_input[0].set_value("et à Mayotte ?").run()

    assert [len(past) for _, past, _ in assistant.asked] == [0, 0]
    assert "À propos de : <strong>CEJ</strong>" in html_of(asked)


def test_what_was_let_go_of_does_not_come_back(asked, assistant):
    asked.button(key="forget-focus").click().run()
    asked.chat_input[0].set_value("le contrat").run()
    asked.chat_input[0].set_value("combien ?").run()

    assert [each.question for each in assistant.asked[-1][1]] == ["le contrat"]


def test_a_conversation_about_no_dispositif_shows_none(app):
    app.run().chat_input[0].set_value("Combien ?").run()
    assert "À propos de" not in html_of(app)
