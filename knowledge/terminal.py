"""What a command line owes its terminal: no traceback for a pipe that closes or an old encoding."""

import io
import json
import os
import sys
from collections.abc import Callable

from knowledge.system_reasons import reason

_FAILED = 1


def run(command: Callable[[], int]) -> int:
    """Run a command line on the standard streams and return its exit status."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    status = 0
    try:
        status = command()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads, `head` for one, has read enough: the work itself is done.
        _let_go_of_output()
    except OSError as error:
        _let_go_of_output()
        sys.stderr.write(f"Le résultat n'a pas pu être écrit : {reason(error)}.\n")
        return _FAILED
    return status


def write_json(value: object, *, indent: int | None = None) -> None:
    """Write one JSON document on standard output, escaped where its encoding lacks a letter."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=indent)
    print(text)  # noqa: T201


def _open_closed_streams() -> None:
    """Open to nowhere the standard streams that a caller closed.

    Else the next file opened, the store for one, would take their number, and receive whatever a
    library writes there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The system gives the lowest free number, which is this one.
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _let_go_of_output() -> None:
    """Send to nowhere what is still to be written, so that leaving does not fail on it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
