"""Publishing brings the index up to date with the store, and only as far as needed."""

import shutil
import sqlite3

import pytest

from knowledge import editor as writing
from knowledge import generation
from knowledge import publish as publishing
from knowledge.errors import KnowledgeError, LibraryDamaged, ModelMismatch
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
def home(tmp_path):
    return tmp_path / "home"


def opened(home):
    return open_generation(home, embedder_name="fake")


def rows_of(home):
    return [row.id for row in read_rows(generation_folder(home, current_number(home)))]


def test_with_nothing_new_the_number_stays(home, embedder, fill, document):
    first = fill(home, document("a", "un"))

    assert fill(home) == fill(home, document("a", "un")) == first == 1
    assert len(embedder.embedded) == 1


def test_an_empty_library_is_published_once(home, embedder, fill):
    assert fill(home) == fill(home) == 1
    generation = opened(home)
    assert generation.rows == ()
    generation.close()


def test_only_new_passages_are_embedded_with_their_context(home, embedder, fill, document):
    fill(home, document("a", "un", "deux", title="Le CEJ"))
    fill(home, document("b", "trois"))

    assert embedder.embedded == ["Le CEJ\nun", "Le CEJ\ndeux", "Titre b\ntrois"]
    assert rows_of(home) == ["a#0", "a#1", "b#0"]


def test_a_changed_text_is_embedded_again_and_the_rest_is_not(home, embedder, fill, document):
    fill(home, document("a", "un", "deux"), document("b", "trois"))
    embedder.embedded.clear()

    assert fill(home, document("a", "un", "changé")) == 2

    assert embedder.embedded == ["Titre a\nchangé"]
    check_passes(home)


def test_a_changed_title_counts_as_a_changed_text(home, embedder, fill, document):
    fill(home, document("a", "un"))
    fill(home, document("a", "un", title="Autre"))

    assert embedder.embedded == ["Titre a\nun", "Autre\nun"]


def test_a_document_that_changes_collection_is_found_in_the_new_one_only(
    home, embedder, fill, document, reader
):
    fill(home, document("a", "un permis"), document("b", "autre"))
    fill(home, document("a", "un permis", collection="consultation"))

    search = reader(home).search
    assert [hit.passage.id for hit in search("permis", collection="consultation")] == ["a#0"]
    assert [hit.passage.id for hit in search("permis", collection="local")] == ["b#0"]
    check_passes(home)


def test_new_terms_do_not_embed_anything_again(home, embedder, fill, document, monkeypatch):
    fill(home, document("a", "un"))
    monkeypatch.setattr(publishing, "ANALYSIS_VERSION", "autre")
    monkeypatch.setattr(generation, "ANALYSIS_VERSION", "autre")

    assert fill(home, document("b", "deux")) == 2

    assert embedder.embedded == ["Titre a\nun", "Titre b\ndeux"]
    check_passes(home)


def test_what_was_removed_is_gone(home, embedder, fill, document, reader):
    fill(home, document("a", "un permis"), document("b", "un logement"))
    with writing.edit_library(home) as editor:
        editor.store.remove("a")
        editor.publish()

    assert rows_of(home) == ["b#0"]
    assert [hit.passage.id for hit in reader(home).search("permis")] == ["b#0"]
    with writing.edit_library(home) as editor:
        editor.store.remove("b")
        editor.publish()
    assert rows_of(home) == []
    assert reader(home).search("permis") == []


def test_progress_counts_the_passages_to_embed(home, embedder, document, monkeypatch):
    monkeypatch.setattr(publishing, "_BATCH", 2)
    seen = []
    with writing.edit_library(home) as editor:
        editor.store.put(*document("a", "un", "deux", "trois"), content_hash="1")
        editor.publish(lambda done, total: seen.append((done, total)))

    assert seen == [(2, 3), (3, 3)]


def test_two_generations_are_kept_and_no_partial_one(home, embedder, fill, document):
    for number in range(4):
        fill(home, document(f"d{number}", "texte"))

    assert sorted(f.name for f in (home / "index").iterdir()) == ["3", "4", "CURRENT"]


def test_a_partial_folder_left_by_a_dead_process_is_swept_away(home, embedder, fill, document):
    (home / "index" / "partial" / "chroma").mkdir(parents=True)
    (home / "index" / "partial" / "chroma" / "chroma.sqlite3").write_bytes(b"x")

    fill(home, document("a", "un"))

    assert not (home / "index" / "partial").exists()
    check_passes(home)


def test_an_index_of_another_model_is_not_mixed(home, embedder, fill, document):
    fill(home, document("a", "un"))
    embedder.name = "other"

    with pytest.raises(ModelMismatch, match=r"« fake ».*« other ».*rebuild"):
        fill(home, document("b", "deux"))

    assert current_number(home) == 1


def test_from_scratch_takes_the_configured_model(home, embedder, fill, document):
    fill(home, document("a", "un"))
    embedder.name = "other"
    with writing.edit_library(home) as editor:
        assert editor.publish(from_scratch=True) == 2

    manifest = read_manifest(home)
    assert manifest is not None
    assert (manifest.model, manifest.passages) == ("other", 1)


def test_an_index_of_an_older_format_is_made_again(home, embedder, fill, document):
    fill(home, document("a", "un"))
    manifest = generation_folder(home, 1) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": "', '"format": "0'))

    assert fill(home) == 2
    assert embedder.embedded == ["Titre a\nun"] * 2


@pytest.mark.parametrize("damage", ["rows.json", "chroma", "lexical", "seal.json"])
def test_a_damaged_index_is_made_again_whole(home, embedder, fill, document, damage):
    fill(home, document("a", "un"))
    target = generation_folder(home, 1) / damage
    shutil.rmtree(target) if target.is_dir() else target.unlink()

    assert fill(home, document("b", "deux")) == 2

    check_passes(home)


def test_a_number_is_never_used_twice(home, embedder, fill, document):
    fill(home, document("a", "un"))
    fill(home, document("b", "deux"))
    (home / "index" / "CURRENT").unlink()

    assert fill(home) == 3


def test_too_little_room_is_said_before_anything_is_written(
    home, embedder, fill, document, monkeypatch
):
    fill(home, document("a", "un"))
    monkeypatch.setattr(publishing, "_SPARE_BYTES", 2**60)

    with pytest.raises(KnowledgeError, match=r"presque plein.*n'a pas changé"):
        fill(home, document("b", "deux"))

    assert current_number(home) == 1
    assert embedder.embedded == ["Titre a\nun"]


def test_an_index_folder_that_cannot_be_written_is_said(home, embedder, fill, document):
    home.mkdir()
    (home / "index").write_text("un fichier")

    with pytest.raises(KnowledgeError, match=r"n'a pas pu être écrit.*ancien index"):
        fill(home, document("a", "un"))


def test_damage_done_while_publishing_is_found_by_the_check(
    home, embedder, fill, document, monkeypatch
):
    fill(home, document("a", "un"))
    monkeypatch.setattr(
        publishing,
        "_write_vectors",
        lambda folder, *rest: publishing.VectorIndex(folder / "chroma", create=True).close(),
    )

    with pytest.raises(LibraryDamaged, match="manifeste"):
        fill(home, document("b", "deux"))

    assert current_number(home) == 1


def check_passes(home):
    generation = opened(home)
    check(generation)
    generation.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM embeddings WHERE embedding_id = 'a#1'",
        "UPDATE embeddings SET embedding_id = 'z#9' WHERE embedding_id = 'a#1'",
        "DELETE FROM embeddings",
        "DELETE FROM collections",
    ],
)
def test_the_check_finds_missing_and_foreign_ids(home, embedder, fill, document, statement):
    fill(home, document("a", *[f"ligne {number}" for number in range(1100)]))
    database = sqlite3.connect(generation_folder(home, 1) / "chroma" / "chroma.sqlite3")
    with database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(statement)
    database.close()

    with pytest.raises(LibraryDamaged):
        opened(home)


def test_the_check_finds_a_row_that_stands_twice(home, embedder, fill, document):
    fill(home, document("a", "un", "deux"))
    folder = generation_folder(home, 1)
    manifest = read_manifest(home)
    assert manifest is not None
    rows = (folder / "rows.json").read_text()
    (folder / "rows.json").write_text(rows.replace("a#1", "a#0"))
    generation = open_folder(folder, manifest)

    with pytest.raises(LibraryDamaged, match="manifeste"):
        check(generation)

    generation.close()
