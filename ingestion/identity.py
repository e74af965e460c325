"""Gives documents their identifiers, and tells when two have the same content."""

import hashlib
from collections.abc import Callable, Sequence

from knowledge.documents import Document

_SUFFIX = 6
# Two articles of law may have the same words and still be two rules, and two meetings may hear
# the same remarks: their titles count.
_TITLED = frozenset({"article", "csv", "xlsx"})


def content_hash(document: Document) -> str:
    """Return what tells a document's content from another's."""
    title = document.source.title if document.source.kind in _TITLED else ""
    return hashlib.sha256(f"{title}\0{document.text}".encode()).hexdigest()


def identifier(
    wanted: str, *, content: str, former: Sequence[str], is_taken: Callable[[str], bool]
) -> str:
    """Return the identifier of a file's document, the same at every import.

    Args:
        wanted: the slug of the file name, or what the document states.
        content: its content hash, part of which tells it apart from another file's document.
        former: the identifiers that the file's documents had, and that are not given again yet.
        is_taken: tells whether an identifier is another document's.
    """
    for known in former:
        suffixed = known.startswith(f"{wanted}-") and len(known) == len(wanted) + 1 + _SUFFIX
        if known == wanted or suffixed:
            return known
    return f"{wanted}-{content[:_SUFFIX]}" if is_taken(wanted) else wanted
