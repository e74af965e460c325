"""How files are read in another process, within limits."""

import io
import json
import time

import pytest

from ingestion import worker
from ingestion.child import Child
from ingestion.errors import Rejected
from ingestion.limits import Limits


@pytest.fixture
def child():
    with Child(Limits()) as child:
        yield child


def read(child: Child, path):
    return list(child.read(path, collection="local", forced=False))


def heavy_pdf(path, *, operators: int, pages: int):
    """Write a small PDF whose pages share one content of many operators."""
    import zlib

    content = zlib.compress(b"BT /F1 9 Tf " + b"1 0 0 1 50 50 Tm (a) Tj " * operators + b"ET")
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(content), content),
        *[page] * pages,
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj %s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(body))
    )
    return path


def test_a_document_comes_back_as_it_was_read(child, tmp_path):
    path = tmp_path / "Été à Niort.md"
    path.write_text("# Titre\n\n## Partie\n\nTexte « écrit ».")
    (document,) = read(child, path)
    assert document.text == "Partie\n\nTexte « écrit »."
    assert document.sections[0].title == "Partie"


def test_a_rejection_comes_back_and_the_same_process_goes_on(child, tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "bon.txt").write_text("Un texte.")
    with pytest.raises(Rejected, match="vide"):
        read(child, tmp_path / "vide.txt")
    process = child._process
    assert len(read(child, tmp_path / "bon.txt")) == 1
    assert child._process is process


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_read(tmp_path):
    path = heavy_pdf(tmp_path / "lourd.pdf", operators=100_000, pages=300)
    assert path.stat().st_size < 100_000
    (tmp_path / "bon.txt").write_text("Un texte.")
    with Child(Limits(seconds=2)) as child:
        started = time.monotonic()
        with pytest.raises(Rejected, match="prend trop de temps"):
            read(child, path)
        assert time.monotonic() - started < 6
        assert len(read(child, tmp_path / "bon.txt")) == 1


def test_a_file_that_takes_too_much_memory_is_rejected(tmp_path):
    path = tmp_path / "gros.txt"
    path.write_bytes(b"mot " * 60_000_000)
    with (
        Child(Limits(memory=400_000_000)) as child,
        pytest.raises(Rejected, match="mémoire"),
    ):
        read(child, path)


def test_an_error_that_nobody_foresaw_costs_only_its_file(tmp_path, monkeypatch):
    # A module of this name on the path of the child stands for a library with a defect.
    (tmp_path / "markdown_it.py").write_text("raise ZeroDivisionError('défaut')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "a.md").write_text("Texte.")
    (tmp_path / "bon.txt").write_text("Un texte.")
    with Child(Limits()) as child:
        with pytest.raises(Rejected, match="abîmé ou d'une forme inattendue"):
            read(child, tmp_path / "a.md")
        assert len(read(child, tmp_path / "bon.txt")) == 1


def test_a_process_that_dies_at_once_costs_only_its_file(tmp_path, monkeypatch):
    (tmp_path / "markdown_it.py").write_text("import os; os._exit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "a.md").write_text("Texte.")
    with Child(Limits()) as child, pytest.raises(Rejected, match="s'est arrêtée d'un coup"):
        read(child, tmp_path / "a.md")


def test_an_unfinished_reading_does_not_leak_into_the_next(child, tmp_path):
    rows = "".join(f"Région {n};2024-01-02;Remarque\n" for n in range(50))
    (tmp_path / "r.csv").write_text("region;date;remarque\n" + rows)
    (tmp_path / "bon.txt").write_text("Un texte.")
    reading = child.read(tmp_path / "r.csv", collection="local", forced=False)
    next(reading)
    reading.close()
    assert [d.text for d in read(child, tmp_path / "bon.txt")] == ["Un texte."]


def test_the_worker_answers_in_lines_of_json(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "_bound_memory", lambda most: None)  # it would bind the tests too
    (tmp_path / "bon.txt").write_text("Un texte.")
    (tmp_path / "fiches-travail.json").write_text('[{"pubId": "a1", "title": "T", "sections": []}]')
    names = ["bon.txt", "absent.txt", "fiches-travail.json", "x.xyz"]
    requests = "".join(
        json.dumps(
            {"path": str(tmp_path / n), "collection": "local", "forced": False, "limits": {}}
        )
        + "\n"
        for n in names
    )
    answers = io.StringIO()
    worker.serve(io.StringIO(requests), answers)
    kinds = [next(iter(json.loads(line))) for line in answers.getvalue().splitlines()]
    assert kinds == ["document", "done", "rejected", "remark", "done", "rejected"]


def test_the_worker_loads_neither_the_index_nor_a_model(tmp_path):
    import subprocess
    import sys

    heavy = "{'chromadb', 'onnxruntime', 'torch', 'numpy', 'streamlit'}"
    code = f"import sys, ingestion.worker; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
