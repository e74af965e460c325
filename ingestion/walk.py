"""Finds the files to read under the paths that a user names."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.report import Rejection
from knowledge.documents import Collection
from knowledge.system_reasons import reason

ABSENT = "ce chemin n'existe pas. Vérifiez son orthographe."

_LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"})
_NEVER_ENTERED = frozenset({"node_modules", "__pycache__", "__macosx"})
_NAMED_COLLECTIONS: tuple[Collection, ...] = ("consultation", "dispositifs")


@dataclass(frozen=True, slots=True)
class Found:
    """The files and folders under the paths named, and what is absent or cannot be entered."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    absent: tuple[Path, ...]
    rejected: tuple[Rejection, ...]


def find_files(paths: Sequence[Path]) -> Found:
    """Return the files under ``paths``, each once, in a stable order.

    Hidden files and those that systems and office software leave are passed over in folders; of
    a data package's folder only its data files are read.
    """
    files: dict[Path, None] = {}
    folders: list[Path] = []
    absent: list[Path] = []
    rejected: list[Rejection] = []
    for path in paths:
        try:
            resolved = path.resolve(strict=True)
            if resolved.is_dir():
                folders.append(resolved)
                before = len(files) + len(rejected)
                files.update(dict.fromkeys(_walk(resolved, rejected)))
                if len(files) + len(rejected) == before and not any(_listed(resolved)):
                    rejected.append(Rejection(str(path), "le dossier est vide."))
            else:
                files[resolved] = None
        except FileNotFoundError:
            absent.append(path.absolute())
        except (OSError, RuntimeError) as error:
            rejected.append(Rejection(str(path), unreadable(error)))
    return Found(tuple(files), tuple(folders), tuple(absent), tuple(rejected))


def default_collection(path: Path) -> Collection:
    """Return the collection of a file that says nothing itself: by the folders above it."""
    parts = {part.lower() for part in path.parts[:-1]}
    return next((name for name in _NAMED_COLLECTIONS if name in parts), "local")


def _walk(folder: Path, rejected: list[Rejection]) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, links followed once."""
    entered: set[Path] = set()

    def refuse(error: OSError) -> None:
        rejected.append(Rejection(str(error.filename or folder), unreadable(error)))

    for root, names, files in os.walk(folder, onerror=refuse, followlinks=True):
        here = Path(root)
        real = here.resolve()
        if real in entered:
            names.clear()
            continue
        entered.add(real)
        names[:] = sorted(n for n in names if not _is_litter(n) and n not in _NEVER_ENTERED)
        package = _is_package(here, files)
        if package:
            names[:] = [name for name in names if name == "data"]
        for name in sorted(files):
            in_data = here.name == "data" and _is_package(here.parent, None)
            if package or (in_data and not _is_data_file(name)) or _is_litter(name):
                continue
            try:
                yield (here / name).resolve()
            except (OSError, RuntimeError) as error:  # a link that leads to itself
                rejected.append(Rejection(str(here / name), unreadable(error)))


def _is_package(folder: Path, files: Sequence[str] | None) -> bool:
    """Tell whether a folder is an unpacked data package: a manifest beside known data."""
    if files is not None and "package.json" not in files:
        return False
    data = folder / "data"
    return (folder / "package.json").exists() and any(
        _is_data_file(child.name) for child in _listed(data)
    )


def _is_data_file(name: str) -> bool:
    return name == "fiches-travail.json" or (name.startswith("LEGITEXT") and name.endswith(".json"))


def _listed(folder: Path) -> list[Path]:
    """Return what a folder shows, nothing when it cannot be read or is none."""
    try:
        return [child for child in folder.iterdir() if not _is_litter(child.name)]
    except OSError:
        return []


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _LITTER or name.endswith("~")


def is_there(path: Path) -> bool:
    """Tell whether a path exists, as far as it may be known: a closed folder has lost nothing."""
    try:
        return path.exists()
    except OSError:
        return True


def unnamable(path: Path) -> str | None:
    """Return why a file cannot be remembered by its name, or None when it can.

    Old systems wrote names in other encodings, which Python keeps as lone surrogates.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return "son nom ou celui d'un dossier au-dessus n'est pas en UTF-8. Renommez-le."
    return None


def unreadable(error: OSError | RuntimeError) -> str:
    """Return why a path cannot be entered, with the remedy; a link's loop is a RuntimeError."""
    if isinstance(error, FileNotFoundError):
        return ABSENT
    if isinstance(error, PermissionError):
        return "vous n'avez pas le droit de le lire. Demandez l'accès ou copiez-le ailleurs."
    if isinstance(error, OSError):
        return f"il ne peut pas être lu ({reason(error)})."
    return "ce lien mène à lui-même. Retirez-le."
