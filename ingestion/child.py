"""Drives the child process that reads documents: asks, waits no longer than allowed, restarts."""

import json
import logging
import os
import select
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingestion.errors import Rejected, WorkerLost
from ingestion.kinds import is_package
from ingestion.limits import Limits
from ingestion.readers.reading import Reading
from knowledge.documents import Collection, Document, Page, Section, Source
from knowledge.system_reasons import reason

_CHUNK = 1 << 16
_FAREWELL_S = 2.0
_LONGEST_ANSWER = 200_000_000
_log = logging.getLogger(__name__)


class Child:
    """A process that reads one file after the other, started when first needed."""

    def __init__(self, limits: Limits) -> None:
        """Read within these limits."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._received = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, path: Path, *, collection: Collection, forced: bool) -> Reading:
        """Yield the documents of a file and the remarks on it, as the child finds them.

        Only the time spent waiting for the child counts, not what is done with what it found.

        Raises:
            Rejected: the file cannot be read, or costs more than the limits.
            WorkerLost: no child process can be started.
        """
        left = self._limits.package_seconds if is_package(path) else self._limits.seconds
        finished = False
        try:
            self._ask(path, collection=collection, forced=forced)
            while True:
                asked = time.monotonic()
                answer = self._answer(left)
                left -= time.monotonic() - asked
                if "document" in answer:
                    yield document_from(answer["document"])
                elif "remark" in answer:
                    yield answer["remark"]
                else:
                    finished = "crash" not in answer
                    self._conclude(answer)
                    return
        finally:
            if not finished:
                self._stop(kill=True)

    def _conclude(self, answer: dict[str, Any]) -> None:
        """Raise what the last answer on a file reports, if it does."""
        if "rejected" in answer:
            raise Rejected(answer["rejected"])
        if "crash" in answer:
            _log.debug("the reader died: %s", answer["crash"])
            raise Rejected(
                "le fichier est abîmé ou d'une forme inattendue. Enregistrez-le de nouveau, ou dans"
                " un autre format."
            )

    def _ask(self, path: Path, *, collection: Collection, forced: bool) -> None:
        """Send a request to the child, started or restarted if need be."""
        request = {
            "path": str(path),
            "collection": collection,
            "forced": forced,
            "limits": asdict(self._limits),
        }
        process = self._started()
        if process.stdin is None:
            raise WorkerLost("Le processus de lecture n'écoute pas.")
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise WorkerLost(
                "Le processus de lecture ne démarre pas : vérifiez l'installation (make setup)."
            ) from error

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the child, started in the folder from which this package is imported."""
        if self._process is None or self._process.poll() is not None:
            self._received = b""
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "ingestion.worker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    cwd=Path(__file__).parent.parent,
                )
            except OSError as error:
                raise WorkerLost(
                    f"Le processus de lecture ne démarre pas ({reason(error)})."
                ) from error
        return self._process

    def _answer(self, seconds: float) -> dict[str, Any]:
        """Return the child's next answer.

        Raises:
            Rejected: it takes longer than it may, or the child died.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise WorkerLost("Le processus de lecture n'a pas démarré.")
        deadline = time.monotonic() + seconds
        while b"\n" not in self._received:
            ready, _, _ = select.select(
                [process.stdout], [], [], max(0, deadline - time.monotonic())
            )
            if not ready:
                raise Rejected(
                    "sa lecture prend trop de temps et a été arrêtée. Enregistrez-le plus"
                    " simplement (« Imprimer en PDF » par exemple), ou découpez-le."
                )
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk or len(self._received) > _LONGEST_ANSWER:
                raise Rejected(
                    "sa lecture s'est arrêtée d'un coup : le fichier est abîmé, ou trop lourd pour"
                    " la mémoire. Enregistrez-le de nouveau, ou découpez-le."
                )
            self._received += chunk
        line, self._received = self._received.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _stop(self, *, kill: bool = False) -> None:
        """End the child: by closing its input, or at once."""
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)
        try:
            process.wait(_FAREWELL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _close(stream: Any) -> None:  # noqa: ANN401
    """Close a pipe whose other end may be gone."""
    try:
        stream.close()
    except BrokenPipeError:
        _log.debug("the reader was already gone")


def document_from(fields: dict[str, Any]) -> Document:
    """Return the document that the child described."""
    return Document(
        source=Source(**fields["source"]),
        text=fields["text"],
        sections=tuple(Section(**section) for section in fields["sections"]),
        pages=tuple(Page(**page) for page in fields["pages"]),
        notes=tuple(fields["notes"]),
    )
