"""Compares a situation with the conditions of the sheets: met, not met, or to be checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from knowledge.dates import say_date
from knowledge.figures import say_number
from knowledge.sheet_schema import AgeException, Condition, Criterion, Sheet
from knowledge.situation import ACTIVITIES, DIPLOMAS, HOUSINGS, Situation

Verdict = Literal["met", "not_met", "unknown"]
Found = tuple[Verdict, str]
_Choice = TypeVar("_Choice", bound=str)

_CLOSED = ("remplacé", "terminé")
_ORDER: dict[Verdict, int] = {"met": 0, "unknown": 1, "not_met": 2}


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition, whether it is met, and why that is said; ``reason`` is in French."""

    condition: Condition
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet and its conditions, compared with a situation.

    ``verdict`` is « met » when every condition of entry is, « not_met » when one is not, otherwise
    « unknown »: what bears on a part of the dispositif only never closes the door.
    ``closed_reason`` says why nobody enters any more.
    """

    sheet: Sheet
    verdict: Verdict
    checks: tuple[Checked, ...]
    closed_reason: str | None = None

    def count(self, verdict: Verdict) -> int:
        """Return how many conditions have a verdict."""
        return sum(check.verdict == verdict for check in self.checks)


def match(situation: Situation, sheets: Iterable[Sheet]) -> list[Match]:
    """Return each sheet with its conditions compared, those that look most open first."""
    found = [match_sheet(situation, sheet) for sheet in sheets]

    def place(each: Match) -> tuple[int, float, str]:
        entry = [check for check in each.checks if check.condition.only_for is None]
        share = sum(check.verdict == "met" for check in entry) / len(entry) if entry else 0.0
        return _ORDER[each.verdict], -share, each.sheet.title

    return sorted(found, key=place)


def match_sheet(situation: Situation, sheet: Sheet) -> Match:
    """Return a sheet with its conditions compared with a situation."""
    checks = tuple(_check(each, sheet, situation) for each in sheet.conditions)
    if sheet.status in _CLOSED:
        return Match(sheet, "not_met", checks, closed_reason=_say_closed(sheet))
    verdicts = {check.verdict for check in checks if check.condition.only_for is None}
    return Match(sheet, _together(verdicts) if verdicts else "unknown", checks)


def age_verdict(sheet: Sheet, *, situation: Situation) -> Found:
    """Tell whether a sheet takes somebody of this age, its exceptions looked at."""
    age, audience = situation.age, sheet.audience
    if age is None:
        return "unknown", "âge non indiqué"
    low, high = audience.age_min, audience.age_max
    if _within(age, low, high):
        return "met", f"{age} ans"
    maybe: list[AgeException] = []
    for exception in audience.age_exceptions:
        lowest = low if exception.age_min is None else exception.age_min
        if not _within(age, lowest, exception.age_max):
            continue
        verdict: Verdict = "unknown"
        if exception.when is not None:
            verdict, _ = _compare(exception.when, sheet, situation)
        if verdict == "met":
            return "met", f"{age} ans, par exception : {exception.who}"
        if verdict == "unknown":
            maybe.append(exception)
    if maybe:
        whom = " ; ou ".join(exception.who for exception in maybe)
        return "unknown", f"{age} ans, seulement par exception : {whom}"
    return "not_met", f"{age} ans : {say_ages(low, high)}"


def may_take(sheet: Sheet, *, situation: Situation) -> bool:
    """Tell whether a sheet may take somebody of this age, into all of it or part of it."""
    return not any(
        _check(each, sheet, situation).verdict == "not_met"
        for each in sheet.conditions
        if each.criterion is not None and each.criterion.age and each.only_for is None
    )


def say_ages(low: int | None, high: int | None) -> str:
    """Return the ages, in completed years: « de 16 à 25 ans », « 18 ans et plus »."""
    if low is not None and high is not None:
        return f"de {low} à {high} ans"
    if high is not None:
        return f"jusqu'à {high} ans"
    return "sans condition d'âge" if low is None else f"{low} ans et plus"


def _check(condition: Condition, sheet: Sheet, situation: Situation) -> Checked:
    if condition.criterion is None:
        return Checked(condition, "unknown", "à vérifier avec le jeune")
    verdict, reason = _compare(condition.criterion, sheet, situation)
    if verdict == "not_met" and condition.step is not None:
        return Checked(condition, "unknown", condition.step)
    return Checked(condition, verdict, reason)


def _compare(criterion: Criterion, sheet: Sheet, situation: Situation) -> Found:
    """Compare everything that a criterion asks; the reason is that of the worst of it."""
    found = list(_each(criterion, sheet, situation))
    together = _together({verdict for verdict, _ in found})
    return together, " ; ".join(reason for verdict, reason in found if verdict == together)


def _each(criterion: Criterion, sheet: Sheet, situation: Situation) -> Iterable[Found]:
    """Yield a verdict for each thing that a criterion asks."""
    if criterion.age:
        yield age_verdict(sheet, situation=situation)
    if criterion.rqth is not None:
        yield _same(situation.rqth, criterion.rqth, name="RQTH")
    if criterion.child is not None:
        yield _same(situation.child, criterion.child, name="enfant à charge ou à naître")
    if criterion.activity is not None:
        yield _one_of(
            situation.activity, criterion.activity, names=ACTIVITIES, unsaid="activité non indiquée"
        )
    if criterion.diploma is not None:
        yield _one_of(
            situation.diploma, criterion.diploma, names=DIPLOMAS, unsaid="diplôme non indiqué"
        )
    if criterion.housing is not None:
        yield _one_of(
            situation.housing, criterion.housing, names=HOUSINGS, unsaid="logement non indiqué"
        )
    if criterion.department is not None:
        own = {each: f"département {each}" for each in (situation.department,) if each}
        yield _one_of(
            situation.department, criterion.department, names=own, unsaid="territoire non indiqué"
        )
    if criterion.resources_max is not None:
        yield _at_most(situation.resources, criterion.resources_max)


def _same(said: bool | None, asked: bool, *, name: str) -> Found:  # noqa: FBT001  compared as such
    if said is None:
        return "unknown", f"{name} : non indiqué"
    return "met" if said == asked else "not_met", f"{name} : {'oui' if said else 'non'}"


def _one_of(
    said: _Choice | None,
    asked: tuple[_Choice, ...],
    *,
    names: Mapping[_Choice, str],
    unsaid: str,
) -> Found:
    if said is None:
        return "unknown", unsaid
    return "met" if said in asked else "not_met", names[said]


def _at_most(said: float | None, asked: float) -> Found:
    if said is None:
        return "unknown", "ressources non indiquées"
    return "met" if said <= asked else "not_met", f"{say_number(said)} € par mois"


def _within(age: int, low: int | None, high: int | None) -> bool:
    return (low is None or age >= low) and (high is None or age <= high)


def _together(verdicts: set[Verdict]) -> Verdict:
    """Return the verdict on all of what was compared."""
    if "not_met" in verdicts:
        return "not_met"
    return "unknown" if "unknown" in verdicts else "met"


def _say_closed(sheet: Sheet) -> str:
    """Say since when nobody enters any more."""
    ended = sheet.superseded_on or sheet.valid_until
    since = f" depuis le {say_date(ended)}" if ended else ""
    return f"Ce dispositif n'est plus ouvert{since}."
