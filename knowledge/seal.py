"""The seal of a folder: the size and checksum of its files, so that no damaged one is ever used.

Chroma trusts the files of its vector index: on damaged ones it answers wrongly or takes the whole
process down (a segmentation fault), so they are checked before it sees them. Left out is what it
writes whenever it opens a folder: its database, where SQLite notices damage by itself; and, as long
as too few vectors were added for it to keep a vector index, the empty one that it makes again.
"""

import json
import zlib
from pathlib import Path

from knowledge.errors import LibraryDamaged

_NAME = "seal.json"
_UNSEALED = frozenset({_NAME, "chroma.sqlite3", "chroma.sqlite3-journal", "length.bin"})
# The files of Chroma's vector index; the last to be written tells that it is there to be used.
# ``length.bin`` holds nothing: Chroma writes it from memory that it never filled.
_VECTOR_INDEX = frozenset({"data_level0.bin", "header.bin", "link_lists.bin"})
_KEPT = "index_metadata.pickle"
_CHUNK = 2**20


def seal(folder: Path) -> None:
    """Write the seal of a folder that will not change any more."""
    (folder / _NAME).write_text(json.dumps(_checksums(folder)), encoding="utf-8")


def verify_seal(folder: Path) -> None:
    """Check that a folder is as it was when it was sealed.

    Raises:
        LibraryDamaged: it is not, or it was never sealed.
    """
    try:
        expected = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        found = _checksums(folder)
    except (OSError, ValueError) as error:
        raise LibraryDamaged(f"L'index {folder} est illisible ou incomplet.") from error
    if expected != found:
        raise LibraryDamaged(f"Des fichiers de l'index {folder} ont changé ou manquent.")


def _checksums(folder: Path) -> dict[str, list[int]]:
    """Return the size and CRC-32 of each file that the seal covers, by relative path."""
    files = [f for f in folder.rglob("*") if f.is_file() and not _is_left_out(f)]
    return {f.relative_to(folder).as_posix(): [f.stat().st_size, _checksum(f)] for f in files}


def _is_left_out(file: Path) -> bool:
    """Tell whether a file may change without harm."""
    is_vector_index = file.name in _VECTOR_INDEX
    return file.name in _UNSEALED or (is_vector_index and not (file.parent / _KEPT).exists())


def _checksum(file: Path) -> int:
    value = 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
