"""Counts what was said by meeting and by region; silence is never read as agreement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, product
from typing import Literal

from knowledge.analysis import strip_accents, terms
from knowledge.consultation.carry import Changed
from knowledge.consultation.coded import Coded
from knowledge.consultation.duplicates import Duplicate
from knowledge.consultation.kinds import part_said
from knowledge.consultation.note import Note
from knowledge.consultation.opposites import are_opposite
from knowledge.consultation.regression import Numbers
from knowledge.consultation.theme_edits import ThemeEdits
from knowledge.embedding import Vectors
from knowledge.themes import group_of, theme_names, themes_in

State = Literal["dit", "contredit", "non_evoque", "non_aborde"]
#: The states of a cell as they are said on screen.
STATES: dict[State, str] = {
    "dit": "dit",
    "contredit": "contredit",
    "non_evoque": "non évoqué",
    "non_aborde": "non abordé",
}
#: How much each of some remarks speaks of the same thing as each other one.
Likeness = Callable[[Sequence[Coded]], Numbers]
# Praise and complaint of one theme contradict each other when their likeness is this, a wish and a
# refusal when their cosine is that, and an idea is of one meeting only when nothing of another
# meeting on its theme is like it (a cosine).
_OPPOSED, _REFUSED, _LIKE = 0.2, 0.83, 0.92
# In one region, they contradict each other when their likeness is this.
_OPPOSED_HERE = 0.3


@dataclass(frozen=True, slots=True)
class _Opposed:
    """Who praises or wants something, and who says the opposite; ``is_near`` if of the same."""

    one: Coded
    other: Coded
    is_near: bool = True

    def is_within(self, region: str) -> bool:
        """Tell whether both were said in a region, and of the same thing."""
        return self.is_near and self.one.region == self.other.region == region


@dataclass(frozen=True)
class Matrix:
    """What was said in a consultation.

    ``coded`` are the remarks of professionals and ``young`` those of young people, which are never
    added to them. ``set_aside`` are those of both that count no more, each with its reason.
    ``likeness`` tells which remarks speak of the same thing. ``published`` holds the ids of the
    isolated ideas that were chosen to be published, ``to_review`` what was decided on words that
    the notes no longer say.
    """

    notes: tuple[Note, ...]
    coded: tuple[Coded, ...]
    young: tuple[Coded, ...]
    duplicates: tuple[Duplicate, ...]
    vectors: Mapping[str, Vectors]
    likeness: Likeness
    set_aside: tuple[Coded, ...] = ()
    published: frozenset[str] = frozenset()
    to_review: tuple[Changed, ...] = ()
    edits: ThemeEdits = field(default_factory=ThemeEdits)

    @cached_property
    def themes(self) -> dict[str, list[Coded]]:
        """The remarks of professionals by theme, those of most meetings first.

        A theme that was on an agenda and of which nobody spoke is there, without remarks.
        """
        points = {point for note in self._meetings for point in note.shape.agenda}
        named = {theme for point in points for theme in _subjects(point)}
        silent = sorted(set(map(self.edits.label, named)))
        found = by_theme(self.coded)
        return found | {theme: [] for theme in silent if theme not in found}

    @cached_property
    def regions(self) -> list[str]:
        """The regions in which professionals met."""
        held = {note.region for note in self._meetings if note.region}
        return sorted(held, key=strip_accents)

    @cached_property
    def contradictions(self) -> list[tuple[str, list[Coded], list[Coded]]]:
        """The themes on which the opposite was said, with both sides."""
        found = []
        for theme, pairs in self._opposed.items():
            sides = {pair.one.remark.id for pair in pairs}, {pair.other.remark.id for pair in pairs}
            one, other = ([c for c in self.themes[theme] if c.remark.id in side] for side in sides)
            found.append((theme, one, other))
        return found

    @cached_property
    def isolated(self) -> list[Coded]:
        """The remarks whose like was said in no other meeting, the most unlike first."""
        nearest = {
            each.remark.id: (self._likeness_elsewhere(each, said), each)
            for said in self.themes.values()
            for each in said
        }
        alone = [pair for pair in nearest.values() if pair[0] < _LIKE]
        return [each for _, each in sorted(alone, key=lambda pair: (pair[0], pair[1].remark.id))]

    @cached_property
    def everything(self) -> list[Coded]:
        """All remarks as they were said, those of young people and those set aside too."""
        places = {note.id: place for place, note in enumerate(self.notes)}
        return sorted(
            (*self.coded, *self.young, *self.set_aside),
            key=lambda each: (places[each.remark.note.id], each.remark.piece.start),
        )

    def cell(self, theme: str, region: str) -> State:
        """Return the state of a theme in a region."""
        if any(pair.is_within(region) for pair in self._opposed.get(theme, ())):
            return "contredit"
        if any(coded.region == region for coded in self.themes[theme]):
            return "dit"
        return self.silence([theme], region)

    def silence(self, themes: Iterable[str], region: str) -> State:
        """Return what it means that nobody spoke of these themes in a region."""
        named = {name for theme in themes for name in self._names_of(theme)}
        points = [
            point for note in self._meetings if note.region == region for point in note.shape.agenda
        ]
        on_agenda = any(_is_about(point, name) for point in points for name in named)
        return "non_evoque" if on_agenda else "non_aborde"

    @cached_property
    def _opposed(self) -> dict[str, list[_Opposed]]:
        """The pairs of remarks that say the opposite of each other, by theme."""
        found = {theme: self._pairs(said) for theme, said in self.themes.items() if said}
        return {theme: pairs for theme, pairs in found.items() if pairs}

    def _pairs(self, said: Sequence[Coded]) -> list[_Opposed]:
        """Return who praises or wants something with who says the opposite of it."""
        works, fails = (
            [place for place, each in enumerate(said) if each.kind == kind]
            for kind in ("fonctionne", "dysfonctionne")
        )
        alike = self.likeness(said)
        pairs = [
            _Opposed(said[one], said[other], alike[one, other] >= _OPPOSED_HERE)
            for one, other in product(works, fails)
            if alike[one, other] >= _OPPOSED
        ]
        wants = [each for each in said if each.kind in {"besoin", "attente"}]
        return pairs + [
            _Opposed(one, other) if other.is_against else _Opposed(other, one)
            for one, other in combinations(wants, 2)
            if self._exclude(one, other)
        ]

    def _exclude(self, one: Coded, other: Coded) -> bool:
        """Tell whether two wishes exclude each other, or one refuses what the other wants."""
        if one.is_against != other.is_against and self._cosine(one, other) >= _REFUSED:
            return True
        return are_opposite(one.remark.said, other.remark.said)

    def _cosine(self, one: Coded, other: Coded) -> float:
        return float(self.vectors[one.remark.id] @ self.vectors[other.remark.id])

    def _names_of(self, theme: str) -> set[str]:
        """Return the name of a theme and those that Appui gave to what people put under it."""
        given = {each.theme for each in self.edits if self.edits.label(each.theme) == theme}
        return {theme, *given}

    @property
    def _meetings(self) -> list[Note]:
        return [note for note in self.notes if not note.is_of_young_people]

    def _likeness_elsewhere(self, one: Coded, said: Sequence[Coded]) -> float:
        """Return how like a remark is what other meetings said of its theme, 0 for nothing."""
        return max(
            (
                self._cosine(one, other)
                for other in said
                if other.remark.note.id != one.remark.note.id
            ),
            default=0.0,
        )


def by_theme(coded: Iterable[Coded]) -> dict[str, list[Coded]]:
    """Return remarks by theme, the themes of most meetings first."""
    found: dict[str, list[Coded]] = defaultdict(list)
    for each in coded:
        found[each.theme].append(each)
    ranked = sorted(found.items(), key=lambda pair: (-len(meetings_of(pair[1])), pair[0]))
    return dict(ranked)


def meetings_of(coded: Iterable[Coded]) -> set[str]:
    """Return the ids of the meetings in which remarks were said."""
    return {each.remark.note.id for each in coded}


def _subjects(point: str) -> set[str]:
    """Return the themes that a point of an agenda names."""
    return {group_of(theme) for theme in themes_in(point)}


def _is_about(point: str, theme: str) -> bool:
    """Tell whether a point of an agenda names a theme: « Saisie » is on « double saisie »."""
    if theme in _subjects(point):
        return True
    named, spoken = set(terms(theme)), set(terms(point))
    if theme in map(group_of, theme_names()):
        return part_said(point) is None and bool(named & spoken)
    return bool(named) and named <= spoken
