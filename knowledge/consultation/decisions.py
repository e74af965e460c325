"""What people decided on the remarks of a consultation: a journal to which lines are only added.

Each line of ``decisions.jsonl`` is one decision, on the disk before the next one begins. The last
line may have been cut while it was written: it is passed over, and nothing before it is lost.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from knowledge.consultation.kinds import Kind
from knowledge.consultation.note import Note
from knowledge.consultation.qualify import Polarity
from knowledge.errors import KnowledgeError

#: ``settle`` ends a disagreement between two who coded apart; ``publish`` is for an isolated idea;
#: ``confirm`` and ``refuse`` are for a convergence of the remark with the one that ``ids`` names.
Action = Literal[
    "accept", "change", "set_aside", "restore", "split", "merge", "settle", "publish", "unpublish",
    "confirm", "refuse",
]  # fmt: skip


class BadDecision(KnowledgeError):
    """A decision cannot be kept, or its journal be read; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Span:
    """An exact slice of a note: ``note.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What someone decided on a remark, and when.

    ``words`` are those of the remark when it was decided: they tell what was decided if the note
    changes. A field that is None changes nothing. ``spans`` are the parts of a split, ``ids`` the
    remarks that a merge joins to this one.
    """

    remark: str
    action: Action
    coder: str = ""
    at: str = ""
    words: str = ""
    kind: Kind | None = None
    theme: str | None = None
    component: str | None = None
    profile: str | None = None
    polarity: Polarity | None = None
    reason: str = ""
    spans: tuple[Span, ...] = ()
    ids: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the decision for JSON, without what it does not say."""
        return {key: value for key, value in asdict(self).items() if value not in (None, "", ())}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Decision":
        """Return the decision that ``to_json`` wrote; what a later version added is left out."""
        known = {field.name for field in fields(cls)}
        kept = {key: value for key, value in values.items() if key in known}
        kept["spans"] = tuple(Span(**span) for span in values.get("spans", ()))
        kept["ids"] = tuple(values.get("ids", ()))
        return cls(**kept)


def now() -> str:
    """Return the time of a decision that is made now, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def check(decision: Decision, note: Note | None) -> None:
    """Refuse a decision that cannot be kept.

    Args:
        decision: what was decided.
        note: the note of its remark, None where the project holds none.

    Raises:
        BadDecision: it lacks what its action needs, or a span is no slice of the note.
    """
    if decision.action not in get_args(Action) or not decision.remark:
        raise BadDecision(f"« {decision.action} » n'est pas une décision possible.")
    if decision.action == "set_aside" and not decision.reason.strip():
        raise BadDecision("Dites pourquoi la remontée est écartée : rien ne s'écarte sans raison.")
    if decision.action in {"merge", "confirm", "refuse"} and not decision.ids:
        raise BadDecision("Choisissez avec quelle autre remontée.")
    if decision.action == "split" and len(decision.spans) < 2:  # noqa: PLR2004
        raise BadDecision("Il faut au moins deux parties pour séparer une remontée.")
    for span in decision.spans:
        if note is None or not span.text.strip() or note.text[span.start : span.end] != span.text:
            raise BadDecision(
                f"« {span.text} » n'est pas un extrait exact du compte rendu : rien n'a été"
                " enregistré."
            )


def append_decision(path: Path, decision: Decision) -> None:
    """Add a decision to a journal; it is on the disk when this returns.

    Raises:
        BadDecision: the journal cannot be written.
    """
    line = json.dumps(decision.to_json(), ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock")), path.open("ab+") as stream:
            _mend_end(stream.fileno())
            os.write(stream.fileno(), line.encode())
            os.fsync(stream.fileno())
    except OSError as error:
        raise BadDecision(
            f"La décision ne peut pas être écrite dans {path} : vérifiez vos droits et la place"
            " qui reste."
        ) from error


def read_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a journal, in the order in which they were made.

    Raises:
        BadDecision: a line other than the last one cannot be read.
    """
    if not path.exists():
        return []
    *lines, last = path.read_bytes().split(b"\n")
    found = []
    for number, line in enumerate(lines, start=1):
        decision = _read(line)
        if decision is None:
            raise BadDecision(
                f"La ligne {number} de {path} ne peut pas être lue : corrigez-la ou retirez-la."
            )
        found.append(decision)
    torn = _read(last)
    return [*found, torn] if torn else found


def _read(line: bytes) -> Decision | None:
    """Return the decision of a line, None where it is not whole."""
    try:
        return Decision.from_json(json.loads(line))
    except (ValueError, TypeError, AttributeError):
        return None


def _mend_end(descriptor: int) -> None:
    """End the last line of a journal: a whole one by a line end, a torn one by taking it away."""
    size = os.fstat(descriptor).st_size
    end = os.pread(descriptor, size, 0).rpartition(b"\n")[2]
    if end and _read(end):
        os.write(descriptor, b"\n")
    elif end:
        os.ftruncate(descriptor, size - len(end))
