"""Indexes the corpus of a retrieval set with the real library, once."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ingestion.split
import knowledge.analysis
import knowledge.lexical
import knowledge.publish
import knowledge.sentences
from evaluation.beir import RetrievalSet, Text
from evaluation.stamp import read_stamp
from knowledge.documents import Document, Source
from knowledge.editor import Editor, edit_library
from knowledge.embedding import load_embedder

# An index is as it would be today only if the code that makes it is the same.
_MAKERS = (
    ingestion.split,
    knowledge.analysis,
    knowledge.lexical,
    knowledge.publish,
    knowledge.sentences,
)
_STAMP = "evaluation.json"


@dataclass(frozen=True, slots=True)
class IndexedSet:
    """Where the index of a corpus lies, what it holds and how long it took to make.

    ``reused`` tells that it was made by an earlier run, whose duration ``seconds`` is.
    """

    home: Path
    model: str
    passages: int
    seconds: float
    reused: bool


def index_set(
    questions: RetrievalSet,
    *,
    home: Path,
    embedding: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> IndexedSet:
    """Return the index of a corpus, made now unless an earlier run made the same.

    Args:
        questions: the set whose corpus is indexed.
        home: the data folder, under which each corpus gets a library of its own.
        embedding: the embedding model, as in ``knowledge.embedding``.
        on_progress: told the passages embedded so far and in all.
    """
    model = load_embedder(embedding).name
    corpus = _digest(json.dumps([(t.id, t.title, t.text) for t in questions.texts]))
    folder = home / "evaluation" / f"{questions.name}-{corpus}-{_digest(model)}"
    makers = _digest("".join(_source_code(maker.__file__) for maker in _MAKERS))
    stamp = read_stamp(folder / _STAMP)
    reused = stamp.get("makers") == makers
    if not reused:
        (folder / _STAMP).unlink(missing_ok=True)
        started = time.perf_counter()
        with edit_library(folder, embedding=embedding) as editor:
            passages = _store_corpus(editor, questions)
            editor.publish(on_progress)
        seconds = time.perf_counter() - started
        stamp = {"makers": makers, "seconds": seconds, "passages": passages}
        (folder / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    return IndexedSet(folder, model, int(stamp["passages"]), float(stamp["seconds"]), reused=reused)


def _store_corpus(editor: Editor, questions: RetrievalSet) -> int:
    """Store every document with its passages; return how many passages there are."""
    count = 0
    with editor.store.transaction():
        for text in questions.texts:
            document = document_of(text)
            passages = ingestion.split.split(document)
            count += len(passages)
            # The id is part of the hash: a corpus may hold the same text twice on purpose.
            content = _digest(json.dumps([text.id, text.title, text.text]))
            editor.store.put(document, passages, content_hash=content)
    return count


def document_of(text: Text) -> Document:
    """Return a text of a retrieval set as a document."""
    source = Source(id=text.id, title=text.title, collection="local", kind="texte")
    return Document(source=source, text=text.text.strip() or text.title)


def _source_code(file: str | None) -> str:
    return Path(file).read_text(encoding="utf-8") if file else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
