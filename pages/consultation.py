"""The consultation's page: import notes, decide what each remark says, name themes, count."""

import html
import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingestion.note_files import read_note_files
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.note import warnings_of
from knowledge.consultation.project import Project
from knowledge.errors import KnowledgeError
from pages import consultation_data as data
from pages import consultation_view as view
from pages import state
from pages.consultation_book import show_book
from pages.consultation_coverage import coverage_html
from pages.consultation_matrix import show_matrix
from pages.consultation_qualify import show_qualify
from pages.consultation_themes import show_themes
from pages.dates import counted

_TYPES = ("md", "txt", "docx", "odt", "csv", "xlsx", "pdf")
_BUNDLED = Path(__file__).parents[1] / "knowledge" / "corpus" / "consultation"
_RESULT = "notes read"
_STEPS = {
    "import": "1. Import",
    "qualify": "2. Qualifier",
    "themes": "3. Thèmes",
    "matrix": "4. Matrice",
    "book": "5. Livre blanc",
}


def show_consultation() -> None:
    """Show the workspace of the consultation, kept in the data folder."""
    st.title("Consultation", anchor=False)
    try:
        matrix = data.matrix()
        if matrix is None:
            _import(data.project(), empty=True)
        else:
            _steps(matrix)
    except KnowledgeError as error:
        st.error(str(error))


def _steps(matrix: Matrix) -> None:
    """Show how far the work is, and the step that was chosen."""
    if result := st.session_state.pop(_RESULT, None):
        st.html(result)
    st.html(view.summary_html(matrix))
    step = st.segmented_control(
        "Étape",
        list(_STEPS),
        format_func=_STEPS.__getitem__,
        key=state.hold("consultation step", first="matrix"),
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    match step:
        case "import":
            _import(data.project(), empty=False)
            st.html(coverage_html(matrix))
        case "qualify":
            show_qualify(matrix)
        case "themes":
            show_themes(matrix)
        case "book":
            # Of what everybody decided, even for who codes apart.
            show_book(data.project(), data.matrix(of_all=True) or matrix)
        case _:
            show_matrix(matrix)


def _import(project: Project, *, empty: bool) -> None:
    """Offer to import notes."""
    if empty:
        if result := st.session_state.pop(_RESULT, None):
            st.html(result)
        st.markdown(
            "Importez des comptes rendus : Appui y relève ce qui a été dit, le range par thème et"
            " compte les réunions, région par région. Chaque extrait reste celui du compte rendu."
        )
        if st.button("Essayer avec les comptes rendus fictifs", key="notes-demo"):
            _read([_BUNDLED], project)
    with st.form("notes-form", clear_on_submit=True):
        files = st.file_uploader(
            "Importer des comptes rendus : Markdown, Word, OpenDocument, PDF, texte ou tableau",
            type=_TYPES,
            accept_multiple_files=True,
            key="notes",
        )
        if st.form_submit_button("Importer", type="primary") and files:
            _read_uploaded(files, project)


def _read_uploaded(files: Sequence[UploadedFile], project: Project) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Two files may have the same name: each has a folder of its own.
        for number, file in enumerate(files):
            path = Path(folder) / str(number) / Path(file.name).name
            path.parent.mkdir()
            path.write_bytes(file.getvalue())
        _read([Path(folder)], project)


def _read(paths: Sequence[Path], project: Project) -> None:
    """Read files into the project, and show the page again with what became of them."""
    with st.spinner("Lecture des comptes rendus…"):
        notes, rejected = read_note_files(paths)
        changed = [note for note in notes if project.keep(note).is_changed]
    lines = [f"{counted(len(changed), 'compte rendu importé', 'comptes rendus importés')}."]
    if same := len(notes) - len(changed):
        lines.append(f"{counted(same, 'compte rendu', 'comptes rendus')} déjà là.")
    warnings = warnings_of(changed)
    said_of_files = "".join(
        f'<p class="{style}">{html.escape(name)} : {html.escape(said)}</p>'
        for style, told in (("caution", rejected.items()), ("note", warnings))
        for name, said in told
    )
    summary = " ".join(lines)
    st.session_state[_RESULT] = f'<p class="note" role="status">{summary}</p>{said_of_files}'
    st.rerun()
