"""Who speaks in the note of a dialogue: « **Fatou, CIP** : … », « 10h32 Fatou (ML Nord) : … »."""

import re
from collections import Counter

from knowledge.analysis import strip_accents
from knowledge.consultation.kinds import kind_named, part_said
from knowledge.themes import themes_in

_CLOCK = r"[\[(]?\d{1,2} ?[:hH] ?\d{2}(?::\d{2})?[\])]?[ \t]*[-–]?[ \t]*"
_BULLET = r"[ \t]*(?:[-–•>*][ \t]+)?"
# A label that opens a line, in bold or not, after a bullet or the time.
_LABEL = re.compile(
    rf"{_BULLET}(?P<clock>{_CLOCK})?(?P<mark>\*\*|__|\*|)(?P<who>[A-ZÉÈÀÂÎ][^:*_\n«»|]{{1,45}}?)"
    r"(?:(?P=mark)[  ]?:|[  ]?:(?P=mark))[ \t]+(?=\S)"
)
_TIMED = re.compile(rf"{_BULLET}{_CLOCK}(?=[^\W\d])")
_LINE = re.compile(r"[^\n]+")
# Fewer turns, or fewer people who speak twice, are no dialogue; fewer times are no minutes of one.
_TURNS, _PEOPLE, _TWICE, _TIMES = 4, 2, 2, 3
#: Who tells what happens between the turns.
NARRATOR = "note de séance"
_LEADS = re.compile(
    r"\b(?:animat|ambassad|facilitat|moderat|interview|secretaire|rapporteu)\w*|^note de seance$"
)


class Speakers:
    """The turns of a text in which people speak by turns; none where it is no dialogue."""

    def __init__(self, text: str) -> None:
        """Find who speaks: names that come back, and once they have come, any label."""
        lines = list(_LINE.finditer(text))
        labels = {
            line.start(): label
            for line in lines
            if (label := _LABEL.match(text, line.start(), line.end()))
            and not _is_a_title(label["who"])
        }
        counts = Counter(_name(label["who"]) for label in labels.values())
        back = {who for who, count in counts.items() if count >= _TWICE}
        self._turns: dict[int, tuple[str, int]] = {}
        if len(back) < _PEOPLE or sum(counts[who] for who in back) < _TURNS:
            return
        first = next(start for start, label in labels.items() if _name(label["who"]) in back)
        full: dict[str, str] = {}
        for label in labels.values():
            who = label["who"].strip()
            full[_name(who)] = max(full.get(_name(who), ""), who, key=len)
        are_timed = sum(bool(label["clock"]) for label in labels.values()) >= _TIMES
        for line in lines:
            start = line.start()
            timed = _TIMED.match(text, start, line.end()) if are_timed else None
            if start in labels and start >= first:
                self._turns[start] = (full[_name(labels[start]["who"])], labels[start].end())
            elif timed:
                self._turns[start] = (NARRATOR, timed.end())

    def turn(self, line_start: int) -> tuple[str, int] | None:
        """Return who speaks from a line that starts here, and where their words start.

        Somebody is named as fully as anywhere: « Tanguy » is « Tanguy (ambassadeur) » of before.
        """
        return self._turns.get(line_start)

    def apart(self, text: str) -> str:
        """Return the text with a blank line before each turn, so that no reader joins them."""
        return _LINE.sub(lambda line: "\n" * (line.start() in self._turns) + line[0], text)


def leads(who: str) -> bool:
    """Tell whether somebody leads the meeting: what they say is no remark, but opens its parts."""
    return bool(_LEADS.search(strip_accents(who).lower()))


def turns_apart(text: str) -> str:
    """Return a text, the turns of the dialogue that it may be being paragraphs each."""
    return Speakers(text).apart(text)


def _name(label: str) -> str:
    """Return a label without what it says of somebody: « Sonia (conseillère) », « Loïc, CIP »."""
    return re.split("[,(]", label)[0].strip()


def _is_a_title(label: str) -> bool:
    """Tell whether a label names what follows it, and nobody."""
    name = _name(label)
    return bool(kind_named(name) or part_said(name) or themes_in(name))
