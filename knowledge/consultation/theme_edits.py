"""What people changed of a consultation's themes: ``themes.csv``, which anyone can edit."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.analysis import words

_COLUMNS = ("theme", "nom", "mots", "reuni_avec")


@dataclass(frozen=True, slots=True)
class ThemeEdit:
    """What was changed of a theme: its name, the words that say it, the theme that it joins."""

    theme: str
    name: str = ""
    words: tuple[str, ...] = ()
    joined: str = ""


class ThemeEdits:
    """The edits of a project, by the name that Appui gave each theme."""

    def __init__(self, edits: Iterable[ThemeEdit] = ()) -> None:
        """Hold edits; of two edits of one theme, the last one counts."""
        self._edits = {edit.theme: edit for edit in edits if edit.theme}

    def __iter__(self) -> Iterator[ThemeEdit]:
        """Yield the edits."""
        return iter(self._edits.values())

    def of(self, theme: str) -> ThemeEdit:
        """Return the edit of a theme, an empty one where nothing was changed."""
        return self._edits.get(theme, ThemeEdit(theme))

    def label(self, theme: str) -> str:
        """Return the name under which a theme is counted."""
        seen = {theme}
        while (joined := self.of(theme).joined) and joined not in seen:
            seen.add(joined)
            theme = joined
        return self.of(theme).name or theme

    def base(self, label: str) -> str:
        """Return the name that Appui gave to the theme that people know under this one."""
        return next((edit.theme for edit in self if edit.name == label), label)

    def changed(self, edit: ThemeEdit) -> "ThemeEdits":
        """Return these edits with one more, which takes the place of that of its theme."""
        others = [each for each in self if each.theme != edit.theme]
        return ThemeEdits([*others, edit] if edit != ThemeEdit(edit.theme) else others)

    def spoken(self, said: str) -> str | None:
        """Return the theme whose added words are in a remark, the longest ones first, if any."""
        told = words(said)
        found = [
            (len(key), edit.theme)
            for edit in self._edits.values()
            for key in map(words, edit.words)
            if key and _holds(told, key)
        ]
        return min(found, key=lambda each: (-each[0], each[1]))[1] if found else None


def read_edits(text: str) -> ThemeEdits:
    """Return the edits that a table holds; « , » separates words, « ; » columns."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    return ThemeEdits(map(_edit, rows))


def write_edits(edits: ThemeEdits) -> str:
    """Return the table of edits."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([e.theme, e.name, ", ".join(e.words), e.joined] for e in edits)
    return stream.getvalue()


def _edit(row: Mapping[str, str | None]) -> ThemeEdit:
    theme, name, said, joined = ((row.get(column) or "").strip() for column in _COLUMNS)
    return ThemeEdit(theme, name, tuple(filter(None, map(str.strip, said.split(",")))), joined)


def _holds(told: list[str], key: list[str]) -> bool:
    return any(told[at : at + len(key)] == key for at in range(len(told) - len(key) + 1))
