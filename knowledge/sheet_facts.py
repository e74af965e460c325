"""What a sheet says on each criterion, in French, each value with where it comes from."""

from dataclasses import dataclass

from knowledge.dates import say_date
from knowledge.figures import say_number
from knowledge.match import say_ages
from knowledge.sheet_schema import (
    AgeException,
    Amount,
    Condition,
    Duration,
    Sheet,
    SheetSource,
    known_since,
)

CRITERIA = (
    "À quoi ça sert",
    "Statut",
    "Âge",
    "Situation",
    "Conditions",
    "Combien",
    "Combien de temps",
    "Ce que fait le jeune",
    "Pièces à fournir",
    "Qui prescrit",
    "Qui paie",
    "Cumul",
    "Territoire",
    "Textes",
)
_PUBLISHER = "Appui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a value comes from; the dates are ISO ones.

    ``date`` is the source's own, ``checked_on`` the day on which the value was compared with it.
    """

    title: str
    publisher: str
    url: str | None
    date: str | None
    checked_on: str
    sheet_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A fact of a sheet, in French, and its references; ``since`` dates an amount."""

    text: str
    references: tuple[Reference, ...]
    since: str | None = None


def facts_of(sheet: Sheet, *, status: str) -> dict[str, tuple[Value, ...]]:
    """Return what a sheet says on each of ``CRITERIA``; ``status`` says whether it is in force."""
    by_key = {source.key: source for source in sheet.sources}

    def value(text: str, key: str | None = None, since: str | None = None) -> Value:
        reference = _of_sheet(sheet) if key is None else _of_source(sheet, by_key[key])
        return Value(text=text, references=(reference,), since=since)

    ages = next((c for c in sheet.conditions if c.criterion and c.criterion.age), None)
    audience = sheet.audience
    return {
        "À quoi ça sert": (value(sheet.purpose),),
        "Statut": (value(status),),
        "Âge": (
            *((value(_say_ages(sheet, ages), ages.source),) if ages is not None else ()),
            *(value(_say_exception(each), each.source) for each in audience.age_exceptions),
        ),
        "Situation": tuple(map(value, audience.situation)),
        "Conditions": tuple(
            value(
                f"Pour {each.only_for} : {each.text}" if each.only_for else each.text,
                each.source,
            )
            for each in sheet.conditions
        ),
        "Combien": tuple(
            value(
                _say_amount(sheet, each),
                each.source,
                known_since(sheet, each),
            )
            for each in sheet.amounts
        ),
        "Combien de temps": tuple(
            value(f"{each.label} : {say_duration(each)}", each.source) for each in sheet.duration
        ),
        "Ce que fait le jeune": tuple(map(value, sheet.obligations)),
        "Pièces à fournir": tuple(map(value, sheet.papers)),
        "Qui prescrit": (value(sheet.prescriber),),
        "Qui paie": (value(sheet.payer),),
        "Cumul": tuple(
            value(f"{each.with_} : {each.rule}", each.source) for each in sheet.combination
        ),
        "Territoire": tuple(value(each) for each in (sheet.territory, audience.residence) if each),
        "Textes": tuple(map(value, sheet.legal_basis)),
    }


def say_duration(duration: Duration) -> str:
    """Return a duration with its unit: « 1 an », « 12 mois »."""
    plural = abs(duration.value) >= 2 or duration.unit in {"mois", "km"}  # noqa: PLR2004
    return f"{say_number(duration.value)} {duration.unit if plural else duration.unit[:-1]}"


def _of_source(sheet: Sheet, source: SheetSource) -> Reference:
    return Reference(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        date=source.date,
        checked_on=source.checked_on,
        sheet_id=sheet.id,
    )


def _of_sheet(sheet: Sheet) -> Reference:
    """Return the sheet itself, which sums up its sources where it names none for a value."""
    return Reference(
        title=f"Fiche Appui « {sheet.title} »",
        publisher=_PUBLISHER,
        url=sheet.url,
        date=None,
        checked_on=sheet.checked_on,
        sheet_id=sheet.id,
    )


def _say_ages(sheet: Sheet, condition: Condition) -> str:
    """Say the ordinary ages, and for what part of the dispositif where it is not all of it."""
    said = say_ages(sheet.audience.age_min, sheet.audience.age_max)
    return f"{said}, pour {condition.only_for}" if condition.only_for else said


def _say_exception(exception: AgeException) -> str:
    """Say who is taken beyond the ordinary ages, and until when."""
    if exception.age_max is None or str(exception.age_max) in exception.who:
        return exception.who
    return f"{exception.who} : jusqu'à {exception.age_max} ans"


def _say_amount(sheet: Sheet, amount: Amount) -> str:
    """Say an amount with its date, or that of its source where it says none."""
    known_on = known_since(sheet, amount)
    since = "depuis le" if amount.valid_from else "source du"
    dated = f", {since} {say_date(known_on)}" if known_on else ""
    unit = amount.unit.replace("/", " par ")
    return f"{amount.label} : {say_number(amount.value)} {unit}{dated}"
