"""Measures how well a consultation matrix says what was really said in the meetings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any

from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.meeting_compare import Compared, compare
from evaluation.meeting_files import SAID, Copy, Matrix, TrueContradiction, Truth


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean with its 95 % interval, and over how many cases it was taken."""

    estimate: Estimate
    cases: int


@dataclass(frozen=True, slots=True)
class TruthReport:
    """What a matrix has right and wrong.

    Attributes:
        expected: the number of remarks that were said.
        found: the number of remarks of the matrix, young people's included.
        paired: the number of those that stand for one another.
        pieces: the number of found remarks that are a further piece of a paired one.
        merged: the number of remarks that lie in a found remark paired with another.
        measures: the means by name, None where no case allows one.
        theme_agreement: the adjusted Rand index of the themes over the professionals' paired
            remarks, None under two of them.
        types: for each true type, how many of its paired remarks were given which type.
        wrong: by kind, what is missing or should not be there, in words.
    """

    expected: int
    found: int
    paired: int
    pieces: int
    merged: int
    measures: Mapping[str, Measure | None]
    theme_agreement: float | None
    types: Mapping[str, Mapping[str, int]]
    wrong: Mapping[str, Sequence[str]]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        content = asdict(self)
        content["measures"] = {
            name: measure and {**asdict(measure.estimate), "cases": measure.cases}
            for name, measure in self.measures.items()
        }
        return content


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a region really said of a theme, and what the matrix has there: None without a theme."""

    theme: str
    region: str
    said: str
    read: str | None


_Aspect = tuple[dict[str, Measure | None], dict[str, list[str]]]


def measure_matrix(matrix: Matrix, *, truth: Truth, notes: Path) -> TruthReport:
    """Compare a matrix with the truth on the notes of a folder.

    Raises:
        BadTruth: a note cannot be read.
    """
    compared = compare(matrix, truth=truth, notes=notes)
    measures: dict[str, Measure | None] = {}
    wrong: dict[str, list[str]] = {}
    for aspect in (_remarks, _labels, _map, _isolated, _contradictions, _files):
        means, lines = aspect(compared)
        measures |= means
        wrong |= lines
    types: dict[str, Counter[str]] = {}
    for _, true, found in compared.pairs():
        types.setdefault(true.type, Counter())[found.type or "sans type"] += 1
    return TruthReport(
        expected=len(truth.remarks),
        found=len(compared.found),
        paired=len(compared.pairing.pairs),
        pieces=len(compared.pairing.pieces),
        merged=len(compared.pairing.merged),
        measures=measures,
        theme_agreement=_theme_agreement(compared),
        types={kind: dict(given) for kind, given in types.items()},
        wrong=wrong,
    )


def _remarks(compared: Compared) -> _Aspect:
    """Score which remarks are found, and whether their offsets give their words."""
    pairs, used = compared.pairing.pairs, set(compared.pairing.pairs.values())
    true, found = compared.truth.remarks, compared.found
    measures = {
        "slices": _mean(compared.slices.values()),
        "recall": _mean(index in pairs for index in range(len(true))),
        "precision": _mean(at in used for at in range(len(found))),
    }
    return measures, {
        "missed": [
            f"{each.file} : {_shown(each.text)}" for i, each in enumerate(true) if i not in pairs
        ],
        "unexpected": [
            f"{each.meeting} : {_shown(each.text)}" for i, each in enumerate(found) if i not in used
        ],
    }


def _labels(compared: Compared) -> _Aspect:
    """Score what is said of each paired remark: type, polarity, who said it."""
    pairs = compared.pairs()
    young = {each.id for each in compared.matrix.young_people.remarks}
    measures = {
        "types": _mean(found.type in {true.type, *true.type_any} for _, true, found in pairs),
        "polarity": _mean(found.polarity == true.polarity for _, true, found in pairs),
        "young_people": _mean(
            (found.id in young) == (index in compared.truth.young_people)
            for index, _, found in pairs
        ),
    }
    return measures, {
        "types": [
            f"{found.type} au lieu de {true.type} : {_shown(true.text)}"
            for _, true, found in pairs
            if found.type not in {true.type, *true.type_any}
        ]
    }


def _map(compared: Compared) -> _Aspect:
    """Score the cells of the map of themes and regions."""
    cells = _cells(compared)
    measures = {
        "cells": _mean(cell.read == cell.said for cell in cells),
        "said_cells": _mean(cell.read in SAID for cell in cells if cell.said in SAID),
        "opposed_cells": _mean(
            cell.read == cell.said for cell in cells if cell.said == "contredit"
        ),
    }
    return measures, {
        "cells": [
            f"{cell.theme}, {cell.region} : {cell.read or 'sans thème'} au lieu de {cell.said}"
            for cell in cells
            if cell.read != cell.said
        ]
    }


def _isolated(compared: Compared) -> _Aspect:
    """Score the list of ideas that were heard in one meeting only."""
    listed = {each.remark for each in compared.matrix.isolated}
    wanted = compared.truth.isolated
    right = compared.found_for(wanted)
    missed = [index for index in wanted if not compared.found_for([index]) & listed]
    measures = {
        "isolated_recall": _mean(index not in missed for index in wanted),
        "isolated_precision": _mean(each in right for each in sorted(listed)),
    }
    return measures, {"isolated": [_shown(compared.truth.remarks[i].text) for i in missed]}


def _contradictions(compared: Compared) -> _Aspect:
    """Score whether a remark of each side of a contradiction is opposed to one of the other."""
    truth = compared.truth.contradictions
    missed = [each for each in truth if not _is_opposed(each, compared)]
    measures = {"contradictions": _mean(each not in missed for each in truth)}
    return measures, {"contradictions": [each.theme for each in missed]}


def _is_opposed(contradiction: TrueContradiction, compared: Compared) -> bool:
    one, other = (compared.found_for(side) for side in contradiction.sides)
    return any(
        one & set(side) and other & set(against)
        for found in compared.matrix.contradictions
        for side in found.sides
        for against in found.sides
        if side != against
    )


def _files(compared: Compared) -> _Aspect:
    """Score which files are told to be copies, and which hold no meeting."""
    copies, true_copies = _copies(compared.matrix.duplicates), _copies(compared.truth.duplicates)
    refused = {PurePath(each.file).name for each in compared.matrix.rejected}
    unreadable = {each.file for each in compared.truth.rejected}
    measures = {
        "duplicates": _mean(each in copies & true_copies for each in copies | true_copies),
        "rejected": _mean(each in refused & unreadable for each in refused | unreadable),
    }
    return measures, {
        "files": [
            *(f"copie non vue : {_listed(each)}" for each in true_copies - copies),
            *(f"copie à tort : {_listed(each)}" for each in copies - true_copies),
            *(f"refus manqué : {each}" for each in sorted(unreadable - refused)),
            *(f"refus à tort : {each}" for each in sorted(refused - unreadable)),
        ]
    }


def _cells(compared: Compared) -> list[_Cell]:
    """Read each true cell in the theme that most remarks of the true theme were put in."""
    themes = {theme.id: theme for theme in compared.matrix.themes}
    given: dict[str, Counter[str]] = {}
    for index, true, found in compared.pairs():
        if found.theme in themes and index not in compared.truth.young_people:
            given.setdefault(true.theme, Counter())[found.theme] += 1
    cells = []
    for theme in compared.truth.themes:
        nearest = given.get(theme.label, Counter()).most_common(1)
        read = themes[nearest[0][0]].cells if nearest else {}
        cells += [
            _Cell(theme.label, region, said, read.get(region))
            for region, said in theme.cells.items()
        ]
    return cells


def _theme_agreement(compared: Compared) -> float | None:
    """Return the adjusted Rand index (Hubert and Arabie, 1985) of true and found themes.

    A found remark without a theme is a theme of its own.
    """
    from sklearn.metrics import adjusted_rand_score

    themes = [
        (true.theme, found.theme or found.id)
        for index, true, found in compared.pairs()
        if index not in compared.truth.young_people
    ]
    if len(themes) < 2:  # noqa: PLR2004  (one remark alone agrees with anything)
        return None
    return float(adjusted_rand_score(*zip(*themes, strict=True)))


def _copies(duplicates: Iterable[Copy]) -> set[frozenset[str]]:
    """Return the files that are copies of each other, whichever is called the original."""
    return {frozenset(PurePath(name).stem for name in (each.file, each.of)) for each in duplicates}


def _mean(scores: Iterable[bool]) -> Measure | None:
    values = [float(score) for score in scores]
    return Measure(estimate_mean(values), len(values)) if values else None


def _shown(text: str) -> str:
    return " ".join(text.split())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
