"""How files and folders come into the library, and leave it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from ingestion import add as add_module
from ingestion.add import add_paths, rebuild, remove_document
from ingestion.child import Child
from ingestion.report import Rejection
from knowledge.errors import UnknownDocument
from knowledge.library import open_library
from knowledge.store import Store

pytestmark = pytest.mark.usefixtures("fake_model")


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "donnees"


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "fiches"
    folder.mkdir()
    (folder / "cej.txt").write_text("Le contrat d'engagement jeune dure douze mois.")
    (folder / "faj.txt").write_text("Le fonds d'aide aux jeunes dépend du département.")
    return folder


@pytest.fixture
def library(home):
    """Return a reader of what the library holds: text by document id."""

    def documents() -> dict[str, str]:
        with closing(Store(home)) as store:
            return {s.id: store.document(s.id).text for s in store.sources()}

    return documents


@pytest.fixture
def no_reading(monkeypatch):
    """Fail a test in which a file is read."""

    def refuse(self, path, **_):
        raise AssertionError(f"{path} was read again")

    return lambda: monkeypatch.setattr(Child, "read", refuse)


def test_a_folder_is_added_and_found(folder, home, library):
    report = add_paths([folder], home=home)
    assert sorted(report.added) == ["cej", "faj"]
    assert (report.documents, report.passages, report.rejected) == (2, 2, ())
    with closing(open_library(home)) as reader:
        assert {hit.source.id for hit in reader.search("contrat engagement jeune")} >= {"cej"}


def test_unchanged_files_are_not_read_again_even_when_only_their_time_changed(
    folder, home, no_reading
):
    add_paths([folder], home=home)
    no_reading()
    assert add_paths([folder], home=home).unchanged == 2
    os.utime(folder / "cej.txt", (1, 1))
    assert add_paths([folder], home=home).unchanged == 2


def test_nothing_heavy_is_loaded_when_nothing_changed(folder, home):
    add_paths([folder], home=home)
    code = (
        "import sys; from pathlib import Path; from ingestion.add import add_paths;"
        f"r = add_paths([Path({str(folder)!r})], home=Path({str(home)!r}));"
        "print(r.unchanged, bool({'chromadb', 'onnxruntime', 'torch', 'pypdf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]


def test_a_changed_file_replaces_its_document(folder, home, library):
    add_paths([folder], home=home)
    (folder / "cej.txt").write_text("Le contrat dure dix-huit mois au plus.")
    report = add_paths([folder], home=home)
    assert (report.updated, report.unchanged) == (("cej",), 1)
    assert library()["cej"] == "Le contrat dure dix-huit mois au plus."


def test_a_file_that_breaks_keeps_its_former_document(folder, home, library):
    add_paths([folder], home=home)
    (folder / "cej.txt").write_bytes(b"")
    report = add_paths([folder], home=home)
    assert [r.reason for r in report.rejected] == [
        "le fichier est vide. Récupérez-en une nouvelle copie."
    ]
    assert "cej" in library()


def test_the_same_content_under_two_names_is_one_document(folder, home, library):
    (folder / "copie.txt").write_bytes((folder / "cej.txt").read_bytes())
    (folder / "presque.md").write_text((folder / "cej.txt").read_text() + "\n\n")
    report = add_paths([folder], home=home)
    assert sorted(library()) == ["cej", "faj"]
    assert [(Path(d.path).name, d.document_id) for d in report.duplicates] == [
        ("copie.txt", "cej"),
        ("presque.md", "cej"),
    ]
    (folder / "cej.txt").unlink()
    assert add_paths([folder], home=home, sync=True).removed == ()
    assert "cej" in library()


def test_two_files_of_the_same_name_have_their_own_ids_for_good(folder, home, library):
    other = folder / "nord"
    other.mkdir()
    (other / "CEJ.txt").write_text("Un autre texte sur le contrat.")
    add_paths([folder], home=home)
    names = sorted(library())
    assert names[0] == "cej"
    assert names[1].startswith("cej-")
    (other / "CEJ.txt").write_text("Un autre texte, corrigé.")
    add_paths([folder], home=home)
    assert sorted(library()) == names


def test_a_file_that_moved_keeps_its_document(folder, home, library, no_reading):
    add_paths([folder], home=home)
    (folder / "cej.txt").rename(folder / "contrat.txt")
    no_reading()
    report = add_paths([folder], home=home, sync=True)
    assert (report.missing, report.removed, sorted(library())) == ((), (), ["cej", "faj"])


def test_what_disappeared_is_reported_and_removed_only_when_asked(folder, home, library):
    add_paths([folder], home=home)
    (folder / "cej.txt").unlink()
    report = add_paths([folder], home=home)
    assert report.missing == (str(folder / "cej.txt"),)
    assert "cej" in library()
    report = add_paths([folder], home=home, sync=True)
    assert (report.removed, sorted(library())) == (("cej",), ["faj"])
    shutil.rmtree(folder)
    assert add_paths([folder], home=home, sync=True).removed == ("faj",)


def test_a_path_that_never_existed_is_rejected(home, tmp_path):
    (rejection,) = add_paths([tmp_path / "rien"], home=home).rejected
    assert rejection.reason == "ce chemin n'existe pas. Vérifiez son orthographe."


def test_a_collection_is_told_by_the_folder_or_by_the_user_and_then_kept(tmp_path, home):
    notes = tmp_path / "consultation"
    notes.mkdir()
    (notes / "niort.txt").write_text("Réunion du matin.")

    def collection() -> str:
        with closing(Store(home)) as store:
            return store.source("niort").collection

    add_paths([notes], home=home)
    assert collection() == "consultation"
    add_paths([notes], home=home, collection="local")
    assert collection() == "local"
    (notes / "niort.txt").write_text("Réunion du soir.")
    add_paths([notes], home=home)
    assert collection() == "local"


def test_bad_files_are_rejected_with_their_reason_and_the_rest_goes_on(folder, home, library):
    (folder / "vide.pdf").write_bytes(b"")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".cache").write_text("x")
    (folder / "~$lettre.docx").write_text("x")
    (folder / "Thumbs.db").write_text("x")
    report = add_paths([folder], home=home)
    assert sorted(Path(r.path).name for r in report.rejected) == ["photo.jpg", "vide.pdf"]
    assert sorted(library()) == ["cej", "faj"]


def test_names_with_accents_and_spaces_are_read_however_they_are_encoded(tmp_path, home, library):
    name = unicodedata.normalize("NFD", "Règlement d'aide été.txt")
    (tmp_path / name).write_text("Un texte.")
    add_paths([tmp_path / name], home=home)
    assert list(library()) == ["reglement-d-aide-ete"]


def test_a_folder_without_read_permission_is_rejected(folder, home, monkeypatch):
    # Permissions do not stop root, so the system's answer is given by hand.
    closed = folder / "prive"
    closed.mkdir()
    scan = os.scandir

    def scandir(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(closed))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = add_paths([folder], home=home)
    assert report.rejected == (
        Rejection(
            str(closed),
            "vous n'avez pas le droit de le lire. Demandez l'accès ou copiez-le ailleurs.",
        ),
    )
    assert report.documents == 2


def test_a_file_without_read_permission_is_rejected(folder, home, monkeypatch):
    stat = Path.stat

    def refuse(self, **options):
        if self.name == "cej.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    (rejection,) = add_paths([folder], home=home).rejected
    assert "pas le droit de le lire" in rejection.reason


def test_links_that_turn_in_circles_and_empty_folders_are_no_trap(folder, home, tmp_path):
    (folder / "boucle").symlink_to(folder)
    (folder / "nulle").symlink_to(folder / "nulle")
    empty = tmp_path / "vide"
    empty.mkdir()
    report = add_paths([folder, empty, folder / "nulle"], home=home)
    assert report.documents == 2
    reasons = sorted(rejection.reason for rejection in report.rejected)
    assert "le dossier est vide." in reasons


PACKAGE = [
    {"pubId": f"article{n}", "title": f"Fiche {n}", "sections": [], "intro": f"<p>Texte {n}.</p>"}
    for n in range(6)
]


def write_package(folder: Path, sheets: list[dict[str, object]]) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "build").mkdir(exist_ok=True)
    (folder / "package.json").write_text("{}")
    (folder / "build" / "index.js").write_text("x")
    (folder / "data" / "index.json").write_text("[]")
    (folder / "data" / "fiches-travail.json").write_text(json.dumps(sheets))
    return folder


def test_only_the_data_of_an_unpacked_package_is_read(tmp_path, home, library):
    report = add_paths([write_package(tmp_path / "paquet", PACKAGE)], home=home)
    assert (len(report.added), report.rejected) == (6, ())
    with closing(Store(home)) as store:
        assert {source.collection for source in store.sources()} == {"dispositifs"}


def test_a_new_version_of_a_package_changes_only_what_differs(tmp_path, home, library):
    folder = write_package(tmp_path / "paquet", PACKAGE)
    add_paths([folder], home=home)
    newer = [{**PACKAGE[0], "intro": "<p>Texte revu.</p>"}, *PACKAGE[1:5], {**PACKAGE[5]}]
    newer[5] = {**PACKAGE[5], "pubId": "article9", "intro": "<p>Neuf.</p>"}
    write_package(folder, newer)
    report = add_paths([folder], home=home)
    assert (report.added, report.updated, report.removed) == (
        ("article9",),
        ("article0",),
        ("article5",),
    )


def test_two_sheets_with_the_same_content_stay_one_document_in_every_version(
    tmp_path, home, library
):
    sheets = [*PACKAGE, {**PACKAGE[0], "pubId": "article7"}]
    folder = write_package(tmp_path / "paquet", sheets)
    add_paths([folder], home=home)
    write_package(folder, [*sheets, {**PACKAGE[0], "pubId": "article8", "intro": "<p>Neuf.</p>"}])
    report = add_paths([folder], home=home)
    assert (report.added, report.removed) == (("article8",), ())
    assert [duplicate.document_id for duplicate in report.duplicates] == ["article0"]
    assert len(library()) == 7


def test_an_import_that_is_cut_short_goes_on_where_it_stopped(tmp_path, home, monkeypatch):
    monkeypatch.setattr(add_module, "_PASSAGES_BETWEEN_PUBLICATIONS", 2)
    folder = write_package(tmp_path / "paquet", PACKAGE)

    def interrupt(progress):
        if progress.stage == "indexation":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_paths([folder], home=home, on_progress=interrupt)
    with closing(Store(home)) as store:
        assert len(store.sources()) == 2
    report = add_paths([folder], home=home)
    assert (len(report.added), report.documents) == (4, 6)
    with closing(open_library(home)) as reader:
        assert len({hit.source.id for hit in reader.search("Texte", k=10)}) == 6


def test_a_killed_import_loses_nothing(tmp_path, home):
    folder = tmp_path / "fiches"
    folder.mkdir()
    for n in range(200):
        (folder / f"fiche{n}.txt").write_text(f"Le texte de la fiche numéro {n}.")
    process = subprocess.Popen(
        [sys.executable, "-m", "ingestion", "add", str(folder), "--index", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 20
    while not list(home.glob("unpublished")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    report = add_paths([folder], home=home)
    assert report.documents == report.passages == 200
    assert len(report.added) + report.unchanged == 200
    with closing(open_library(home)) as reader:
        assert len(reader.search("fiche numéro", k=300)) == 200


def test_a_document_is_removed_and_comes_back_when_its_file_is_added_again(folder, home, library):
    add_paths([folder], home=home)
    remove_document("cej", home=home)
    assert list(library()) == ["faj"]
    with pytest.raises(UnknownDocument):
        remove_document("cej", home=home)
    assert add_paths([folder], home=home).added == ("cej",)


def test_rebuilding_reads_everything_again_and_keeps_what_has_no_file_any_more(
    folder, home, library
):
    add_paths([folder], home=home)
    (folder / "cej.txt").unlink()
    report = rebuild(home=home)
    assert (report.updated, report.missing) == (("faj",), (str(folder / "cej.txt"),))
    assert sorted(library()) == ["cej", "faj"]


def test_both_stages_report_their_progress(folder, home):
    seen = []
    add_paths([folder], home=home, on_progress=seen.append)
    reading = [(p.done, p.total, p.name) for p in seen if p.stage == "lecture"]
    assert reading == [(0, 2, "cej.txt"), (1, 2, "faj.txt"), (2, 2, "")]
    assert [(p.done, p.total) for p in seen if p.stage == "indexation"][-1] == (2, 2)


def test_the_original_of_a_pdf_is_kept(make_pdf, home):
    path = make_pdf("aide.pdf", [["Une aide pour le permis."]])
    add_paths([path], home=home)
    with closing(open_library(home)) as reader:
        kept = reader.original(reader.source("aide"))
        assert kept is not None
        assert kept.read_bytes() == path.read_bytes()


def test_a_named_pipe_is_refused_and_never_waited_for(folder, home):
    os.mkfifo(folder / "tube.txt")
    report = add_paths([folder], home=home)
    assert report.rejected == (
        Rejection(str(folder / "tube.txt"), "ce n'est pas un fichier que l'on peut lire."),
    )
    assert len(report.added) == 2


def test_a_name_in_another_encoding_is_refused_and_the_rest_goes_on(folder, home):
    (folder / "caf\udce9.txt").write_text("Le café des métiers ouvre le lundi.")
    report = add_paths([folder], home=home)
    assert [rejection.reason for rejection in report.rejected] == [
        "son nom ou celui d'un dossier au-dessus n'est pas en UTF-8. Renommez-le."
    ]
    assert len(report.added) == 2


def test_a_link_to_itself_is_refused_in_french(tmp_path, home):
    (tmp_path / "nulle").symlink_to(tmp_path / "nulle")
    assert add_paths([tmp_path / "nulle"], home=home).rejected == (
        Rejection(str(tmp_path / "nulle"), "ce lien mène à lui-même. Retirez-le."),
    )


def test_a_name_that_is_too_long_is_refused_in_french(tmp_path, home):
    path = tmp_path / ("x" * 300)
    assert add_paths([path], home=home).rejected == (
        Rejection(str(path), "il ne peut pas être lu (son nom est trop long)."),
    )


def test_a_folder_that_was_closed_has_lost_nothing(folder, home, monkeypatch):
    (folder / "dedans").mkdir()
    (folder / "dedans" / "rsa.txt").write_text("Le revenu de solidarité active est versé ici.")
    add_paths([folder], home=home)
    stat = Path.stat

    def refuse(self, **options):
        if "dedans" in self.parts[:-1]:
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    report = add_paths([folder], home=home, sync=True)
    assert (report.removed, report.missing, report.documents) == ((), (), 3)
    assert "pas le droit de le lire" in report.rejected[0].reason
    assert rebuild(home=home).documents == 3


def test_rebuilding_does_not_bring_back_a_document_that_was_removed(folder, home):
    add_paths([folder], home=home)
    remove_document("cej", home=home)
    assert rebuild(home=home).documents == 1
    with closing(Store(home)) as store:
        assert [source.id for source in store.sources()] == ["faj"]
