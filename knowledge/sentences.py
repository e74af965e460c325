"""Cuts French text into sentences, as spans of the text itself.

A sentence splitter for French law and administration must not stop after « art. », « M. » or
« L. 5131-6 »; the maintained libraries tried here (see docs/adr/0004-search.md) do, and offsets
into the text are needed, so the rules are ours: they are few.
"""

import re

_ABBREVIATIONS = frozenset(
    "m mm mme mlle dr pr me art al cf p pp n no nos l r d c a s ex etc env min max tel tél av bd"
    " st ste chap sect t vol éd ed hab resp réf ref fig dir coll adj boul jan janv févr avr juil"
    " sept oct nov déc i.e p.ex c.-à-d soc prof".split()
)
# The end of a sentence: closing punctuation, closing quotes or brackets, then white space.
_STOP = re.compile(r"(?P<mark>[.!?…]+)[\s  ]*(?P<close>[»”\")\]]*)(?=\s|$)")
_BREAK = re.compile(r"\n+")
_LAST_WORD = re.compile(r"[\w.\-']+$")
_OPENS_LOWER = re.compile(r"\s*[a-zà-ÿ0-9,;:)]")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans ``(start, end)`` of the sentences of ``text``, in order.

    Every character that is not white space lies in exactly one span; a line break always ends a
    sentence (documents are stored with their paragraphs unwrapped, one list item a line).
    """
    spans: list[tuple[int, int]] = []
    line_start = 0
    for line_end in [match.start() for match in _BREAK.finditer(text)] + [len(text)]:
        spans.extend(_split_line(text, line_start, line_end))
        line_start = line_end
    return spans


def _split_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of one line."""
    spans = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _is_end(text, begin=begin, stop=stop, end=end):
            spans.append((begin, stop.end()))
            begin = stop.end()
    spans.append((begin, end))
    trimmed = (_trim(text, *span) for span in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _is_end(text: str, *, begin: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a closing mark really closes a sentence."""
    rest = text[stop.end() : end]
    if not rest.strip():
        return True
    if stop["close"] and rest.lstrip().startswith("("):
        # « … » (conseillère): who said it belongs to what was said.
        return False
    if _OPENS_LOWER.match(rest) and (stop["mark"] != "?" or stop["close"]):
        return rest.lstrip()[:1].isdigit() and not _is_abbreviation(text[begin : stop.start()])
    return stop["mark"] != "." or not _is_abbreviation(text[begin : stop.start()])


def _is_abbreviation(before: str) -> bool:
    """Tell whether the text before a full stop ends with an abbreviation or a list number."""
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group().lower().rsplit("'", 1)[-1]
    numbers_an_item = last.isdigit() and not before[: word.start()].strip(" -–•\n\t")
    return last in _ABBREVIATIONS or numbers_an_item


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
