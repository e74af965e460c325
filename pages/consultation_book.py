"""The livre blanc on the page: what stops it, its sentences with their extracts, its files."""

import datetime as dt
import html
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import streamlit as st

from assistant.mask import mask
from knowledge.consultation.book import Claim, Manuscript, Paragraph, Title
from knowledge.consultation.book_blocks import Layout, Quote, quote_of
from knowledge.consultation.book_build import Build, build, keep_edited
from knowledge.consultation.book_docx import write_docx
from knowledge.consultation.book_pdf import write_pdf
from knowledge.consultation.book_problem import Problem
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.project import Project
from pages import text
from pages.dates import counted
from pages.messages import FICTIONAL

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FINAL = "Version finale : tout doit être validé ou écarté"
_SHOWN = 30


def show_book(project: Project, matrix: Matrix) -> None:
    """Show the livre blanc of a project, and offer its files and its source."""
    st.html("<h2>Livre blanc</h2>")
    final = st.toggle(_FINAL, key="book-final")
    made = _built(
        str(project.folder), _stamp(project.folder), final=final, _project=project, _matrix=matrix
    )
    st.html(status_html(made))
    if made.problems:
        st.html(problems_html(made.problems))
    _files(made)
    _upload(project)
    for title, items in _chapters(made.manuscript):
        with st.expander(title):
            st.html(chapter_html(items, made))


def status_html(made: Build) -> str:
    """Return whose text it is, what it rests on, and whether anything stops it."""
    aside = len(made.evidence.matrix.set_aside)
    told = (
        f"{counted(len(made.manuscript.claims), 'phrase')},"
        f" {counted(made.used, 'extrait utilisé', 'extraits utilisés')},"
        f" {counted(aside, 'écarté')}. "
    )
    whose = (
        "Texte : brouillon d'Appui, refait à chaque décision."
        if made.is_drafted
        else "Texte : le vôtre, gardé tel que vous l'avez déposé."
    )
    draft = (
        "<p class=\"caution\">Brouillon : propositions d'Appui non validées. C'est écrit sur chaque"
        " page.</p>"
        if made.is_draft
        else ""
    )
    return f'<p role="status">{told}{whose}</p>{draft}'


def problems_html(problems: Iterable[Problem]) -> str:
    """Return what stops the build, each with its remedy."""
    listed = list(problems)
    stops = counted(len(listed), "point arrête", "points arrêtent")
    lines = "".join(f"<li>{_problem(each)}</li>" for each in listed[:_SHOWN])
    more = f"<p>… et {len(listed) - _SHOWN} autres.</p>" if len(listed) > _SHOWN else ""
    return f'<p class="refusal">{stops} la construction.</p><ul>{lines}</ul>{more}'


def chapter_html(items: Iterable[Title | Paragraph], made: Build) -> str:
    """Return the sentences of a chapter, each opening the extracts that it rests on."""
    return "".join(
        f"<h{item.level}>{html.escape(item.text)}</h{item.level}>"
        if isinstance(item, Title)
        else "".join(_sentence(claim, made) for claim in item.claims)
        for item in items
    )


def _problem(problem: Problem) -> str:
    place = f"Ligne {problem.line}. " if problem.line else ""
    said = f"« {problem.sentence} » : " if problem.sentence else ""
    told = html.escape(text.unbroken(f"{place}{said}{problem.reason}"))
    return f"{told}<br><strong>{html.escape(problem.remedy)}</strong>"


def _sentence(claim: Claim, made: Build) -> str:
    cited = made.evidence.cited(claim.marks)
    extracts = "".join(
        f"<li>{_quote(quote_of(each), is_fictional=each.note.fictional)}</li>" for each in cited
    )
    number = counted(len(cited), "extrait")
    return (
        f"<details><summary>{html.escape(claim.text)} ({number})</summary>"
        f"<ul>{extracts}</ul></details>"
    )


def _quote(quote: Quote, *, is_fictional: bool) -> str:
    words = "".join(
        f"<em>{html.escape(part.text)}</em>" if part.is_spoken else html.escape(part.text)
        for part in quote.parts
    )
    source = html.escape(f"{quote.source} · {FICTIONAL}" if is_fictional else quote.source)
    return f'[{quote.number}] {quote.label} : {words}<br><small class="from">{source}</small>'


def _chapters(manuscript: Manuscript) -> Iterator[tuple[str, list[Title | Paragraph]]]:
    """Yield the chapters with their titles and sentences; quotations are among the extracts."""
    title, items = manuscript.title, list[Title | Paragraph]()
    for item in manuscript.items:
        if isinstance(item, Title) and item.level == 2:  # noqa: PLR2004  of a chapter
            if items:
                yield title, items
            title, items = item.text, []
        elif isinstance(item, Title | Paragraph):
            items.append(item)
    if items:
        yield title, items


def _files(made: Build) -> None:
    """Offer the files, made when they are asked for; the source even when something stops it."""
    today = dt.date.today()  # noqa: DTZ011  the day of whoever reads
    layout = made.layout

    def write(writer: Callable[..., bytes], layout: Layout) -> Callable[[], bytes]:
        return lambda: writer(layout, today=today)

    with st.container(horizontal=True, key="book-files"):
        if layout is not None:
            for name, kind, writer, mime in (
                ("Télécharger en Word (DOCX)", "docx", write_docx, _DOCX),
                ("Télécharger en PDF", "pdf", write_pdf, "application/pdf"),
            ):
                st.download_button(
                    name,
                    write(writer, layout),
                    file_name=f"livre-blanc-{today.isoformat()}.{kind}",
                    mime=mime,
                    on_click="ignore",
                )
        st.download_button(
            "Télécharger le texte à modifier (Markdown)",
            made.source.encode(),
            file_name="livre-blanc.md",
            mime="text/markdown",
            on_click="ignore",
        )


def _upload(project: Project) -> None:
    """Take back the text that somebody edited; the one before it is kept beside."""
    with st.form("book-form", clear_on_submit=True, border=False):
        file = st.file_uploader(
            "Déposer le texte modifié (Markdown)", type=("md", "txt"), key="book-source"
        )
        if not (st.form_submit_button("Prendre ce texte") and file):
            return
    try:
        source = file.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        st.html('<p class="caution">Ce fichier n\'est pas en UTF-8 : enregistrez-le en UTF-8.</p>')
        return
    keep_edited(project, source)
    st.rerun()


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes whenever a file of the project does."""
    files = sorted([*folder.glob("*"), *folder.glob("notes/*")])
    return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)


@st.cache_resource(show_spinner="Je relis chaque phrase…", max_entries=4)
def _built(
    folder: str,  # noqa: ARG001  names what is cached
    stamp: tuple[tuple[str, int, int], ...],  # noqa: ARG001  the same
    *,
    final: bool,
    _project: Project,
    _matrix: Matrix,
) -> Build:
    """Return the livre blanc of a project, checked again when a file of it changed."""
    return build(_project, _matrix, mask=lambda text: mask(text).text, final=final)
