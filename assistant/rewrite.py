"""Has a language model write the answer from what was found, and keeps only what is proven.

The model's sentences come first, each with the slice of a passage that proves it; what the embedded
writer had chosen and they do not say follows. Nothing that the model writes is shown before it is
verified.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import model_request
from assistant.answer import Citation, Sentence
from assistant.compose import Draft, Paragraph, cite
from assistant.errors import ModelUnavailable
from assistant.facts import numbers
from assistant.plain_words import capital
from assistant.support import Support, find_support, proves
from assistant.talk import LanguageModel, Reply
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.sentences import split_sentences
from knowledge.units import bare

_MARK = re.compile(r"\s*\[[\d, ]+\]")
_EMPHASIS = re.compile(r"\*\*|__|`")
_ITEM = re.compile(r"^\s*(?:[-–•*]|\d+[.)°])\s+")
_YES_OR_NO = re.compile(r"^(?:oui|non)\s*[,.:]\s*", re.IGNORECASE)
# What a model says when it does not know: the embedded answer stands.
_KNOWS_NOT = re.compile(r"^\W*je ne (?:sais|peux) pas\b", re.IGNORECASE)
# A sentence of the embedded answer whose terms are said to this share is not said again.
_ALREADY_SAID = 0.75

Show = Callable[[Draft], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a model wrote: the draft that is kept, the sentences that are not, what it cost.

    ``failure`` says why the model could not be heard to the end, if it could not.
    """

    draft: Draft
    kept: int
    removed: tuple[str, ...]
    failure: str | None
    tokens_read: int | None
    tokens_written: int | None

    def to_json(self) -> dict[str, object]:
        """Return what a trace says of it; what was removed is not repeated."""
        return {
            "kept": self.kept,
            "removed": len(self.removed),
            "failure": self.failure,
            "tokens_read": self.tokens_read,
            "tokens_written": self.tokens_written,
        }


def rewrite(
    draft: Draft,
    *,
    question: str,
    hits: Sequence[Hit],
    library: Library,
    model: LanguageModel,
    show: Show | None = None,
) -> Written:
    """Return what a model makes of a verified draft.

    Args:
        draft: the embedded writer's, verified.
        question: made standalone, personal data masked.
        hits: what was found, best first.
        library: tells how rare a term is.
        model: writes.
        show: told of what is proven so far, several times a second.
    """
    passages = model_request.passages_for(draft.citations, hits=hits)
    reply = model.write(
        model_request.instructions("answer"), model_request.request(question, passages=passages)
    )
    proven = _Proven(passages)
    removed: list[str] = []
    failure = None
    try:
        for opens_line, sentence in sentences_of(_watched(reply, proven, show)):
            written = sentence
            if _KNOWS_NOT.match(written):
                break
            said = _YES_OR_NO.sub("", written)
            support = find_support(
                bare(said), passages=passages, question=question, library=library
            )
            if support is None or not proves(support) or written.endswith("?"):
                removed.append(written)
                continue
            quote = passages[support.hit].passage.text[support.start : support.end]
            if not bare(quote).startswith(written[: len(written) - len(said)]):
                # The passage says the rest, not that the answer is yes or no.
                written = capital(said)
            proven.add(written, support, opens_line=opens_line)
    except ModelUnavailable as error:
        failure = str(error)
    return Written(
        draft=_with_what_is_left(proven.draft(), draft),
        kept=len(proven.said),
        removed=tuple(removed),
        failure=failure,
        tokens_read=reply.tokens_read,
        tokens_written=reply.tokens_written,
    )


def _watched(reply: Reply, proven: "_Proven", show: Show | None) -> Iterator[str]:
    """Yield what comes from a model; in between, show what is proven."""
    for piece in reply:
        yield piece
        if show is not None:
            show(proven.draft())


def sentences_of(pieces: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Yield the sentences of a text that comes in pieces, each as soon as it is whole.

    Yields:
        Whether the sentence opens a line, and the sentence without marks nor emphasis.
    """
    text, opens_line = "", True
    for piece in pieces:
        text += piece
        spans = split_sentences(text)
        for start, end in spans[:-1]:
            yield from _clean(text[start:end], opens_line=opens_line)
            opens_line = "\n" in text[end : end + 2]
        if spans:
            text = text[spans[-1][0] :]
        if text.endswith("\n") and text.strip():
            yield from _clean(text, opens_line=opens_line)
            text, opens_line = "", True
    yield from _clean(text, opens_line=opens_line)


def _clean(written: str, *, opens_line: bool) -> Iterator[tuple[bool, str]]:
    """Yield a sentence without what is not its own, unless nothing is left."""
    text = " ".join(_EMPHASIS.sub("", _MARK.sub("", written)).split())
    if any(letter.isalnum() for letter in text):
        yield opens_line, text


class _Proven:
    """The sentences that are proven so far, with their citations."""

    def __init__(self, passages: Sequence[Hit]) -> None:
        self._passages = passages
        self._citations: list[Citation] = []
        self._lines: list[list[Sentence]] = []
        self.said: list[str] = []

    def add(self, written: str, support: Support, *, opens_line: bool) -> None:
        """Add a sentence, unless it was said before."""
        if written in self.said:
            return
        self.said.append(written)
        sentence = Sentence(written, (self._number(support),), verified=False)
        if opens_line or not self._lines:
            self._lines.append([])
        self._lines[-1].append(sentence)

    def _number(self, support: Support) -> int:
        """Return the number of the citation of a slice, a new one unless it is cited already."""
        new = cite(
            len(self._citations) + 1, self._passages[support.hit], support.start, support.end
        )
        for cited in self._citations:
            if (
                cited.passage_id == new.passage_id
                and cited.start <= new.start <= new.end <= cited.end
            ):
                return cited.n
        self._citations.append(new)
        return new.n

    def draft(self) -> Draft:
        """Return what is proven, as a draft."""
        paragraphs: list[Paragraph] = []
        for line in self._lines:
            text = " ".join(f"{_listed(each.text)} [{each.citations[0]}]" for each in line)
            if text.startswith("- ") and paragraphs and paragraphs[-1].text.startswith("- "):
                last = paragraphs.pop()
                paragraphs.append(Paragraph(f"{last.text}\n{text}", (*last.sentences, *line)))
            else:
                paragraphs.append(Paragraph(text, tuple(line)))
        return Draft(tuple(paragraphs), tuple(self._citations))


def _listed(written: str) -> str:
    """Return a sentence as Markdown; one with a bullet or a number is an item of a list."""
    return _ITEM.sub("- ", written)


def _with_what_is_left(written: Draft, embedded: Draft) -> Draft:
    """Return what the model wrote, followed by what the embedded answer says besides."""
    if not written.paragraphs:
        return embedded
    said = " ".join(each.text for line in written.paragraphs for each in line.sentences)
    left = [new for each in embedded.paragraphs if (new := _unsaid(each, said)) is not None]
    first = len(written.citations)
    used = {n for paragraph in left for each in paragraph.sentences for n in each.citations}
    kept = [citation for citation in embedded.citations if citation.n in used]
    renumbered = {citation.n: first + rank for rank, citation in enumerate(kept, start=1)}
    return Draft(
        (*written.paragraphs, *(_renumber(each, renumbered) for each in left)),
        (*written.citations, *(replace(each, n=renumbered[each.n]) for each in kept)),
    )


def _unsaid(paragraph: Paragraph, said: str) -> Paragraph | None:
    """Return what a paragraph says that a text does not; a list is left whole, or not at all."""
    left = [each for each in paragraph.sentences if not _says(said, each)]
    if not left:
        return None
    if "\n" in paragraph.text or len(left) == len(paragraph.sentences):
        return paragraph
    marks = dict.fromkeys(n for each in left for n in each.citations)
    text = " ".join((*(each.text for each in left), *(f"[{n}]" for n in marks)))
    return Paragraph(text, tuple(left))


def _says(said: str, sentence: Sentence) -> bool:
    """Tell whether a text says what a sentence says."""
    wanted = set(terms(sentence.text))
    shared = len(wanted & set(terms(said)))
    return numbers(sentence.text) <= numbers(said) and shared >= _ALREADY_SAID * len(wanted)


def _renumber(paragraph: Paragraph, numbers_now: dict[int, int]) -> Paragraph:
    """Return a paragraph with its marks and citations renumbered."""
    text = re.sub(
        r"\[(\d+)\]", lambda mark: f"[{numbers_now.get(int(mark[1]), mark[1])}]", paragraph.text
    )
    return Paragraph(
        text,
        tuple(
            replace(each, citations=tuple(numbers_now[n] for n in each.citations))
            for each in paragraph.sentences
        ),
    )
