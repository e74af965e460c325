"""Tells what a file is by its first bytes, and hands it to the reader of its kind."""

from collections.abc import Callable
from pathlib import Path

from ingestion.errors import Rejected
from ingestion.kinds import unsupported
from ingestion.readers.markdown import read_markdown
from ingestion.readers.opendocument import read_odt
from ingestion.readers.package import read_json, read_tgz, read_zip
from ingestion.readers.pdf import read_pdf
from ingestion.readers.plain import read_text
from ingestion.readers.reading import Reading, Request
from ingestion.readers.tables import read_csv, read_xlsx
from ingestion.readers.web import read_html
from ingestion.readers.word import read_docx

_READERS: dict[str, Callable[[Request], Reading]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".text": read_text,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".json": read_json,
    ".tgz": read_tgz,
    ".gz": read_tgz,
    ".zip": read_zip,
}
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "RTF"),
)
_EXPECTED = {
    ".pdf": "PDF",
    ".docx": "ZIP",
    ".odt": "ZIP",
    ".xlsx": "ZIP",
    ".zip": "ZIP",
    ".tgz": "GZIP",
    ".gz": "GZIP",
}
_NAMES = {
    "PDF": "un PDF",
    "ZIP": "une archive ou un document bureautique",
    "OLE": "un ancien document Office, ou un document protégé par un mot de passe",
    "GZIP": "une archive",
    "image": "une image",
    "RTF": "un document RTF",
    "HTML": "une page HTML",
    "text": "du texte ou des données inconnues",
}
_MAY_BE_HTML = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown"})
_HEAD = 1_024


def read(request: Request) -> Reading:
    """Yield the documents of a file, once its content is known to be what its name says.

    Raises:
        Rejected: it is empty, too large, of an unknown kind, or not what its name says.
    """
    path = request.path
    kind = path.suffix.lower()
    refusal = unsupported(path)
    if refusal is not None:
        raise Rejected(refusal)
    size = path.stat().st_size
    if size == 0:
        raise Rejected("le fichier est vide. Récupérez-en une nouvelle copie.")
    if size > request.limits.file_bytes:
        raise Rejected(
            f"le fichier pèse plus de {request.limits.file_bytes // 1_000_000} Mo. Découpez-le en"
            " plusieurs fichiers."
        )
    _check_signature(path, kind)
    yield from _READERS[kind](request)


def _check_signature(path: Path, kind: str) -> None:
    """Refuse a file whose first bytes are those of another kind.

    Raises:
        Rejected: they are.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    # Some servers put bytes in front of a PDF; readers look for its mark in the first kilobyte.
    found = "PDF" if kind == ".pdf" and b"%PDF-" in head else _signature(head)
    expected = _EXPECTED.get(kind, "text")
    if found == expected or (found == "HTML" and kind in _MAY_BE_HTML):
        return
    if found == "OLE" and kind in {".docx", ".xlsx"}:
        raise Rejected(
            f"le fichier est protégé par un mot de passe, ou d'un ancien format. Enlevez la"
            f" protection et enregistrez-le en {kind[1:].upper()} puis réessayez."
        )
    raise Rejected(
        f"le fichier n'est pas ce que dit son nom ({kind}) : son contenu est {_NAMES[found]}."
        " Renommez-le, ou enregistrez-le dans le bon format."
    )


def _signature(head: bytes) -> str:
    """Return the kind of content that a file's first bytes announce."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "HTML" if start.startswith((b"<!doctype html", b"<html")) else "text"
