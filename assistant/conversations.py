"""The conversations that are kept: what was asked, what was answered, what was thought of it.

The database is whatever SQLAlchemy can open by its URL; SQLite in the data folder by default.
What is stored of a question is its masked form (``Answer.question``), never what was typed.
"""

import json
import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.answer import Answer, Caution, Citation, Exchange, Sentence, Step
from assistant.errors import AssistantError
from assistant.mask import mask
from assistant.tables import (
    ConversationRow,
    ExchangeRow,
    FeedbackRow,
    TimeSavedRow,
    open_database,
)

Rating = Literal["useful", "not_useful"]

TITLE_LENGTH = 60


class ConversationsUnavailable(AssistantError):
    """The database of conversations cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A kept conversation, as a list shows it; ``updated`` is in UTC."""

    id: str
    title: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an adviser thought of an answer, and why."""

    rating: Rating
    reason: str


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A question and its answer, as they were shown; ``created`` is in UTC.

    ``minutes`` are those that an adviser said it saved, None where nobody said it.
    """

    id: int
    answer: Answer
    created: datetime
    feedback: Feedback | None
    minutes: int | None = None


class Conversations:
    """The repository of conversations; one object may serve several threads.

    Every method raises ``ConversationsUnavailable`` when the database cannot be reached.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine = open_database(url)
        except (SQLAlchemyError, OSError) as error:
            raise _unavailable() from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def add(self, answer: Answer, *, conversation_id: str | None = None) -> tuple[str, int]:
        """Keep an answer, in a new conversation or at the end of a kept one.

        Returns:
            The identifiers of the conversation and of the exchange.
        """
        now = _now()
        with _wrapped(), Session(self._engine) as session, session.begin():
            conversation = session.get(ConversationRow, conversation_id or "")
            if conversation is None:
                conversation = ConversationRow(
                    id=conversation_id or uuid.uuid4().hex, title=_shortened(answer.question)
                )
                session.add(conversation)
            conversation.updated = now
            exchange = ExchangeRow(
                question=answer.question,
                answer=json.dumps(answer.to_json(), ensure_ascii=False),
                searched=_folded(f"{answer.question}\n{answer.text}"),
                created=now,
            )
            conversation.exchanges.append(exchange)
            session.flush()
            return conversation.id, exchange.id

    def list(self, *, search: str = "") -> Sequence[Conversation]:
        """Return the conversations, latest first, that hold all the searched words."""
        query = select(ConversationRow).order_by(ConversationRow.updated.desc())
        with _wrapped(), Session(self._engine) as session:
            if words := _folded(search).split():
                found = select(ExchangeRow.conversation_id)
                for word in words:
                    found = found.where(ExchangeRow.searched.contains(word, autoescape=True))
                inside = set(session.scalars(found))
                rows = [
                    row
                    for row in session.scalars(query)
                    if row.id in inside or all(word in _folded(row.title) for word in words)
                ]
            else:
                rows = [*session.scalars(query)]
            return [Conversation(row.id, row.title, _aware(row.updated)) for row in rows]

    def get(self, conversation_id: str) -> Conversation | None:
        """Return one conversation, or None when it is not kept (any more)."""
        with _wrapped(), Session(self._engine) as session:
            row = session.get(ConversationRow, conversation_id)
            return Conversation(row.id, row.title, _aware(row.updated)) if row else None

    def exchanges(self, conversation_id: str) -> Sequence[KeptExchange]:
        """Return what was said in a conversation, oldest first; nothing when it is not kept."""
        with _wrapped(), Session(self._engine) as session:
            row = session.get(ConversationRow, conversation_id)
            return [_kept(exchange) for exchange in row.exchanges] if row else []

    def all_exchanges(self) -> Sequence[KeptExchange]:
        """Return every kept exchange, of all conversations, latest first."""
        query = select(ExchangeRow).order_by(ExchangeRow.id.desc())
        with _wrapped(), Session(self._engine) as session:
            return [_kept(row) for row in session.scalars(query)]

    def rename(self, conversation_id: str, *, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        with _wrapped(), Session(self._engine) as session, session.begin():
            row = session.get(ConversationRow, conversation_id)
            if row is not None and title.strip():
                row.title = _shortened(mask(title).text)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with its answers and what was thought of them."""
        with _wrapped(), Session(self._engine) as session, session.begin():
            row = session.get(ConversationRow, conversation_id)
            if row is not None:
                session.delete(row)

    def rate(self, exchange_id: int, *, rating: Rating | None, reason: str = "") -> None:
        """Keep what an adviser thought of an answer, instead of an earlier opinion.

        Args:
            exchange_id: The exchange that was judged.
            rating: None takes the opinion back.
            reason: Why, in the adviser's words, whose personal data is masked.
        """
        reason = mask(reason).text.strip()
        with _wrapped(), Session(self._engine) as session, session.begin():
            row = session.get(ExchangeRow, exchange_id)
            if row is None:
                return
            if rating is None:
                row.feedback = None
            elif row.feedback is None:
                row.feedback = FeedbackRow(rating=rating, reason=reason, created=_now())
            else:
                row.feedback.rating, row.feedback.reason = rating, reason

    def declare(self, exchange_id: int, *, minutes: int | None) -> None:
        """Keep how many minutes an answer saved, as declared; None takes it back."""
        with _wrapped(), Session(self._engine) as session, session.begin():
            row = session.get(ExchangeRow, exchange_id)
            if row is None:
                return
            if minutes is None:
                row.time_saved = None
            elif row.time_saved is None:
                row.time_saved = TimeSavedRow(minutes=minutes)
            else:
                row.time_saved.minutes = minutes


def database_url(home: Path, *, override: str | None = None) -> str:
    """Return the URL of the conversations' database: the given one, else SQLite in ``home``."""
    if override:
        return override
    return URL.create("sqlite", database=str(home / "conversations.sqlite")).render_as_string()


def history(exchanges: Sequence[KeptExchange]) -> list[Exchange]:
    """Return kept exchanges in the form that the assistant takes as history."""
    return [
        Exchange(
            kept.answer.question,
            kept.answer.text,
            standalone=kept.answer.standalone_question,
            sheets=tuple(citation.document_id for citation in kept.answer.citations),
        )
        for kept in exchanges
    ]


def answer_from_json(data: Mapping[str, Any]) -> Answer:
    """Rebuild an answer from its JSON form; what a later version added to it is left out."""
    values = _known(Answer, data)
    return Answer(
        **{
            **values,
            "sentences": tuple(
                Sentence(**{**_known(Sentence, item), "citations": tuple(item["citations"])})
                for item in data.get("sentences", ())
            ),
            "citations": tuple(
                Citation(**_known(Citation, item)) for item in data.get("citations", ())
            ),
            "warnings": tuple(
                Caution(**_known(Caution, item)) for item in data.get("warnings", ())
            ),
            "suggestions": tuple(data.get("suggestions", ())),
            "trace": tuple(Step(**_known(Step, item)) for item in data.get("trace", ())),
        }
    )


def _known(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in data.items() if name in names}


def _kept(row: ExchangeRow) -> KeptExchange:
    return KeptExchange(
        id=row.id,
        answer=answer_from_json(json.loads(row.answer)),
        created=_aware(row.created),
        feedback=_opinion(row.feedback) if row.feedback else None,
        minutes=row.time_saved.minutes if row.time_saved else None,
    )


def _opinion(row: FeedbackRow) -> Feedback:
    return Feedback("useful" if row.rating == "useful" else "not_useful", row.reason)


@contextmanager
def _wrapped() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise _unavailable() from error


def _unavailable() -> ConversationsUnavailable:
    return ConversationsUnavailable(
        "Les conversations ne peuvent pas être lues ou enregistrées. Vérifiez la place libre et "
        "les droits du dossier de données, ou l'adresse APPUI_DATABASE_URL."
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= TITLE_LENGTH:
        return words
    return words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
