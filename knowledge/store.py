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
from knowledge.errors import KnowledgeError, UnknownDocument
from knowledge.store_errors import make_home, sqlite_errors_named
from knowledge.system_reasons import reason

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
_PASSAGE = "SELECT id, document_id, position, start, end, section_path, page FROM passages"
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
        make_home(home)
        with sqlite_errors_named(self._path):
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
        with self._whole("BEGIN IMMEDIATE"):
            yield

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
        self._write("DELETE FROM documents WHERE id = ?", (document_id,))

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
        with self._whole():
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

    def document_with_content(self, content_hash: str) -> str | None:
        """Return the id of the document that has this content, if there is one."""
        rows = self._read("SELECT id FROM documents WHERE content_hash = ?", (content_hash,))
        return rows[0][0] if rows else None

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in their order."""
        with self._whole():
            rows = self._read(f"{_PASSAGE} WHERE document_id = ? ORDER BY position", (document_id,))
            texts = self._texts([document_id])
        return [_passage(row, texts[document_id]) for row in rows]

    def passages_with_ids(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages that exist among ``ids``, by id."""
        with self._whole():
            rows = self._read_among(f"{_PASSAGE} WHERE id IN", ids)
            texts = self._texts(row[1] for row in rows)
        return {row[0]: _passage(row, texts[row[1]]) for row in rows}

    def sources_with_ids(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources that exist among ``ids``, by document id."""
        rows = self._read_among("SELECT id, source FROM documents WHERE id IN", ids)
        return {row[0]: _source(row[1]) for row in rows}

    def all_passages(self) -> list[Passage]:
        """Return every passage of the library, ordered by document and position."""
        with self._whole():
            documents = self._read("SELECT id FROM documents ORDER BY id")
            return [passage for (each,) in documents for passage in self.passages(each)]

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
        self._write(
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
        self._write("DELETE FROM inputs WHERE path = ?", (path,))

    def keep_original(self, path: Path) -> str:
        """Keep a copy of a file, once for each content, and return its SHA-256.

        Raises:
            OSError: the file cannot be read.
            KnowledgeError: the copy cannot be written.
        """
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        kept = self._home / "originals" / digest
        if not kept.exists():
            partial = kept.with_suffix(".partial")
            try:
                kept.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, partial)
                partial.replace(kept)
            except OSError as error:
                partial.unlink(missing_ok=True)
                raise KnowledgeError(
                    f"La copie de {path} n'a pas pu être gardée dans {kept.parent} :"
                    f" {reason(error)}. Libérez de la place ou vérifiez ce dossier, puis"
                    " recommencez."
                ) from error
        return digest

    def original(self, source: Source) -> Path | None:
        """Return the kept file of a document, if there is one."""
        if source.file is None:
            return None
        kept = self._home / "originals" / source.file
        return kept if kept.exists() else None

    @contextmanager
    def _whole(self, begin: str = "BEGIN") -> Iterator[None]:
        """Make what is read inside be of one moment, and what is written happen as a whole."""
        with self._lock, sqlite_errors_named(self._path):
            nested = self._connection.in_transaction
            self._connection.execute("SAVEPOINT nested" if nested else begin)
            try:
                yield
                self._connection.execute("RELEASE nested" if nested else "COMMIT")
            except BaseException:
                # SQLite has already undone the whole when it found the disk full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK TO nested" if nested else "ROLLBACK")
                raise

    def _texts(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return the texts of documents, by id.

        Passages are cut from them here: SQLite's ``substr`` stops at the first NUL character.
        """
        return dict(self._read_among("SELECT id, text FROM documents WHERE id IN", document_ids))

    def _read_among(self, statement: str, ids: Iterable[str]) -> list[Any]:
        """Return the rows of a query that ends with ``IN``, for these ids."""
        wanted = list(dict.fromkeys(ids))
        rows: list[Any] = []
        for first in range(0, len(wanted), _IDS_A_QUERY):
            batch = wanted[first : first + _IDS_A_QUERY]
            rows += self._read(f"{statement} ({','.join('?' * len(batch))})", batch)
        return rows

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows of a query."""
        with self._lock, sqlite_errors_named(self._path):
            return self._connection.execute(statement, values).fetchall()

    def _write(self, statement: str, values: Sequence[Any]) -> None:
        """Run one statement that changes the store."""
        with self._lock, sqlite_errors_named(self._path):
            self._connection.execute(statement, values)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _source(text: str) -> Source:
    return Source(**json.loads(text))


def _passage(row: Sequence[Any], text: str) -> Passage:
    return Passage(
        id=row[0],
        document_id=row[1],
        position=row[2],
        start=row[3],
        end=row[4],
        text=text[row[3] : row[4]],
        section_path=tuple(json.loads(row[5])),
        page=row[6],
    )


def _input(row: Sequence[Any]) -> InputRecord:
    path, size, mtime_ns, sha256, collection, documents = row
    return InputRecord(path, size, mtime_ns, sha256, collection, tuple(json.loads(documents)))
