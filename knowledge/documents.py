"""What the library holds: documents, their passages, and the passages a search found.

These frozen values cross every layer. Offsets are Python string indices into
``Document.text``; ``end`` is exclusive. Dates are ISO 8601 strings (``2025-04-01``), since
they come from and go to JSON and are only compared and shown.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

Collection = Literal["dispositifs", "consultation", "local"]
COLLECTIONS: tuple[Collection, ...] = get_args(Collection)

Public = Literal["professionnels", "jeunes"]
DateMeaning = Literal[
    "publié le", "mis à jour le", "en vigueur depuis le", "vérifié le", "réunion du"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who published a document, when, and how long what it says holds.

    ``id`` is the upstream identifier where there is one (``article374088``,
    ``LEGIARTI000048590598``), otherwise a slug of the file name. ``date`` is the date that the
    document gives itself, never the date of its ingestion, and ``date_meaning`` says what that
    date stands for. ``valid_from`` and ``valid_until`` bound the period in which its content is
    in force, where the document says so. ``public`` is who spoke, for the notes of a meeting, whose
    region is the ``territory``. ``file`` is the SHA-256 of the original kept in the
    data folder, for the kinds whose pages can be shown (PDF).
    """

    id: str
    title: str
    collection: Collection
    kind: str
    language: str = "fr"
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    date_meaning: DateMeaning | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    superseded_by: str | None = None
    territory: str | None = None
    fictional: bool = False
    public: Public | None = None
    file: str | None = None

    def is_in_force(self, day: dt.date) -> bool:
        """Tell whether what the document says still holds on a day, as far as it is known."""
        ended = self.valid_until is not None and self.valid_until < day.isoformat()
        return self.superseded_by is None and not ended


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the span of text that stands under it, its subsections included.

    ``level`` is 1 for the topmost headings. ``start`` is where the heading line itself starts.
    """

    level: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The span of a document's text that stands on one page, numbered from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingShape:
    """How a meeting was held, as far as its note says so; 0 ``participants`` where it says 0."""

    format: str | None = None
    place: str | None = None
    participants: int | None = None
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its source and structure.

    ``notes`` are remarks on how it was read that a user should see, in French
    (« page 3 sans texte, probablement numérisée »). ``meeting`` is there for the note of a meeting.
    """

    source: Source
    text: str
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()
    meeting: MeetingShape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An exact slice of a document's text: ``document.text[start:end] == text``.

    ``id`` is ``{document_id}#{position}``. ``section_path`` holds the titles of the sections
    around it, outermost first; ``page`` is the page on which it starts.
    """

    id: str
    document_id: str
    position: int
    start: int
    end: int
    text: str
    section_path: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found, best first.

    ``score`` in [0, 1] ranks hits of one search. ``dense`` is the cosine between question and
    passage; ``lexical`` the BM25 score divided by the best one of this search; ``relevance`` how
    far the passage answers by the ranker's reading, in [0, 1], None where it was not read.
    """

    passage: Passage
    source: Source
    score: float
    dense: float
    lexical: float
    relevance: float | None = None

    @property
    def titles(self) -> str:
        """The titles above the passage, the document's first."""
        return titles_above(self.passage, self.source)


def titles_above(passage: Passage, source: Source) -> str:
    """Return the titles above a passage, its document's first."""
    return " > ".join((source.title, *passage.section_path))
