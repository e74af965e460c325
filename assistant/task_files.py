"""A deliverable as plain text, Word document or PDF, with its sources, pages and dates."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from assistant.answer import Answer, Citation
from assistant.pdf_paper import Styles, paper_styles, write_paper
from assistant.task import Deliverable
from knowledge.dates import say_date
from knowledge.pdf_fonts import marked_up
from knowledge.typography import web_address
from knowledge.word_file import speak_french

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

FICTIONAL = "Compte rendu fictif (démonstration)"
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_BEFORE_SENDING = "À vérifier avant d'envoyer"
_PDF_PT, _PDF_LEADING = 10.5, 15


def sources_of(deliverable: Deliverable) -> list[str]:
    """Return one line for each source: number, title, section, page, date and address."""
    return source_lines(deliverable.citations, deliverable.references)


def source_lines(citations: Sequence[Citation], references: Sequence[str]) -> list[str]:
    """Return one line for each citation and each reference."""
    return [*map(_source, citations), *references]


def as_text(deliverable: Deliverable, *, with_sources: bool = True) -> str:
    """Return a deliverable as plain text, its sources at the end unless told otherwise."""
    said = _EMPHASIS.sub(r"\1", deliverable.text).replace("  \n", "\n")
    sources = sources_of(deliverable) if with_sources else []
    return "\n".join([said, "", "Sources", *sources]) if sources else said


def write_docx(deliverable: Deliverable, *, today: dt.date) -> bytes:
    """Return a deliverable as a Word document in French."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = deliverable.title, "Appui"
    properties.created = properties.modified = dt.datetime.combine(today, dt.time(), dt.UTC)
    speak_french(document)
    document.add_heading(deliverable.title, level=1)
    for kind, said in _lines(deliverable, today):
        if kind == "heading":
            document.add_heading(said, level=2)
        else:
            document.add_paragraph(said, style="List Bullet" if kind == "item" else None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_pdf(deliverable: Deliverable, *, today: dt.date) -> bytes:
    """Return a deliverable as a PDF in French, on upright pages."""
    from reportlab.platypus import Paragraph

    styles = paper_styles(_PDF_PT, _PDF_LEADING)

    def story(_: float) -> list["Flowable"]:
        return [
            Paragraph(marked_up(deliverable.title), styles["title"]),
            *(_on_paper(kind, said, styles) for kind, said in _lines(deliverable, today)),
        ]

    made = _made_on(today)
    return write_paper(story, title=deliverable.title, subject=made, footer=made)


#: The files that a deliverable can become, by the end of their name.
WRITERS: dict[str, Callable[..., bytes]] = {"docx": write_docx, "pdf": write_pdf}


def from_answer(answer: Answer) -> Deliverable:
    """Return an answer as what can be copied or written to a file, its question for title."""
    return Deliverable(
        kind="answer",
        title=answer.question,
        text=_HEADING.sub(r"**\1**", answer.text),
        sentences=answer.sentences,
        citations=answer.citations,
        references=(),
        cautions=tuple(each.message for each in answer.warnings if each.kind != "personal_data"),
        model=answer.model,
    )


def _lines(deliverable: Deliverable, today: dt.date) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file, each with what it is: text, item or heading."""
    if deliverable.cautions:
        yield "heading", _BEFORE_SENDING if deliverable.kind != "answer" else "À savoir d'abord"
        yield from (("item", caution) for caution in deliverable.cautions)
        if deliverable.kind != "answer":
            yield "heading", "Le texte"
    for line in filter(None, deliverable.text.split("\n")):
        heading = _EMPHASIS.fullmatch(line)
        if heading:
            yield "heading", heading[1]
        elif line.startswith("- "):
            yield "item", _EMPHASIS.sub(r"\1", line[2:])
        else:
            yield "text", _EMPHASIS.sub(r"\1", line.rstrip())
    if sources := sources_of(deliverable):
        yield "heading", "Sources"
        yield from (("text", source) for source in sources)
    yield "text", _made_on(today)


def _made_on(today: dt.date) -> str:
    return f"Préparé avec Appui le {say_date(today.isoformat())}, à relire."


def _on_paper(kind: str, said: str, styles: Styles) -> "Paragraph":
    from reportlab.platypus import Paragraph

    words = marked_up(said)
    if address := web_address(said.rsplit(" · ", 1)[-1]):
        shown = marked_up(address)
        words = words.replace(shown, f'<a href={quoteattr(address)} color="#0B5D5E">{shown}</a>')
    return Paragraph(words, styles[kind], bulletText="•" if kind == "item" else None)


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
