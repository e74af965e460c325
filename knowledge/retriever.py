"""The library as a LangChain retriever, so that any chain can search it."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.documents import Collection, Hit
from knowledge.library import Library


class LibraryRetriever(BaseRetriever):
    """Gives a library's best passages to a LangChain chain.

    Each passage becomes a LangChain document whose metadata tell where it stands: ``document_id``,
    ``title``, ``section``, ``page``, ``url``, ``date``, ``start``, ``end`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 10
    collection: Collection | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        hits = self.library.search(query, k=self.k, collection=self.collection)
        return [
            LangChainDocument(page_content=hit.passage.text, metadata=_metadata(hit))
            for hit in hits
        ]


def _metadata(hit: Hit) -> dict[str, Any]:
    """Return where a passage stands."""
    passage, source = hit.passage, hit.source
    return {
        "document_id": source.id,
        "title": source.title,
        "collection": source.collection,
        "section": " > ".join(passage.section_path) or None,
        "page": passage.page,
        "url": source.url,
        "date": source.date,
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
    }
