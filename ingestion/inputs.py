"""The files that were read, and which documents each of them gave."""

from collections.abc import Collection, Iterator
from pathlib import Path

from ingestion.walk import is_there
from knowledge.store import InputRecord, Store


class Inputs:
    """The store's records of files, kept in memory while an import lasts."""

    def __init__(self, store: Store) -> None:
        """Take over what ``store`` remembers."""
        self._store = store
        self._records = {record.path: record for record in store.inputs()}

    def get(self, path: str) -> InputRecord | None:
        """Return what is known of a file, if it was read."""
        return self._records.get(path)

    def remember(self, record: InputRecord) -> None:
        """Record what a file was like and gave."""
        self._store.record_input(record)
        self._records[record.path] = record

    def forget(self, path: str) -> None:
        """Forget a file."""
        self._store.forget_input(path)
        del self._records[path]

    def twins(self, record: InputRecord) -> Iterator[InputRecord]:
        """Yield the other files with the same bytes, kind and collection that gave documents."""
        for other in list(self._records.values()):
            if (
                other.sha256 == record.sha256
                and other.path != record.path
                and other.collection == record.collection
                and Path(other.path).suffix == Path(record.path).suffix
                and other.documents
            ):
                yield other

    def gone_from(self, place: Path) -> list[InputRecord]:
        """Return the files under a path, or at it, that are no longer there."""
        return [
            record
            for record in self._records.values()
            if Path(record.path).is_relative_to(place) and not is_there(Path(record.path))
        ]

    def give(self, document_id: str) -> bool:
        """Tell whether some file gave this document."""
        return any(document_id in record.documents for record in self._records.values())

    def others_giving(self, document_id: str, record: InputRecord) -> list[Path]:
        """Return the other files, with other bytes, that gave this document."""
        return [
            Path(other.path)
            for other in self._records.values()
            if document_id in other.documents
            and other.path != record.path
            and other.sha256 != record.sha256
        ]

    def only_in(self, record: InputRecord, documents: Collection[str]) -> list[str]:
        """Return those of a file's documents that no other file gives."""
        elsewhere = {
            document
            for other in self._records.values()
            if other.path != record.path
            for document in other.documents
        }
        return sorted(set(documents) - elsewhere)
