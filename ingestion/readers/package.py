"""Reads the known data packages: JSON files alone, or as they are published in an archive."""

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ingestion.archives import open_tar, open_zip
from ingestion.errors import Rejected
from ingestion.readers.law import is_code, read_code
from ingestion.readers.ministry import check_sheets, is_sheets, read_sheets
from ingestion.readers.reading import Reading, Request

_DATA_FILE = re.compile(r"^(LEGITEXT\d+|fiches-travail)\.json$")
_UNKNOWN = (
    "aucune donnée connue dans ce fichier : seuls les paquets fiches-travail et LEGI sont lus."
    " Pour d'autres documents, décompressez l'archive puis ajoutez le dossier."
)


def is_data_file(name: str) -> bool:
    """Tell whether a file of this name holds the documents of a known data package."""
    return _DATA_FILE.match(PurePosixPath(name).name) is not None


def read_json(request: Request) -> Reading:
    """Yield the documents of one JSON file of a known package."""
    yield from _read(request.path.read_bytes(), request=request)


def read_tgz(request: Request) -> Reading:
    """Yield the documents of a package published as ``.tgz``, one data file after the other."""
    with open_tar(request.path, limits=request.limits) as archive:
        members = [m for m in archive.getmembers() if m.isfile() and is_data_file(m.name)]
        if not members:
            raise Rejected(_UNKNOWN)
        for member in members:
            yield from _read(_content(archive, member), request=request)


def read_zip(request: Request) -> Reading:
    """Yield the documents of a package in a ``.zip``, one data file after the other."""
    with open_zip(request.path, limits=request.limits) as archive:
        names = [name for name in archive.namelist() if is_data_file(name)]
        if not names:
            raise Rejected(_UNKNOWN)
        for name in names:
            yield from _read(archive.read(name), request=request)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream is not None else b""


def _read(content: bytes, *, request: Request) -> Iterator[Any]:
    """Yield the documents of one data file, whichever package it is of."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Rejected(
            "le fichier JSON est abîmé ou incomplet. Récupérez-en une nouvelle copie."
        ) from error
    try:
        if is_code(data):
            yield from read_code(data, request=request)
        elif is_sheets(data):
            yield from read_sheets(check_sheets(data), request=request)
        else:
            raise Rejected(_UNKNOWN)
    except (KeyError, TypeError, AttributeError) as error:
        raise Rejected(
            f"les données n'ont pas la forme attendue ({error}). Utilisez une version connue du"
            " paquet."
        ) from error
