"""A language model from a GGUF file, in this process, with xllamacpp."""

import os
import queue
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailable, UnknownModel
from assistant.talk import LONGEST_ANSWER_TOKENS, LanguageModel, Patience, Piece, Talk

# A laptop reads some hundred tokens a second: a long prompt takes it a while.
_PATIENCE = Patience(first=90.0, next=20.0, whole=180.0)
_CONTEXT_TOKENS = 4096


def open_gguf(file: Path) -> LanguageModel:
    """Return the model of a GGUF file, which is loaded at the first question.

    Raises:
        UnknownModel: there is no such file.
    """
    if not file.is_file():
        raise UnknownModel(f"Le fichier du modèle n'existe pas : {file}. Lancez « make model ».")
    return LanguageModel(f"gguf:{file.name}", talk=_in_process(file), patience=_PATIENCE)


def _in_process(file: Path) -> Talk:
    """Return the way to talk with a GGUF file."""
    opening = threading.Lock()
    opened: list[Any] = []

    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        with opening:
            if not opened:
                opened.append(_load(file))
        pieces: queue.Queue[dict[str, Any] | None] = queue.Queue()

        def take(chunk: dict[str, Any]) -> bool:
            pieces.put(chunk)
            return stop.is_set()

        body = {
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": request},
            ],
            "temperature": 0,
            "max_tokens": LONGEST_ANSWER_TOKENS,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

        def ask() -> None:
            try:
                opened[0].handle_chat_completions(body, take)
            finally:
                pieces.put(None)

        threading.Thread(target=ask, daemon=True, name="appui-gguf").start()
        while (chunk := pieces.get()) is not None:
            yield _read_chunk(chunk)

    return talk


def _load(file: Path) -> Any:  # noqa: ANN401 - xllamacpp is not typed
    """Return the server of a GGUF file; nobody else can talk to the port that it opens."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.n_ctx, params.n_parallel = _CONTEXT_TOKENS, 1
    params.verbosity = -1
    params.cpuparams.n_threads = os.cpu_count() or 1
    params.api_keys = [secrets.token_hex()]
    return xllamacpp.Server(params)


def _read_chunk(chunk: dict[str, Any]) -> Piece:
    """Return the piece of one message of OpenAI's protocol.

    Raises:
        ModelUnavailable: the message is an error.
    """
    if "error" in chunk or "code" in chunk:
        raise ModelUnavailable(str(chunk.get("message") or chunk.get("error")))
    text = "".join(choice["delta"].get("content") or "" for choice in chunk.get("choices", ()))
    cost = chunk.get("usage") or {}
    return Piece(text, cost.get("prompt_tokens"), cost.get("completion_tokens"))
