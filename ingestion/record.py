"""Records in the store what each file gave: new, changed, the same as another, or gone."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingestion.child import Child
from ingestion.errors import Rejected
from ingestion.kinds import is_package, unsupported
from ingestion.names import file_slug
from ingestion.report import Duplicate, Note, Rejection, Report
from ingestion.split import split
from ingestion.walk import default_collection
from knowledge.documents import Collection, Document
from knowledge.store import InputRecord, Store

_SUFFIX = 6
_ABSENT = "ce chemin n'existe pas. Vérifiez son orthographe."
_NO_RIGHT = "vous n'avez pas le droit de le lire. Demandez l'accès ou copiez-le ailleurs."


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
        self._inputs = {record.path: record for record in store.inputs()}
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
        """Store the documents of a file unless it is unchanged; pause after each that is stored.

        Args:
            path: the file, resolved.
            again: read it even when it is unchanged.
        """
        refusal = unsupported(path)
        if refusal is not None:
            self.reject(str(path), refusal)
            return
        known = self._inputs.get(str(path))
        try:
            status = path.stat()
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
            self.reject(str(path), _unreadable(error))
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
            gone = [
                record
                for record in self._inputs.values()
                if Path(record.path).is_relative_to(place) and not Path(record.path).exists()
            ]
            if not gone and not place.exists():
                self.reject(str(place), _ABSENT)
            for record in gone:
                lost = self._only_in(record, record.documents)
                if lost and not sync:
                    self._missing.append(record.path)
                    continue
                if lost:
                    self._missing.append(record.path)
                self._touch()
                with self._store.transaction():
                    self._store.forget_input(record.path)
                    self._drop(lost)
                del self._inputs[record.path]

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
            self._remember(replace(record, documents=known.documents))
            return True
        for twin in list(self._inputs.values()):
            if (
                twin.sha256 != record.sha256
                or twin.path == record.path
                or twin.collection != record.collection
                or Path(twin.path).suffix != Path(record.path).suffix
                or not twin.documents
                or not self._is_held(twin)
            ):
                continue
            self._touch()
            with self._store.transaction():
                self._finish(replace(record, documents=twin.documents), known)
                if Path(twin.path).exists():
                    self._duplicates.append(Duplicate(record.path, twin.documents[0]))
                else:
                    self._unchanged += 1
                    self._store.forget_input(twin.path)
                    del self._inputs[twin.path]
            return True
        return False

    def _read(self, path: Path, record: InputRecord, *, again: bool) -> Iterator[None]:
        """Read a file: a package is stored as it comes, any other file whole or not at all."""
        known = self._inputs.get(record.path)
        forced = self._collection is not None or record.collection != default_collection(path)
        reading = self._child.read(path, collection=record.collection, forced=forced)  # type: ignore[arg-type]
        given: list[str] = []
        if is_package(path):
            for found in reading:
                if isinstance(found, str):
                    self._notes.append(Note(record.path, found))
                    continue
                self._touch()
                with self._store.transaction():
                    given.append(self._store_document(found, record, given, again=again))
                yield
            self._touch()
            with self._store.transaction():
                self._finish(replace(record, documents=tuple(dict.fromkeys(given))), known)
            return
        documents = [found for found in reading if not isinstance(found, str)]
        self._touch()
        with self._store.transaction():
            for document in documents:
                given.append(self._store_document(document, record, given, again=again))
            self._finish(replace(record, documents=tuple(dict.fromkeys(given))), known)
        yield

    def _store_document(
        self, document: Document, record: InputRecord, given: Sequence[str], *, again: bool
    ) -> str:
        """Store a document unless the library holds its content; return the id that it has."""
        content = content_hash(document)
        held = self._store.document_with_content(content)
        known = self._inputs.get(record.path)
        own = known.documents if known is not None else ()
        if held is not None and held not in own and held != document.source.id:
            self._duplicates.append(Duplicate(record.path, held))
            return held
        document_id = self._id_for(document, Path(record.path), own, given, content)
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
        self,
        document: Document,
        path: Path,
        own: Sequence[str],
        given: Sequence[str],
        content: str,
    ) -> str:
        """Return the upstream id, or the slug of the file name, told apart from another file's."""
        if is_package(path):
            return document.source.id
        wanted = document.source.id or file_slug(path)
        for former in own:
            suffixed = former.startswith(f"{wanted}-") and len(former) == len(wanted) + _SUFFIX + 1
            if (former == wanted or suffixed) and former not in given:
                return former
        if wanted in self._ids and (wanted in given or self._has_file(wanted)):
            return f"{wanted}-{content[:_SUFFIX]}"
        return wanted

    def _has_file(self, document_id: str) -> bool:
        """Tell whether some file gave this document."""
        return any(document_id in record.documents for record in self._inputs.values())

    def _finish(self, record: InputRecord, known: InputRecord | None) -> None:
        """Remember what a file gave, and drop what it no longer gives."""
        self._remember(record)
        if known is not None:
            self._drop(self._only_in(known, set(known.documents) - set(record.documents)))

    def _remember(self, record: InputRecord) -> None:
        self._store.record_input(record)
        self._inputs[record.path] = record

    def _only_in(self, record: InputRecord, documents: Sequence[str] | set[str]) -> list[str]:
        """Return the documents of a file that no other file gives."""
        elsewhere = {
            document
            for other in self._inputs.values()
            if other.path != record.path
            for document in other.documents
        }
        return sorted(set(documents) - elsewhere)

    def _drop(self, documents: Sequence[str]) -> None:
        """Remove documents from the store."""
        for document_id in documents:
            if document_id in self._ids:
                self._store.remove(document_id)
                self._ids.discard(document_id)
                self._removed.append(document_id)

    def _touch(self) -> None:
        """Say on disk that the index is about to be behind the store."""
        self._mark.touch()


def content_hash(document: Document) -> str:
    """Return what tells a document's content from another's.

    Two articles of law may have the same words and still be two rules, and two meetings may hear
    the same remarks: their titles count.
    """
    titled = document.source.kind in {"article", "csv", "xlsx"}
    content = (document.source.title if titled else "") + "\0" + document.text
    return hashlib.sha256(content.encode()).hexdigest()


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _ABSENT
    if isinstance(error, PermissionError):
        return _NO_RIGHT
    return f"le fichier ne peut pas être lu ({error.strerror or error})."
