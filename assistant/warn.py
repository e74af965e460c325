"""Warns of what the library knows against an answer: what replaced or contradicts a source."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Caution, Citation, Sentence
from assistant.cautions import cautions_for, still_printing
from knowledge.documents import Source
from knowledge.errors import UnknownDocument
from knowledge.library import Library

_PASSAGES_ON_ARTICLE = 5


def warn(
    citations: Sequence[Citation],
    *,
    sentences: Sequence[Sentence],
    sources: dict[str, Source],
    library: Library,
    question: str,
    today: date,
) -> list[Caution]:
    """Return the cautions that an answer calls for.

    Args:
        citations: of the answer; a quote may span more than what is shown of it.
        sentences: of the answer, as they are shown.
        sources: of the cited documents, by id.
        library: tells what replaced a document, and what the sheets say of an article.
        question: made standalone.
        today: tells how old a source is.
    """

    def title_of(document_id: str) -> str:
        try:
            return library.source(document_id).title
        except UnknownDocument:
            return document_id

    shown = [
        replace(
            citation,
            quote=" ".join(each.text for each in sentences if citation.n in each.citations),
        )
        for citation in citations
    ]
    return cautions_for(
        shown,
        sources=sources,
        title_of=title_of,
        contradicted=lambda source: _contradicted(source, library),
        question=question,
        today=today,
    )


def _contradicted(source: Source, library: Library) -> list[str]:
    """Return what the sheets say of a text that still prints an old amount.

    For a sheet, its own sentences; for an article of law, those that name it.
    """
    if source.kind != "article":
        return still_printing(library.document(source.id).text)
    number = source.title.split(" ")[1]
    found = library.search(
        f"article {number} affiche encore", k=_PASSAGES_ON_ARTICLE, collection="dispositifs"
    )
    return [each for hit in found for each in still_printing(hit.passage.text) if number in each]
