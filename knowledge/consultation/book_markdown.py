"""Reads a livre blanc from its Markdown source, and writes its marks and its quotations."""

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.consultation.book import Claim, Item, Manuscript, Paragraph, Quotation, Title
from knowledge.sentences import split_sentences

#: What Appui adds to the source stands between these lines, and is written anew by each build.
BEGIN, END = "<!-- ajouté par Appui : début -->", "<!-- ajouté par Appui : fin -->"

_HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_ADDED = re.compile(rf"{re.escape(BEGIN)}.*?(?:{re.escape(END)}|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK = re.compile(r"\s*\[\^([\w.-]+)\]")
_SPOKEN = re.compile(r"«[^«»]*»")
_CONTAINERS = frozenset(
    {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close",
     "list_item_open", "list_item_close", "heading_close", "paragraph_close", "hr"}
)  # fmt: skip
_SIGNS = re.compile(r"([\\`*_<>#&|~])|(?<=\])(\()|(\[)(?=\^)")
_OPENING = re.compile(r"^(\d+(?=[.)])|)([-+=.)])")


def read_markdown(text: str) -> Manuscript:
    """Return what a Markdown source says; a line that is none of its forms is a stray."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    header = _HEADER.match(text)
    sources = _sources(header[1]) if header else {}
    body = text[header.end() :] if header else text
    for hidden in (_ADDED, _COMMENT):
        body = hidden.sub(lambda found: "\n" * found[0].count("\n"), body)
    shift = text[: header.end()].count("\n") if header else 0
    items, strays = _items(MarkdownIt("commonmark").parse(body), shift=shift + 1)
    title = next((item.text for item in items if isinstance(item, Title) and item.level == 1), "")
    return Manuscript(
        title=title,
        sources=sources,
        items=tuple(item for item in items if not (isinstance(item, Title) and item.level == 1)),
        strays=tuple(strays),
    )


def without_added(text: str) -> str:
    """Return a source without what Appui added to it."""
    return _ADDED.sub("", text)


def header(sources: dict[str, str]) -> str:
    """Return the head of a source: the digests of the notes that it was drafted from."""
    lines = "".join(f"  {id_}: {digest}\n" for id_, digest in sorted(sources.items()))
    return f"---\nsources:\n{lines}---\n"


def marked(said: str, marks: Iterable[str]) -> str:
    """Return a sentence with its marks after it."""
    return f"{said} {' '.join(f'[^{mark}]' for mark in marks)}"


def escaped(words: str) -> str:
    """Return words that Markdown reads back as they are."""
    safe = _SIGNS.sub(lambda found: f"\\{found[0]}", words)
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}", safe)


def _sources(text: str) -> dict[str, str]:
    """Return the digests that a head gives; a head that cannot be read gives none."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    found = read.get("sources") if isinstance(read, dict) else None
    return (
        {str(id_): str(digest) for id_, digest in found.items()} if isinstance(found, dict) else {}
    )


def _items(tokens: Sequence[Token], *, shift: int) -> tuple[list[Item], list[tuple[int, str]]]:
    """Return the items of a source, and the lines that are none."""
    items: list[Item] = []
    strays: list[tuple[int, str]] = []
    level, line, in_quotation = 0, shift, False
    for token in tokens:
        line = token.map[0] + shift if token.map else line
        if token.type in {"blockquote_open", "blockquote_close"}:
            in_quotation = token.type == "blockquote_open"
        elif token.type in {"heading_open", "paragraph_open"}:
            level = int(token.tag[1:]) if token.type == "heading_open" else 0
        elif token.type == "inline":
            items.append(_item(_text(token), level=level, line=line, in_quotation=in_quotation))
        elif token.type not in _CONTAINERS:
            strays.append((line, token.content.strip() or token.type))
    return items, strays


def _item(text: str, *, level: int, line: int, in_quotation: bool) -> Item:
    if level:
        return Title(line=line, level=level, text=text)
    if in_quotation:
        said = _MARK.sub("", text).strip()
        return Quotation(line=line, text=said, marks=tuple(_MARK.findall(text)))
    return Paragraph(claims=tuple(_claims(text, line)))


def _text(token: Token) -> str:
    """Return the words of a line of Markdown, without its emphasis."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children or ()
    )


def _claims(text: str, line: int) -> Iterator[Claim]:
    """Yield the sentences of a paragraph; a mark is of the sentence that it ends or follows."""
    plain, marks, done = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[done : match.start()]
        marks.append((len(plain), match[1]))
        done = match.end()
    plain += text[done:]
    # What a participant said is never cut: its full stops end no sentence of the author's.
    shown = _SPOKEN.sub(lambda said: re.sub(r"[.!?…]", "·", said[0]), plain)
    spans = split_sentences(shown)
    last = len(spans) - 1
    for place, (start, end) in enumerate(spans):
        until = spans[place + 1][0] if place < last else len(plain)
        own = tuple(
            mark for at, mark in marks if start < at <= until or (place == 0 and at <= start)
        )
        yield Claim(line=line, text=plain[start:end], marks=tuple(dict.fromkeys(own)))
