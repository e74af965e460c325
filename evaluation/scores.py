"""The scores of one answer: pure functions, each None where the question does not call for it."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation
from evaluation.questions import ExpectedSource, Fact, Question

_UNIFIED = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'}
)
ABSTENTIONS = frozenset({"not_found", "refused"})


def normalise(text: str) -> str:
    """Return text as facts are compared: lower case, spaces and quotes unified."""
    return " ".join(text.translate(_UNIFIED).lower().split())


def fact_recall(answer: Answer, facts: Sequence[Fact]) -> float | None:
    """Return the share of the facts that stand in the answer."""
    if not facts:
        return None
    # What a refusal names as nearest is no answer.
    text = "" if answer.status in ABSTENTIONS else normalise(answer.text)
    return sum(any(normalise(f) in text for f in fact.any_of) for fact in facts) / len(facts)


def forbidden_facts(answer: Answer, forbidden: Sequence[str]) -> float | None:
    """Return how many of the forbidden strings stand in the answer."""
    if not forbidden:
        return None
    text = normalise(answer.text)
    return float(sum(normalise(string) in text for string in forbidden))


def source_recall(answer: Answer, sources: Sequence[ExpectedSource]) -> float | None:
    """Return the share of the expected sources that a citation names."""
    if not sources:
        return None
    return sum(any(_is(c, s) for c in answer.citations) for s in sources) / len(sources)


def source_precision(answer: Answer, sources: Sequence[ExpectedSource]) -> float | None:
    """Return the share of the citations that name an expected source."""
    if not sources or not answer.citations:
        return None
    return sum(any(_is(c, s) for s in sources) for c in answer.citations) / len(answer.citations)


def score(answer: Answer, question: Question) -> dict[str, float]:
    """Return the scores that a question calls for, by name."""
    expect = question.expect
    should_abstain = bool(expect.status) and set(expect.status) <= ABSTENTIONS
    abstains = answer.status in ABSTENTIONS
    scores: dict[str, float | None] = {
        "fact_recall": fact_recall(answer, expect.facts),
        "forbidden_facts": forbidden_facts(answer, expect.forbidden),
        "source_recall": source_recall(answer, expect.sources),
        "source_precision": source_precision(answer, expect.sources),
        "status_accuracy": float(answer.status in expect.status) if expect.status else None,
        "abstention_precision": float(answer.status in expect.status)
        if abstains and expect.status
        else None,
        "abstention_recall": float(abstains) if should_abstain else None,
        "false_refusals": float(abstains and answer.status not in expect.status)
        if expect.status and not should_abstain
        else None,
        "unverified_sentences": float(sum(not s.verified for s in answer.sentences)),
        "phantom_citations": float(_phantoms(answer)),
    }
    return {name: value for name, value in scores.items() if value is not None}


def _is(citation: Citation, source: ExpectedSource) -> bool:
    """Tell whether a citation names a source, and its section or page where one is given."""
    named = (source.id is not None and citation.document_id == source.id) or (
        source.title is not None and normalise(citation.title) == normalise(source.title)
    )
    section = source.section is None or normalise(source.section) in normalise(
        citation.section or ""
    )
    return named and section and source.page in {None, citation.page}


def _phantoms(answer: Answer) -> int:
    """Return how many numbers the answer cites that no citation bears."""
    known = {citation.n for citation in answer.citations}
    return len({n for sentence in answer.sentences for n in sentence.citations} - known)
