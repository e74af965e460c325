"""Reads Word documents (DOCX)."""

from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from ingestion.archives import open_zip
from ingestion.dates import date_of_document, date_of_property
from ingestion.errors import Rejected
from ingestion.markup import element_blocks, parse_html
from ingestion.names import good_title, readable_name
from ingestion.readers.notes import first_line, read_note
from ingestion.readers.reading import Reading, Request, make_document

_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titre'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Titre 1'] => h1:fresh
p[style-name='Titre 2'] => h2:fresh
p[style-name='Titre 3'] => h3:fresh
p[style-name='Titre 4'] => h4:fresh
comment-reference =>
"""
_NOTHING = "<body></body>"
_TITLE_LINES = 8


def read_docx(request: Request) -> Reading:
    """Yield the one document of a DOCX file."""
    with open_zip(request.path, limits=request.limits) as archive:
        if _DOCUMENT not in archive.namelist():
            raise Rejected(
                "le fichier n'est pas un document Word. Vérifiez son type, ou enregistrez-le en"
                " DOCX ou en PDF."
            )
        properties = _properties(archive)
    page = parse_html(_to_html(request) or _NOTHING)
    note = read_note(page, request=request, kind="docx", title=good_title(properties.get("title")))
    if note is not None:
        yield note
        return
    blocks = element_blocks(page)
    lines = [block.text for block in blocks[:_TITLE_LINES]]
    stated = date_of_document(lines)
    date = stated or date_of_property(properties.get("modified") or properties.get("created"))
    yield make_document(
        blocks,
        request=request,
        id="",
        kind="docx",
        title=good_title(properties.get("title"))
        or first_line(blocks)
        or readable_name(request.path),
        date=date,
        date_meaning=None if date is None else "publié le" if stated else "mis à jour le",
    )


def _to_html(request: Request) -> str:
    """Return a DOCX as HTML, without its images.

    Raises:
        Rejected: the document is damaged.
    """
    import mammoth

    try:
        with request.path.open("rb") as stream:
            result = mammoth.convert_to_html(
                stream,
                style_map=_STYLES,
                convert_image=mammoth.images.img_element(lambda _image: {}),
                external_file_access=False,
            )
    # What mammoth raises on damaged XML depends on where the damage is.
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        ExpatError,
        BadZipFile,
    ) as error:
        raise Rejected(
            "le document Word est abîmé. Ouvrez-le dans Word, enregistrez-le de nouveau puis"
            " réessayez."
        ) from error
    return str(result.value)


def _properties(archive: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the title and dates of the core properties."""
    from lxml import etree

    if _PROPERTIES not in archive.namelist():
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(archive.read(_PROPERTIES), parser=parser)
    except etree.LxmlError:
        return {}
    return {etree.QName(e).localname: (e.text or "").strip() for e in root if e.tag is not None}
