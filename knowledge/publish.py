"""Publishes a generation of the index: copied aside, brought up to date, checked, made current."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple
from pathlib import Path

from knowledge import lexical, lexicon
from knowledge.analysis import ANALYSIS_VERSION
from knowledge.documents import Passage, Source
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.generation import (
    FORMAT,
    Manifest,
    Row,
    check,
    current_number,
    generation_folder,
    has_vectors,
    is_readable,
    open_folder,
    read_manifest,
    read_rows,
    refuse_other_model,
)
from knowledge.seal import seal, verify_seal
from knowledge.store import Store
from knowledge.system_reasons import reason
from knowledge.vectors import VectorIndex, copy_vectors

# How many passages are embedded between two progress reports.
_BATCH = 256
_KEPT_GENERATIONS = 2
# Measured: 2.2 kB of vectors and 0.6 kB of terms a passage, and as much again while Chroma writes.
_BYTES_A_PASSAGE = 6_000
_SPARE_BYTES = 5 * 2**20


def indexed_text(passage: Passage, source: Source) -> str:
    """Return what is indexed of a passage: its text under its document's title and sections."""
    context = " > ".join((source.title, *passage.section_path))
    return f"{context}\n{passage.text}"


def publish(
    store: Store,
    *,
    home: Path,
    embedder: Embedder,
    from_scratch: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> int:
    """Bring the index up to date with the store and make it current; return its number.

    The caller holds the write lock. Nothing is written when the index is up to date already.

    Raises:
        ModelMismatch: the current index was made with another model, and is not to be remade.
        LibraryDamaged: the current index cannot be read, or the new one failed its check.
        KnowledgeError: the new index could not be written.
    """
    number = current_number(home)
    manifest = read_manifest(home)
    old_rows: tuple[Row, ...] = ()
    is_usable = False
    if manifest is not None and has_vectors(manifest) and not from_scratch:
        refuse_other_model(manifest, embedder.name, home)
        verify_seal(generation_folder(home, number))
        old_rows = read_rows(generation_folder(home, number))
        is_usable = is_readable(manifest)
    passages, rows, texts = _wanted(store)
    if is_usable and old_rows == tuple(rows):
        return number
    _require_space(home, number=number, new=len(set(rows) - set(old_rows)))
    partial = home / "index" / "partial"
    try:
        _prepare(partial, generation_folder(home, number) if old_rows else None)
        _write_vectors(partial, old_rows, rows, texts, embedder, on_progress)
        lexical.build(texts, partial / "lexical")
        lexicon.build(texts, partial / "lexical")
        new = Manifest(_next_number(home), len(passages), embedder.name, ANALYSIS_VERSION, FORMAT)
        _write_descriptions(partial, new, rows)
        generation = open_folder(partial, new)
        try:
            check(generation)
        finally:
            generation.close()
        seal(partial)
        _make_current(home, partial, new.generation)
    except OSError as error:
        raise KnowledgeError(
            f"L'index n'a pas pu être écrit dans {home} : {reason(error)}."
            " Libérez de la place ou vérifiez ce dossier, puis recommencez ; l'ancien index reste"
            " en service."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return new.generation


def _require_space(home: Path, *, number: int, new: int) -> None:
    """Refuse to begin what the disk cannot hold."""
    folder = generation_folder(home, number)
    copied = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) if number else 0
    needed = copied + new * _BYTES_A_PASSAGE + _SPARE_BYTES
    free = shutil.disk_usage(home).free
    if free < needed:
        raise KnowledgeError(
            f"Le disque de {home} est presque plein : il reste {free // 2**20} Mo et l'indexation"
            f" en demande {needed // 2**20 + 1}. Libérez de la place puis recommencez ; l'index en"
            " service n'a pas changé."
        )


def _wanted(store: Store) -> tuple[list[Passage], list[Row], list[str]]:
    """Return the passages that the index must hold, their rows, and what is indexed of each."""
    sources = {source.id: source for source in store.sources()}
    passages = [p for p in store.all_passages() if p.document_id in sources]
    texts = [indexed_text(p, sources[p.document_id]) for p in passages]
    rows = [
        Row(p.id, _digest(text), sources[p.document_id].collection, place)
        for p, text, place in zip(passages, texts, places_in_sections(passages), strict=True)
    ]
    return passages, rows, texts


def places_in_sections(passages: Sequence[Passage]) -> list[int]:
    """Return how many passages stand before each in its section; documents follow each other."""
    places: list[int] = []
    section: tuple[str, tuple[str, ...]] | None = None
    for passage in passages:
        here = (passage.document_id, passage.section_path)
        places.append(places[-1] + 1 if here == section else 0)
        section = here
    return places


def _write_vectors(
    folder: Path,
    old_rows: Sequence[Row],
    rows: Sequence[Row],
    texts: Sequence[str],
    embedder: Embedder,
    on_progress: Callable[[int, int], None] | None,
) -> None:
    """Drop from the copied vectors what is gone or changed, and add what is new."""
    kept = set(old_rows) & set(rows)
    index = VectorIndex(folder / "chroma", create=True)
    try:
        gone = [row for row in old_rows if row not in kept]
        index.remove([row.id for row in gone], collections=[row.collection for row in gone])
        new = [i for i, row in enumerate(rows) if row not in kept]
        for first in range(0, len(new), _BATCH):
            batch = new[first : first + _BATCH]
            index.add(
                [rows[i].id for i in batch],
                vectors=embedder.embed_passages([texts[i] for i in batch]),
                collections=[rows[i].collection for i in batch],
            )
            if on_progress:
                on_progress(first + len(batch), len(new))
    finally:
        index.close()


def _prepare(partial: Path, previous: Path | None) -> None:
    """Make the folder in which the new generation is built, from the previous one's vectors."""
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if previous is not None:
        copy_vectors(previous / "chroma", partial / "chroma")


def _next_number(home: Path) -> int:
    """Return a number that no generation has, even where the current one is not known any more.

    A reader that has a generation open would take another of the same number for its own.
    """
    numbers = [int(folder.name) for folder in (home / "index").iterdir() if folder.name.isdigit()]
    return max([current_number(home), *numbers]) + 1


def _write_descriptions(folder: Path, manifest: Manifest, rows: Sequence[Row]) -> None:
    """Write the rows and the manifest of a generation."""
    (folder / "rows.json").write_text(
        json.dumps([astuple(row) for row in rows]),
        encoding="utf-8",
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")


def _make_current(home: Path, partial: Path, number: int) -> None:
    """Give a built generation its place, point to it, and delete those nobody reads any more."""
    shutil.rmtree(generation_folder(home, number), ignore_errors=True)
    partial.rename(generation_folder(home, number))
    pointer = home / "index" / "CURRENT.new"
    pointer.write_text(str(number), encoding="ascii")
    pointer.replace(home / "index" / "CURRENT")
    for folder in (home / "index").iterdir():
        if folder.name.isdigit() and int(folder.name) <= number - _KEPT_GENERATIONS:
            shutil.rmtree(folder, ignore_errors=True)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
