"""Builds the livre blanc of a project: drafts or reads it, checks it, lays it out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from knowledge.consultation.book import Evidence, Manuscript, Mask
from knowledge.consultation.book_blocks import Layout
from knowledge.consultation.book_checks import problems
from knowledge.consultation.book_draft import draft
from knowledge.consultation.book_export import with_annex
from knowledge.consultation.book_gaps import undecided
from knowledge.consultation.book_layout import lay_out
from knowledge.consultation.book_markdown import read_markdown
from knowledge.consultation.book_problem import Problem
from knowledge.consultation.matrix import Matrix
from knowledge.consultation.project import BadProject, Project
from knowledge.whole_file import write_whole

#: The source of the livre blanc, which people edit, and what Appui knows of its last draft.
SOURCE, _STATE = "livre-blanc.md", "livre-blanc.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A livre blanc that was checked; ``layout`` is None when something stops it.

    ``source`` is its Markdown; ``is_drafted`` tells that Appui wrote all of it just now.
    """

    source: str
    is_drafted: bool
    is_draft: bool
    manuscript: Manuscript
    evidence: Evidence
    problems: tuple[Problem, ...]
    layout: Layout | None

    @property
    def used(self) -> int:
        """How many extracts its sentences rest on."""
        marks = [mark for claim in self.manuscript.claims for mark in claim.marks]
        return len(self.evidence.cited(marks))


def build(
    project: Project,
    matrix: Matrix,
    *,
    mask: Mask,
    final: bool = False,
    source: str | None = None,
    anew: bool = False,
) -> Build:
    """Check and lay out the livre blanc of a project.

    What people edited is read as it is. A draft that nobody touched is drafted anew, from the
    decisions of today.

    Args:
        project: the folder.
        matrix: what was said in its notes.
        mask: takes personal data out of a text.
        final: whether people must have decided on everything.
        source: a Markdown source to read instead of that of the project.
        anew: whether to draft it whatever people wrote.

    Raises:
        BadProject: the project cannot be read.
    """
    evidence = Evidence(matrix, mask=mask)
    first = draft(evidence)
    kept = source if source is not None or anew else _edited(project.folder)
    manuscript = read_markdown(kept if kept is not None else first)
    drafted = frozenset(claim.text for claim in read_markdown(first).claims)
    waiting = list(undecided(evidence))
    wrong = (*problems(manuscript, evidence), *(waiting if final else ()))
    layout = (
        None if wrong else lay_out(manuscript, evidence, drafted=drafted, is_draft=bool(waiting))
    )
    return Build(
        source=with_annex(kept if kept is not None else first, evidence),
        is_drafted=kept is None,
        is_draft=bool(waiting),
        manuscript=manuscript,
        evidence=evidence,
        problems=wrong,
        layout=layout,
    )


def keep_draft(project: Project, source: str) -> Path:
    """Keep a draft as the source of a project, and know it again until somebody edits it.

    Raises:
        BadProject: it cannot be written.
    """
    state = {"draft_sha256": _digest(source)}
    write_file(project.folder / SOURCE, source.encode())
    write_file(project.folder / _STATE, (json.dumps(state) + "\n").encode())
    return project.folder / SOURCE


def keep_beside(project: Project, source: str) -> Path:
    """Keep a new draft beside the source that people edited, which stays as it is.

    Raises:
        BadProject: it cannot be written.
    """
    path = next(path for path in _names(project.folder) if not path.exists())
    write_file(path, source.encode())
    return path


def keep_edited(project: Project, source: str) -> Path:
    """Keep a source that somebody edited; the one before it stays beside it.

    Raises:
        BadProject: it cannot be written.
    """
    before = _edited(project.folder)
    if before is not None and before != source:
        keep_beside(project, before)
    write_file(project.folder / SOURCE, source.encode())
    return project.folder / SOURCE


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        BadProject: it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadProject(
            f"Le fichier {path} ne peut pas être écrit : vérifiez vos droits et la place qui reste."
        ) from error


def _edited(folder: Path) -> str | None:
    """Return the source that somebody edited, None while there is only a draft, or nothing.

    Raises:
        BadProject: it is no text.
    """
    path, state = folder / SOURCE, folder / _STATE
    if not path.exists():
        return None
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadProject(f"{path} n'est pas en UTF-8 : enregistrez-le en UTF-8.") from error
    known = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
    return None if known.get("draft_sha256") == _digest(source) else source


def _digest(source: str) -> str:
    return sha256(source.encode()).hexdigest()


def _names(folder: Path) -> Iterator[Path]:
    number = 2
    while True:
        yield folder / f"livre-blanc-{number}.md"
        number += 1
