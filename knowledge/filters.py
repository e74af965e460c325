"""Restricts a search to some documents: a collection, a territory, a period, what is in force."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Collection, Source
from knowledge.generation import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which documents a search may find; what is None restricts nothing.

    ``collection``: those of this collection. ``territory``: those of this territory, and those of
    none, which hold everywhere; never another territory's. ``since`` and ``until``, both included:
    those whose own date lies between; a document without date is left out as soon as a bound is
    given. ``in_force_on``: those that nothing supersedes and whose validity holds that day.
    """

    collection: Collection | None = None
    territory: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    in_force_on: dt.date | None = None

    def keeps(self, source: Source) -> bool:
        """Tell whether a document may be found."""
        return (
            self.collection in {None, source.collection}
            and (self.territory is None or source.territory in {None, self.territory})
            and self._is_dated(source)
            and (self.in_force_on is None or _holds_on(source, self.in_force_on))
        )

    def _is_dated(self, source: Source) -> bool:
        if self.since is None and self.until is None:
            return True
        if source.date is None:
            return False
        first = self.since.isoformat() if self.since else ""
        last = self.until.isoformat() if self.until else "9999"
        return first <= source.date <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The passages of one generation that a filter lets through.

    ``inside`` tells for each row, shape ``(rows,)``; ``ids`` are those of the rows inside.
    """

    only: Filter
    inside: NDArray[np.bool_]
    ids: frozenset[str]

    @property
    def is_a_collection(self) -> bool:
        """Whether it is all the passages of one collection."""
        return self.only == Filter(collection=self.only.collection)


def make_scope(only: Filter, *, rows: Sequence[Row], sources: Iterable[Source]) -> Scope | None:
    """Return what a filter lets through, None when it restricts nothing.

    Args:
        only: the filter.
        rows: of the generation.
        sources: of the documents.
    """
    if only == Filter():
        return None
    kept = {source.id for source in sources if only.keeps(source)}
    inside = np.array([row.id.rsplit("#", 1)[0] in kept for row in rows], dtype=np.bool_)
    ids = frozenset(row.id for row, is_in in zip(rows, inside, strict=True) if is_in)
    return Scope(only=only, inside=inside, ids=ids)


def _holds_on(source: Source, day: dt.date) -> bool:
    """Tell whether what a document says holds on a day: it has begun, and has not ended."""
    begun = source.valid_from is None or source.valid_from <= day.isoformat()
    return begun and source.is_in_force(day)
