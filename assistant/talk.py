"""Talking with a language model: what it sends is waited for, read as it comes, and stopped."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.errors import ModelUnavailable

LONGEST_ANSWER_TOKENS = 400
# Whoever reads a reply is woken this often, with or without news, so that it can be left.
_BEAT_S = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """What a model sends at once: some text, and what it says that the exchange cost, in tokens."""

    text: str = ""
    tokens_read: int | None = None
    tokens_written: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a model is waited for, in seconds: its first word, each next one, the whole."""

    first: float = 20.0
    next: float = 10.0
    whole: float = 60.0


Talk = Callable[[str, str, threading.Event], Iterator[Piece]]


@dataclass
class Reply:
    """What a model writes: iterate to read it as it comes; the tokens are known at the end."""

    pieces: Iterator[Piece]
    tokens_read: int | None = field(default=None, init=False)
    tokens_written: int | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[str]:
        """Yield the text as it comes, and nothing (an empty string) while none does.

        Raises:
            ModelUnavailable: the model does not answer, or no longer does.
        """
        for piece in self.pieces:
            if piece.tokens_read is not None:
                self.tokens_read, self.tokens_written = piece.tokens_read, piece.tokens_written
            yield piece.text


class LanguageModel:
    """A model that writes; may be shared between threads."""

    def __init__(self, name: str, *, talk: Talk, patience: Patience | None = None) -> None:
        """Hold a model.

        Args:
            name: as ``--llm`` names it.
            talk: sends instructions and a request, and yields what comes back until told to stop.
            patience: how long it is waited for.
        """
        self.name = name
        self._talk = talk
        self._patience = patience or Patience()

    def write(self, instructions: str, request: str) -> Reply:
        """Ask the model; what it writes is read by iterating, and leaving stops it."""
        return Reply(self._pieces(instructions, request))

    def _pieces(self, instructions: str, request: str) -> Iterator[Piece]:
        arrived: _Arrived = queue.Queue()
        stop = threading.Event()
        threading.Thread(
            target=self._listen,
            args=(instructions, request, arrived, stop),
            daemon=True,
            name="appui-model",
        ).start()
        now = time.monotonic()
        deadline, limit = now + self._patience.whole, now + self._patience.first
        written = False
        try:
            while (piece := _next(arrived, until=min(limit, deadline))) is not None:
                if piece.text.strip():
                    written = True
                    limit = time.monotonic() + self._patience.next
                yield piece
        finally:
            stop.set()
        if not written:
            raise ModelUnavailable("sa réponse est vide")

    def _listen(
        self, instructions: str, request: str, arrived: "_Arrived", stop: threading.Event
    ) -> None:
        """Hand over what the model sends, its failure, or None at its end."""
        try:
            for piece in self._talk(instructions, request, stop):
                if stop.is_set():
                    return
                arrived.put(piece)
            arrived.put(None)
        except Exception as error:  # noqa: BLE001 - what a far server may make a client raise cannot be listed
            arrived.put(_unavailable(error))


_Arrived = queue.Queue[Piece | ModelUnavailable | None]


def _next(arrived: _Arrived, *, until: float) -> Piece | None:
    """Return what arrived, an empty piece when nothing did for a while, or None at the end.

    Raises:
        ModelUnavailable: the model failed, or nothing came before ``until``, a monotonic time.
    """
    left = until - time.monotonic()
    try:
        piece = arrived.get(timeout=max(0.0, min(_BEAT_S, left)))
    except queue.Empty:
        if left <= 0:
            raise ModelUnavailable("il met trop de temps à répondre") from None
        return Piece()
    if isinstance(piece, ModelUnavailable):
        raise piece
    return piece


def _unavailable(error: Exception) -> ModelUnavailable:
    """Return what is said of an error of a model, its details kept for whoever debugs."""
    if isinstance(error, ModelUnavailable):
        return error
    names = (kind.__name__ for kind in type(error).__mro__)
    unavailable = ModelUnavailable(
        next((_REASONS[name] for name in names if name in _REASONS), "il a répondu par une erreur")
    )
    unavailable.__cause__ = error
    return unavailable


# By the names of the classes, which are imported with the clients only: LangChain's, then those of
# httpx, which the clients of Ollama and Mistral let through.
_REASONS = {
    "ModelConnectionError": "il est injoignable",
    "ModelTimeoutError": "il met trop de temps à répondre",
    "ModelAuthenticationError": "il refuse la clef",
    "ModelPermissionDeniedError": "il refuse la clef",
    "ModelNotFoundError": "il ne connaît pas ce modèle",
    "ModelRateLimitError": "il est saturé",
    "TimeoutException": "il met trop de temps à répondre",
    "RemoteProtocolError": "la liaison a été coupée",
    "TransportError": "il est injoignable",
    "ConnectionError": "il est injoignable",
}
