"""The kinds of files that are read, by the ending of their names."""

from pathlib import Path

# Known data packages: they hold many documents, which are stored as they come.
PACKAGES = frozenset({".tgz", ".gz", ".zip", ".json"})
FILES = frozenset(
    {".pdf", ".docx", ".odt", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text",
     ".csv", ".tsv", ".xlsx"}
)  # fmt: skip
_SAID = "PDF, DOCX, ODT, HTML, Markdown, texte (.txt), CSV, XLSX"


def is_package(path: Path) -> bool:
    """Tell whether a file may hold a data package."""
    return path.suffix.lower() in PACKAGES


def unsupported(path: Path) -> str | None:
    """Return why files of this kind are not read, or None when they are."""
    kind = path.suffix.lower()
    if kind in PACKAGES or kind in FILES:
        return None
    return f"les fichiers {kind or 'sans extension'} ne sont pas lus. Formats acceptés : {_SAID}."
