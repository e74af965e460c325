"""A deliverable as plain text and as a Word document, with its sources, pages and dates."""

import datetime as dt
import io
import re

from assistant.answer import Citation
from assistant.task import Deliverable
from knowledge.dates import say_date

FICTIONAL = "Compte rendu fictif (démonstration)"
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*")


def sources_of(deliverable: Deliverable) -> list[str]:
    """Return one line for each source: number, title, section, page, date and address."""
    return [_source(citation) for citation in deliverable.citations] + list(deliverable.references)


def as_text(deliverable: Deliverable, *, with_sources: bool = True) -> str:
    """Return a deliverable as plain text, its sources at the end unless told otherwise."""
    said = _EMPHASIS.sub(r"\1", deliverable.text).replace("  \n", "\n")
    sources = sources_of(deliverable) if with_sources else []
    return "\n".join([said, "", "Sources", *sources]) if sources else said


def write_docx(deliverable: Deliverable, *, today: dt.date) -> bytes:
    """Return a deliverable as a Word document in French."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = deliverable.title, "Appui", "fr-FR"
    properties.created = properties.modified = dt.datetime.combine(today, dt.time(), dt.UTC)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    document.add_heading(deliverable.title, level=1)
    for line in filter(None, deliverable.text.split("\n")):
        heading = _EMPHASIS.fullmatch(line)
        if heading:
            document.add_heading(heading[1], level=2)
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_paragraph(line.rstrip())
    if sources := sources_of(deliverable):
        document.add_heading("Sources", level=2)
        for source in sources:
            document.add_paragraph(source)
    document.add_paragraph(f"Préparé avec Appui le {say_date(today.isoformat())}, à relire.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _source(citation: Citation) -> str:
    dated = (
        f"{citation.date_meaning or 'daté du'} {say_date(citation.date)}" if citation.date else ""
    )
    details = [
        citation.title,
        citation.section,
        f"page {citation.page}" if citation.page else None,
        dated,
        FICTIONAL if citation.fictional else None,
        citation.url,
    ]
    return f"[{citation.n}] " + " · ".join(detail for detail in details if detail)
