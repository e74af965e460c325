"""Any LangChain chain can search the library."""

from pathlib import Path

from langchain_core.runnables import RunnableLambda

from knowledge.documents import Document, Passage, Source
from knowledge.editor import edit_library
from knowledge.library import open_library
from knowledge.retriever import LibraryRetriever

TEXT = "La Bourse Pont est de 412,50 € par mois."


def test_a_chain_gets_passages_with_where_they_stand(tmp_path: Path) -> None:
    source = Source(id="pont", title="Bourse Pont", collection="dispositifs", kind="fiche")
    passage = Passage(id="pont#0", document_id="pont", position=0, start=0, end=len(TEXT),
                      text=TEXT, section_path=("Montant",), page=2)  # fmt: skip
    with edit_library(tmp_path) as editor:
        document = Document(source=source, text=TEXT)
        editor.store.put(document, [passage], content_hash="a")
        editor.publish()
    retriever = LibraryRetriever(library=open_library(tmp_path), k=3)
    chain = retriever | RunnableLambda(lambda found: found[0])
    found = chain.invoke("montant de la bourse")
    assert found.page_content == TEXT
    assert found.metadata["document_id"] == "pont"
    assert (found.metadata["section"], found.metadata["page"]) == ("Montant", 2)


def test_a_collection_is_respected(tmp_path: Path) -> None:
    retriever = LibraryRetriever(library=open_library(tmp_path), collection="consultation")
    assert retriever.invoke("double saisie") == []
