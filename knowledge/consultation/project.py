"""A consultation's project: a folder of text files that can be copied, versioned and reopened.

``notes/ID.json`` is the header and pieces of a note and ``notes/ID.txt`` its text; every file is
written whole beside its place and then moved there, so that a cut never leaves half of one.
``decisions.jsonl`` is the journal of what people decided, ``themes.csv`` what they changed of the
themes.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge.consultation.carry import note_of_remark
from knowledge.consultation.decisions import Decision, append_decision, check, read_decisions
from knowledge.consultation.note import Note
from knowledge.consultation.theme_edits import ThemeEdits, read_edits, write_edits
from knowledge.errors import KnowledgeError
from knowledge.whole_file import write_whole

_FORMAT = 1


class BadProject(KnowledgeError):
    """A project folder cannot be read or written; the message is for the user."""


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

    def keep(self, note: Note) -> bool:
        """Keep a note; return whether it changed anything."""
        before = self._folder / "notes" / f"{note.id}.json"
        if before.exists() and json.loads(before.read_text(encoding="utf-8"))["note"] == _plain(
            note
        ):
            return False
        self._write("project.json", {"format": _FORMAT})
        self._write_text(f"notes/{note.id}.txt", note.text)
        digest = sha256(note.text.encode()).hexdigest()
        self._write(f"notes/{note.id}.json", {"text_sha256": digest, "note": _plain(note)})
        return True

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

    def _note_named(self, id_: str) -> Note | None:
        path = self._folder / "notes" / f"{id_}.json"
        return self._note(path) if path.exists() else None

    def _note(self, path: Path) -> Note:
        kept = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode()
        if sha256(text.encode()).hexdigest() != kept["text_sha256"]:
            raise BadProject(
                f"Le texte de « {path.stem} » a été changé dans {path.parent} : ses extraits n'y"
                " seraient plus. Importez de nouveau le compte rendu."
            )
        return Note.from_json(kept["note"], text=text)

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


def _plain(note: Note) -> Any:  # noqa: ANN401 - as JSON reads it
    """Return a note as it is read back from JSON: lists for tuples."""
    return json.loads(json.dumps(note.to_json()))
