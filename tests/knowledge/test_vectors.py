"""Chroma keeps the vectors of each collection and finds the nearest ones."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from knowledge.errors import KnowledgeError, LibraryDamaged
from knowledge.vectors import VectorIndex, copy_vectors

_SIZE = 1203


@pytest.fixture
def vectors():
    made = np.random.default_rng(0).standard_normal((_SIZE, 32)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def ids():
    return [f"p{number}" for number in range(_SIZE)]


@pytest.fixture
def index(tmp_path, vectors, ids):
    index = VectorIndex(tmp_path / "chroma", create=True)
    names = ["local" if number % 10 == 0 else "dispositifs" for number in range(_SIZE)]
    index.add(ids, vectors=vectors, collections=names)
    yield index
    index.close()


def test_what_was_added_is_there_after_reopening(index, tmp_path, ids, vectors):
    index.close()
    again = VectorIndex(tmp_path / "chroma")

    assert again.count() == _SIZE
    assert sorted(again.ids()) == sorted(ids)
    for i, vector in again.vectors(["p3", "p10", "absent"]).items():
        np.testing.assert_allclose(vector, vectors[int(i[1:])], rtol=1e-6)
    assert again.vectors([]) == {}
    again.close()


@pytest.mark.parametrize("collection", [None, "local", "dispositifs"])
def test_nearly_all_that_exact_search_finds_is_found(index, vectors, collection):
    numbers = {
        None: range(_SIZE),
        "local": range(0, _SIZE, 10),
        "dispositifs": [i for i in range(_SIZE) if i % 10],
    }[collection]
    found = 0
    questions = np.random.default_rng(1).standard_normal((10, 32)).astype(np.float32)
    for question in questions / np.linalg.norm(questions, axis=1, keepdims=True):
        exact = sorted(numbers, key=lambda i: -float(vectors[i] @ question))[:20]
        nearest = index.nearest(question, k=20, collection=collection)
        found += len({f"p{i}" for i in exact} & {i for i, _ in nearest})
        assert [score for _, score in nearest] == sorted((s for _, s in nearest), reverse=True)
        best, cosine = nearest[0]
        assert cosine == pytest.approx(float(vectors[int(best[1:])] @ question), abs=1e-5)

    assert found >= 0.95 * 200


def test_a_collection_that_is_not_there_holds_nothing(index, vectors):
    assert index.nearest(vectors[0], k=5, collection="consultation") == []


def test_asking_for_more_than_there_is_gives_what_there_is(index, vectors):
    assert len(index.nearest(vectors[0], k=500, collection="local")) == 121


def test_removed_passages_are_not_found_any_more(index, vectors, ids):
    gone = ids[::10]
    index.remove(gone, collections=["local"] * len(gone))

    assert index.count() == len(index.ids()) == _SIZE - len(gone)
    assert index.nearest(vectors[0], k=5, collection="local") == []
    assert ids[0] not in [i for i, _ in index.nearest(vectors[0], k=20)]


def test_a_copy_holds_the_same_while_another_reads(index, tmp_path, vectors):
    copy_vectors(tmp_path / "chroma", tmp_path / "copie")
    copy = VectorIndex(tmp_path / "copie")

    assert copy.nearest(vectors[5], k=3) == index.nearest(vectors[5], k=3)
    copy.close()


def test_a_folder_without_database_is_damaged(tmp_path):
    with pytest.raises(LibraryDamaged, match="chroma"):
        VectorIndex(tmp_path / "chroma")


def test_a_failed_opening_does_not_spoil_the_next_one(index, tmp_path, vectors):
    index.close()
    database = tmp_path / "chroma" / "chroma.sqlite3"
    whole = database.read_bytes()
    for damage in (b"x" * 5000, whole[:100_000], b"x" * 5000):
        database.write_bytes(damage)
        with pytest.raises(LibraryDamaged):
            VectorIndex(tmp_path / "chroma")
    database.write_bytes(whole)

    again = VectorIndex(tmp_path / "chroma")
    assert again.nearest(vectors[7], k=1)[0][0] == "p7"
    again.close()


def test_a_vector_of_another_length_is_refused_with_our_error(index):
    with pytest.raises(KnowledgeError, match="ne répond pas"):
        index.nearest(np.ones(7, dtype=np.float32), k=3)


def test_a_database_without_its_tables_is_damaged_and_let_go(index, tmp_path, vectors):
    index.close()
    file = tmp_path / "chroma" / "chroma.sqlite3"
    whole = file.read_bytes()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("ALTER TABLE collections RENAME TO lost")

    with pytest.raises(LibraryDamaged, match="ne répond pas"):
        VectorIndex(tmp_path / "chroma")

    file.write_bytes(whole)
    again = VectorIndex(tmp_path / "chroma")
    assert again.nearest(vectors[7], k=1)[0][0] == "p7"
    again.close()


class PanicException(BaseException):
    """What a panic of Chroma's Rust code raises; the real class cannot be imported."""


class Failing:
    def __init__(self, error: BaseException) -> None:
        self._error = error

    def count(self):
        raise self._error


def test_a_panic_of_chroma_becomes_an_error_of_ours(index, monkeypatch):
    monkeypatch.setitem(index._parts, "local", Failing(PanicException("unwrap on None")))

    with pytest.raises(LibraryDamaged, match="unwrap on None"):
        index.count()


def test_an_interruption_stays_an_interruption(index, monkeypatch):
    monkeypatch.setitem(index._parts, "local", Failing(KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        index.count()
