"""A page under test: the real app.py, an assistant written by hand, conversations on disk."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as Words
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.answer import Answer, Citation, Exchange
from assistant.conversations import Conversations, database_url
from assistant.mask import mask
from assistant.subjects import Subject
from assistant.talk import LanguageModel
from knowledge.documents import Collection, Document, Passage, Source
from knowledge.errors import UnknownDocument
from pages import state

ROOT = Path(__file__).parents[2]

CEJ = Source(
    id="cej",
    title="Contrat d'engagement jeune",
    collection="dispositifs",
    kind="markdown",
    publisher="Ministère",
    url="https://exemple.fr/cej",
    date="2025-04-01",
    date_meaning="mis à jour le",
)
NOTE = Source(
    id="cr-septembre",
    title="Réunion de septembre",
    collection="consultation",
    kind="markdown",
    date="2025-09-12",
    fictional=True,
)
PASSAGE = Passage(
    id="cej#0",
    document_id="cej",
    position=0,
    start=0,
    end=58,
    text="Le montant est <b>fixé</b> chaque année. Il dure douze mois.",
    section_path=("Montant",),
)
CITATION = Citation(
    n=1,
    document_id="cej",
    title="Contrat d'engagement jeune",
    collection="dispositifs",
    section="Montant",
    page=None,
    quote="Le montant est <b>fixé</b>",
    start=0,
    end=26,
    passage_id="cej#0",
    url="https://exemple.fr/cej",
    date="2025-04-01",
    date_meaning="mis à jour le",
)
ANSWER = Answer(
    question="Combien ?",
    standalone_question="Combien ?",
    status="answered",
    text="**561,68 €** par mois [1].\n\n- Pour un mineur, moins [1].",
    citations=(CITATION,),
    suggestions=("Et pour un mineur ?",),
)


class FakeLibrary:
    """A library of a few sources, kept in memory."""

    def __init__(self, *sources: Source) -> None:
        self.known = list(sources)
        self.notes: tuple[str, ...] = ()
        self.file: Path | None = None

    def sources(self, collection: Collection | None = None) -> list[Source]:
        return [source for source in self.known if collection in (None, source.collection)]

    def source(self, document_id: str) -> Source:
        for source in self.known:
            if source.id == document_id:
                return source
        raise UnknownDocument(f"Aucun document ne porte l'identifiant « {document_id} ».")

    def document(self, document_id: str) -> Document:
        return Document(source=self.source(document_id), text=PASSAGE.text, notes=self.notes)

    def passages(self, document_id: str) -> list[Passage]:
        return [PASSAGE] if document_id == "cej" else []

    def passage_counts(self) -> dict[str, int]:
        return {"cej": 1}

    def original(self, source: Source) -> Path | None:
        return self.file


class FakeAssistant:
    """Gives the answer that the test wants, and remembers what it was asked."""

    def __init__(self, *sources: Source) -> None:
        self.library = FakeLibrary(*sources)
        self.reply = ANSWER
        self.failure: Exception | None = None
        self.asked: list[tuple[str, list[Exchange], Collection | None]] = []
        self.about: Subject | None = None

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        collection: Collection | None = None,
        model: LanguageModel | None = None,
        show: Callable[[str], None] | None = None,
        allowed: Words[str] = (),
    ) -> Answer:
        if model is not None and show is not None:
            for piece in model.write("", question):
                show(piece)
        self.asked.append((question, [*history], collection))
        if self.failure is not None:
            raise self.failure
        masked = mask(question, allowed=allowed).text
        return replace(self.reply, question=masked, standalone_question=masked)

    def focus(self, history: Sequence[Exchange]) -> Subject | None:
        return self.about if history else None


@pytest.fixture
def assistant(monkeypatch, tmp_path) -> FakeAssistant:
    fake = FakeAssistant(CEJ, NOTE)
    monkeypatch.setattr(state, "assistant", lambda: fake)
    monkeypatch.setattr(state, "home", lambda: tmp_path)
    return fake


@pytest.fixture
def conversations(monkeypatch, tmp_path) -> Iterator[Conversations]:
    kept = Conversations(database_url(tmp_path))
    monkeypatch.setattr(state, "conversations", lambda: kept)
    yield kept
    kept.close()


@pytest.fixture
def app(assistant, conversations, monkeypatch) -> Iterator[AppTest]:
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    st.cache_resource.clear()
    st.cache_data.clear()
