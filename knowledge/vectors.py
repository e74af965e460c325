"""The vectors of the passages, kept and searched by an embedded Chroma.

One folder is written once, by one process, then only read (see ``knowledge/generation.py``): Chroma
corrupts its vector index silently when two processes write one folder. Its HTTP server is never
started, and its telemetry is off.

Each collection of the library is one of Chroma's: measured on 20,000 passages, its filter on
metadata took 95 ms where a whole collection is searched in 2 ms.
"""

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import KnowledgeError, LibraryDamaged

# Measured on 6,500 and 100,000 vectors: these find over 99 % of what exact search finds at k = 20.
_CONFIGURATION = {
    "hnsw": {
        "space": "ip",
        "ef_construction": 200,
        "max_neighbors": 24,
        "ef_search": 200,
        # What is not yet synchronised is replayed at each opening: 206 ms with Chroma's own 1,000.
        "sync_threshold": 250,
    }
}
_BATCH = 1000
# Up to this many, comparing vectors one by one is as fast as asking Chroma for neighbours.
_FEW = 1000
_DATABASE = "chroma.sqlite3"
_LITTLE = 2**20
_OPENING = threading.Lock()


class VectorIndex:
    """The vectors of one generation, by passage id."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the vectors kept in ``folder``; with ``create``, make them when there are none."""
        self._folder = folder
        with _errors_named(folder):
            if not create and not (folder / _DATABASE).exists():
                raise FileNotFoundError(folder / _DATABASE)
            self._client = _open_client(folder)
            try:
                self._parts = {
                    part.name: self._client.get_collection(part.name, embedding_function=None)
                    for part in self._client.list_collections()
                }
            except BaseException:
                # Chroma would hand the same broken state to the next who opens this folder.
                self._client.close()
                raise

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()

    def add(
        self,
        ids: Sequence[str],
        *,
        vectors: NDArray[np.float32],
        collections: Sequence[str],
    ) -> None:
        """Add passages: their vectors, shape ``(n, dimension)``, and the collection of each."""
        with _errors_named(self._folder):
            for name, chosen in _by_collection(collections):
                part = self._client.get_or_create_collection(
                    name, embedding_function=None, configuration=_CONFIGURATION
                )
                self._parts[name] = part
                part.add(ids=[ids[i] for i in chosen], embeddings=vectors[chosen])

    def remove(self, ids: Sequence[str], *, collections: Sequence[str]) -> None:
        """Remove passages, each from its collection."""
        with _errors_named(self._folder):
            for name, chosen in _by_collection(collections):
                self._parts[name].delete(ids=[ids[i] for i in chosen])

    def count(self) -> int:
        """Return how many passages Chroma says it holds."""
        with _errors_named(self._folder):
            return sum(int(part.count()) for part in self._parts.values())

    def ids(self) -> list[str]:
        """Return the ids that Chroma really gives back."""
        with _errors_named(self._folder):
            return [i for part in self._parts.values() for i in part.get(include=[])["ids"]]

    def nearest(
        self, vector: NDArray[np.float32], *, k: int, collection: str | None = None
    ) -> list[tuple[str, float]]:
        """Return the ``k`` passages nearest to a normalised vector, with their cosines."""
        parts = [part for name, part in self._parts.items() if collection in {None, name}]
        found: list[tuple[str, float]] = []
        with _errors_named(self._folder):
            for part in parts:
                answer = part.query(
                    query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"]
                )
                # Chroma's inner-product distance is one minus the product.
                cosines = (1.0 - distance for distance in answer["distances"][0])
                found += zip(answer["ids"][0], cosines, strict=True)
        return sorted(found, key=lambda each: (-each[1], each[0]))[:k]

    def nearest_within(
        self, vector: NDArray[np.float32], *, k: int, ids: frozenset[str]
    ) -> list[tuple[str, float]]:
        """Return the ``k`` passages nearest to a normalised vector among some, with their cosines.

        A few are compared one by one; among many, neighbours are asked for until enough are found.
        """
        if len(ids) <= _FEW:
            found = [(i, float(v @ vector)) for i, v in self.vectors(sorted(ids)).items()]
            return sorted(found, key=lambda each: (-each[1], each[0]))[:k]
        held = self.count()
        asked = k
        while True:
            asked = min(held, max(2 * asked, 2 * k * held // len(ids)))
            found = [each for each in self.nearest(vector, k=asked) if each[0] in ids]
            if len(found) >= k or asked == held:
                return found[:k]

    def vectors(self, ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors of some passages, by id."""
        found: dict[str, NDArray[np.float32]] = {}
        if not ids:
            return found
        with _errors_named(self._folder):
            for part in self._parts.values():
                answer = part.get(ids=list(ids), include=["embeddings"])
                for i, vector in zip(answer["ids"], answer["embeddings"], strict=True):
                    found[i] = np.asarray(vector, dtype=np.float32)
        return found


def _by_collection(collections: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield each collection with the indices at which it stands, at most a batch at a time."""
    for name in sorted(set(collections)):
        indices = [i for i, each in enumerate(collections) if each == name]
        for first in range(0, len(indices), _BATCH):
            yield name, indices[first : first + _BATCH]


def copy_vectors(source: Path, target: Path) -> None:
    """Copy the folder of an index that others may be reading.

    Chroma writes a row to its database whenever it opens it, perhaps in the midst of a copy: so
    SQLite itself copies that file.
    """
    with _errors_named(target):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
        with (
            closing(sqlite3.connect(source / _DATABASE)) as old,
            closing(sqlite3.connect(target / _DATABASE)) as new,
        ):
            old.backup(new)


def _open_client(folder: Path) -> Any:  # noqa: ANN401 - ClientAPI lacks close
    """Open a folder with Chroma, in one thread at a time.

    Chroma keeps by path what it opens, even before it has managed to: the next opening of that
    path, or another thread's, would be given a state that cannot work.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    with _OPENING:
        try:
            return chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )
        except BaseException:
            if str(folder) not in SharedSystemClient._identifier_to_refcount:  # noqa: SLF001
                SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
            raise


@contextmanager
def _errors_named(folder: Path) -> Iterator[None]:
    """Turn what Chroma raises into one error of ours that names the folder."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error, OSError, ValueError, KeyError) as error:
        raise _failure(folder, error) from error
    except BaseException as error:
        # A panic of Chroma's Rust code: its class cannot be imported, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _failure(folder, error) from error


def _failure(folder: Path, error: BaseException) -> KnowledgeError:
    """Return the error of ours that an error of Chroma, SQLite or the system stands for."""
    if "is full" in str(error) or _is_full(folder):
        return KnowledgeError(
            f"Le disque de {folder} est plein : libérez de la place puis recommencez. L'index en"
            " service n'a pas changé."
        )
    return LibraryDamaged(f"L'index vectoriel {folder} ne répond pas : {error}")


def _is_full(folder: Path) -> bool:
    """Tell whether the disk of a folder is full: Chroma does not say why it could not write."""
    return folder.exists() and shutil.disk_usage(folder).free < _LITTLE
