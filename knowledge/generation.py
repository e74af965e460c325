"""One generation of the index: a folder that is built aside, checked, published, then only read.

The index is a cache of the store. A writer copies the last generation, brings the copy up to date
with the store, checks it, and makes it the current one by replacing one small file; readers keep
what they opened and take the new one at their next question. So a process that dies, a full disk or
a second process can never leave a half-written index in use.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.analysis import ANALYSIS_VERSION
from knowledge.errors import LibraryDamaged, ModelMismatch
from knowledge.lexical import LexicalIndex
from knowledge.lexicon import Lexicon
from knowledge.seal import verify_seal
from knowledge.vectors import VectorIndex

FORMAT = "3"
# The formats whose vectors are those of this one: an update need not embed everything again.
_SAME_VECTORS = frozenset({"2", FORMAT})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; ``passages`` is how many it must hold."""

    generation: int
    passages: int
    model: str
    analysis: str
    format: str


@dataclass(frozen=True, slots=True)
class Row:
    """One indexed passage: its id, the digest of what was indexed, and its collection.

    ``place`` counts the passages before it in its section; two rows are the same whatever it is.
    """

    id: str
    digest: str
    collection: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """An open generation. Row ``i`` of the lexical index is ``rows[i]``; ``places`` by their id."""

    manifest: Manifest
    rows: tuple[Row, ...]
    places: Mapping[str, int]
    vectors: VectorIndex
    lexical: LexicalIndex
    lexicon: Lexicon

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()


def current_number(home: Path) -> int:
    """Return the number of the current generation of a data folder, 0 when there is none."""
    try:
        return int((home / "index" / "CURRENT").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def read_manifest(home: Path) -> Manifest | None:
    """Return the manifest of the current generation, or None when there is none to be read."""
    number = current_number(home)
    file = generation_folder(home, number) / "manifest.json"
    try:
        manifest = Manifest(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return manifest if manifest.generation == number else None


def open_generation(home: Path, *, embedder_name: str) -> Generation:
    """Open the current generation and check that it holds what its manifest says.

    Raises:
        ModelMismatch: it was made with another embedding model.
        LibraryDamaged: there is none, or it is damaged.
    """
    manifest = read_manifest(home)
    if manifest is None or not is_readable(manifest):
        raise LibraryDamaged(f"L'index de {home} manque ou est illisible.")
    refuse_other_model(manifest, embedder_name, home)
    folder = generation_folder(home, manifest.generation)
    verify_seal(folder)
    generation = open_folder(folder, manifest)
    try:
        check(generation)
    except LibraryDamaged:
        generation.close()
        raise
    return generation


def check(generation: Generation) -> None:
    """Check that manifest, rows and vectors hold the same passages, each once.

    Raises:
        LibraryDamaged: they do not.
    """
    expected = {row.id for row in generation.rows}
    returned = generation.vectors.ids()
    counts = {
        generation.manifest.passages,
        len(generation.rows),
        len(expected),
        generation.vectors.count(),
        len(returned),
    }
    if len(counts) != 1 or set(returned) != expected:
        raise LibraryDamaged("L'index ne contient pas ce que son manifeste annonce.")
    sizes = Counter(row.collection for row in generation.rows)
    samples = {row.collection: row.id for row in generation.rows}
    for collection, sample in samples.items():
        wanted = min(10, sizes[collection])
        found = {
            i
            for vector in generation.vectors.vectors([sample]).values()
            for i, _ in generation.vectors.nearest(vector, k=wanted, collection=collection)
        }
        if len(found) != wanted:
            raise LibraryDamaged("L'index vectoriel rend des passages en double ou en oublie.")


def open_folder(folder: Path, manifest: Manifest) -> Generation:
    """Open the parts of a generation."""
    rows = read_rows(folder)
    try:
        lexical_index = LexicalIndex.load(folder / "lexical", rows=len(rows))
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise LibraryDamaged(f"L'index lexical de {folder} est illisible.") from error
    return Generation(
        manifest=manifest,
        rows=rows,
        places={row.id: row.place for row in rows},
        vectors=VectorIndex(folder / "chroma"),
        lexical=lexical_index,
        lexicon=Lexicon.load(folder / "lexical"),
    )


def read_rows(folder: Path) -> tuple[Row, ...]:
    """Return the rows of a generation."""
    try:
        content = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
        return tuple(Row(*values) for values in content)
    except (OSError, ValueError, TypeError) as error:
        raise LibraryDamaged(f"L'index {folder} est illisible.") from error


def generation_folder(home: Path, number: int) -> Path:
    """Return the folder of a generation."""
    return home / "index" / str(number)


def is_readable(manifest: Manifest) -> bool:
    """Tell whether this version of Appui can use an index."""
    return (manifest.format, manifest.analysis) == (FORMAT, ANALYSIS_VERSION)


def has_vectors(manifest: Manifest) -> bool:
    """Tell whether the vectors of an index can be taken up, whatever became of the terms."""
    return manifest.format in _SAME_VECTORS


def refuse_other_model(manifest: Manifest, embedder_name: str, home: Path) -> None:
    """Refuse to mix the vectors of two models."""
    if manifest.model != embedder_name:
        raise ModelMismatch(
            f"L'index de {home} a été fait avec le modèle « {manifest.model} », or"
            f" « {embedder_name} » est demandé. Reprenez le premier, ou refaites l'index :"
            " python -m ingestion rebuild"
        )
