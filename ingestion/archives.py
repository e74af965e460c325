"""Checks an archive before anything in it is opened: office documents and data packages."""

import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from zlib import error as zlib_error

from ingestion.errors import Rejected
from ingestion.limits import Limits

_DAMAGED = "le fichier est abîmé ou incomplet. Récupérez-en une nouvelle copie."
_ENCRYPTED_FLAG = 0x1


@contextmanager
def open_zip(path: Path, *, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file whose members have been checked.

    Raises:
        Rejected: it is damaged, encrypted, suspect or would grow too large.
    """
    with damage_named(), zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        for member in members:
            _check_name(member.filename)
            if member.flag_bits & _ENCRYPTED_FLAG:
                raise Rejected(
                    "le fichier est protégé par un mot de passe. Enlevez la protection puis"
                    " réessayez."
                )
        _check_growth(path.stat().st_size, [member.file_size for member in members], limits=limits)
        yield archive


@contextmanager
def open_tar(path: Path, *, limits: Limits) -> Iterator[tarfile.TarFile]:
    """Open a compressed TAR file whose members have been checked.

    Raises:
        Rejected: it is damaged, suspect or would grow too large.
    """
    with damage_named(), tarfile.open(path) as archive:
        sizes: list[int] = []
        for member in archive:
            _check_name(member.name)
            if not (member.isfile() or member.isdir()):
                raise Rejected(_suspect(member.name))
            sizes.append(member.size)
            # Checked on the way: walking a TAR means decompressing it.
            _check_growth(path.stat().st_size, sizes, limits=limits)
        yield archive


@contextmanager
def damage_named() -> Iterator[None]:
    """Turn the errors of a damaged archive into a rejection.

    Raises:
        Rejected: the archive is damaged.
    """
    try:
        yield
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib_error,
        EOFError,
        NotImplementedError,
    ) as error:
        raise Rejected(_DAMAGED) from error
    except OSError as error:
        if error.errno is None:  # raised by the decompressor, not by the disk
            raise Rejected(_DAMAGED) from error
        raise


def _check_name(name: str) -> None:
    """Refuse a member that would be written outside the folder of its archive.

    Raises:
        Rejected: its path is absolute or climbs.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
        raise Rejected(_suspect(name))


def _suspect(name: str) -> str:
    return (
        f"archive suspecte : son élément « {name[:80]} » sort de l'archive. N'ouvrez ce fichier"
        " que si vous en connaissez l'origine."
    )


def _check_growth(size: int, members: list[int], *, limits: Limits) -> None:
    """Refuse an archive that would grow too large.

    Raises:
        Rejected: it has too many members, or they are too large.
    """
    expanded = sum(members)
    if len(members) > limits.archive_members:
        raise Rejected(
            f"archive suspecte : elle contient plus de {limits.archive_members} éléments."
        )
    bomb = expanded > limits.free_expansion and expanded > size * limits.expansion
    if bomb or expanded > limits.expanded_bytes:
        raise Rejected(
            "archive suspecte : décompressée, elle serait démesurée"
            f" ({expanded // 1_000_000} Mo). Vérifiez l'origine du fichier."
        )
