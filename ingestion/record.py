"""Records in the store what each file gave: new, changed, the same as another, or gone."""

import hashlib
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingestion.child import Child
from ingestion.errors import Rejected
from ingestion.identity import content_hash, identifier
from ingestion.inputs import Inputs
from ingestion.kinds import is_package, unsupported
from ingestion.names import file_slug
from ingestion.report import Duplicate, Note, Rejection, Report
from ingestion.sheets import SHEET, check_identifier
from ingestion.split import split
from ingestion.walk import ABSENT, default_collection, is_there, unnamable, unreadable
from knowledge.documents import Collection, Document
from knowledge.store import InputRecord, Store


class Recorder:
    """Brings the store in line with files, one after the other, and remembers what it did.

    ``mark`` is touched before anything is stored, so that an index left behind by a sudden death
    is known to be so. ``unpublished`` counts the passages stored since the caller last reset it.
    """

    def __init__(
        self, store: Store, *, child: Child, collection: Collection | None, mark: Path
    ) -> None:
        """Record into ``store`` what ``child`` reads, all in ``collection`` if one is given."""
        self.unpublished = 0
        self._store = store
        self._child = child
        self._collection = collection
        self._mark = mark
        self._ids = {source.id for source in store.sources()}
        self._inputs = Inputs(store)
        self._added: list[str] = []
        self._updated: list[str] = []
        self._unchanged = 0
        self._duplicates: list[Duplicate] = []
        self._rejected: list[Rejection] = []
        self._missing: list[str] = []
        self._removed: list[str] = []
        self._notes: list[Note] = []

    def reject(self, path: str, reason: str) -> None:
        """Remember that an input was not added."""
        self._rejected.append(Rejection(path, reason))

    def add(self, path: Path, *, again: bool = False) -> Iterator[None]:
        """Store the documents of a resolved file, if it changed or ``again``; pause after each."""
        refusal = unsupported(path) or unnamable(path)
        if refusal is not None:
            self.reject(str(path), refusal)
            return
        known = self._inputs.get(str(path))
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                self.reject(str(path), "ce n'est pas un fichier que l'on peut lire.")
                return
            same_look = known is not None and (known.size, known.mtime_ns) == (
                status.st_size,
                status.st_mtime_ns,
            )
            if same_look and not again and self._is_held(known):
                self._unchanged += 1
                return
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            self.reject(str(path), unreadable(error))
            return
        record = InputRecord(
            str(path), status.st_size, status.st_mtime_ns, digest, self._collection_of(path), ()
        )
        if not again and self._is_already_held(record, known):
            return
        try:
            yield from self._read(path, record, again=again)
        except Rejected as error:
            self.reject(str(path), str(error))

    def sweep(self, places: Sequence[Path], *, sync: bool) -> None:
        """Report the files that disappeared from these places; with ``sync``, their documents go.

        A place that is absent and was never read is rejected.
        """
        for place in places:
            gone = self._inputs.gone_from(place)
            if not gone and not is_there(place):
                self.reject(str(place), ABSENT)
            for record in gone:
                lost = self._inputs.only_in(record, record.documents)
                if lost:
                    self._missing.append(record.path)
                if lost and not sync:
                    continue
                self._mark.touch()
                with self._store.transaction():
                    self._inputs.forget(record.path)
                    self._drop(lost)

    def report(self) -> Report:
        """Return what was done, and the library's totals."""
        return Report(
            added=tuple(self._added),
            updated=tuple(self._updated),
            unchanged=self._unchanged,
            duplicates=tuple(self._duplicates),
            rejected=tuple(self._rejected),
            missing=tuple(self._missing),
            removed=tuple(self._removed),
            notes=tuple(self._notes),
            documents=len(self._ids),
            passages=sum(self._store.passage_counts().values()),
        )

    def _collection_of(self, path: Path) -> Collection:
        """Return the collection asked for, now or when the file was first added."""
        known = self._inputs.get(str(path))
        if self._collection is not None:
            return self._collection
        if known is not None and known.collection in {"dispositifs", "consultation", "local"}:
            return known.collection  # type: ignore[return-value]
        return default_collection(path)

    def _is_held(self, record: InputRecord | None) -> bool:
        """Tell whether the library holds what a file gave, in the collection asked for."""
        return (
            record is not None
            and self._ids.issuperset(record.documents)
            and self._collection in {None, record.collection}
        )

    def _is_already_held(self, record: InputRecord, known: InputRecord | None) -> bool:
        """Take over the documents of a file with the same bytes, if the library holds one."""
        if known is not None and known.sha256 == record.sha256 and self._is_held(known):
            self._unchanged += 1
            self._inputs.remember(replace(record, documents=known.documents))
            return True
        twin = next(filter(self._is_held, self._inputs.twins(record)), None)
        if twin is None:
            return False
        self._mark.touch()
        with self._store.transaction():
            self._finish(record, twin.documents)
            if is_there(Path(twin.path)):
                self._duplicates.append(Duplicate(record.path, twin.documents[0]))
            else:
                self._unchanged += 1
                self._inputs.forget(twin.path)
        return True

    def _read(self, path: Path, record: InputRecord, *, again: bool) -> Iterator[None]:
        """Read a file: a package is stored as it comes, any other file whole or not at all."""
        forced = self._collection is not None or record.collection != default_collection(path)
        reading = self._child.read(path, collection=record.collection, forced=forced)  # type: ignore[arg-type]
        given: list[str] = []
        if is_package(path):
            for found in reading:
                if isinstance(found, str):
                    self._notes.append(Note(record.path, found))
                    continue
                self._mark.touch()
                with self._store.transaction():
                    given.append(self._store_document(found, record, given, again=again))
                yield
            self._mark.touch()
            with self._store.transaction():
                self._finish(record, given)
            return
        documents = [found for found in reading if not isinstance(found, str)]
        self._mark.touch()
        with self._store.transaction():
            for document in documents:
                given.append(self._store_document(document, record, given, again=again))
            self._finish(record, given)
        yield

    def _store_document(
        self, document: Document, record: InputRecord, given: Sequence[str], *, again: bool
    ) -> str:
        """Store a document unless the library holds its content; return the id that it has."""
        if document.source.kind == SHEET:
            others = self._inputs.others_giving(document.source.id, record)
            check_identifier(document.source.id, path=Path(record.path), others=others)
        content = content_hash(document)
        held = self._store.document_with_content(content)
        known = self._inputs.get(record.path)
        own = known.documents if known is not None else ()
        elsewhere = held is not None and (held not in own or held in given)
        if held is not None and elsewhere and held != document.source.id:
            self._duplicates.append(Duplicate(record.path, held))
            return held
        document_id = self._id_for(document, record, given, content)
        source = replace(document.source, id=document_id)
        if source.kind == "pdf":
            source = replace(source, file=self._store.keep_original(Path(record.path)))
        document = replace(document, source=source)
        self._notes.extend(Note(record.path, note) for note in document.notes)
        if held == document_id and not again and self._store.document(held) == document:
            return document_id
        passages = split(document)
        self._store.put(document, passages, content_hash=content)
        self.unpublished += len(passages)
        (self._updated if document_id in self._ids else self._added).append(document_id)
        self._ids.add(document_id)
        return document_id

    def _id_for(
        self, document: Document, record: InputRecord, given: Sequence[str], content: str
    ) -> str:
        """Return the upstream id, or the slug of the file name, told apart from another file's."""
        path = Path(record.path)
        if is_package(path):
            return document.source.id
        known = self._inputs.get(record.path)
        return identifier(
            document.source.id or file_slug(path),
            content=content,
            former=[one for one in (known.documents if known else ()) if one not in given],
            is_taken=lambda one: one in given or self._is_of_another(one, document),
        )

    def _is_of_another(self, document_id: str, document: Document) -> bool:
        """Tell whether another file gave a document; a sheet takes over from the same sheet."""
        if document_id not in self._ids or not self._inputs.give(document_id):
            return False
        return {document.source.kind, self._store.source(document_id).kind} != {SHEET}

    def _finish(self, record: InputRecord, given: Sequence[str]) -> None:
        """Remember what a file gave, and drop what it no longer gives."""
        known = self._inputs.get(record.path)
        self._inputs.remember(replace(record, documents=tuple(dict.fromkeys(given))))
        if known is not None:
            self._drop(self._inputs.only_in(known, set(known.documents) - set(given)))

    def _drop(self, documents: Sequence[str]) -> None:
        """Remove documents from the store."""
        for document_id in documents:
            if document_id in self._ids:
                self._store.remove(document_id)
                self._ids.discard(document_id)
                self._removed.append(document_id)
