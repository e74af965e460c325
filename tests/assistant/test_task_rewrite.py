"""A model that rewords a task: a real HTTP server, a sentence kept only where it is proven."""

import pytest

from assistant.llm import open_model
from assistant.task import perform
from assistant.task_rewrite import reword
from tests.assistant.model_server import serving
from tests.assistant.test_task import QUESTION, adviser, answer, catalogue, sheets_home  # noqa: F401

PROVEN = "Dans une même structure, les PMSMP ne dépassent pas 60 jours au total sur 12 mois."


@pytest.fixture
def reworded(adviser, answer, catalogue, monkeypatch):  # noqa: F811
    """Have a mail reworded by a server that says this."""
    mail = perform("mail", answer, library=adviser.library, catalogue=catalogue)
    monkeypatch.setenv("OPENAI_API_KEY", "essai")

    def with_model(text: str, behaviour: str = "well"):
        with serving(text, behaviour=behaviour) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.address)
            found = reword(
                mail, question=QUESTION, library=adviser.library, model=open_model("openai:essai")
            )
            return mail, found, server

    return with_model


def test_a_sentence_that_its_source_proves_takes_the_place_of_the_template_s(reworded):
    mail, found, server = reworded(f"1. Elle est gratuite.\n2. {PROVEN}")
    sent = server.requests[0]["messages"][-1]["content"]

    assert f"- {PROVEN}" in found.text
    assert mail.sentences[0].text in found.text
    assert "gratuite" not in found.text
    assert found.model == "openai:essai"
    assert sent.startswith("1. ")
    assert "http" not in sent


@pytest.mark.parametrize(
    "text",
    [
        "1. Une PMSMP dure au plus 2 mois.",
        "1. Une PMSMP ne dure pas 1 mois.",
        "Une PMSMP, c'est facile.",
        "1. <script>alert(1)</script>",
        "2. "
        + PROVEN.replace("60 jours au total", "60 jours")
        + " Consultez https://pirate.example.",
    ],
)
def test_what_is_not_proven_leaves_the_template_as_it_was(reworded, text):
    mail, found, _ = reworded(text)

    assert found == mail


@pytest.mark.parametrize("behaviour", ["500", "garbage", "empty"])
def test_a_server_that_fails_is_said_and_the_template_stands(reworded, behaviour):
    mail, found, _ = reworded("…", behaviour)

    assert found.text == mail.text
    assert "ne répond pas" in found.cautions[0]
