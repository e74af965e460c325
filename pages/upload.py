"""Adding documents from the browser: progress while they are read, then what became of each."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingestion.errors import IngestionError
from knowledge.documents import COLLECTIONS, Collection
from knowledge.errors import KnowledgeError
from pages import messages, text
from pages.dates import counted

if TYPE_CHECKING:
    from ingestion.report import Progress, Report

_TYPES = ("pdf", "docx", "odt", "html", "htm", "md", "txt", "csv", "xlsx", "tgz", "zip", "json")
_STAGES = {"lecture": "Lecture", "indexation": "Indexation"}
_RESULT = "upload result"


def show_upload(home: Path) -> None:
    """Offer to add files, and say what became of the last ones."""
    st.html("<h2>Ajouter des documents</h2>")
    with st.form("upload-form", clear_on_submit=True):
        files = st.file_uploader(
            "PDF, Word, OpenDocument, page web, texte ou tableau",
            type=_TYPES,
            accept_multiple_files=True,
            key="files",
        )
        collection = st.segmented_control(
            "Les ranger dans",
            COLLECTIONS,
            default="local",
            format_func=messages.COLLECTIONS.__getitem__,
            key="upload collection",
            required=True,
        )
        submitted = st.form_submit_button("Ajouter", type="primary")
    place = st.empty()
    if submitted and not files:
        place.html('<p class="caution" role="status">Choisissez d\'abord un fichier.</p>')
    elif submitted:
        with place.container():
            st.session_state[_RESULT] = _add(files, home, collection or "local")
        place.empty()
    if result := st.session_state.pop(_RESULT, None):
        with place.container():
            st.html(result)


def _add(files: Sequence[UploadedFile], home: Path, collection: Collection) -> str:
    """Read the files into the library; return what became of them, as HTML."""
    from ingestion.add import add_paths

    bar = st.progress(0.0, text="Lecture des fichiers…")

    def show_wait(message: str) -> None:
        bar.progress(0.0, text=message)

    def show_progress(progress: "Progress") -> None:
        stage = _STAGES.get(progress.stage, progress.stage)
        share = progress.done / progress.total if progress.total else 1.0
        bar.progress(min(1.0, share), text=f"{stage} : {text.label(progress.name)}")

    folder = home / "uploads"
    try:
        paths = [_written(file, folder) for file in files]
        try:
            report = add_paths(
                paths,
                home=home,
                collection=collection,
                on_progress=show_progress,
                on_wait=show_wait,
            )
        finally:
            # What is needed of a file is in the library; a second copy would outlive its removal.
            for path in paths:
                path.unlink(missing_ok=True)
    except (IngestionError, KnowledgeError) as error:
        return f'<p class="refusal" role="alert">{html.escape(str(error))}</p>'
    except OSError as error:
        reason = html.escape(error.strerror or str(error))
        return (
            f'<p class="refusal" role="alert">Les fichiers n\'ont pas pu être écrits dans '
            f"{html.escape(str(folder))} : {reason}. Libérez de la place ou vérifiez les droits du "
            "dossier, puis réessayez.</p>"
        )
    return _outcome(report)


def _written(file: UploadedFile, folder: Path) -> Path:
    """Write an upload under its own name, since the name gives the document its identifier."""
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(file.name.replace("\\", "/")).name.replace("\0", "")
    path = folder / (name if name not in ("", ".", "..") else "document")
    path.write_bytes(file.getbuffer())
    return path


def _outcome(report: "Report") -> str:
    """Say in words what became of each file."""
    lines = []
    if report.added or report.updated:
        said = [
            counted(len(report.added), "document ajouté", "documents ajoutés")
            if report.added
            else "",
            counted(len(report.updated), "document mis à jour", "documents mis à jour")
            if report.updated
            else "",
        ]
        lines.append(f'<p class="done">{", ".join(part for part in said if part)}.</p>')
    lines += [
        f'<p class="note">{_name(same.path)} : le même contenu est déjà dans la bibliothèque.</p>'
        for same in report.duplicates
    ]
    if report.unchanged:
        said_same = counted(
            report.unchanged, "fichier était déjà connu", "fichiers étaient déjà connus"
        )
        lines.append(f'<p class="note">{said_same}, sans changement.</p>')
    lines += [
        f'<p class="caution">{_name(note.path)} : {html.escape(note.message)}</p>'
        for note in report.notes
    ]
    lines += [
        f'<p class="refusal">{_name(refused.path)} n\'a pas été ajouté : '
        f"{html.escape(refused.reason)}</p>"
        for refused in report.rejected
    ]
    return f'<div role="status">{"".join(lines)}</div>'


def _name(path: str) -> str:
    return html.escape(Path(path).name)
