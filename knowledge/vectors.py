"""The vectors of the passages, kept and searched by an embedded Chroma.

One folder is written once, by one process, then only read (see ``knowledge/generation.py``): Chroma
corrupts its vector index silently when two processes write one folder. Its HTTP server is never
started, and its telemetry is off.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import LibraryDamaged

_NAME = "passages"
# Measured on 6,500 and 100,000 vectors: these find over 99 % of what exact search finds at k = 20.
_CONFIGURATION = {
    "hnsw": {"space": "ip", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}
}
_BATCH = 1000


class VectorIndex:
    """The vectors of one generation, by passage id."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the vectors kept in ``folder``; with ``create``, make them when there are none."""
        import chromadb
        from chromadb.config import Settings

        with _errors_named(folder):
            self._client = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )
            if create:
                self._collection = self._client.get_or_create_collection(
                    _NAME, embedding_function=None, configuration=_CONFIGURATION
                )
            else:
                self._collection = self._client.get_collection(_NAME, embedding_function=None)
        self._folder = folder

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
            for first in range(0, len(ids), _BATCH):
                part = slice(first, first + _BATCH)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"collection": name} for name in collections[part]],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove passages."""
        with _errors_named(self._folder):
            for first in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[first : first + _BATCH]))

    def count(self) -> int:
        """Return how many passages Chroma says it holds."""
        with _errors_named(self._folder):
            return int(self._collection.count())

    def ids(self) -> list[str]:
        """Return the ids that Chroma really gives back."""
        with _errors_named(self._folder):
            return list(self._collection.get(include=[])["ids"])

    def nearest(
        self, vector: NDArray[np.float32], *, k: int, collection: str | None = None
    ) -> list[tuple[str, float]]:
        """Return the ``k`` passages nearest to a normalised vector, with their cosines."""
        where: Any = {"collection": collection} if collection else None
        with _errors_named(self._folder):
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=k,
                where=where,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        # Chroma's inner-product distance is one minus the product.
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def vectors(self, ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors of some passages, by id."""
        if not ids:
            return {}
        with _errors_named(self._folder):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = found["embeddings"]
        if embeddings is None:
            return {}
        return {
            i: np.asarray(v, dtype=np.float32)
            for i, v in zip(found["ids"], embeddings, strict=True)
        }


@contextmanager
def _errors_named(folder: Path) -> Iterator[None]:
    """Turn what Chroma raises into one error of ours that names the folder."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, ValueError, KeyError) as error:
        raise LibraryDamaged(f"L'index vectoriel {folder} ne répond pas : {error}") from error
