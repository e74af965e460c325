"""The command line: one answer, or one French sentence."""

import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.errors import InvalidQuestion

QUESTION = "Quel est le montant de la Bourse Pont ?"


def test_an_answer_is_printed_with_its_sources(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--index", str(home)]) == 0
    printed = capsys.readouterr().out
    assert "412,50 €" in printed
    assert "[1] Bourse Pont vers l'emploi (BPE)" in printed
    assert "mis à jour le 4 mai 2026" in printed
    assert "https://exemple.fr/bpe" in printed


def test_json_is_one_document_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(home), "ask", QUESTION, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "answered"


def test_a_fictional_source_is_said_to_be_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", "Que demandent les conseillers sur la double saisie ?", "--index", str(home)])
    assert "compte rendu fictif (démonstration)" in capsys.readouterr().out


def test_a_history_is_read(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = tmp_path / "historique.json"
    history.write_text(json.dumps([{"question": QUESTION, "answer": "412,50 €"}]))
    assert main(
        ["ask", "et pour un mineur ?", "--history", str(history), "--index", str(home), "--json"]
    ) == 0  # fmt: skip
    assert "pour un mineur" in json.loads(capsys.readouterr().out)["standalone_question"]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[1]",
        '{"question": "a"}',
        '[{"question": "a"}]',
        '[{"question": 1, "answer": null}]',
        "[" * 100_000,
    ],
)
def test_a_malformed_history_is_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    history = tmp_path / "historique.json"
    history.write_text(content)
    assert main(["ask", "et ?", "--history", str(history), "--index", str(home)]) == 1
    error = capsys.readouterr().err
    assert str(history) in error
    assert "n'a pas la forme attendue" in error


def test_a_missing_history_is_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "rien.json"
    assert main(["ask", "et ?", "--history", str(missing), "--index", str(home)]) == 1
    assert str(missing) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "said"), [("", "vide"), ("x" * 100_000, "trop longue (100000 caractères")]
)
def test_an_empty_or_endless_question_is_wrong_usage(
    home: Path, capsys: pytest.CaptureFixture[str], question: str, said: str
) -> None:
    assert main(["ask", question, "--index", str(home)]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not captured.out


def test_debug_shows_the_whole_error(home: Path) -> None:
    with pytest.raises(InvalidQuestion, match="vide"):
        main(["ask", "", "--index", str(home), "--debug"])
