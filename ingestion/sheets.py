"""Holds the sheets on dispositifs to their schema, and to one identifier each."""

from collections.abc import Iterable, Set
from datetime import UTC, datetime
from pathlib import Path

from ingestion.errors import Rejected
from ingestion.walk import is_there

# The kind of their documents; the sheets of the ministry are another.
SHEET = "fiche dispositif"
# No other document has any of these in its front matter.
_OWN_KEYS = frozenset(
    "purpose audience conditions amounts prescriber payer legal_basis combination".split()
)


def is_sheet(keys: Set[str]) -> bool:
    """Tell whether these keys of a front matter are those of a sheet, whole or not."""
    return not _OWN_KEYS.isdisjoint(keys)


def check_sheet(path: Path) -> None:
    """Check the front matter of a sheet.

    Raises:
        Rejected: it is not what docs/guide-fiches.md says; each problem has its line and remedy.
    """
    from ingestion.meeting import list_problems
    from knowledge.check_sheets import check_dates
    from knowledge.sheet_errors import MalformedSheet
    from knowledge.sheets import read_sheet

    try:
        problems = list(check_dates(read_sheet(path), datetime.now(tz=UTC).date()))
        cause = None
    except MalformedSheet as error:
        problems, cause = list(error.problems), error
    if problems:
        said = [(f"ligne {each.line or 1}", f"{each.message} {each.remedy}") for each in problems]
        raise Rejected(list_problems(said)) from cause


def check_identifier(document_id: str, *, path: Path, others: Iterable[Path]) -> None:
    """Refuse the identifier of a sheet when another sheet bears it.

    Args:
        document_id: the identifier that the sheet states.
        path: the sheet.
        others: the files whose document had this identifier when they were read.

    Raises:
        Rejected: one of them is there, and still states it.
    """
    for other in others:
        if is_there(other) and _stated(other)[0] == document_id:
            named = other if other.name == path.name else other.name
            raise Rejected(
                f"ligne {_stated(path)[1]} : l'identifiant « {document_id} » est déjà celui de"
                f" {named}. Donnez à chaque fiche le sien, ou retirez l'une des deux."
            )


def _stated(path: Path) -> tuple[str | None, int | None]:
    """Return the identifier that a sheet states now, and its line."""
    from ingestion.front_matter import read_front_matter
    from ingestion.readers.plain import decode

    try:
        front = read_front_matter(decode(path.read_bytes()))
    except (OSError, Rejected):
        return None, None
    if not is_sheet(front.keys.keys()):
        return None, None
    return front.keys.get("id"), front.line("id")
