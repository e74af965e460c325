"""The lock that lets one process at a time write to a library; the system frees it if one dies."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import KnowledgeError, LibraryBusy
from knowledge.system_reasons import reason


@contextmanager
def write_lock(
    home: Path, *, on_wait: Callable[[str], None] | None, wait_s: float
) -> Iterator[None]:
    """Hold the write lock of a data folder.

    Args:
        home: the data folder, which exists.
        on_wait: told once, in French, when another process holds the lock.
        wait_s: how long to wait for it, in seconds.

    Raises:
        LibraryBusy: another process still holds it after ``wait_s``.
        KnowledgeError: the folder cannot be written to.
    """
    lock = FileLock(home / "write.lock", thread_local=False)
    writer = home / "writer.txt"
    try:
        _acquire(lock, writer, on_wait=on_wait, wait_s=wait_s)
    except OSError as error:
        raise KnowledgeError(
            f"Le dossier de données {home} ne peut pas être modifié ({reason(error)}) :"
            " donnez-vous le droit d'y écrire, ou choisissez-en un autre."
        ) from error
    try:
        # It only says who holds the lock, so a full disk must not forbid to remove documents.
        with suppress(OSError):
            writer.write_text(f"{os.getpid()} {time.strftime('%H:%M')}", encoding="ascii")
        yield
    finally:
        with suppress(OSError):
            writer.unlink()
        lock.release()


def _acquire(
    lock: FileLock, writer: Path, *, on_wait: Callable[[str], None] | None, wait_s: float
) -> None:
    """Take the lock, waiting for it if need be."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        under_way = f"Une autre indexation est en cours{_holder(writer)}"
        if on_wait:
            on_wait(f"{under_way} : j'attends qu'elle finisse.")
        try:
            lock.acquire(timeout=wait_s)
        except Timeout as error:
            message = f"{under_way} : attendez qu'elle finisse, puis recommencez."
            raise LibraryBusy(message) from error


def _holder(writer: Path) -> str:
    """Return who holds the lock, as far as it is known."""
    try:
        process, since = writer.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return ""
    return f" (processus {process}, depuis {since})"
