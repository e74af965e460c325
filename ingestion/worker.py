"""The child process that reads documents, so that a bad file can only harm itself.

It takes one request a line on its standard input and answers on its standard output with lines of
JSON: ``document`` and ``remark`` as they come, then ``rejected`` or ``done``. JSON, never pickle:
what a hostile file could make this process say stays data.
"""

import json
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from ingestion.errors import Rejected
from ingestion.kinds import is_package
from ingestion.limits import Limits
from ingestion.readers.formats import read
from ingestion.readers.reading import Request
from knowledge.system_reasons import reason

_TOO_MUCH_MEMORY = (
    "sa lecture demande trop de mémoire. Découpez-le ou enregistrez-le plus simplement."
)


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        _answer(json.loads(line), answers)


def _answer(message: Mapping[str, Any], answers: TextIO) -> None:
    """Read one file and say what came of it."""
    limits = Limits(**message["limits"])
    request = Request(
        path=Path(message["path"]),
        collection=message["collection"],
        forced=message["forced"],
        limits=limits,
    )
    _bound_memory(limits.package_memory if is_package(request.path) else limits.memory)
    try:
        for found in read(request):
            if isinstance(found, str):
                _say(answers, remark=found)
            else:
                _say(answers, document=asdict(found))
    except Rejected as error:
        _say(answers, rejected=str(error))
    except MemoryError:
        _say(answers, rejected=_TOO_MUCH_MEMORY)
    except OSError as error:
        _say(answers, rejected=f"le fichier ne peut pas être lu ({reason(error)}).")
    else:
        _say(answers, done=True)


def _bound_memory(most: int) -> None:
    """Bound the address space of this process, as far as its parent's own bound allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _say(answers: TextIO, **message: Any) -> None:  # noqa: ANN401  (JSON)
    answers.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    answers.flush()


def main() -> None:
    """Serve on the standard streams, kept from whatever a library may print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    sys.stdout = sys.stderr
    _report_crashes(answers)
    serve(sys.stdin, answers)


def _report_crashes(answers: TextIO) -> None:
    """Name, before dying of it, an error that no reader foresaw."""

    def report(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        _say(answers, crash=f"{kind.__name__}: {error}")

    sys.excepthook = report


if __name__ == "__main__":
    main()
