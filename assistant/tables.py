"""The tables behind the kept conversations, and the opening of their database."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, ForeignKey, Text, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables' common root."""


class ConversationRow(Base):
    """A conversation; moments are in UTC, without a zone since SQLite would drop it."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    updated: Mapped[datetime]
    exchanges: Mapped[list["ExchangeRow"]] = relationship(
        back_populates="conversation", cascade="all, delete-orphan", order_by="ExchangeRow.id"
    )


class ExchangeRow(Base):
    """A masked question and its answer in JSON."""

    __tablename__ = "exchanges"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    # Plain lower-case letters, since LIKE ignores the case of ASCII letters only.
    searched: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    conversation: Mapped[ConversationRow] = relationship(back_populates="exchanges")
    feedback: Mapped["FeedbackRow | None"] = relationship(
        back_populates="exchange", cascade="all, delete-orphan"
    )
    time_saved: Mapped["TimeSavedRow | None"] = relationship(
        back_populates="exchange", cascade="all, delete-orphan"
    )


class FeedbackRow(Base):
    """What was thought of an answer."""

    __tablename__ = "feedback"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchanges.id"), primary_key=True)
    rating: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    exchange: Mapped[ExchangeRow] = relationship(back_populates="feedback")


class TimeSavedRow(Base):
    """How many minutes an adviser said that an answer saved."""

    __tablename__ = "time_saved"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchanges.id"), primary_key=True)
    minutes: Mapped[int]
    exchange: Mapped[ExchangeRow] = relationship(back_populates="time_saved")


def open_database(url: str) -> Engine:
    """Return an engine on the database of that URL, its tables made where they are missing."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_write_ahead)
    Base.metadata.create_all(engine)
    return engine


def _set_write_ahead(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
