"""The titles that stand over each line of a note, those that nothing marks as titles included."""

import re
from collections.abc import Sequence

from knowledge.consultation.titles import is_main_title, is_title
from knowledge.consultation.tone import tone_of
from knowledge.units import Unit

#: What opens a list item: a dash, a number, a letter.
BULLET = re.compile(r"\s*(?:[-–•*]|\d+[.)°]|[a-z][)])\s+")

# How many words name something, and say nothing of it.
_NAME = 4


class OpenTitles:
    """The titles under which a line stands that nothing marks as titles, the outermost first."""

    def __init__(self) -> None:
        self._over: tuple[str, ...] = ()
        self._main: str | None = None
        self._minor: str | None = None
        self._is_used = False

    @property
    def said(self) -> tuple[str, ...]:
        """The titles that are open."""
        return tuple(title for title in (self._main, self._minor) if title)

    def enter(self, over: tuple[str, ...], *, is_item: bool) -> None:
        """Close the titles that a heading ends, and the lead-in of a list that is over."""
        if over != self._over:
            self._over, self._main, self._minor = over, None, None
        if self._minor and self._minor.endswith(":") and self._is_used and not is_item:
            self._minor = None
        self._is_used = is_item

    def announce(self, said: str) -> None:
        """Open the part of the meeting that whoever leads it announces."""
        self._main, self._minor = said.rstrip(" ?!."), None

    def open(self, line: Sequence[Unit], *, text: str, following: Sequence[Unit] | None) -> bool:
        """Open the title that a line is; return whether it is one."""
        said = text[line[0].start : line[-1].end]
        if line[0].is_row:
            return False
        if not _is_over_items(line[0], following, said=said, text=text) and (
            not is_title(said) or (line[0].is_item and not _opens_a_list(line[0], following))
        ):
            return False
        if is_main_title(said):
            self._main, self._minor = said, None
        else:
            self._minor = said
        return True


def _opens_a_list(item: Unit, following: Sequence[Unit] | None) -> bool:
    """Tell whether an item is the title of what follows: other items, of another mark."""
    bullet = BULLET.match(item.text)
    if following is None or bullet is None:
        return False
    marks = [_mark(unit.text) for unit in (item, following[0])]
    return marks[0] != marks[1] and marks[0] != "-"


def _is_over_items(item: Unit, following: Sequence[Unit] | None, *, said: str, text: str) -> bool:
    """Tell whether an item is a few words that only name what the items indented under it say."""
    if not item.is_item or following is None or not following[0].is_item:
        return False
    words = [word for word in BULLET.sub("", said).split() if not word[0].isdigit()]
    return (
        len(words) <= _NAME
        and said[-1].isalnum()
        and tone_of(said).score == 0
        and _indent(following[0], text) > _indent(item, text)
    )


def _indent(unit: Unit, text: str) -> int:
    """Return how far from its margin the line of a unit begins."""
    line = text[text.rfind("\n", 0, unit.start) + 1 : unit.end]
    return len(line) - len(line.lstrip())


def _mark(text: str) -> str:
    """Return the kind of mark that opens a line: « 1. » and « 2. » are one kind."""
    bullet = BULLET.match(text)
    return re.sub(r"[\w]+", "1", bullet[0].strip()) if bullet else ""
