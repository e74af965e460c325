"""Language models: real clients against a server that fails in every way that servers fail."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.errors import ModelUnavailable, UnknownModel
from assistant.llm import models_offered, open_model
from assistant.talk import LanguageModel, Patience, Piece
from tests.assistant.model_server import Behaviour, serving

QUESTION = "Quel est le montant de la Bourse Pont ?"
TRUE = "La Bourse Pont est de 412,50 € par mois pour un majeur depuis le 4 mai 2026 [1]."
FALSE = "Un majeur reçoit 7 777 € par mois avec la Bourse Pont [1]."


@pytest.fixture(autouse=True)
def _no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APPUI_LLM", "APPUI_LLM_CHOICES", "OPENAI_BASE_URL", "OPENAI_API_KEY",
                 "MISTRAL_API_KEY", "OLLAMA_HOST"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


def open_on(address: str, monkeypatch: pytest.MonkeyPatch) -> LanguageModel:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    model = open_model("openai:essai")
    assert model is not None
    return model


def test_no_model_is_the_default() -> None:
    assert open_model(None) is None
    assert open_model("none") is None


@pytest.mark.parametrize("name", ["gpt", "openai:", "azure:x", "gguf:/nulle/part.gguf"])
def test_a_name_that_is_none_of_a_model_is_told(name: str) -> None:
    with pytest.raises(UnknownModel):
        open_model(name)


def test_a_server_whose_address_nobody_gave_is_never_called() -> None:
    with pytest.raises(UnknownModel, match="OPENAI_BASE_URL"):
        open_model("openai:grand-modele")


def test_a_service_without_its_key_is_told() -> None:
    with pytest.raises(UnknownModel, match="MISTRAL_API_KEY"):
        open_model("mistralai:mistral-small-latest")


def test_the_models_of_a_site_are_offered_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.llm._local_ollama", lambda: ["ollama:mistral"])
    monkeypatch.setenv("APPUI_LLM", "openai:albert")
    monkeypatch.setenv("APPUI_LLM_CHOICES", "openai:albert, mistralai:small,none")
    assert models_offered() == ["openai:albert", "mistralai:small", "ollama:mistral"]


def test_an_ollama_that_does_not_run_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.llm._OLLAMA", "http://127.0.0.1:9")
    assert models_offered() == []


def test_what_a_server_writes_comes_first_and_is_cited(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(TRUE) as server:
        answer = assistant.answer(QUESTION, model=open_on(server.address, monkeypatch))
    assert answer.text.startswith(TRUE.replace(" [1].", ". [1]"))
    assert answer.model == "openai:essai"
    assert "412,50 €" in answer.citations[0].quote
    sent = server.requests[0]["messages"]
    assert [each["role"] for each in sent] == ["system", "user"]
    assert "exemple.fr" not in sent[1]["content"]
    (step,) = [each.detail for each in answer.trace if each.step == "model"]
    assert (step["kept"], step["removed"], step["failure"]) == (1, 0, None)


def test_what_no_passage_proves_is_not_shown(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(FALSE) as server:
        answer = assistant.answer(QUESTION, model=open_on(server.address, monkeypatch))
    assert "7 777" not in str(answer.to_json())
    assert answer.model == "appui-redacteur"
    assert answer.text.startswith("Depuis le 4 mai 2026, la Bourse Pont est de 412,50 €")


@pytest.mark.parametrize(
    "behaviour", ["garbage", "error in 200", "error in stream", "500", "empty"]
)
def test_a_server_that_answers_badly_leaves_the_embedded_answer(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
) -> None:
    with serving(TRUE, behaviour=behaviour) as server:
        answer = assistant.answer(QUESTION, model=open_on(server.address, monkeypatch))
    assert answer.text == assistant.answer(QUESTION).text
    assert answer.warnings[0].message.startswith("Le modèle de langue ne répond pas (")
    assert answer.model == "appui-redacteur"


def test_a_server_that_is_down_leaves_the_embedded_answer(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = open_on("http://127.0.0.1:9/v1", monkeypatch)
    answer = assistant.answer(QUESTION, model=model)
    assert answer.status == "answered"
    assert answer.warnings[0].message == (
        "Le modèle de langue ne répond pas (il est injoignable) ;"
        " voici la réponse rédigée sans lui."
    )


def test_a_server_cut_in_mid_stream_leaves_what_was_proven_and_the_rest(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{TRUE} Un mineur reçoit 180 € par mois, et la suite ne viendra jamais du tout [1]."
    with serving(text, behaviour="cut") as server:
        answer = assistant.answer(QUESTION, model=open_on(server.address, monkeypatch))
    assert "412,50 €" in answer.text
    assert all(sentence.verified for sentence in answer.sentences)


def test_a_server_that_is_slow_is_not_waited_for_long(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.llm._PATIENCE", Patience(first=0.3, next=0.3, whole=1.0))
    with serving(TRUE, behaviour="slow") as server:
        answer = assistant.answer(QUESTION, model=open_on(server.address, monkeypatch))
    assert "il met trop de temps" in answer.warnings[0].message
    assert "412,50 €" in answer.text


def test_a_model_that_stops_writing_in_the_middle_is_left() -> None:
    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        yield Piece("Un début. ")
        stop.wait(5)

    model = LanguageModel("essai", talk=talk, patience=Patience(first=1.0, next=0.1, whole=5.0))
    read = []
    with pytest.raises(ModelUnavailable, match="trop de temps"):
        read.extend(model.write("", ""))


def test_leaving_a_reply_stops_the_model() -> None:
    stopped = threading.Event()

    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        yield Piece("Un début. ")
        stop.wait(5)
        stopped.set()

    reply = iter(LanguageModel("essai", talk=talk).write("", ""))
    assert next(reply) == "Un début. "
    reply.close()
    assert stopped.wait(2)


def test_a_cost_that_a_server_tells_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(TRUE) as server:
        reply = open_on(server.address, monkeypatch).write("", "")
        assert "".join(reply).strip() == TRUE
    assert (reply.tokens_read, reply.tokens_written) == (120, 12)


def test_a_broken_model_file_is_one_sentence(tmp_path: Path, assistant: Assistant) -> None:
    broken = tmp_path / "casse.gguf"
    broken.write_bytes(b"GGUF rien de bon")
    answer = assistant.answer(QUESTION, model=open_model(f"gguf:{broken}"))
    assert answer.warnings[0].message.startswith("Le modèle de langue ne répond pas")
    assert "412,50 €" in answer.text
