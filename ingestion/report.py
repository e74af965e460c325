"""What an import says about itself: its progress, and what became of every input."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: inputs while reading, passages while indexing."""

    stage: Literal["lecture", "indexation"]
    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not added, and why, with the remedy."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input whose content the library already holds under another name."""

    path: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how an input was read."""

    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the inputs of one import.

    ``added``, ``updated`` and ``removed`` hold document ids; ``missing`` the paths of files that
    were read before and are no longer there; ``unchanged`` counts the files that were not read
    again; ``documents`` and ``passages`` are the library's totals afterwards.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    duplicates: tuple[Duplicate, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    missing: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    documents: int = 0
    passages: int = 0
