"""Language models behind one small seam; the only module of the assistant that knows LangChain.

A model is named as ``--llm`` and ``APPUI_LLM`` name it: ``openai:MODEL`` (any compatible server),
``mistralai:MODEL``, ``ollama:MODEL`` or ``gguf:PATH`` (a file, in this process). Whatever goes
wrong with one is a ``ModelUnavailable`` whose sentence can be shown.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnknownModel
from assistant.talk import LONGEST_ANSWER_TOKENS, LanguageModel, Patience, Piece, Talk

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NO_MODEL = "none"
KINDS = ("openai", "mistralai", "ollama", "gguf")
_RETRIES = 1
_PATIENCE = Patience()
_OLLAMA = "http://127.0.0.1:11434"
_OLLAMA_WAIT_S = 0.3


def open_model(name: str | None) -> LanguageModel | None:
    """Return the model of that name, or None for ``none``; nothing is sent yet.

    Raises:
        UnknownModel: the name is malformed, or what it needs is not configured.
    """
    if name in {None, "", NO_MODEL}:
        return None
    kind, _, model = str(name).partition(":")
    if kind not in KINDS or not model:
        raise UnknownModel(
            f"Modèle de langue inconnu : « {name} ». Écrivez none, openai:MODELE, mistralai:MODELE,"
            " ollama:MODELE ou gguf:FICHIER."
        )
    if kind == "gguf":
        from assistant.gguf import open_gguf

        return open_gguf(Path(model))
    build = {"openai": _openai, "mistralai": _mistral, "ollama": _ollama}[kind]
    return LanguageModel(str(name), talk=_through_langchain(build(model)), patience=_PATIENCE)


def model_setting() -> str | None:
    """Return the model that ``$APPUI_LLM`` names, or None."""
    return os.environ.get("APPUI_LLM") or None


def models_offered() -> list[str]:
    """Return the models that the site allows: ``$APPUI_LLM``, then those of ``$APPUI_LLM_CHOICES``.

    The second is a list with commas. Those of a local Ollama come last: offered, never used
    unasked.
    """
    listed = [model_setting() or "", *os.environ.get("APPUI_LLM_CHOICES", "").split(",")]
    named = [each.strip() for each in listed if each.strip() not in {"", NO_MODEL}]
    return list(dict.fromkeys([*named, *_local_ollama()]))


def _local_ollama() -> list[str]:
    """Return the models of an Ollama that runs on this machine, if one does."""
    import httpx

    try:
        found = httpx.get(f"{_OLLAMA}/api/tags", timeout=_OLLAMA_WAIT_S, trust_env=False).json()
        return [f"ollama:{each['name']}" for each in found["models"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return []


def _openai(model: str) -> "BaseChatModel":
    """Return a model of a server that speaks OpenAI's protocol."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    if not os.environ.get("OPENAI_BASE_URL"):
        # Without it, the library would send questions to its own default, far from here.
        raise UnknownModel(
            f"openai:{model} demande l'adresse de votre serveur : écrivez-la dans OPENAI_BASE_URL."
        )
    return ChatOpenAI(
        model=model,
        base_url=os.environ["OPENAI_BASE_URL"],
        api_key=SecretStr(os.environ.get("OPENAI_API_KEY") or "none"),
        temperature=0.0,
        max_completion_tokens=LONGEST_ANSWER_TOKENS,
        timeout=_PATIENCE.first,
        max_retries=_RETRIES,
        use_responses_api=False,
    )


def _mistral(model: str) -> "BaseChatModel":
    """Return a model of Mistral's own service."""
    from langchain_mistralai import ChatMistralAI

    if not os.environ.get("MISTRAL_API_KEY"):
        raise UnknownModel(f"mistralai:{model} demande une clef : écrivez-la dans MISTRAL_API_KEY.")
    return ChatMistralAI(
        model_name=model,
        temperature=0.0,
        max_tokens=LONGEST_ANSWER_TOKENS,
        timeout=int(_PATIENCE.first),
        max_retries=_RETRIES,
    )


def _ollama(model: str) -> "BaseChatModel":
    """Return a model of an Ollama, on this machine unless ``$OLLAMA_HOST`` says another."""
    from langchain_ollama import ChatOllama

    return ChatOllama(
        model=model,
        temperature=0.0,
        num_predict=LONGEST_ANSWER_TOKENS,
        base_url=os.environ.get("OLLAMA_HOST") or _OLLAMA,
        client_kwargs={"timeout": _PATIENCE.first},
    )


def _through_langchain(chat: "BaseChatModel") -> Talk:
    """Return the way to talk with a LangChain chat model; its tracing is off, always."""

    def talk(instructions: str, request: str, stop: threading.Event) -> Iterator[Piece]:
        from langsmith import tracing_context

        with tracing_context(enabled=False):
            for chunk in chat.stream([("system", instructions), ("human", request)]):
                if stop.is_set():
                    return
                cost = getattr(chunk, "usage_metadata", None) or {}
                yield Piece(str(chunk.text), cost.get("input_tokens"), cost.get("output_tokens"))

    return talk
