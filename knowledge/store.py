"""The documents, their passages and what was read from where: one SQLite file, the truth.

Everything else under the data folder can be made again from it. Passages are kept as spans, so
that a passage is by construction an exact slice of its document's text.
"""

import hashlib
import json
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.documents import Collection, Document, Page, Passage, Section, Source
from knowledge.errors import LibraryDamaged, UnknownDocument

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, collection TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
    sections TEXT NOT NULL, pages TEXT NOT NULL, notes TEXT NOT NULL, content_hash TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_content ON documents (content_hash);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    section_path TEXT NOT NULL, page INTEGER
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document_id, position);
CREATE TABLE IF NOT EXISTS inputs (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL,
    collection TEXT NOT NULL, documents TEXT NOT NULL
);
"""
_PASSAGE = """SELECT p.id, p.document_id, p.position, p.start, p.end,
    substr(d.text, p.start + 1, p.end - p.start), p.section_path, p.page
    FROM passages p JOIN documents d ON d.id = p.document_id"""
# SQLite accepts many more, but a short statement is compiled faster.
_IDS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class InputRecord:
    """A file or package that was read: what it was like then, and which documents it gave."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    collection: str
    documents: tuple[str, ...]


class Store:
    """Reads and writes ``documents.sqlite`` of a data folder; safe to share between threads."""

    def __init__(self, home: Path) -> None:
        """Open the store of ``home``, making it when there is none."""
        self._home = home
        self._path = home / "documents.sqlite"
        self._lock = threading.RLock()
        self._depth = 0
        home.mkdir(parents=True, exist_ok=True)
        with self._damage_named():
            self._connection = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False, timeout=30
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is written inside happen as a whole, or not at all; may be nested."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._connection.execute("BEGIN IMMEDIATE")
                yield
                if self._depth == 1:
                    self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def put(self, document: Document, passages: Sequence[Passage], *, content_hash: str) -> None:
        """Insert a document with its passages, or replace the one that bears its id."""
        source = document.source
        with self.transaction():
            self.remove(source.id)
            self._connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    source.id,
                    source.collection,
                    _dump(asdict(source)),
                    document.text,
                    _dump([asdict(section) for section in document.sections]),
                    _dump([asdict(page) for page in document.pages]),
                    _dump(document.notes),
                    content_hash,
                ),
            )
            self._connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (p.id, source.id, p.position, p.start, p.end, _dump(p.section_path), p.page)
                    for p in passages
                ],
            )

    def remove(self, document_id: str) -> None:
        """Remove a document and its passages; nothing happens when it is not there."""
        with self._lock:
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def sources(self, collection: Collection | None = None) -> list[Source]:
        """Return the sources of all documents, or of one collection, ordered by title."""
        rows = self._read(
            "SELECT source FROM documents WHERE ? IS NULL OR collection = ?",
            (collection, collection),
        )
        return sorted((_source(row[0]) for row in rows), key=lambda source: source.title.lower())

    def source(self, document_id: str) -> Source:
        """Return the source of one document.

        Raises:
            UnknownDocument: no document bears this id.
        """
        rows = self._read("SELECT source FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise UnknownDocument(f"Aucun document ne porte l'identifiant « {document_id} ».")
        return _source(rows[0][0])

    def document(self, document_id: str) -> Document:
        """Return one document whole.

        Raises:
            UnknownDocument: no document bears this id.
        """
        source = self.source(document_id)
        text, sections, pages, notes = self._read(
            "SELECT text, sections, pages, notes FROM documents WHERE id = ?", (document_id,)
        )[0]
        return Document(
            source=source,
            text=text,
            sections=tuple(Section(**section) for section in json.loads(sections)),
            pages=tuple(Page(**page) for page in json.loads(pages)),
            notes=tuple(json.loads(notes)),
        )

    def documents_with_notes(self) -> dict[str, tuple[str, ...]]:
        """Return the remarks on how documents were read, by document id, where there are some."""
        rows = self._read("SELECT id, notes FROM documents WHERE notes != '[]'")
        return {row[0]: tuple(json.loads(row[1])) for row in rows}

    def document_with_content(self, content_hash: str) -> str | None:
        """Return the id of the document that has this content, if there is one."""
        rows = self._read("SELECT id FROM documents WHERE content_hash = ?", (content_hash,))
        return rows[0][0] if rows else None

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in their order."""
        rows = self._read(f"{_PASSAGE} WHERE d.id = ? ORDER BY p.position", (document_id,))
        return [_passage(row) for row in rows]

    def passages_with_ids(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages that exist among ``ids``, by id."""
        wanted = list(ids)
        found: dict[str, Passage] = {}
        for first in range(0, len(wanted), _IDS_A_QUERY):
            batch = wanted[first : first + _IDS_A_QUERY]
            marks = ",".join("?" * len(batch))
            for row in self._read(f"{_PASSAGE} WHERE p.id IN ({marks})", batch):
                found[row[0]] = _passage(row)
        return found

    def sources_with_ids(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources that exist among ``ids``, by document id."""
        wanted = list(dict.fromkeys(ids))
        marks = ",".join("?" * len(wanted))
        rows = self._read(f"SELECT id, source FROM documents WHERE id IN ({marks})", wanted)  # noqa: S608
        return {row[0]: _source(row[1]) for row in rows}

    def all_passages(self) -> list[Passage]:
        """Return every passage of the library, ordered by document and position."""
        passages: list[Passage] = []
        for (document_id,) in self._read("SELECT id FROM documents ORDER BY id"):
            # One document at a time: SQLite finds a span by walking the text from its start.
            text = self._read("SELECT text FROM documents WHERE id = ?", (document_id,))[0][0]
            rows = self._read(
                "SELECT id, document_id, position, start, end, NULL, section_path, page"
                " FROM passages WHERE document_id = ? ORDER BY position",
                (document_id,),
            )
            passages.extend(_passage((*r[:5], text[r[3] : r[4]], *r[6:])) for r in rows)
        return passages

    def passage_counts(self) -> dict[str, int]:
        """Return how many passages each document has, by document id."""
        return dict(self._read("SELECT document_id, count(*) FROM passages GROUP BY document_id"))

    def input(self, path: str) -> InputRecord | None:
        """Return what is known of a file that was read, if it was."""
        rows = self._read("SELECT * FROM inputs WHERE path = ?", (path,))
        return _input(rows[0]) if rows else None

    def inputs(self) -> list[InputRecord]:
        """Return every file that was read, ordered by path."""
        return [_input(row) for row in self._read("SELECT * FROM inputs ORDER BY path")]

    def record_input(self, record: InputRecord) -> None:
        """Remember that a file was read."""
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?)",
                (
                    record.path,
                    record.size,
                    record.mtime_ns,
                    record.sha256,
                    record.collection,
                    _dump(record.documents),
                ),
            )

    def forget_input(self, path: str) -> None:
        """Forget a file that was read."""
        with self._lock:
            self._connection.execute("DELETE FROM inputs WHERE path = ?", (path,))

    def keep_original(self, path: Path) -> str:
        """Keep a copy of a file, once for each content, and return its SHA-256."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        kept = self._home / "originals" / digest
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            partial = kept.with_suffix(".partial")
            shutil.copyfile(path, partial)
            partial.replace(kept)
        return digest

    def original(self, source: Source) -> Path | None:
        """Return the kept file of a document, if there is one."""
        if source.file is None:
            return None
        kept = self._home / "originals" / source.file
        return kept if kept.exists() else None

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows of a query."""
        with self._lock, self._damage_named():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Say which file is damaged, and what to do about it."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                raise
            raise LibraryDamaged(
                f"Le fichier {self._path} est endommagé : remettez-en une copie de sauvegarde, ou"
                " supprimez-le et ajoutez de nouveau vos documents."
            ) from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _source(text: str) -> Source:
    return Source(**json.loads(text))


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(
        id=row[0],
        document_id=row[1],
        position=row[2],
        start=row[3],
        end=row[4],
        text=row[5],
        section_path=tuple(json.loads(row[6])),
        page=row[7],
    )


def _input(row: Sequence[Any]) -> InputRecord:
    return InputRecord(*row[:5], documents=tuple(json.loads(row[5])))
