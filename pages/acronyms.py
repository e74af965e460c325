"""Acronyms that the reader can ask what they stand for, in what a page shows.

An acronym becomes a link to ``#sigle-…`` with its meaning as title, which the page's script
(``acronyms.js``) turns into a button that shows the meaning.
"""

import html
import re
from collections.abc import Callable, Iterator

from knowledge.acronyms import Acronym, acronym_spans

# Where Markdown must stay as it is: a link with its label, an image, a code span.
_CLOSED = re.compile(
    r"!?\[(?:\\.|[^\[\]\\])*\]\((?:\"[^\"]*\"|\([^()]*\)|[^()\"])*\)|(`+)(?!`).+?(?<!`)\1(?!`)",
    re.DOTALL,
)
# An emphasis mark between an acronym and a letter would no longer be one beside a link.
_STUCK_BEFORE = re.compile(r"\w[*_]+$")
_STUCK_AFTER = re.compile(r"[*_]+\w")


def explained_markdown(text: str, *, before: str = "") -> str:
    """Return safe Markdown in which each acronym, the first time, can be asked what it means.

    Args:
        text: Markdown that is already safe; its links and code are left as they are.
        before: What the reader has already read; its acronyms are not explained again.
    """
    closed = [found.span() for found in _CLOSED.finditer(text)]

    def is_open(start: int, end: int) -> bool:
        return not (
            any(first < end and start < last for first, last in closed)
            or _STUCK_BEFORE.search(text, 0, start)
            or _STUCK_AFTER.match(text, end)
        )

    def link(written: str, senses: tuple[Acronym, ...]) -> str:
        return f'[{written}]({_target(senses)} "{meaning(senses)}")'

    return "".join(_linked(text, before, is_open=is_open, link=link, plain=str))


def explained_html(text: str, *, before: str = "") -> str:
    """Return plain text as HTML in which each acronym, the first time, can be asked its meaning.

    Args:
        text: Plain text; none of its signs is read as HTML.
        before: What the reader has already read; its acronyms are not explained again.
    """

    def link(written: str, senses: tuple[Acronym, ...]) -> str:
        title = html.escape(meaning(senses))
        return f'<a href="{_target(senses)}" title="{title}">{html.escape(written)}</a>'

    return "".join(_linked(text, before, is_open=lambda *_: True, link=link, plain=html.escape))


def meaning(senses: tuple[Acronym, ...]) -> str:
    """Say what an acronym stands for, each sense with its field when there are several."""
    said = [f"{one.expansion} ({one.sense})" if one.sense else one.expansion for one in senses]
    return said[0] if len(said) == 1 else "Selon le cas\u00a0: " + "\u00a0; ".join(said)


def _target(senses: tuple[Acronym, ...]) -> str:
    return "#sigle-" + re.sub(r"\W+", "-", senses[0].short.lower())


def _linked(
    text: str,
    before: str,
    *,
    is_open: Callable[[int, int], bool],
    link: Callable[[str, tuple[Acronym, ...]], str],
    plain: Callable[[str], str],
) -> Iterator[str]:
    """Yield ``text`` in pieces, the acronyms that are new and stand where a link may as links."""
    explained = {senses for _, _, senses in acronym_spans(before)}
    cut = 0
    for start, end, senses in acronym_spans(text):
        if senses in explained or not is_open(start, end):
            continue
        explained.add(senses)
        yield plain(text[cut:start])
        yield link(text[start:end], senses)
        cut = end
    yield plain(text[cut:])
