"""The page starts from the command line, or says why it cannot."""

import socket

import pytest

from pages.__main__ import main


def test_a_port_that_is_taken_is_named_with_another_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Le port {port} est déjà pris" in said
    assert f"make run PORT={port + 1}" in said


def test_a_port_beyond_the_last_is_not_free(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "70000"]) == 1
    assert "70000" in capsys.readouterr().err


def test_a_port_that_is_no_number_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--port", "huit"])
    assert stop.value.code == 2
    assert "n'est pas un nombre entier" in capsys.readouterr().err
