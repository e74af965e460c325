"""A generation says what it holds, and what cannot be trusted is never used."""

import dataclasses
import json

import pytest

from knowledge.errors import LibraryDamaged
from knowledge.generation import (
    check,
    current_number,
    generation_folder,
    open_folder,
    open_generation,
    read_manifest,
    read_rows,
)


@pytest.fixture
def home(tmp_path, embedder, fill, document):
    fill(tmp_path, document("a", "un", "deux"), document("b", "trois", collection="dispositifs"))
    return tmp_path


@pytest.fixture
def generation(home):
    opened = open_generation(home, embedder_name="fake")
    yield opened
    opened.close()


class Doubling:
    """Vectors that give one passage for all, as two writers of one folder make Chroma do."""

    def __init__(self, vectors) -> None:
        self._vectors = vectors

    def __getattr__(self, name):
        return getattr(self._vectors, name)

    def nearest(self, vector, *, k, collection=None):
        return self._vectors.nearest(vector, k=1, collection=collection) * k


class Forgetting(Doubling):
    """Vectors whose index has lost them, though the database still knows their ids."""

    def vectors(self, ids):
        return {}

    def nearest(self, vector, *, k, collection=None):
        return []


def test_a_whole_generation_passes_its_check(generation):
    check(generation)

    assert [row.collection for row in generation.rows] == ["local", "local", "dispositifs"]
    assert generation.manifest.passages == 3


@pytest.mark.parametrize("broken", [Doubling, Forgetting])
def test_vectors_that_double_or_forget_passages_are_found_out(generation, broken):
    suspect = dataclasses.replace(generation, vectors=broken(generation.vectors))

    with pytest.raises(LibraryDamaged, match="en double ou en oublie"):
        check(suspect)


def test_a_manifest_that_announces_more_is_found_out(generation):
    manifest = dataclasses.replace(generation.manifest, passages=4)

    with pytest.raises(LibraryDamaged, match="manifeste"):
        check(dataclasses.replace(generation, manifest=manifest))


@pytest.mark.parametrize("content", ["", "x", "1.5", "٣x"])
def test_a_pointer_that_is_no_number_means_no_generation(home, content):
    (home / "index" / "CURRENT").write_text(content, encoding="utf-8")

    assert current_number(home) == 0
    assert read_manifest(home) is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "null", '{"generation": 1}', '"manifest"', "\ufffd"]
)
def test_a_manifest_that_cannot_be_read_is_none(home, content):
    (generation_folder(home, 1) / "manifest.json").write_text(content, encoding="utf-8")

    assert read_manifest(home) is None
    with pytest.raises(LibraryDamaged, match="manque ou est illisible"):
        open_generation(home, embedder_name="fake")


def test_the_manifest_of_another_generation_is_not_believed(home):
    file = generation_folder(home, 1) / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"generation": 7}))

    assert read_manifest(home) is None


@pytest.mark.parametrize("content", ["", "[1]", '[["a#0"]]', "{"])
def test_rows_that_cannot_be_read_are_damage(home, content):
    (generation_folder(home, 1) / "rows.json").write_text(content)

    with pytest.raises(LibraryDamaged, match="illisible"):
        read_rows(generation_folder(home, 1))


@pytest.mark.parametrize("name", ["params.index.json", "data.csc.index.npy", "vocab.index.json"])
def test_terms_that_cannot_be_read_are_damage(home, name):
    manifest = read_manifest(home)
    assert manifest is not None
    (generation_folder(home, 1) / "lexical" / name).write_bytes(b"")

    with pytest.raises(LibraryDamaged, match="lexical"):
        open_folder(generation_folder(home, 1), manifest)
