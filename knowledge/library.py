"""The library as its readers see it: searched, and an index that repairs itself.

``open_library`` gives a reader that takes each new generation of the index at its next search;
``knowledge.editor`` is the one writer.
"""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from knowledge import generation as generations
from knowledge.analysis import terms
from knowledge.documents import Collection, Document, Hit, Passage, Source
from knowledge.editor import edit_library
from knowledge.embedding import Embedder, Vectors, load_embedder
from knowledge.errors import LibraryDamaged
from knowledge.filters import Filter, Scope, make_scope
from knowledge.generation import Generation
from knowledge.known_questions import Echo, KnownQuestions, sheets_asked
from knowledge.ranker import Ranker, Readable, load_ranker
from knowledge.remembering import Remembering
from knowledge.search import Query, search
from knowledge.store import Store
from knowledge.wording import spell, with_acronyms

_QUESTIONS_KEPT = 64
# A question waits no longer for an index that another process is making.
_REPAIR_WAIT_S = 10.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryStatus:
    """What a library holds; ``pending`` passages are stored but not yet indexed."""

    home: str
    generation: int
    documents: int
    passages: int
    pending: int
    collections: dict[str, int]
    model: str | None


class Library:
    """A reader; its methods may be called from several threads."""

    def __init__(
        self,
        home: Path,
        *,
        embedding: str | None = None,
        ranker: str | None = None,
        on_repair: Progress | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """Read ``home``; see ``open_library``."""
        self.home = home
        self._embedding = embedding
        self._ranking = ranker
        self._ranker: Ranker | None = None
        self._on_repair = on_repair
        self._today = today
        self._store = Store(home)
        self._lock = threading.RLock()
        self._embedder: Embedder | None = None
        self._embed = lru_cache(maxsize=_QUESTIONS_KEPT)(self._embed_question)
        self._echo = lru_cache(maxsize=_QUESTIONS_KEPT)(self._heard_before)
        self._opened: Generation | None = None
        self._known: KnownQuestions | None = None
        self._last_scope: tuple[tuple[int, Filter], Scope | None] | None = None

    @property
    def generation(self) -> int:
        """The number of the generation that the next search reads, 0 when there is none."""
        return generations.current_number(self.home)

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        collection: Collection | None = None,
        only: Filter | None = None,
        is_read: bool = True,
    ) -> list[Hit]:
        """Return the ``k`` passages that answer ``question`` best, best first.

        Args:
            question: in plain French.
            k: how many passages at most.
            collection: search this collection only.
            only: search these documents only: a territory, a period, what is in force.
            is_read: the ranker, where there is one, reads the first passages.

        Raises:
            ModelMismatch: the index was made with another embedding model.
            LibraryBusy: another process is making the index, or making it again.
        """
        only = only or Filter()
        if collection is not None:
            only = replace(only, collection=collection)
        with self._lock:
            try:
                return self._search(question, k=k, only=only, is_read=is_read)
            except LibraryDamaged:
                # It opened well, then a part of it that only this question needs failed.
                self._repair(self._opened.manifest.generation if self._opened else 0)
                return self._search(question, k=k, only=only, is_read=is_read)

    def knows(self, term: str) -> bool:
        """Tell whether some passage holds a search term."""
        with self._lock:
            generation = self._current()
            return generation is not None and generation.lexical.knows(term)

    def spell(self, question: str) -> str:
        """Return a question spelt as the documents spell it (see ``wording``)."""
        with self._lock:
            generation = self._current()
            if generation is None:
                return question
            return spell(question, lexicon=generation.lexicon, knows=generation.lexical.knows)

    def rarity(self, term: str) -> float:
        """Return how rare a search term is among the passages, in nats (see ``lexical``)."""
        with self._lock:
            generation = self._current()
            return generation.lexical.rarity(term) if generation else 0.0

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at the first use; it remembers the passages it has seen."""
        with self._lock:
            if self._embedder is None:
                self._embedder = Remembering(load_embedder(self._embedding))
            return self._embedder

    @property
    def ranker(self) -> Ranker | None:
        """The ranker, loaded at the first use; None when search goes without."""
        with self._lock:
            if self._ranker is None:
                self._ranker = load_ranker(self._ranking)
            return self._ranker

    def read(self, question: str, passages: Sequence[Readable]) -> Vectors | None:
        """Return how far each text answers a question, in [0, 1]; None where no ranker reads."""
        ranker = self.ranker
        if ranker is None:
            return None
        return ranker.relevance(
            question, passages, wanted={term: self.rarity(term) for term in terms(question)}
        )

    def embed_question(self, question: str) -> Vectors:
        """Return the vector of a question, shape ``(dimension,)``, norm 1; the last are kept."""
        return self._embed(question)

    def echo(self, question: str) -> Echo:
        """Return what the known questions nearest to one say of it."""
        with self._lock:
            if self._current() is None:
                return Echo()
            return self._echo(question)

    def _heard_before(self, question: str) -> Echo:
        """Return the echo of a question in the current generation."""
        if self._known is None:
            self._known = KnownQuestions(
                self._store.sources_with_ids(sheets_asked()).values(),
                passages=self._store.passages,
                model=self.embedder.name,
            )
        return self._known.echo(self.embed_question(question))

    def _embed_question(self, question: str) -> Vectors:
        """Return the vector of a question."""
        # A lone surrogate, which a browser or a terminal may send, is no text that a model reads.
        vector: Vectors = self.embedder.embed_questions(
            [question.encode("utf-8", "replace").decode()]
        )[0]
        return vector

    def sources(self, collection: Collection | None = None) -> list[Source]:
        """Return the sources of all documents, or of one collection, ordered by title."""
        return self._store.sources(collection)

    def source(self, document_id: str) -> Source:
        """Return the source of one document; ``UnknownDocument`` when there is none."""
        return self._store.source(document_id)

    def read_from(self, path: Path) -> str | None:
        """Return the first document that was read from a file, if one was."""
        names = dict.fromkeys((str(path), str(path.absolute()), str(path.resolve())))
        found = next(filter(None, map(self._store.input, names)), None)
        return found.documents[0] if found is not None and found.documents else None

    def document(self, document_id: str) -> Document:
        """Return one document whole; ``UnknownDocument`` when there is none."""
        return self._store.document(document_id)

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in their order."""
        return self._store.passages(document_id)

    def passage_counts(self) -> dict[str, int]:
        """Return how many passages each document has, by document id."""
        return self._store.passage_counts()

    def original(self, source: Source) -> Path | None:
        """Return the kept original of a document, for the kinds whose pages can be shown."""
        return self._store.original(source)

    def status(self) -> LibraryStatus:
        """Return what the library holds."""
        return library_status(self.home, self._store)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._close_index()
            self._store.close()

    def __enter__(self) -> "Library":
        """Return the library itself, closed at the end of the ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the files."""
        self.close()

    def _search(self, question: str, *, k: int, only: Filter, is_read: bool) -> list[Hit]:
        """Search the current generation."""
        generation = self._current()
        if generation is None:
            return []
        question = with_acronyms(self.spell(question))
        known = self._echo(question)
        return search(
            Query(question, self.embed_question(question), known.passages, known.is_known),
            generation=generation,
            store=self._store,
            k=k,
            scope=self._scope(generation, only),
            ranker=self.ranker if is_read else None,
            today=self._today(),
        )

    def _scope(self, generation: Generation, only: Filter) -> Scope | None:
        """Return what a filter lets through; the last one is kept, since pages ask it again."""
        key = (generation.manifest.generation, only)
        if self._last_scope is None or self._last_scope[0] != key:
            scope = make_scope(only, rows=generation.rows, sources=self._store.sources())
            self._last_scope = (key, scope)
        return self._last_scope[1]

    def _current(self) -> Generation | None:
        """Return the current generation, opened; repaired first when it cannot be read."""
        number = self.generation
        if self._opened is not None and self._opened.manifest.generation == number:
            return self._opened
        self._close_index()
        if number == 0 and not self._store.sources():
            return None
        try:
            self._open()
        except LibraryDamaged:
            self._repair(number)
            self._open()
        return self._opened

    def _open(self) -> None:
        """Open the current generation."""
        self._opened = generations.open_generation(self.home, embedder_name=self.embedder.name)

    def _repair(self, damaged: int) -> None:
        """Make the index again, unless another process has replaced the damaged generation."""
        self._close_index()
        with edit_library(self.home, wait_s=_REPAIR_WAIT_S, embedding=self._embedding) as editor:
            editor.publish(self._on_repair, from_scratch=self.generation == damaged)

    def _close_index(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
            self._known = None
            self._echo.cache_clear()


def open_library(
    home: Path | str,
    *,
    embedding: str | None = None,
    ranker: str | None = None,
    on_repair: Progress | None = None,
) -> Library:
    """Open a library for reading.

    Opening is immediate; the index is opened, checked and if need be made again from the stored
    documents at the first search, and again whenever a writer has published a new generation.

    Args:
        home: the data folder.
        embedding: the embedding model, by hub name or folder; None for the bundled one.
        ranker: the CrossEncoder that reads the first passages, by hub name or folder; None for the
            bundled one, ``"none"`` for a search without.
        on_repair: told the passages embedded so far and in all, while an index is made again.
    """
    return Library(Path(home), embedding=embedding, ranker=ranker, on_repair=on_repair)


def library_status(home: Path, store: Store) -> LibraryStatus:
    """Return what the library of a data folder holds, without opening its index."""
    sources = store.sources()
    passages = sum(store.passage_counts().values())
    manifest = generations.read_manifest(home)
    names = sorted({source.collection for source in sources})
    return LibraryStatus(
        home=str(home),
        generation=generations.current_number(home),
        documents=len(sources),
        passages=passages,
        pending=max(0, passages - (manifest.passages if manifest else 0)),
        collections={n: sum(source.collection == n for source in sources) for n in names},
        model=manifest.model if manifest else None,
    )
