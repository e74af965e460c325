"""Answers what was said in the consultation: in how many meetings and regions, in their words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from assistant.answer import Answer
from assistant.consultation_text import Line, count_line, render, theme_line, verbatim_line
from assistant.meeting_question import Part, names_place, part_asked, public_asked, topic_of
from assistant.remarks import SURE, Remark, relevant, remarks_of
from assistant.replies import ask_consultation, no_notes_of
from assistant.understand import Understood, without_masks
from knowledge.departments import REGIONS
from knowledge.documents import Hit, Source

_MOST_VERBATIMS = 8
# How a title says where the meeting was held: « réunion de Brécombe », « atelier d'Orlagne ».
_HELD_IN = re.compile(
    r"\b(?i:réunion|rencontre|atelier|séance) (?:de |du |d['’]|à |au )"
    r"([A-ZÀ-Ý][\w'’-]{2,}(?:[ -][A-ZÀ-Ý][\w'’-]+)*)"
)
# « la réunion » is a meeting; the island has its capital.
_A_MEETING = re.compile(r"\b[Ll]a r[ée]union\b")
# Where few meetings speak of something, each is given this many of its remarks.
_FEW, _MOST_OF_ONE = 3, 3
_MOST_THEMES = 5

# How each part of a meeting is named after « Sur ».
_PARTS: dict[Part, str] = {
    "fonctionne": "ce qui fonctionne",
    "ne fonctionne pas": "ce qui ne fonctionne pas",
    "état des lieux": "l'état des lieux",
    "besoins": "les besoins et les attentes",
}

ByNote = dict[str, list[Remark]]


@dataclass(frozen=True, slots=True)
class Scope:
    """The notes that a question is about; ``inside`` are those of the regions that it names."""

    notes: tuple[Source, ...]
    inside: tuple[Source, ...]


class Consultation:
    """The notes of the meetings that a library holds."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        """Read the remarks of these passages: all those of the consultation.

        As soon as there is a real meeting, those of the demonstration are no longer counted.
        """
        if any(hit.source.territory and not hit.source.fictional for hit in hits):
            hits = [hit for hit in hits if not hit.source.fictional]
        self._remarks = tuple(remarks_of(hits))
        self._notes = tuple({hit.source.id: hit.source for hit in hits}.values())
        self._towns = _towns_of(self._notes)

    def answer(self, blank: Answer, understood: Understood) -> Answer | None:
        """Return the answer, or None when no remark speaks of what is asked.

        Where the question does not say that it is about the consultation, a remark must speak of
        it surely.

        Args:
            blank: the question, with no answer yet.
            understood: the question; a region or the young people that it names narrow the notes.
        """
        if absent := self._absent_region(understood):
            known = sorted({note.territory for note in self._notes if note.territory})
            text = no_notes_of(absent, known=known)
            return replace(blank, status="not_found", text=text, suggestions=())
        scope = self._scope(understood.standalone)
        places = [*self._towns, *(note.territory for note in self._notes if note.territory)]
        topic = topic_of(without_masks(understood.standalone), places=places)
        if not topic.terms:
            return self._overview(blank, understood, scope)
        within = {note.id for note in scope.notes}
        found = [pair for pair in relevant(self._remarks, topic) if pair[0].note in within]
        is_sure = understood.about_consultation or any(sure >= SURE for _, sure in found)
        if not found or not is_sure:
            return None
        return render(self._told(_by_note(found), scope, about=topic.label), blank=blank)

    def spoken_of(self, understood: Understood) -> str | None:
        """Return the name of a question's topic when some remark speaks of it."""
        topic = topic_of(without_masks(understood.standalone), places=())
        return topic.label if relevant(self._remarks, topic) else None

    def names_meeting(self, question: str) -> bool:
        """Tell whether a question names the town of a meeting."""
        return any(names_place(question, town) for town in self._towns)

    @property
    def meetings(self) -> int:
        """How many meetings there are."""
        return sum(note.territory is not None for note in self._notes)

    def themes(self) -> list[str]:
        """Return the themes that come up in most meetings, the most frequent first."""
        return [theme for theme, _ in _by_theme(self._remarks)]

    def _scope(self, question: str) -> Scope:
        """Return the notes that a question is about."""
        public = public_asked(question)
        # A note that does not say who spoke is one of professionals, as almost all are.
        notes = tuple(
            note for note in self._notes if public in {None, note.public or "professionnels"}
        )
        notes = notes or self._notes
        towns = {i for town, i in self._towns.items() if names_place(question, town)}
        named = tuple(note for note in notes if note.id in towns) or tuple(
            note for note in notes if note.territory and names_place(question, note.territory)
        )
        return Scope(notes, named or notes)

    def _absent_region(self, understood: Understood) -> str | None:
        """Return the region of France that a question names and that no meeting was held in."""
        if not understood.about_consultation:
            return None
        said = _A_MEETING.sub(" ", understood.standalone)
        named = [region for region in REGIONS if names_place(said, region)]
        held = [note.territory for note in self._notes if note.territory]
        return next((r for r in named if not any(names_place(r, each) for each in held)), None)

    def _told(self, by_note: ByNote, scope: Scope, *, about: str) -> list[Line]:
        """Return what was said of a topic: the count, the words, who else said it."""
        named = {note.id for note in scope.inside}
        inside = {note: said for note, said in by_note.items() if note in named}
        outside = [said[0] for note, said in by_note.items() if note not in named]
        lines = []
        if inside:
            shown = _verbatims(inside)
            told = {remark.note for remark in shown}
            rest = [said[0] for note, said in inside.items() if note not in told]
            opening = f"On parle de « {about} » dans "
            lines.append(count_line([*shown, *rest], notes=scope.inside, opening=opening))
            lines += map(verbatim_line, shown)
        if outside:
            beyond = [note for note in scope.notes if note.id not in named]
            said = "Aussi ailleurs" if inside else f"Rien sur « {about} » ici, mais ailleurs"
            lines.append(count_line(outside, notes=beyond, opening=f"{said} : "))
            lines += [] if inside else map(verbatim_line, outside[:_MOST_VERBATIMS])
        return lines

    def _overview(self, blank: Answer, understood: Understood, scope: Scope) -> Answer | None:
        """Return what comes up most, where the question names no topic."""
        part = part_asked(understood.standalone)
        named = {note.id for note in scope.inside}
        remarks = [
            remark
            for remark in self._remarks
            if remark.note in named and part in {None, remark.part}
        ]
        if not remarks:
            return None
        spoken = _by_note((remark, 0.0) for remark in remarks)
        themes = _by_theme(r for r in remarks if r.hit.source.territory)[:_MOST_THEMES]
        opening = f"Sur {_PARTS[part]}, des remarques dans " if part else "Des remarques dans "
        lines = [
            count_line([said[0] for said in spoken.values()], notes=scope.inside, opening=opening),
            *(theme_line(theme, said) for theme, said in themes),
            Line("Quelques paroles :", ()),
            *map(verbatim_line, _verbatims(spoken)),
        ]
        questions = [ask_consultation(theme) for theme, _ in themes[:_FEW]]
        return render(lines, blank=blank, suggestions=questions)


def _by_note(found: Iterable[tuple[Remark, float]]) -> ByNote:
    """Return the remarks of each note, the surest first, words between guillemets before others."""
    by_note: ByNote = defaultdict(list)
    for remark, _ in sorted(found, key=lambda each: (-each[1], "«" not in each[0].said)):
        by_note[remark.note].append(remark)
    return dict(by_note)


def _verbatims(by_note: ByNote) -> list[Remark]:
    """Return the remarks to quote: one of each note, the regions by turns, or more of a few."""
    by_region: dict[str | None, list[list[Remark]]] = defaultdict(list)
    for said in by_note.values():
        by_region[said[0].hit.source.territory].append(said)
    turns = chain.from_iterable(zip_longest(*by_region.values()))
    most = _MOST_OF_ONE if len(by_note) <= _FEW else 1
    return [remark for said in turns if said for remark in said[:most]][:_MOST_VERBATIMS]


def _by_theme(remarks: Iterable[Remark]) -> list[tuple[str, list[Remark]]]:
    """Return the themes with one remark of each note that speaks of them, most notes first."""
    found: dict[str, dict[str, Remark]] = defaultdict(dict)
    for remark in remarks:
        for theme in remark.themes:
            found[theme].setdefault(remark.note, remark)
    ranked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return [(theme, list(said.values())) for theme, said in ranked]


def _towns_of(notes: Sequence[Source]) -> dict[str, str]:
    """Return the towns where one meeting was held, by its title, each with the id of its note."""
    held: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        for town in _HELD_IN.findall(note.title):
            held[town].add(note.id)
    return {town: next(iter(ids)) for town, ids in held.items() if len(ids) == 1}
