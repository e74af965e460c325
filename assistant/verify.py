"""Verifies an answer: quotes are slices of their documents, figures stand in what is cited."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation, Sentence
from assistant.compose import Draft, Paragraph
from assistant.facts import numbers
from knowledge.documents import Passage


def verify_draft(draft: Draft, *, passages: dict[str, Passage]) -> Draft:
    """Return a draft without the paragraphs that are not wholly verified, whoever wrote it.

    Args:
        draft: with its citations.
        passages: the passages that were found, by id.
    """
    citations = verify_citations(draft.citations, passages=passages)
    kept = []
    for paragraph in draft.paragraphs:
        sentences = verify_sentences(paragraph.sentences, citations=citations)
        if all(sentence.verified for sentence in sentences):
            kept.append(Paragraph(paragraph.text, sentences))
    used = {n for paragraph in kept for each in paragraph.sentences for n in each.citations}
    return Draft(tuple(kept), tuple(citation for citation in citations if citation.n in used))


def verify_citations(
    citations: Sequence[Citation], *, passages: dict[str, Passage]
) -> tuple[Citation, ...]:
    """Return the citations whose quote is, to the letter, where they say it is.

    Args:
        citations: as the writer made them.
        passages: the passages that were found, by id.
    """
    return tuple(
        citation
        for citation in citations
        if (passage := passages.get(citation.passage_id)) is not None
        and citation.quote
        and passage.text[citation.start - passage.start : citation.end - passage.start]
        == citation.quote
    )


def verify_sentences(
    sentences: Sequence[Sentence], *, citations: Sequence[Citation]
) -> tuple[Sentence, ...]:
    """Return the sentences, each marked with whether what it cites holds its every figure."""
    quotes = {citation.n: citation.quote for citation in citations}
    return tuple(
        replace(sentence, verified=_is_supported(sentence, quotes)) for sentence in sentences
    )


def _is_supported(sentence: Sentence, quotes: dict[int, str]) -> bool:
    """Tell whether a sentence cites something, all of it known, that holds its figures."""
    if not sentence.citations or any(n not in quotes for n in sentence.citations):
        return False
    evidence = " \n ".join(quotes[n] for n in sentence.citations)
    return numbers(sentence.text) <= numbers(evidence)
