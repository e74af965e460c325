"""A sheet on a dispositif is held to its schema when it is added, and to its own identifier."""

from contextlib import closing
from pathlib import Path

import pytest

from ingestion.add import add_paths, rebuild
from ingestion.errors import Rejected
from knowledge.store import Store

CEJ = Path(__file__).parents[2] / "knowledge/corpus/dispositifs/cej.md"
TEXT = CEJ.read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path):
    """Write a sheet made from a bundled one."""

    def write_sheet(name: str = "fiches/cej.md", text: str = TEXT) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_sheet


@pytest.fixture
def changed():
    """Return the sheet with one line changed, and the number of that line."""

    def change(start: str, new: str) -> tuple[str, int]:
        lines = TEXT.split("\n")
        (at,) = [number for number, line in enumerate(lines) if line.startswith(start)]
        lines[at] = new
        return "\n".join(lines), at + 1

    return change


# What is in a sheet


def test_a_sheet_is_read_as_a_document_on_a_dispositif(write, read_one):
    source = read_one(write()).source
    assert (source.id, source.kind, source.collection) == ("cej", "fiche dispositif", "dispositifs")


@pytest.mark.parametrize(
    ("start", "new", "reason"),
    [
        ("purpose:", "couleur: bleu\npurpose: >-", "champ inconnu « couleur »."),
        ("status:", "status: vivant", "« vivant » n'est pas admis pour status. Choisissez parmi"),
        ("checked_on:", "checked_on: 2099-01-01", "checked_on est dans le futur (2099-01-01)."),
        ("checked_on:", "checked_on: 2026-02-30", "« 2026-02-30 » n'est pas une date"),
        ("payer:", "", "la clé « payer » manque. Ajoutez-la"),
    ],
)
def test_a_malformed_sheet_is_refused_with_the_line_and_the_remedy(
    write, read_all, changed, start, new, reason
):
    text, line = changed(start, new)
    with pytest.raises(Rejected) as refusal:
        read_all(write(text=text))
    assert reason in str(refusal.value)
    assert f"ligne {1 if not new else line} : " in str(refusal.value)


def test_all_that_is_wrong_in_a_sheet_is_said_at_once(write, read_all):
    header = "---\nid: vide\ntitle: Vide\npurpose: Rien\n---\nTexte."
    with pytest.raises(Rejected, match="points à corriger") as refusal:
        read_all(write(text=header))
    assert "\n- ligne 1 : la clé « status » manque." in str(refusal.value)


# One identifier each


@pytest.fixture
def add(tmp_path, fake_model):
    def add_to_library(*paths: Path, **options):
        return add_paths(paths or [tmp_path / "fiches"], home=tmp_path / "donnees", **options)

    return add_to_library


@pytest.fixture
def library(tmp_path):
    """Return the documents of the library: text by identifier."""

    def documents() -> dict[str, str]:
        with closing(Store(tmp_path / "donnees")) as store:
            return {source.id: store.document(source.id).text for source in store.sources()}

    return documents


OTHER = TEXT + "\n\nUne phrase de plus sur le contrat.\n"


@pytest.mark.parametrize("body", ["same", "other"])
def test_the_second_sheet_with_an_identifier_is_refused(write, add, library, changed, body):
    write()
    text = OTHER if body == "other" else changed("publisher:", "publisher: Un autre")[0]
    write("fiches/contrat.md", text)
    report = add()
    assert (report.added, report.duplicates) == (("cej",), ())
    (rejection,) = report.rejected
    assert rejection.path.endswith("contrat.md")
    assert rejection.reason == (
        "ligne 2 : l'identifiant « cej » est déjà celui de cej.md. Donnez à chaque fiche le sien,"
        " ou retirez l'une des deux."
    )
    assert list(library()) == ["cej"]


def test_the_other_sheet_is_named_with_its_folder_when_both_have_one_name(write, add):
    first = write()
    add()
    (rejection,) = add(write("autres/cej.md", OTHER)).rejected
    assert f"déjà celui de {first}. " in rejection.reason


def test_a_copy_of_a_sheet_is_gathered_with_it_and_may_be_read_again(write, add, tmp_path):
    write()
    write("fiches/copie.md")
    report = add()
    assert (report.rejected, len(report.duplicates)) == ((), 1)
    assert rebuild(home=tmp_path / "donnees").rejected == ()


def test_a_sheet_is_corrected_and_added_again(write, add, library):
    write()
    add()
    write(text=OTHER)
    assert add().updated == ("cej",)
    assert library()["cej"].endswith("Une phrase de plus sur le contrat.")


@pytest.mark.parametrize("text", [TEXT, OTHER])
def test_a_sheet_that_moved_keeps_its_identifier(write, add, library, text):
    path = write()
    add()
    path.unlink()
    write("fiches/contrat.md", text)
    report = add(sync=True)
    assert (report.rejected, report.removed) == ((), ())
    assert list(library()) == ["cej"]
    assert ("Une phrase de plus" in library()["cej"]) == (text == OTHER)


def test_an_identifier_that_its_sheet_gave_up_may_be_taken(write, add, library, changed):
    write("fiches/zoom.md")
    add()
    write("fiches/zoom.md", changed("id:", "id: zoom")[0] + "\n\nUn zoom.\n")
    write("fiches/cej.md", OTHER)
    assert add().rejected == ()
    assert sorted(library()) == ["cej", "zoom"]
    assert library()["zoom"].endswith("Un zoom.")


def test_a_sheet_is_told_apart_from_another_document_of_its_name(write, add, library, tmp_path):
    (tmp_path / "cej.txt").write_text("Une note interne sur le contrat.")
    add(tmp_path / "cej.txt")
    write()
    assert add().rejected == ()
    assert library()["cej"] == "Une note interne sur le contrat."
    assert len(library()) == 2


def test_the_bundled_sheets_are_all_accepted(read_one):
    kinds = {path.name: read_one(path).source.kind for path in CEJ.parent.glob("*.md")}
    assert set(kinds.values()) == {"fiche dispositif"}
