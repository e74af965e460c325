"""Has a language model reword a task, sentence by sentence; what is not proven stays as it was.

The model sees the numbered sentences of the template and nothing else. Each of its own is held to
the passage that its sentence cites, as those of an answer are (``support.py``), must keep every
figure, and takes the place of the sentence that it rewords, or is dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import replies
from assistant.answer import Citation, Sentence
from assistant.errors import ModelUnavailable
from assistant.facts import numbers
from assistant.model_request import instructions, safe
from assistant.support import find_support, proves
from assistant.talk import LanguageModel
from assistant.task import Deliverable
from knowledge.documents import Hit
from knowledge.library import Library

_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+(.+?)\s*$", re.MULTILINE)
_MARKUP = re.compile(r"\*\*|__|`|\[\d+\]|[<>{}]")
# A longer sentence than the one that it rewords is no plainer.
_MOST_LONGER = 1.3


def reword(
    deliverable: Deliverable, *, question: str, library: Library, model: LanguageModel
) -> Deliverable:
    """Return a deliverable whose sentences a model rewords where that is proven.

    Args:
        deliverable: from the templates, verified.
        question: that the answer answers.
        library: holds the passages that are cited.
        model: writes.
    """
    if not deliverable.sentences:
        return deliverable
    try:
        written = _ask(deliverable.sentences, model)
    except ModelUnavailable as error:
        said = replies.model_failed(str(error), began=False)
        return replace(deliverable, cautions=(said, *deliverable.cautions))
    hits = _passages(deliverable.citations, library)
    text, kept, reworded = deliverable.text, [], 0
    for number, sentence in enumerate(deliverable.sentences, start=1):
        new = written.get(number, "")
        if new and _holds(new, sentence, hits, question=question, library=library):
            text = text.replace(sentence.text, new, 1)
            kept.append(replace(sentence, text=new))
            reworded += 1
        else:
            kept.append(sentence)
    if not reworded:
        return deliverable
    return replace(deliverable, text=text, sentences=tuple(kept), model=model.name)


def _ask(sentences: Sequence[Sentence], model: LanguageModel) -> dict[int, str]:
    """Return what a model makes of numbered sentences, by number."""
    shown = "\n".join(f"{number}. {each.text}" for number, each in enumerate(sentences, start=1))
    reply = "".join(model.write(instructions("task"), safe(shown)))
    found = {int(number): _MARKUP.sub("", text) for number, text in _NUMBERED.findall(reply)}
    return {number: " ".join(safe(text).split()) for number, text in found.items()}


def _passages(citations: Sequence[Citation], library: Library) -> dict[int, Hit]:
    """Return the passage of each citation, by number."""
    hits = {}
    for citation in citations:
        source = library.source(citation.document_id)
        for passage in library.passages(citation.document_id):
            if passage.id == citation.passage_id:
                hits[citation.n] = Hit(
                    passage=passage, source=source, score=1.0, dense=0.0, lexical=0.0
                )
    return hits


def _holds(
    new: str, sentence: Sentence, hits: dict[int, Hit], *, question: str, library: Library
) -> bool:
    """Tell whether a reworded sentence may take the place of the one that it rewords."""
    cited = [hits[n] for n in sentence.citations if n in hits]
    if not cited or numbers(new) != numbers(sentence.text):
        return False
    if len(new) > _MOST_LONGER * len(sentence.text) or not new.endswith((".", "!")):
        return False
    support = find_support(new, passages=cited, question=question, library=library)
    return support is not None and proves(support)
