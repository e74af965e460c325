"""A consultation's project: a folder of text files that can be copied, versioned and reopened.

``notes/ID.json`` is the header and pieces of a note and ``notes/ID.txt`` its text; every file is
written whole beside its place and then moved there, so that a cut never leaves half of one.
``decisions.jsonl`` is the journal of what people decided, ``themes.csv`` what they changed of the
themes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge.consultation.carry import note_of_remark
from knowledge.consultation.decisions import Decision, append_decision, check, read_decisions
from knowledge.consultation.duplicates import is_version
from knowledge.consultation.note import Note
from knowledge.consultation.theme_edits import ThemeEdits, read_edits, write_edits
from knowledge.errors import KnowledgeError
from knowledge.whole_file import write_whole

_FORMAT = 1
# How many figures of its SHA-256 tell a note from another whose file has the same name.
_MARK = 6


class BadProject(KnowledgeError):
    """A project folder cannot be read or written; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The identifier under which a note is kept, and whether keeping it changed anything."""

    id: str
    is_changed: bool


class Project:
    """The notes of a consultation, in a folder."""

    def __init__(self, folder: Path) -> None:
        """Open a project; the folder is made at the first note."""
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the project is kept."""
        return self._folder

    def notes(self) -> list[Note]:
        """Return the notes.

        Raises:
            BadProject: the folder holds no project, or a note in it was changed by hand.
        """
        self._check()
        return [self._note(path) for path in sorted((self._folder / "notes").glob("*.json"))]

    def rejected(self) -> list[dict[str, str]]:
        """Return the files that could not be read, each with its reason."""
        path = self._folder / "rejected.json"
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return [{"file": file, "reason": why} for file, why in sorted(found.items())]

    def keep(self, note: Note) -> Kept:
        """Keep a note, in place of the former version of it.

        Where its file has the name of that of another meeting, it takes another identifier, and
        both are kept.
        """
        note = replace(note, id=self._id_for(note))
        before = self._folder / "notes" / f"{note.id}.json"
        if before.exists() and json.loads(before.read_text(encoding="utf-8"))["note"] == _plain(
            note
        ):
            return Kept(note.id, is_changed=False)
        self._write("project.json", {"format": _FORMAT})
        self._write_text(f"notes/{note.id}.txt", note.text)
        digest = sha256(note.text.encode()).hexdigest()
        self._write(f"notes/{note.id}.json", {"text_sha256": digest, "note": _plain(note)})
        return Kept(note.id, is_changed=True)

    def set_rejected(self, file: str, why: str | None) -> None:
        """Keep why a file could not be read, or that it now can."""
        found = {each["file"]: each["reason"] for each in self.rejected()}
        found.pop(file, None)
        if why is not None:
            found[file] = why
        self._write("rejected.json", found)

    def decisions(self) -> list[Decision]:
        """Return what people decided, oldest first.

        Raises:
            BadDecision: the journal cannot be read.
        """
        return read_decisions(self._folder / "decisions.jsonl")

    def decide(self, decision: Decision) -> None:
        """Keep a decision; it is on the disk when this returns.

        Raises:
            BadDecision: it cannot be kept: a span that is no slice of the note, no reason to set
                a remark aside.
        """
        check(decision, self._note_named(note_of_remark(decision.remark)))
        append_decision(self._folder / "decisions.jsonl", decision)

    def theme_edits(self) -> ThemeEdits:
        """Return what people changed of the themes."""
        path = self._folder / "themes.csv"
        return read_edits(path.read_text(encoding="utf-8")) if path.exists() else ThemeEdits()

    def keep_theme_edits(self, edits: ThemeEdits) -> None:
        """Keep what people changed of the themes, in place of what was there."""
        self._write_text("themes.csv", write_edits(edits))

    def _check(self) -> None:
        """Refuse a folder that holds no project.

        Raises:
            BadProject: it does not.
        """
        if not (self._folder / "project.json").exists():
            raise BadProject(
                f"Le dossier {self._folder} ne contient pas de projet de consultation : importez"
                " d'abord des comptes rendus avec « python -m knowledge consultation import »."
            )

    def _id_for(self, note: Note) -> str:
        """Return the identifier of the note whose place this one takes, or one of its own."""
        mark = f"-{note.sha256[:_MARK]}"
        first = note.id.removesuffix(mark)
        held = self._named_alike(first)
        same = next((id_ for id_, each in held.items() if each.sha256 == note.sha256), None)
        if same is not None or note.id not in held:
            return same or note.id
        in_order = sorted(held, key=lambda id_: id_ != note.id)
        return next((id_ for id_ in in_order if is_version(note, held[id_])), first + mark)

    def _named_alike(self, first: str) -> dict[str, Note]:
        """Return the notes of files of one name, by identifier."""
        pattern = re.compile(rf"{re.escape(first)}(?:-[0-9a-f]{{{_MARK}}})?")
        paths = sorted((self._folder / "notes").glob(f"{first}*.json"))
        return {path.stem: _read(path)[0] for path in paths if pattern.fullmatch(path.stem)}

    def _note_named(self, id_: str) -> Note | None:
        path = self._folder / "notes" / f"{id_}.json"
        return self._note(path) if path.exists() else None

    def _note(self, path: Path) -> Note:
        note, is_intact = _read(path)
        if not is_intact:
            raise BadProject(
                f"Le texte de « {path.stem} » a été changé dans {path.parent} : ses extraits n'y"
                " seraient plus. Importez de nouveau le compte rendu."
            )
        return note

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        self._write_text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def _write_text(self, name: str, text: str) -> None:
        try:
            write_whole(self._folder / name, text.encode())
        except OSError as error:
            raise BadProject(
                f"Le projet ne peut pas être écrit dans {self._folder} : vérifiez vos droits et la"
                " place qui reste."
            ) from error


def _read(path: Path) -> tuple[Note, bool]:
    """Return the note that a file is the header of, and whether its text is as it was kept."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_bytes().decode()
    is_intact = sha256(text.encode()).hexdigest() == kept["text_sha256"]
    return Note.from_json(kept["note"], text=text), is_intact


def _plain(note: Note) -> Any:  # noqa: ANN401 - as JSON reads it
    """Return a note as it is read back from JSON: lists for tuples."""
    return json.loads(json.dumps(note.to_json()))
