"""A sealed folder is known to be whole, whatever Chroma rewrites by itself."""

import pytest

from knowledge.errors import LibraryDamaged
from knowledge.seal import seal, verify_seal


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "chroma" / "a").mkdir(parents=True)
    for name in ("rows.json", "chroma/chroma.sqlite3"):
        (tmp_path / name).write_bytes(b"contenu")
    for name in ("data_level0.bin", "header.bin", "length.bin", "index_metadata.pickle"):
        (tmp_path / "chroma" / "a" / name).write_bytes(b"0123456789")
    return tmp_path


def test_a_folder_as_it_was_sealed_passes(folder):
    seal(folder)

    verify_seal(folder)


@pytest.mark.parametrize("name", ["rows.json", "chroma/a/header.bin", "chroma/a/data_level0.bin"])
@pytest.mark.parametrize("content", [None, b"", b"0123", b"9876543210"])
def test_a_changed_or_missing_file_is_noticed(folder, name, content):
    seal(folder)
    file = folder / name
    file.unlink()
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(LibraryDamaged, match="ont changé ou manquent"):
        verify_seal(folder)


def test_a_file_too_many_is_noticed(folder):
    seal(folder)
    (folder / "autre").touch()

    with pytest.raises(LibraryDamaged):
        verify_seal(folder)


@pytest.mark.parametrize("name", ["chroma/chroma.sqlite3", "chroma/a/length.bin"])
def test_what_chroma_rewrites_at_each_opening_may_change(folder, name):
    seal(folder)
    (folder / name).write_bytes(b"autre chose")

    verify_seal(folder)


def test_a_vector_index_that_chroma_does_not_keep_may_change(folder):
    (folder / "chroma" / "a" / "index_metadata.pickle").unlink()
    seal(folder)
    (folder / "chroma" / "a" / "data_level0.bin").write_bytes(b"fait de nouveau")

    verify_seal(folder)


def test_a_vector_index_whose_last_file_is_gone_is_noticed(folder):
    seal(folder)
    (folder / "chroma" / "a" / "index_metadata.pickle").unlink()

    with pytest.raises(LibraryDamaged):
        verify_seal(folder)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"[1"])
def test_a_folder_without_readable_seal_is_damaged(folder, content):
    if content is not None:
        (folder / "seal.json").write_bytes(content)

    with pytest.raises(LibraryDamaged, match="illisible ou incomplet"):
        verify_seal(folder)
