"""Choosing who writes: offered where there is a choice, never used unasked."""

import pytest

from pages import messages
from pages.writer_choice import chosen_writer


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", "Appui, sans modèle de langue"),
        ("openai:AgentPublic/albert", "albert, sur le serveur configuré"),
        ("ollama:mistral", "mistral, sur cette machine"),
        ("gguf:/models/petit.gguf", "petit.gguf, sur cette machine"),
    ],
)
def test_a_writer_is_said_in_words(name: str, said: str) -> None:
    assert messages.writer(name) == said


def test_nobody_but_appui_writes_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APPUI_LLM", raising=False)
    assert chosen_writer() is None
