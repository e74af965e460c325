"""A command line on terminals of all sorts: a closed pipe, a full disk, an old encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from knowledge.terminal import run, write_json
def command():
    {body}
    return 3
sys.exit(run(command))
"""


def run_program(body: str, *, stdout=subprocess.PIPE, encoding="utf-8"):
    """Run a command made of ``body`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body)],
        stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUNBUFFERED": ""},
    )  # fmt: skip


@pytest.fixture
def closed_pipe():
    """A pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


def test_the_status_of_the_command_is_returned():
    done = run_program("print('é')")
    assert (done.returncode, done.stdout, done.stderr) == (3, "é\n", "")


@pytest.mark.parametrize(("lines", "status"), [(1, 3), (100_000, 0)])
def test_a_reader_that_stops_early_is_no_failure(closed_pipe, lines, status):
    done = run_program(f"print('ligne\\n' * {lines})", stdout=closed_pipe)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("lines", [1, 100_000])
def test_an_output_that_cannot_be_written_is_one_sentence(lines):
    with Path("/dev/full").open("w") as full:
        done = run_program(f"print('ligne\\n' * {lines})", stdout=full)
    assert (done.returncode, done.stderr) == (
        1,
        "Le résultat n'a pas pu être écrit : le disque est plein.\n",
    )


def test_a_terminal_without_accents_shows_a_question_mark():
    assert run_program("print('été')", encoding="ascii").stdout == "?t?\n"


def test_json_is_escaped_where_the_encoding_lacks_a_letter():
    body = "write_json({'clé': 'é'})"
    assert run_program(body).stdout == '{"clé": "é"}\n'
    assert run_program(body, encoding="ascii").stdout == '{"cl\\u00e9": "\\u00e9"}\n'


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_are_taken_by_no_file(tmp_path, closed):
    body = f"sys.stderr.write('x'); print('y'); open({str(tmp_path / 'numero')!r}, 'w').fileno()"
    body += f" > 2 and open({str(tmp_path / 'bon')!r}, 'w').close()"
    shell = f'"$0" -c "$1" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, sys.executable, PROGRAM.format(body=body)],
        capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert (tmp_path / "bon").exists()
