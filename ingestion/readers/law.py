"""Reads the articles of French codes (the LEGI data package)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ingestion.blocks import Block, clean
from ingestion.dates import date_of_milliseconds
from ingestion.markup import html_blocks
from ingestion.readers.reading import Reading, Request, make_document
from knowledge.documents import Document, Section

_PUBLISHER = "Légifrance (DILA)"
_ARTICLE_URL = "https://www.legifrance.gouv.fr/codes/article_lc/"
# The year that Légifrance writes for « no end ».
_NO_END = 2999
_IN_FORCE = frozenset({"VIGUEUR", "ABROGE_DIFF", "VIGUEUR_DIFF", "VIGUEUR_NON_ETEN"})


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as the package gives it, with the sections of the code around it."""

    data: Mapping[str, Any]
    path: tuple[str, ...]


def is_code(content: object) -> bool:
    """Tell whether a parsed JSON file is one of the package's codes."""
    return isinstance(content, dict) and content.get("type") == "code" and "children" in content


def read_code(content: Mapping[str, Any], *, request: Request) -> Reading:
    """Yield one document for each article in force, now or at a date that is set."""
    code = clean(content["data"]["title"])
    dropped = 0
    for article in _articles(content, (code,)):
        if not _is_in_force(article.data):
            dropped += 1
            continue
        document = _document(article, code=code, request=request)
        if document is None:
            dropped += 1
        else:
            yield document
    if dropped:
        yield f"{code} : {dropped} article(s) abrogé(s) ou vide(s) n'ont pas été ajoutés."


def _articles(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[_Article]:
    """Yield the articles of a code in its order."""
    for child in node.get("children") or ():
        if child["type"] == "article":
            yield _Article(child["data"], path)
        else:
            title = clean(child["data"].get("title") or "").replace("\n", " ")
            yield from _articles(child, (*path, title) if title else path)


def _is_in_force(data: Mapping[str, Any]) -> bool:
    """Tell whether an article holds today or will hold."""
    today = datetime.now(tz=UTC).date()
    return data.get("etat") in _IN_FORCE and date_of_milliseconds(data["dateFin"]) > today


def _document(article: _Article, *, code: str, request: Request) -> Document | None:
    """Return an article as a document, or None when it has no text."""
    data = article.data
    body = html_blocks(data.get("texteHtml") or data.get("texte") or "")
    if not body:
        return None
    note = html_blocks(data.get("notaHtml") or data.get("nota") or "")
    title = _title(data, code)
    start = date_of_milliseconds(data["dateDebut"]).isoformat()
    document = make_document(
        [*body, *([Block("heading", "Nota", len(article.path) + 1), *note] if note else [])],
        request=request,
        id=data["id"],
        kind="article",
        title=title,
        collection=request.collection_or("dispositifs"),
        language="fr",
        url=f"{_ARTICLE_URL}{data['id']}",
        publisher=_PUBLISHER,
        date=start,
        date_meaning="en vigueur depuis le",
        valid_from=start,
        valid_until=_end(date_of_milliseconds(data["dateFin"])),
    )
    # The code's own headings stand around the whole article, and nowhere in its text.
    around = tuple(
        Section(level, section, 0, len(document.text))
        for level, section in enumerate(article.path, start=1)
    )
    nested = tuple(
        Section(len(around) + section.level, section.title, section.start, section.end)
        for section in document.sections
    )
    return Document(source=document.source, text=document.text, sections=(*around, *nested))


def _title(data: Mapping[str, Any], code: str) -> str:
    number = clean(data.get("num") or "")
    of_code = f"du {code[:1].lower()}{code[1:]}"
    return f"Article {number} {of_code}" if number else f"Article sans numéro {of_code}"


def _end(end: date) -> str | None:
    """Return the last day of an article that has one."""
    return None if end.year >= _NO_END else end.isoformat()
