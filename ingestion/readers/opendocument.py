"""Reads OpenDocument texts (ODT), by turning their XML into HTML."""

from html import escape
from typing import Any

from ingestion.archives import open_zip
from ingestion.dates import date_of_property
from ingestion.errors import Rejected
from ingestion.markup import element_blocks, parse_html
from ingestion.names import good_title, readable_name
from ingestion.readers.notes import read_note
from ingestion.readers.reading import Reading, Request, make_document

_SKIPPED = frozenset(
    {"note", "annotation", "tracked-changes", "sequence-decls", "table-of-content", "frame",
     "annotation-end", "forms"}
)  # fmt: skip
_CONTAINERS = {
    "list": "ul",
    "list-item": "li",
    "list-header": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "p": "p",
    "section": "div",
    "text": "div",
}
_DEEPEST = 200


def read_odt(request: Request) -> Reading:
    """Yield the one document of an ODT file."""
    from lxml import etree

    with open_zip(request.path, limits=request.limits) as archive:
        names = archive.namelist()
        if "content.xml" not in names:
            raise Rejected(
                "le fichier n'est pas un texte OpenDocument. Vérifiez son type, ou enregistrez-le"
                " en ODT ou en PDF."
            )
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Rejected(
                "le fichier est protégé par un mot de passe. Enlevez la protection puis réessayez."
            )
        content = archive.read("content.xml")
        meta = archive.read("meta.xml") if "meta.xml" in names else b"<meta/>"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        body = etree.fromstring(content, parser=parser)
        properties = {
            etree.QName(e).localname: (e.text or "").strip()
            for e in etree.fromstring(meta, parser=parser).iter()
            if isinstance(e.tag, str)
        }
    except etree.LxmlError as error:
        raise Rejected(
            "le document est abîmé. Enregistrez-le de nouveau depuis LibreOffice puis réessayez."
        ) from error
    text = next((e for e in body.iter() if _name(e) == "text"), body)
    page = parse_html(_html(text, 0))
    note = read_note(page, request=request, kind="odt", title=good_title(properties.get("title")))
    if note is not None:
        yield note
        return
    blocks = element_blocks(page)
    date = date_of_property(properties.get("date") or properties.get("creation-date"))
    heading = next((block.text for block in blocks[:1] if block.kind == "heading"), None)
    yield make_document(
        blocks,
        request=request,
        id="",
        kind="odt",
        title=good_title(properties.get("title"))
        or good_title(heading)
        or readable_name(request.path),
        date=date,
        date_meaning="mis à jour le" if date else None,
    )


def _name(element: Any) -> str:  # noqa: ANN401
    """Return the local name of an element, or nothing for an instruction."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _html(element: Any, depth: int) -> str:  # noqa: ANN401
    """Return an OpenDocument element as HTML."""
    name = _name(element)
    if name in _SKIPPED or not name or depth > _DEEPEST:
        return ""
    if name == "s":
        return " "
    if name in {"line-break", "tab"}:
        return "<br>" if name == "line-break" else " "
    inside = escape(element.text or "") + "".join(
        _html(child, depth + 1) + escape(child.tail or "") for child in element
    )
    if name == "h":
        level = min(int(_attribute(element, "outline-level") or 1), 6)
        return f"<h{level}>{inside}</h{level}>"
    tag = _CONTAINERS.get(name)
    if tag is None:
        return inside
    rows = _attribute(element, "number-rows-spanned")
    return f'<{tag} rowspan="{rows}">{inside}</{tag}>' if rows else f"<{tag}>{inside}</{tag}>"


def _attribute(element: Any, name: str) -> str | None:  # noqa: ANN401
    """Return an attribute whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name and str(value).isdecimal():
            return str(value)
    return None
