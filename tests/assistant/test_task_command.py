"""``python -m assistant task``: what is printed, what is written, what is refused."""

import json
from pathlib import Path

import docx
import pytest

from assistant.__main__ import main
from assistant.own_templates import FOLDER
from tests.assistant.model_server import serving
from tests.assistant.test_own_templates import GOOD
from tests.assistant.test_task import QUESTION, sheets_home  # noqa: F401


@pytest.fixture
def run(sheets_home, capsys, monkeypatch):  # noqa: F811
    """Run the command on the two sheets; return its status, what it says, what it complains of."""
    monkeypatch.delenv("APPUI_EMBEDDING", raising=False)

    def run_task(*arguments: str) -> tuple[int, str, str]:
        status = main(["task", *arguments, "--index", str(sheets_home)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_task


def test_a_task_is_printed_and_written(run, tmp_path):
    word, pdf = tmp_path / "mail.docx", tmp_path / "mail.pdf"
    arguments = ("mail", QUESTION, "--manner", "tu", "--docx", str(word), "--pdf", str(pdf))
    status, said, _ = run(*arguments)

    assert status == 0
    assert "Bonjour [prénom]," in said
    assert docx.Document(str(word)).core_properties.title.startswith("Mail")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert json.loads(run("sms", QUESTION, "--json")[1])["kind"] == "sms"


def test_a_doubt_is_printed_before_the_text(run):
    assert run("mail", "Combien touche un mineur en CEJ ?")[1].startswith("! Ce montant")


def test_a_document_is_summed_up_by_its_name_or_its_file(run, sheets_home):  # noqa: F811
    by_name = run("summary", "--document", "pmsmp")
    path = Path("knowledge/corpus/dispositifs/pmsmp.md")

    assert by_name[0] == 0
    assert "Une PMSMP dure au plus 1 mois" in by_name[1]
    assert run("summary", "--document", str(path.absolute()))[1] == by_name[1]


def test_dispositifs_are_compared_with_their_sources(run, tmp_path):
    word, pdf = tmp_path / "c.docx", tmp_path / "c.pdf"
    status, said, _ = run("compare", "CEJ ou PACEA ?", "--docx", str(word), "--pdf", str(pdf))
    cells = json.loads(run("compare", "CEJ ou PACEA ?", "--json")[1])

    assert status == 0
    assert "vérifié le" in said
    assert word.exists()
    assert pdf.exists()
    assert cells["cells"]["Combien"]["cej"][0]["sources"]
    assert run("compare", "Quelle heure est-il ?")[0] == 1


def test_one_dispositif_is_compared_with_those_near_it(run):
    assert "PACEA" in run("compare", "Le CEJ")[1]


def test_a_template_of_the_mission_locale_is_filled(run, sheets_home):  # noqa: F811
    folder = sheets_home / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "relance.md").write_text(GOOD, encoding="utf-8")
    status, said, _ = run("template", QUESTION, "--template", "Relance")

    assert status == 0
    assert "Mission Locale du Bocage" in said
    assert "« Relance »" in run("template", QUESTION, "--template", "Autre")[2]


def test_a_model_rewords_what_it_can_prove(run, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "essai")
    with serving("Une PMSMP dure 1 mois au plus, renouvelable une fois.") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        assert run("mail", QUESTION, "--llm", "openai:essai")[0] == 0


@pytest.mark.parametrize(
    "arguments", [("summary", "--document", "pmsmp"), ("compare", "CEJ ou PACEA ?")]
)
def test_a_task_that_no_model_writes_says_so(run, arguments):
    status, said, told = run(*arguments, "--llm", "openai:essai")

    assert status == 0
    assert "le modèle n'y sert pas" in told
    assert run(*arguments) == (0, said, "")
    assert run(*arguments, "--llm", "none")[2] == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("mail", "Bonjour"), 1, "réponse prouvée"),
        (("mail",), 2, "Donnez la question"),
        (("mail", QUESTION, "--document", "pmsmp"), 2, "--document ne va qu'avec"),
        (("template", QUESTION), 2, "--template NOM"),
        (("summary", "--document", "inconnu.pdf"), 1, "python -m ingestion add inconnu.pdf"),
        (("mail", QUESTION, "--docx", "/nulle/part.docx"), 1, "ne peut pas être écrit"),
    ],
)
def test_what_goes_wrong_is_one_sentence(run, arguments, status, said):
    found = run(*arguments)

    assert found[0] == status
    assert said in found[2]
