"""What the steps of a consultation share: its project, its matrix, who decides and what."""

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from knowledge.consultation.build import open_matrix
from knowledge.consultation.carry import note_of_remark
from knowledge.consultation.coded import Coded
from knowledge.consultation.decisions import Action, Decision, now
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.project import Project
from knowledge.consultation.remarks import Remark
from knowledge.consultation.standing import cut_and_joined
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import KnowledgeError
from knowledge.remembering import Remembering
from pages import state

CODER, APART = "consultation coder", "consultation apart"
_TOLD = "consultation told"


def folder() -> Path:
    """Return the folder of the consultation's project."""
    return state.home() / "consultation"


def project() -> Project:
    """Return the consultation's project."""
    return Project(folder())


def matrix(*, of_all: bool = False) -> Matrix | None:
    """Return what was said and decided, None while there is no note.

    Who codes apart sees their own decisions alone, unless ``of_all`` is set.
    """
    apart = coder() if st.session_state.get(APART) and not of_all else None
    return _matrix(str(folder()), _stamp(folder()), apart or None)


def coder() -> str:
    """Return the name of who decides, as it was typed."""
    return str(st.session_state.get(CODER) or "").strip()


def decide(remark: Remark, action: Action, **values: Any) -> bool:  # noqa: ANN401 - of a Decision
    """Keep a decision on a remark; return whether it could be, after saying why not."""
    return _keep(Decision(remark=remark.id, action=action, words=remark.said, **values))


def restore(id_: str) -> None:
    """Undo all that was decided on a remark, be it cut, joined or no longer in its note."""
    if _keep(Decision(remark=id_, action="restore")):
        tell("C'est défait.")


def cut_or_joined(coded: Coded) -> str | None:
    """Return the id of the remark that this one was cut from or joined to, if it was."""
    splits, merges = cut_and_joined(project().decisions())
    remark = coded.remark
    for id_, split in splits.items():
        if any(span.text == remark.text for span in split.spans) and _is_of(id_, remark):
            return id_
    for id_, merge in merges.items():
        if remark.said.startswith(merge.words) and _is_of(id_, remark):
            return id_
    return None


def _is_of(id_: str, remark: Remark) -> bool:
    return note_of_remark(id_) == remark.note.id


def _keep(decision: Decision) -> bool:
    try:
        project().decide(replace(decision, coder=coder(), at=now()))
    except KnowledgeError as error:
        tell(str(error), is_error=True)
        return False
    return True


def accept(coded: Coded, *, of: Matrix, action: Action = "accept", **values: Any) -> bool:  # noqa: ANN401
    """Keep that a remark is as it is proposed, but for the values given."""
    kind = values.get("kind") or coded.kind
    told = replace(coded.standing, kind=kind, polarity=values.get("polarity"))
    same_kind = kind == coded.kind
    theme = values.get("theme") or coded.theme
    held = {
        "kind": kind,
        "theme": coded.proposed_theme if theme == coded.theme else of.edits.base(theme),
        "component": values.get("component") or coded.component,
        "profile": values.get("profile") or coded.profile,
        "polarity": values.get("polarity")
        or (coded.polarity if same_kind else replace(coded, standing=told).polarity),
        "reason": values.get("reason") or "",
    }
    return decide(coded.remark, action, **held)


def tell(said: str, *, is_error: bool = False) -> None:
    """Have something said at the next run."""
    st.session_state[_TOLD] = (said, is_error)


def show_told() -> None:
    """Say what became of the last decision, in a line that is always there: nothing moves."""
    said, is_error = st.session_state.pop(_TOLD, ("", False))
    if is_error:
        st.error(said)
    else:
        st.html(f'<p class="told" role="status">{html.escape(said) or "&nbsp;"}</p>')


def _stamp(at: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes whenever a note, a decision or a theme of the project does."""
    files = sorted((at / "notes").glob("*.json"))
    kept = [each for name in ("decisions.jsonl", "themes.csv") if (each := at / name).exists()]
    if not files:
        return ()
    return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in (*files, *kept))


@st.cache_resource(show_spinner="Lecture des comptes rendus…", max_entries=4)
def _matrix(at: str, stamp: tuple[tuple[str, int, int], ...], apart: str | None) -> Matrix | None:
    """Return the matrix of a project, None while it holds no note."""
    if not stamp:
        return None
    return open_matrix(Project(Path(at)), embedder=_embedder(), coder=apart)


@st.cache_resource(show_spinner=False)
def _embedder() -> Embedder:
    return Remembering(load_embedder())
