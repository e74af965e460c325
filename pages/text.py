"""From what documents and answers say to what may be shown: nothing in it is ever obeyed.

A sentence of an answer is a sentence of a document, and a document may hold anything: HTML, an
image that would call a far server, a formula mark. Here it is made plain text again.
"""

import re
import unicodedata
from collections.abc import Iterator

from assistant.answer import Answer, Citation
from knowledge import typography
from knowledge.sentences import split_sentences
from pages import messages
from pages.acronyms import explained_html, explained_markdown

# What the pages and the files that are exported have in common.
unbroken, web_address = typography.unbroken, typography.web_address

_MARK = re.compile(r"\[(\d+)\]")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
# What starts an image, a link, HTML, a formula, a colour or icon directive, or a code span, and
# the sign that would take back the escape of one of them.
_ACTIVE = re.compile(r"[\\<>$`~|]|\[(?!\d+\])|(?<=\])\(|:(?=[a-z_-]+(?:\[|:|/))")
_RULE = re.compile(r"^(?=[ ]{0,3}[=-]+\s*$)", re.MULTILINE)
#: Keeps together what French never separates at a line end.
unbroken = typography.unbroken

_LABEL = re.compile(r"[\\`*_{}\[\]<>#+!|~$:-]")


def answer_markdown(
    text: str, *, citations: tuple[Citation, ...], exchange_id: int, before: str = ""
) -> str:
    """Return an answer's text as safe Markdown whose ``[n]`` marks lead to their source.

    A mark becomes a link to ``#source-{exchange}-{n}``, which the page's script turns into the
    opening of the source; a mark that no citation bears stays as it is. The first time that the
    answer says an acronym, the acronym can be asked what it stands for.

    Args:
        text: The answer, or a part of it.
        citations: What its marks stand for.
        exchange_id: The exchange whose sources the marks open.
        before: What the answer says before this part of it.
    """
    titles = {citation.n: citation.title for citation in citations}

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in titles:
            return f"\\[{number}\\]"
        title = titles[number].replace("\\", "").replace('"', "″")
        title = _ACTIVE.sub("", " ".join(title.split()))
        return f'[\\[{number}\\]](#source-{exchange_id}-{number} "Source {number} : {title}")'

    plain = unbroken(_HEADING.sub(r"**\1**", text))
    plain = _RULE.sub(r"\\", _ACTIVE.sub(lambda found: "\\" + found[0], plain))
    return explained_markdown(_MARK.sub(link, plain), before=before)


def in_sentences(text: str) -> Iterator[str]:
    """Cut an answer into its sentences, line ends kept, so that joined they are the answer."""
    cut = 0
    for _, end in split_sentences(text):
        # The mark after the full stop belongs to the sentence that it proves.
        following = re.compile(r"(?:\s*\[\d+\])*\s*").match(text, end)
        stop = following.end() if following else end
        yield text[cut:stop]
        cut = stop
    if cut < len(text):
        yield text[cut:]


def label(text: str) -> str:
    """Return any text as the label of a button, none of its signs read as Markdown."""
    return _LABEL.sub(lambda found: "\\" + found[0], unbroken(" ".join(text.split())))


def with_quote_marked(passage: str, *, quote: str, start: int = 0) -> str:
    """Return a passage as HTML with the quote in ``<mark>`` and its acronyms explained.

    Args:
        passage: The passage's text.
        quote: The words to mark; none when the passage does not hold them.
        start: Where in the passage the quote is expected; elsewhere it is searched.
    """
    at = start if passage[start : start + len(quote)] == quote else passage.find(quote)
    if not quote or at < 0:
        return _paragraphs(explained_html(passage))
    first, rest = passage[:at], passage[at + len(quote) :]
    return _paragraphs(
        f"{explained_html(first)}<mark>{explained_html(quote, before=first)}</mark>"
        f"{explained_html(rest, before=first + quote)}"
    )


def _paragraphs(escaped: str) -> str:
    return f'<div class="passage">{escaped.strip()}</div>'


def copied(answer: Answer, *, publishers: dict[str, str]) -> str:
    """Return an answer as plain text with its warnings, its sources, their dates and addresses.

    Args:
        answer: What was answered.
        publishers: Who published each cited document, by document id, where it is known.
    """
    lines = [f"Question : {answer.question}", ""]
    lines += [warning.message for warning in answer.warnings]
    if answer.warnings:
        lines.append("")
    lines.append(re.sub(r"\*\*(.+?)\*\*", r"\1", _HEADING.sub(r"\1", answer.text)))
    if answer.citations:
        lines += ["", "Sources"]
        lines += [
            _reference(cited, publishers.get(cited.document_id)) for cited in answer.citations
        ]
    return "\n".join(lines)


def _reference(citation: Citation, publisher: str | None) -> str:
    details = [
        citation.title,
        publisher,
        citation.section,
        f"page {citation.page}" if citation.page else None,
        messages.dated(citation.date, citation.date_meaning),
        messages.FICTIONAL if citation.fictional else None,
        citation.url,
    ]
    return f"[{citation.n}] " + " · ".join(part for part in details if part)


def folded(text: str) -> str:
    """Return a text in plain lower-case letters, so that a search ignores case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
