"""The one writer of a library, under a lock that every process respects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge import publish as publishing
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import LibraryDamaged
from knowledge.lock import write_lock
from knowledge.store import Store
from knowledge.store_errors import make_home

_WAIT_S = 900.0

Progress = Callable[[int, int], None]


class Editor:
    """The one writer of a library, for as long as ``edit_library`` lasts."""

    def __init__(self, home: Path, *, store: Store, embedding: str | None) -> None:
        """Write to ``home``; the model named ``embedding`` is loaded when it is first needed."""
        self.store = store
        self._home = home
        self._embedding = embedding
        self._embedder: Embedder | None = None

    def publish(self, on_progress: Progress | None = None, *, from_scratch: bool = False) -> int:
        """Bring the index up to date with the store and return its generation.

        An index that cannot be read is made again whole.

        Args:
            on_progress: called with the passages embedded so far and in all.
            from_scratch: make it again whole in any case, with the configured model.

        Raises:
            KnowledgeError: the index could not be written; the former one stays in use.
        """
        if self._embedder is None:
            self._embedder = load_embedder(self._embedding)
        try:
            return publishing.publish(
                self.store,
                home=self._home,
                embedder=self._embedder,
                from_scratch=from_scratch,
                on_progress=on_progress,
            )
        except LibraryDamaged:
            if from_scratch:
                raise
            return self.publish(on_progress, from_scratch=True)


@contextmanager
def edit_library(
    home: Path,
    *,
    on_wait: Callable[[str], None] | None = None,
    wait_s: float = _WAIT_S,
    embedding: str | None = None,
) -> Iterator[Editor]:
    """Hold the write lock of a library.

    Args:
        home: the data folder, made when there is none.
        on_wait: told once, in French, when another process holds the lock.
        wait_s: how long to wait for it, in seconds.
        embedding: the embedding model; None for the bundled one.

    Yields:
        The editor.

    Raises:
        LibraryBusy: another process still writes after ``wait_s``.
    """
    make_home(home)
    with write_lock(home, on_wait=on_wait, wait_s=wait_s):
        store = Store(home)
        try:
            yield Editor(home, store=store, embedding=embedding)
        finally:
            store.close()
