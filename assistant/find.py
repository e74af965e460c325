"""What the documents bring to a question: passages, their best sentences, what these prove."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.choose import Chosen, rank_units
from assistant.decide import Evidence, weigh
from assistant.trace import Trace, tell_chosen, tell_echo, tell_hit
from assistant.understand import Understood
from knowledge.documents import Collection, Hit, Source
from knowledge.library import Library

#: How many passages an answer is made from.
HITS = 24


@dataclass(slots=True, kw_only=True)
class Found:
    """What one reading of a question finds, and what that proves once it is asked for."""

    understood: Understood
    hits: list[Hit]
    trace: Trace
    _weighed: tuple[Sequence[Chosen], Evidence] | None = field(default=None, init=False)

    @property
    def answering(self) -> list[Hit]:
        """The passages that answer; what somebody said in a meeting is counted, it is no rule."""
        return [hit for hit in self.hits if not _is_note(hit.source)]

    def within(self, collection: Collection) -> "Found":
        """Return what was found in one collection, to be weighed by itself."""
        kept = [hit for hit in self.hits if hit.source.collection == collection]
        return Found(understood=self.understood, hits=kept, trace=self.trace)

    def weighed(self, library: Library, today: date) -> tuple[Sequence[Chosen], Evidence]:
        """Return the sentences, those that answer best first, and what they prove."""
        if self._weighed is None:
            hits = self.answering
            ranked = self.trace.run(
                "choose",
                lambda: rank_units(self.understood, hits=hits, library=library, today=today),
                lambda units: {"sentences": [tell_chosen(chosen) for chosen in units[:8]]},
            )
            evidence = self.trace.run(
                "decide",
                lambda: weigh(self.understood, hits=hits, ranked=ranked, library=library),
                lambda e: e.to_json(),
            )
            self._weighed = ranked, evidence
        return self._weighed


def find(
    understood: Understood,
    *,
    library: Library,
    collection: Collection | None = None,
    trace: Trace | None = None,
) -> Found:
    """Return what a library, or one collection of it, brings to a question; ``trace`` is told."""
    trace = trace or Trace()
    hits = trace.run(
        "search",
        lambda: library.search(understood.search_text, k=HITS, collection=collection),
        lambda found: {
            "hits": [tell_hit(hit) for hit in found],
            "known": tell_echo(library.echo(understood.search_text)),
        },
    )
    return Found(understood=understood, hits=hits, trace=trace)


def _is_note(source: Source) -> bool:
    """Tell whether a document is the note of a meeting, whose region is known."""
    return source.collection == "consultation" and source.territory is not None
