"""Several processes share a library; one that dies or a full disk leaves it whole."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import publish as publishing
from knowledge.editor import edit_library
from knowledge.errors import KnowledgeError, LibraryBusy
from knowledge.generation import open_generation

_ROOT = Path(__file__).parents[2]
_START = """
import runpy, sys, time
from pathlib import Path
from knowledge import library
from knowledge import editor as writing
shared = runpy.run_path("tests/knowledge/conftest.py")
home, make_document = Path(sys.argv[1]), shared["make_document"]

class Slow(shared["FakeEmbedder"]):
    def embed_passages(self, texts, *, on_progress=None):
        print("embedding", flush=True)
        time.sleep(float(sys.argv[2]))
        return super().embed_passages(texts)

library.load_embedder = writing.load_embedder = lambda spec=None: Slow()
"""
_ADD = (
    _START
    + """
with writing.edit_library(home, on_wait=print) as editor:
    print("locked", flush=True)
    document, passages = make_document(sys.argv[3], *["texte " + sys.argv[3]] * 1500)
    editor.store.put(document, passages, content_hash=sys.argv[3])
    print(editor.publish(), flush=True)
"""
)
_ASK = (
    _START
    + """
opened = library.open_library(home)
for question in sys.stdin:
    print([hit.source.id for hit in opened.search(question, k=1)], flush=True)
"""
)


def start(script: str, home: Path, *, slow: float = 0.0, name: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home), str(slow), name],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(process: subprocess.Popen[str], question: str) -> str:
    assert process.stdin is not None
    process.stdin.write(question + "\n")
    process.stdin.flush()
    return said(process)


def check_holds(home: Path, *names: str) -> None:
    generation = open_generation(home, embedder_name="fake")
    assert sorted({row.id.split("#")[0] for row in generation.rows}) == sorted(names)
    generation.close()


def test_a_second_writer_waits_says_so_and_then_writes(tmp_path, embedder, fill, document):
    with start(_ADD, tmp_path, slow=0.3, name="premier") as first:
        assert said(first) == "locked"
        messages = []

        with edit_library(tmp_path, on_wait=messages.append) as editor:
            editor.store.put(*document("second", "texte"), content_hash="2")
            assert editor.publish() == 2

    assert len(messages) == 1
    assert messages[0].startswith(f"Une autre indexation est en cours (processus {first.pid}, ")
    check_holds(tmp_path, "premier", "second")


def test_a_writer_that_will_not_wait_is_refused(tmp_path):
    with start(_ADD, tmp_path, slow=0.3, name="premier") as first:
        assert said(first) == "locked"

        with (
            pytest.raises(LibraryBusy, match="attendez qu'elle finisse"),
            edit_library(tmp_path, wait_s=0),
        ):
            pass


def test_a_reader_sees_what_another_process_adds(tmp_path, embedder, fill, document):
    fill(tmp_path, document("ancien", "permis de conduire"))
    with start(_ASK, tmp_path) as page:
        assert ask(page, "caution du loyer") == "['ancien']"

        fill(tmp_path, document("nouveau", "caution du loyer"))

        assert ask(page, "caution du loyer") == "['nouveau']"
        page.communicate()


@pytest.mark.parametrize("batches", [1, 4])
def test_a_writer_killed_while_publishing_loses_nothing(
    tmp_path, embedder, fill, document, reader, batches
):
    fill(tmp_path, document("ancien", "permis de conduire"))
    opened = reader(tmp_path)
    with start(_ADD, tmp_path, slow=0.1, name="tué") as writer:
        for _ in range(batches + 1):
            said(writer)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    assert (tmp_path / "index" / "partial").exists()

    assert [hit.source.id for hit in opened.search("permis", k=1)] == ["ancien"]
    assert opened.generation == 1
    with edit_library(tmp_path, wait_s=0) as editor:
        editor.publish()

    check_holds(tmp_path, "ancien", "tué")
    assert not (tmp_path / "index" / "partial").exists()
    assert len(reader(tmp_path).search("texte tué", k=20)) == 20


def test_a_writer_killed_between_the_folder_and_the_pointer_loses_nothing(
    tmp_path, embedder, fill, document, reader
):
    fill(tmp_path, document("ancien", "permis de conduire"))
    fill(tmp_path, document("nouveau", "caution du loyer"))
    (tmp_path / "index" / "CURRENT").write_text("1")

    assert fill(tmp_path, document("suivant", "transport")) == 3

    check_holds(tmp_path, "ancien", "nouveau", "suivant")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 MB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def leave(disk: Path, kilobytes: int) -> Path:
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(b"\0" * (free - 1024 * kilobytes))
    return filler


def test_a_full_disk_is_said_at_every_stage_and_the_index_stays(
    small_disk, embedder, fill, document, reader, monkeypatch
):
    monkeypatch.setattr(publishing, "_require_space", lambda *args, **kwargs: None)
    monkeypatch.setattr(embedder, "dimension", 384)
    home = small_disk / "home"
    fill(home, document("ancien", "permis de conduire"))
    held, reached = reader(home), set()
    held.search("permis")
    for kilobytes in (0, 30, 60, 150, 400, 900, 1500, 1900):
        filler = leave(small_disk, kilobytes)
        with pytest.raises(KnowledgeError, match=r"[Ll]ibérez de la place"):
            fill(home, document("gros", *["texte " * 5 + str(kilobytes)] * 1200))
        reached.add("index" if len(held.sources()) > 1 else "store")
        assert [hit.source.id for hit in held.search("permis", k=1)] == ["ancien"]
        filler.unlink()
        check_holds(home, "ancien")
        assert not (home / "index" / "partial").exists()

    assert reached == {"store", "index"}
    with edit_library(home) as editor:
        editor.publish()
    check_holds(home, "ancien", "gros")


def test_a_new_process_on_a_disk_without_a_byte_left_says_so(
    small_disk, embedder, fill, document, reader
):
    home = small_disk / "home"
    fill(home, document("ancien", "permis de conduire"))
    filler = leave(small_disk, 0)

    with pytest.raises(KnowledgeError, match="plein"):
        reader(home).search("permis")

    filler.unlink()
    assert [hit.source.id for hit in reader(home).search("permis")] == ["ancien"]


def test_a_disk_too_small_is_refused_before_the_index_is_touched(
    small_disk, embedder, fill, document
):
    home = small_disk / "home"
    fill(home, document("ancien", "permis de conduire"))
    leave(small_disk, 4000)

    with pytest.raises(KnowledgeError, match=r"presque plein.*Libérez de la place"):
        fill(home, document("nouveau", "caution du loyer"))

    check_holds(home, "ancien")


def test_several_processes_open_one_index_at_the_same_time(tmp_path, embedder, fill, document):
    fill(tmp_path, document("a", "permis de conduire"))
    pages = [start(_ASK, tmp_path) for _ in range(3)]
    try:
        assert [ask(page, "permis") for page in pages] == ["['a']"] * 3
    finally:
        for page in pages:
            page.communicate()
