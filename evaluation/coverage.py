"""What real questions say of the library: what it could not answer, and what rests on old texts."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.conversations import KeptExchange

_OLD = timedelta(days=365)
_UNANSWERED = frozenset({"not_found", "partial"})


@dataclass(frozen=True, slots=True)
class Gap:
    """The questions nearest to a dispositif that had no answer or half a one, latest first."""

    nearest: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document more than a year old, and how many answers rest on it."""

    document_id: str
    title: str
    date: date
    answers: int


def gaps(exchanges: Iterable[KeptExchange], *, nearest: Callable[[str], str | None]) -> list[Gap]:
    """Group the questions that were not answered by the dispositif they are nearest to.

    Args:
        exchanges: what was asked, latest first.
        nearest: names the dispositif of a question, None when there is none.

    Returns:
        The groups, the largest first.
    """
    groups: dict[str, dict[str, None]] = {}
    for kept in exchanges:
        if kept.answer.status in _UNANSWERED:
            question = kept.answer.standalone_question
            groups.setdefault(nearest(question) or "sans dispositif proche", {})[question] = None
    found = [Gap(name, tuple(questions)) for name, questions in groups.items()]
    return sorted(found, key=lambda gap: -len(gap.questions))


def old_documents(exchanges: Iterable[KeptExchange], *, today: date) -> list[OldDocument]:
    """Return the cited documents dated over a year ago, those most relied on first."""
    answers: Counter[str] = Counter()
    known: dict[str, tuple[str, date]] = {}
    for kept in exchanges:
        for document, title, written in {
            (c.document_id, c.title, c.date) for c in kept.answer.citations if c.date
        }:
            answers[document] += 1
            known[document] = title, date.fromisoformat(written)
    return [
        OldDocument(document, *known[document], answers=count)
        for document, count in answers.most_common()
        if today - known[document][1] > _OLD
    ]
