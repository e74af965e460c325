"""The command line of ingestion."""

import errno
import io
import json
import sqlite3

import pytest

from ingestion import __main__ as command
from ingestion.report import Note, Report
from knowledge.errors import KnowledgeError, LibraryBusy

pytestmark = pytest.mark.usefixtures("fake_model")


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run a command on a library of the test, and return its status, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("APPUI_EMBEDDING", raising=False)

    def run_command(*arguments: str):
        try:
            status = command.main([*arguments, "--index", str(tmp_path / "donnees")])
        except SystemExit as leaving:
            status = leaving.code
        out, err = capsys.readouterr()
        return status, out, err

    return run_command


@pytest.fixture
def note(tmp_path):
    (tmp_path / "note.txt").write_text("Le permis est aidé.")
    return "note.txt"


def test_adding_says_what_was_done_and_exits_with_0(run, note):
    status, out, _ = run("add", note)
    assert status == 0
    assert out == (
        "Documents : 1 ajouté · 0 fichier inchangé · 0 refusé.\n"
        "La bibliothèque contient 1 document et 1 passage.\n"
    )


def test_a_rejected_file_is_named_and_the_status_is_3(run, note, tmp_path):
    (tmp_path / "vide.pdf").write_bytes(b"")
    status, out, _ = run("add", note, "vide.pdf")
    assert status == 3
    assert out.startswith("vide.pdf n'a pas été ajouté : le fichier est vide.")


def test_json_is_one_document_and_nothing_else(run, note):
    status, out, _ = run("add", note, "--json")
    assert (status, json.loads(out)["added"]) == (0, ["note"])


def test_the_status_shows_what_is_indexed(run, note):
    run("add", note)
    _, out, _ = run("status")
    assert "Documents : 1\n  local : 1\nPassages : 1" in out
    assert out.rstrip().endswith("Modèle : fake")
    _, out, _ = run("status", "--json")
    assert json.loads(out)["documents"] == 1


def test_the_status_of_an_empty_library_says_so(run):
    status, out, _ = run("status")
    assert status == 0
    assert "Modèle : aucun" in out


def test_the_index_may_be_named_before_the_command(note, tmp_path, capsys, run):
    assert command.main(["--index", str(tmp_path / "ici"), "add", note]) == 0
    assert (tmp_path / "ici" / "documents.sqlite").exists()


def test_a_document_is_removed_by_its_id(run, note):
    run("add", note)
    assert run("remove", "note")[:2] == (0, "Le document « note » est retiré.\n")
    status, _, err = run("remove", "note")
    assert (status, err) == (1, "Aucun document ne porte l'identifiant « note ».\n")


def test_everything_is_read_again_on_demand(run, note):
    run("add", note)
    status, out, _ = run("rebuild")
    assert status == 0
    assert "1 mis à jour" in out


def test_duplicates_notes_and_missing_files_are_told(run, note, tmp_path):
    (tmp_path / "dossier").mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / "dossier" / name).write_text("Un texte." if name != "c.txt" else "Un autre.")
    _, out, _ = run("add", "dossier")
    assert "dossier/b.txt : même contenu que « a », gardé une fois." in out
    (tmp_path / "dossier" / "c.txt").unlink()
    _, out, _ = run("add", "dossier")
    assert "dossier/c.txt a disparu.\nPour retirer leurs documents, ajoutez --sync." in out
    _, out, _ = run("add", "dossier", "--sync")
    assert "1 retiré" in out


def test_long_lists_of_remarks_are_cut():
    from ingestion.messages import describe_report

    report = Report(notes=tuple(Note(f"/f{n}", "page sans texte") for n in range(30)))
    assert "… et 10 autres remarques de ce genre." in describe_report(report)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "il manque : COMMANDE"),
        (("ajoute",), "valeur inconnue"),
        (("add",), "il manque : CHEMIN"),
        (("add", "x", "--collection", "autre"), "--collection : valeur inconnue"),
        (("add", "x", "--quoi"), "options inconnues : --quoi"),
    ],
)
def test_a_wrong_usage_is_one_french_sentence_and_status_2(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def full_disk() -> KnowledgeError:
    error = KnowledgeError("L'index n'a pas pu être écrit.")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    return error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "est plein : libérez de la place"),
        (sqlite3.OperationalError("database or disk is full"), 1, "est plein"),
        (full_disk(), 1, "est plein"),
        (PermissionError(13, "Permission denied"), 1, "pas le droit d'écrire"),
        (sqlite3.OperationalError("attempt to write a readonly database"), 1, "pas le droit"),
        (sqlite3.OperationalError("locked"), 1, "ne peut pas être lue ou écrite : locked"),
        (OSError(5, "Input/output error", "/x"), 1, "Le fichier /x ne peut pas être lu ou écrit"),
        (LibraryBusy("Une autre indexation est en cours."), 1, "Une autre indexation est en cours"),
        (KeyboardInterrupt(), 1, "Interrompu. Ce qui était lu est gardé"),
    ],
)
def test_a_failure_is_one_french_sentence(run, note, monkeypatch, error, status, said):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(command, "add_paths", fail)
    found, out, err = run("add", note)
    assert (found, out) == (status, "")
    assert said in err
    assert err.count("\n") == 1


def test_debug_shows_the_error_itself(run, note, monkeypatch):
    def fail(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(command, "add_paths", fail)
    with pytest.raises(OSError, match="Input/output"):
        run("add", note, "--debug")


def test_the_bar_follows_both_stages_on_a_screen(run, note, monkeypatch):
    class Screen(io.StringIO):
        def isatty(self):
            return True

    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    assert run("add", note)[0] == 0
    assert "Lecture" in screen.getvalue()
    assert "Indexation" in screen.getvalue()
