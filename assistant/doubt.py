"""Whether a question that may lean on the conversation does, told from what the documents hold."""

from dataclasses import dataclass

from assistant.subjects import Subject
from assistant.understand import without_masks
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library

_HITS = 12
_FIRST_DOCUMENTS = 3
# A question that opens with « et » or says « il » leans, unless other documents hold this much more
# of what it names than that of the conversation.
_MUCH_MORE = 0.3
# A question that does not, and names more than this, is whole.
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question that names something, though no dispositif, after others on a subject.

    ``named`` are the search terms of what it names; ``leans`` tells that it opens with « et » or
    has a pronoun that may stand for what was spoken of.
    """

    question: str
    named: tuple[str, ...]
    leans: bool
    subject: Subject | None


def carries_on(doubt: Doubt, *, library: Library) -> bool:
    """Tell whether a question is about the subject of the conversation.

    It is when the sheet of that subject holds what the question names as well as the first
    documents that the question finds alone.
    """
    subject = doubt.subject
    if subject is None or not library.sources():
        return doubt.leans
    hits = library.search(without_masks(doubt.question), k=_HITS)
    found = [hit for hit in hits if hit.source.collection != "consultation"]
    first = list(dict.fromkeys(hit.source.id for hit in found))[:_FIRST_DOCUMENTS]
    elsewhere = max((_share(doubt.named, each, library) for each in first), default=0.0)
    here = _share(doubt.named, subject.id, library)
    if doubt.leans:
        return here + _MUCH_MORE >= elsewhere
    is_short = len(doubt.named) <= _FEW
    return 0 < here >= elsewhere and (is_short or _is_first(subject, found))


def _is_first(subject: Subject, hits: list[Hit]) -> bool:
    return bool(hits) and hits[0].source.id == subject.id


def _share(named: tuple[str, ...], document_id: str, library: Library) -> float:
    """Return the share of the terms, rare ones counting more, that a document holds."""
    document = library.document(document_id)
    held = set(terms(f"{document.source.title} {document.text}"))
    weights = {term: library.rarity(term) for term in named}
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in held) / total if total else 0.0
