"""A reader follows the writer, and an index that was damaged is made again by itself."""

import shutil
import threading
from pathlib import Path

import pytest

from knowledge import library
from knowledge.editor import edit_library
from knowledge.errors import (
    KnowledgeError,
    LibraryBusy,
    LibraryDamaged,
    ModelMismatch,
    UnknownDocument,
)
from knowledge.library import library_status


@pytest.fixture
def home(tmp_path, embedder, fill, document):
    """A library of enough passages for Chroma to keep a vector index on the disk."""
    home = tmp_path / "home"
    fill(
        home,
        document("permis", "aide au permis de conduire"),
        document("divers", *[f"ligne numéro {number}" for number in range(1050)]),
    )
    return home


def found(hits):
    return [hit.source.id for hit in hits]


def generation_files(home: Path, name: str) -> list[Path]:
    return list((home / "index" / "1").rglob(name))


def cut_in_half(home: Path, name: str) -> None:
    for file in generation_files(home, name):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def fill_with_garbage(home: Path, name: str) -> None:
    for file in generation_files(home, name):
        file.write_bytes(b"\xff" * file.stat().st_size)


def delete(home: Path, name: str) -> None:
    for file in generation_files(home, name):
        shutil.rmtree(file) if file.is_dir() else file.unlink()


DAMAGES = {
    "truncated database": lambda home: cut_in_half(home, "chroma.sqlite3"),
    "garbage database": lambda home: fill_with_garbage(home, "chroma.sqlite3"),
    "no database": lambda home: delete(home, "chroma.sqlite3"),
    "truncated vectors": lambda home: cut_in_half(home, "data_level0.bin"),
    "garbage vectors": lambda home: fill_with_garbage(home, "data_level0.bin"),
    "truncated header": lambda home: cut_in_half(home, "header.bin"),
    "garbage links": lambda home: fill_with_garbage(home, "link_lists.bin"),
    "no vectors": lambda home: delete(home, "*.bin"),
    "no vector ids": lambda home: delete(home, "index_metadata.pickle"),
    "no chroma": lambda home: delete(home, "chroma"),
    "no terms": lambda home: delete(home, "lexical"),
    "truncated terms": lambda home: cut_in_half(home, "data.csc.index.npy"),
    "garbage rows": lambda home: fill_with_garbage(home, "rows.json"),
    "no seal": lambda home: delete(home, "seal.json"),
    "garbage manifest": lambda home: fill_with_garbage(home, "manifest.json"),
    "emptied generation": lambda home: [delete(home, n) for n in ("chroma", "lexical", "*.json")],
    "no pointer": lambda home: (home / "index" / "CURRENT").unlink(),
    "pointer to nowhere": lambda home: (home / "index" / "CURRENT").write_text("77"),
    "garbage pointer": lambda home: (home / "index" / "CURRENT").write_bytes(b"\xff\0"),
    "no index": lambda home: shutil.rmtree(home / "index"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_index_is_made_again_at_the_first_question(home, reader, damage):
    damage(home)

    opened = reader(home)

    assert found(opened.search("permis de conduire", k=1)) == ["permis"]
    assert len(opened.search("ligne", k=60)) == 60
    status = opened.status()
    assert (status.documents, status.passages, status.pending) == (2, 1051, 0)


def test_a_repair_tells_how_far_it_is(home, embedder):
    delete(home, "chroma")
    seen = []
    opened = library.open_library(home, on_repair=lambda done, total: seen.append((done, total)))

    opened.search("permis")
    opened.close()

    assert seen[-1] == (1051, 1051)


def test_damage_that_only_a_question_meets_is_repaired_too(home, reader, monkeypatch):
    opened = reader(home)
    opened.search("permis")
    vectors = opened._opened.vectors

    def fail(*args, **kwargs):
        raise LibraryDamaged("page illisible")

    monkeypatch.setattr(vectors, "nearest", fail)

    assert found(opened.search("permis", k=1)) == ["permis"]
    assert opened.generation == 2


def test_an_index_that_another_repaired_is_not_made_again(home, reader, embedder):
    first, second = reader(home), reader(home)
    delete(home, "chroma")
    first.search("permis")
    embedder.embedded.clear()

    second._repair(1)

    assert second.generation == 2
    assert embedder.embedded == []


def test_a_damaged_store_is_said_and_not_repaired(home, reader):
    opened = reader(home)
    opened.search("permis")
    opened._store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = home / "documents.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096))

    with pytest.raises(LibraryDamaged, match=r"documents\.sqlite est endommagé"):
        reader(home).search("permis")


def test_a_reader_sees_what_was_published_at_its_next_question(home, reader, fill, document):
    opened = reader(home)
    assert "loyer" not in found(opened.search("caution du loyer"))

    fill(home, document("loyer", "caution du loyer"))

    assert opened.generation == 2
    assert found(opened.search("caution du loyer", k=1)) == ["loyer"]


def test_a_reader_left_behind_by_several_generations_follows(home, reader, fill, document):
    opened = reader(home)
    opened.search("permis")
    for number in range(4):
        fill(home, document(f"d{number}", f"texte {number}"))

    assert found(opened.search("permis de conduire", k=1)) == ["permis"]


def test_two_readers_of_one_process_do_not_disturb_each_other(home, reader):
    first, second = library.open_library(home), reader(home)
    assert found(first.search("permis", k=1)) == found(second.search("permis", k=1))

    first.close()

    assert found(second.search("permis", k=1)) == ["permis"]


def test_a_document_removed_but_still_indexed_is_not_returned(home, reader):
    with edit_library(home) as editor:
        editor.store.remove("permis")

    assert "permis" not in found(reader(home).search("permis de conduire"))


def test_an_index_of_another_model_is_refused_in_one_sentence(home, reader, embedder):
    embedder.name = "autre-modele"

    with pytest.raises(ModelMismatch) as caught:
        reader(home).search("permis")

    assert "« fake »" in str(caught.value)
    assert "python -m ingestion rebuild" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_questions_are_answered_while_documents_are_published(home, reader, fill, document):
    opened, failures, answers = reader(home), [], []
    finished = threading.Event()

    def ask() -> None:
        try:
            while not finished.is_set():
                answers.append(found(opened.search("permis de conduire", k=1)))
        except KnowledgeError as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(4):
            fill(home, document(f"d{number}", f"texte {number}"))
    finally:
        finished.set()
        for thread in threads:
            thread.join()

    assert failures == []
    assert {tuple(answer) for answer in answers} == {("permis",)}
    assert opened.generation == 5


def test_a_question_does_not_wait_for_the_end_of_a_first_indexing(
    tmp_path, embedder, reader, document, monkeypatch
):
    monkeypatch.setattr(library, "_REPAIR_WAIT_S", 0.05)
    with edit_library(tmp_path) as editor:
        editor.store.put(*document("a", "un"), content_hash="1")

        with pytest.raises(LibraryBusy, match="Une autre indexation est en cours"):
            reader(tmp_path).search("un")

    assert found(reader(tmp_path).search("un")) == ["a"]


def test_the_writer_gives_the_lock_back_after_a_failure(home):
    with pytest.raises(ZeroDivisionError), edit_library(home):
        raise ZeroDivisionError

    with edit_library(home, wait_s=0) as editor:
        assert editor.publish() == 1
    assert not (home / "writer.txt").exists()


def test_a_second_writer_of_the_process_says_that_it_waits_then_gives_up(home):
    said = []
    with (
        edit_library(home),
        pytest.raises(LibraryBusy, match=r"processus \d+, depuis \d\d:\d\d"),
        edit_library(home, on_wait=said.append, wait_s=0.05),
    ):
        pass

    assert len(said) == 1
    assert said[0].endswith("j'attends qu'elle finisse.")


def test_the_holder_is_left_out_where_it_is_not_known(home):
    with edit_library(home):
        (home / "writer.txt").write_text("n'importe quoi d'autre")
        with pytest.raises(LibraryBusy, match=r"en cours : attendez"), edit_library(home, wait_s=0):
            pass


def test_a_data_folder_that_cannot_be_locked_says_so(tmp_path):
    (tmp_path / "write.lock").mkdir()

    with pytest.raises(KnowledgeError, match="ne peut pas être modifié"), edit_library(tmp_path):
        pass


def test_a_data_folder_that_is_a_file_says_so(tmp_path, reader):
    (tmp_path / "home").write_text("fichier")

    with pytest.raises(KnowledgeError, match="ne peut pas être créé"):
        reader(tmp_path / "home")
    with (
        pytest.raises(KnowledgeError, match="ne peut pas être créé"),
        edit_library(tmp_path / "home"),
    ):
        pass


def test_what_the_library_holds_can_be_read_without_its_index(home, reader, document, tmp_path):
    original = tmp_path / "a.pdf"
    original.write_bytes(b"%PDF")
    with edit_library(home) as editor:
        digest = editor.store.keep_original(original)
        given, passages = document("pdf", "un", "deux", collection="dispositifs", file=digest)
        editor.store.put(given, passages, content_hash="p")
    opened = reader(home)

    assert [source.id for source in opened.sources("dispositifs")] == ["pdf"]
    assert opened.document("pdf") == given
    assert opened.passages("pdf") == passages
    assert opened.passage_counts() == {"permis": 1, "divers": 1050, "pdf": 2}
    kept = opened.original(opened.source("pdf"))
    assert kept is not None
    assert kept.read_bytes() == b"%PDF"
    with pytest.raises(UnknownDocument):
        opened.source("absent")
    status = opened.status()
    assert (status.generation, status.pending, status.model) == (1, 2, "fake")
    assert status.collections == {"dispositifs": 1, "local": 2}


def test_an_empty_library_says_that_it_is(tmp_path, embedder, reader):
    opened = reader(tmp_path)

    assert opened.search("permis") == []
    assert opened.rarity("permis") == 0.0
    status = library_status(tmp_path, opened._store)
    assert (status.generation, status.documents, status.model) == (0, 0, None)


def test_a_rare_term_is_told_from_a_common_one(home, reader):
    opened = reader(home)

    assert opened.rarity("perm") > opened.rarity("lign")


def test_a_folder_whose_name_is_not_text_is_refused(tmp_path, reader):
    with pytest.raises(KnowledgeError, match="n'est pas en UTF-8"):
        reader(tmp_path / "caf\udce9")
    assert list(tmp_path.iterdir()) == []
