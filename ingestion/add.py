"""Adds files and folders to the library: reads what changed, splits it, stores it, publishes it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ingestion.child import Child
from ingestion.limits import Limits
from ingestion.record import Recorder
from ingestion.report import Duplicate, Note, Progress, Rejection, Report
from ingestion.walk import find_files, is_there
from knowledge.documents import Collection
from knowledge.editor import Editor, edit_library

__all__ = [
    "Duplicate", "Note", "Progress", "Rejection", "Report", "add_paths", "rebuild",
    "remove_document",
]  # fmt: skip

OnProgress = Callable[[Progress], None]
OnWait = Callable[[str], None]

# Readers see a long import as it goes; each publication copies the index once.
_PASSAGES_BETWEEN_PUBLICATIONS = 4_000


def add_paths(
    paths: Sequence[Path],
    *,
    home: Path,
    collection: Collection | None = None,
    sync: bool = False,
    on_progress: OnProgress | None = None,
    on_wait: OnWait | None = None,
    limits: Limits | None = None,
    embedding: str | None = None,
) -> Report:
    """Read files and folders into the library, each only when it is new or changed.

    Documents are stored file by file, so that an import that is cut short loses nothing: adding
    the same paths again goes on from there.

    Args:
        paths: files, folders and data packages.
        home: the data folder.
        collection: where all documents go, whatever they or their folders say.
        sync: remove the documents of files that disappeared from the folders among ``paths``.
        on_progress: told how far reading, then indexing, have come.
        on_wait: told that another process is writing, once.
        limits: what one file may cost.
        embedding: the embedding model, as in ``edit_library``.

    Returns:
        What was added, changed, left out, and why.

    Raises:
        KnowledgeError: the library cannot be written.
        IngestionError: the reading process cannot be started.
    """
    found = find_files(paths)
    with edit_library(home, on_wait=on_wait, embedding=embedding) as editor:
        with Child(limits or Limits()) as child:
            recorder = Recorder(editor.store, child=child, collection=collection, mark=_mark(home))
            for rejection in found.rejected:
                recorder.reject(rejection.path, rejection.reason)
            for position, path in enumerate(found.files):
                _tell(on_progress, position, len(found.files), path.name)
                for _ in recorder.add(path):
                    if recorder.unpublished >= _PASSAGES_BETWEEN_PUBLICATIONS:
                        recorder.unpublished = 0
                        _publish(editor, home, on_progress)
                        _tell(on_progress, position, len(found.files), path.name)
            _tell(on_progress, len(found.files), len(found.files), "")
        recorder.sweep([*found.folders, *found.absent], sync=sync)
        _publish(editor, home, on_progress)
        return recorder.report()


def remove_document(
    document_id: str, *, home: Path, on_wait: OnWait | None = None, embedding: str | None = None
) -> None:
    """Remove one document from the library.

    Raises:
        UnknownDocument: no document bears this id.
        KnowledgeError: the library cannot be written.
    """
    with edit_library(home, on_wait=on_wait, embedding=embedding) as editor:
        editor.store.source(document_id)
        _mark(home).touch()
        with editor.store.transaction():
            editor.store.remove(document_id)
        _publish(editor, home, None)


def rebuild(
    *,
    home: Path,
    on_progress: OnProgress | None = None,
    on_wait: OnWait | None = None,
    limits: Limits | None = None,
    embedding: str | None = None,
) -> Report:
    """Read again every file that is still there, and make the index again from nothing.

    Documents whose file is gone stay as they are stored.

    Raises:
        KnowledgeError: the library cannot be written.
        IngestionError: the reading process cannot be started.
    """
    with edit_library(home, on_wait=on_wait, embedding=embedding) as editor:
        with Child(limits or Limits()) as child:
            recorder = Recorder(editor.store, child=child, collection=None, mark=_mark(home))
            held = {source.id for source in editor.store.sources()}
            # A file whose documents were removed by hand is not read again: they would come back.
            files = [
                Path(record.path)
                for record in editor.store.inputs()
                if not held.isdisjoint(record.documents)
            ]
            there = [path for path in files if is_there(path)]
            for position, path in enumerate(there):
                _tell(on_progress, position, len(there), path.name)
                for _ in recorder.add(path, again=True):
                    pass
            recorder.sweep([path for path in files if not is_there(path)], sync=False)
        _mark(home).touch()
        _publish(editor, home, on_progress, from_scratch=True)
        return recorder.report()


def _publish(
    editor: Editor, home: Path, on_progress: OnProgress | None, *, from_scratch: bool = False
) -> None:
    """Bring the index up to date, when something was stored since it last was."""
    mark = _mark(home)
    if not mark.exists() and not from_scratch:
        return

    def tell(done: int, total: int) -> None:
        if on_progress is not None:
            on_progress(Progress("indexation", done, total, ""))

    editor.publish(tell, from_scratch=from_scratch)
    mark.unlink(missing_ok=True)


def _mark(home: Path) -> Path:
    """Return the file that stands while the store holds more than the index."""
    return home / "unpublished"


def _tell(on_progress: OnProgress | None, done: int, total: int, name: str) -> None:
    if on_progress is not None:
        on_progress(Progress("lecture", done, total, name))
