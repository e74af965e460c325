"""What a reader is asked, and what every reader gives back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingestion.blocks import Block, compose
from ingestion.errors import Rejected
from ingestion.language import language_of
from ingestion.limits import Limits
from knowledge.documents import Collection, Document, MeetingShape, Source

# Documents as they are read, and remarks on the input as a whole.
Reading = Iterator[Document | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One file to read.

    ``collection`` is where its documents go unless they say otherwise; ``forced`` when a user
    chose it, so that they have no say.
    """

    path: Path
    collection: Collection
    forced: bool = False
    limits: Limits = field(default_factory=Limits)

    def collection_or(self, stated: Collection) -> Collection:
        """Return the collection that a document states, unless a user chose another."""
        return self.collection if self.forced else stated


def make_document(
    blocks: Iterable[Block],
    *,
    request: Request,
    notes: tuple[str, ...] = (),
    meeting: MeetingShape | None = None,
    **source: Any,  # noqa: ANN401  (the fields of Source)
) -> Document:
    """Compose a document from its blocks and the fields of its source.

    Raises:
        Rejected: the text is empty or longer than the limit.
    """
    composition = compose(blocks)
    if not any(map(str.isalnum, composition.text)):
        raise Rejected("le fichier ne contient aucun texte. Vérifiez que c'est le bon fichier.")
    check_length(len(composition.text), request.limits)
    source.setdefault("language", language_of(composition.text))
    source.setdefault("collection", request.collection)
    return Document(
        source=Source(**source),
        text=composition.text,
        sections=composition.sections,
        pages=composition.pages,
        notes=notes,
        meeting=meeting,
    )


def check_length(characters: int, limits: Limits) -> None:
    """Refuse a text longer than the limit.

    Raises:
        Rejected: it is.
    """
    if characters > limits.characters:
        millions = f"{limits.characters / 1_000_000:g}".replace(".", ",")
        raise Rejected(
            f"le texte dépasse {millions} million(s) de caractères. Découpez le document en"
            " plusieurs fichiers."
        )
