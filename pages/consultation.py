"""The consultation's page: import notes, read what was said theme by theme, region by region."""

import html
import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingestion.note_files import read_note_files
from knowledge.consultation.build import open_matrix
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.project import Project
from knowledge.embedding import load_embedder
from knowledge.errors import KnowledgeError
from pages import consultation_view as view
from pages import state
from pages.dates import counted

_TYPES = ("md", "txt", "docx", "odt", "csv", "xlsx", "pdf")
_BUNDLED = Path(__file__).parents[1] / "knowledge" / "corpus" / "consultation"
_RESULT = "notes read"
_VIEWS = {
    "matrix": "Matrice",
    "extracts": "Extraits",
    "isolated": "Idées isolées",
    "contradictions": "Divergences",
    "young": "Parole des jeunes",
}


def show_consultation() -> None:
    """Show the workspace of the consultation, kept in the data folder."""
    st.title("Consultation", anchor=False)
    folder = state.home() / "consultation"
    project = Project(folder)
    try:
        matrix = _matrix(str(folder), _stamp(folder))
        _import(project, empty=matrix is None)
        if matrix is not None:
            _explore(matrix)
    except KnowledgeError as error:
        st.error(str(error))


def _import(project: Project, *, empty: bool) -> None:
    """Offer to import notes, and say what became of the last ones."""
    if result := st.session_state.pop(_RESULT, None):
        st.html(result)
    if empty:
        st.markdown(
            "Importez des comptes rendus : Appui y relève ce qui a été dit, le range par thème et"
            " compte les réunions, région par région. Chaque extrait reste celui du compte rendu."
        )
        if st.button("Essayer avec les comptes rendus fictifs", key="notes-demo"):
            _read([_BUNDLED], project)
    with (
        st.expander("Importer des comptes rendus", expanded=empty),
        st.form("notes-form", clear_on_submit=True, border=False),
    ):
        files = st.file_uploader(
            "Markdown, Word, OpenDocument, PDF, texte ou tableau",
            type=_TYPES,
            accept_multiple_files=True,
            key="notes",
        )
        if st.form_submit_button("Importer", type="primary") and files:
            _read_uploaded(files, project)


def _read_uploaded(files: Sequence[UploadedFile], project: Project) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            (Path(folder) / Path(file.name).name).write_bytes(file.getvalue())
        _read([Path(folder)], project)


def _read(paths: Sequence[Path], project: Project) -> None:
    """Read files into the project, and show the page again with what became of them."""
    with st.spinner("Lecture des comptes rendus…"):
        notes, rejected = read_note_files(paths)
        changed = sum(project.keep(note) for note in notes)
    lines = [f"{counted(changed, 'compte rendu importé', 'comptes rendus importés')}."]
    if same := len(notes) - changed:
        lines.append(f"{counted(same, 'compte rendu', 'comptes rendus')} déjà là.")
    refused = "".join(
        f'<p class="caution">{html.escape(name)} : {html.escape(why)}</p>'
        for name, why in rejected.items()
    )
    st.session_state[_RESULT] = f'<p class="note" role="status">{" ".join(lines)}</p>{refused}'
    st.rerun()


def _explore(matrix: Matrix) -> None:
    """Show what was said, one view at a time."""
    st.html(view.summary_html(matrix))
    chosen = st.segmented_control(
        "Voir",
        list(_VIEWS),
        format_func=_VIEWS.__getitem__,
        key=state.hold("consultation view", first="matrix"),
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    match chosen:
        case "extracts":
            theme = st.selectbox(
                "Thème", [each for each, said in matrix.themes.items() if said], key="notes-theme"
            )
            st.html(view.extracts_html(matrix.themes[theme]))
        case "isolated":
            st.html(view.isolated_html(matrix))
        case "contradictions":
            st.html(view.contradictions_html(matrix))
        case "young":
            st.html(view.young_html(matrix))
        case _:
            st.html(view.matrix_html(matrix))


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    """Return what changes whenever a note of the project does."""
    files = sorted((folder / "notes").glob("*.json"))
    return tuple((file.name, file.stat().st_mtime_ns) for file in files)


@st.cache_resource(show_spinner="Lecture des comptes rendus…", max_entries=2)
def _matrix(folder: str, stamp: tuple[tuple[str, int], ...]) -> Matrix | None:
    """Return the matrix of a project, None while it holds no note."""
    if not stamp:
        return None
    return open_matrix(Project(Path(folder)), embedder=load_embedder())
