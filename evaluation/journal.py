"""What a run has already answered, beside its file, so that a run cut short is taken up again."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from evaluation.run import Record, record_from


class Journal:
    """The answers of an unfinished run, one JSON line each under a line of settings.

    A journal made under other settings (another set, index, model or version) is begun again. A
    line cut in the middle, by a full disk or a power cut, is asked again.
    """

    def __init__(self, file: Path | None, *, settings: Mapping[str, Any]) -> None:
        """Take up the journal ``file``; None keeps nothing."""
        self._file = file
        self.records: dict[str, Record] = {}
        if file is None:
            return
        lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
        if lines and _parsed(lines[0]) == dict(settings):
            entries = filter(None, map(_parsed, lines[1:]))
            self.records = {each.question.id: each for each in map(record_from, entries)}
        kept = [settings, *(record.to_json() for record in self.records.values())]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(map(_line, kept)), encoding="utf-8")

    def add(self, record: Record) -> None:
        """Keep one more record."""
        self.records[record.question.id] = record
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(_line(record.to_json()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Remove the journal of a run that finished."""
        if kind is None and self._file is not None:
            self._file.unlink(missing_ok=True)


def journal_of(out: Path) -> Path:
    """Return where the journal of the run written to ``out`` is."""
    return out.with_name(f"{out.name}.partial")


def _line(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False) + "\n"


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        content = json.loads(line)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
