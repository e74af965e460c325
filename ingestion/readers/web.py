"""Reads HTML pages."""

from typing import Any

from ingestion.blocks import clean
from ingestion.dates import date_in
from ingestion.markup import element_blocks, flat_text, parse_html
from ingestion.names import good_title, readable_name
from ingestion.readers.plain import decode
from ingestion.readers.reading import Reading, Request, make_document

_DATES = (
    ("mis à jour le", ("article:modified_time", "dcterms.modified", "last-modified")),
    ("publié le", ("article:published_time", "dcterms.date", "dc.date", "date", "dcterms.issued")),
)
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "author")


def read_html(request: Request) -> Reading:
    """Yield the one document of an HTML page: its main part when it marks one."""
    page = parse_html(decode(request.path.read_bytes()))
    properties = _properties(page)
    main = next(iter([*page.iter("main"), *page.iter("article")]), page)
    body = main if any(map(str.isalnum, flat_text(main))) else page
    canonical = page.find(".//link[@rel='canonical']")
    date, meaning = _date(page, properties)
    yield make_document(
        element_blocks(body),
        request=request,
        id="",
        kind="html",
        title=_title(page, request),
        url=canonical.get("href") if canonical is not None else properties.get("og:url"),
        publisher=next((properties[name] for name in _PUBLISHERS if name in properties), None),
        date=date,
        date_meaning=meaning,
    )


def _title(page: Any, request: Request) -> str:  # noqa: ANN401
    for tag in ("title", "h1"):
        element = page.find(f".//{tag}")
        title = good_title(clean(element.text_content())) if element is not None else None
        if title is not None:
            return title
    return readable_name(request.path)


def _properties(page: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the meta elements of a page, names in lower case."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property")
        if name and (element.get("content") or "").strip():
            found.setdefault(name.lower(), clean(element.get("content")))
    return found


def _date(page: Any, properties: dict[str, str]) -> tuple[str | None, str | None]:  # noqa: ANN401
    """Return the date of a page and its meaning, from its properties or its first time element."""
    for meaning, names in _DATES:
        for name in names:
            found = date_in(properties.get(name, "")[:10])
            if found is not None:
                return found, meaning
    for element in page.iter("time"):
        found = date_in((element.get("datetime") or element.text_content())[:40])
        if found is not None:
            return found, "publié le"
    return None, None
