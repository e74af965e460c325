"""The shape of a sheet's front matter; docs/guide-fiches.md describes it to its writers."""

import datetime as dt
import math
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    model_validator,
)

from knowledge.situation import Activity, Diploma, Housing, Need

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _check_date(text: str) -> str:
    """Return an ISO date.

    Raises:
        ValueError: it is none.
    """
    try:
        if _ISO.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValueError(f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ.")


def _check_figure(value: object) -> object:
    """Return a number, whole or not.

    Raises:
        ValueError: it is none, or negative.
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise ValueError(
            f"« {value} » n'est pas un nombre : écrivez-le avec un point, sans guillemets ni unité."
        )
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[str, AfterValidator(_check_date)]
Figure = Annotated[int | float, PlainValidator(_check_figure)]
Department = Annotated[str, StringConstraints(pattern=r"^(\d{2}|2[AB]|97\d)$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
AmountUnit = Literal[
    "€", "€/heure", "€/jour", "€/nuit", "€/semaine", "€/mois", "€/an", "€/km", "%", "points"
]
DurationUnit = Literal["minutes", "heures", "jours", "semaines", "mois", "ans", "km"]
Status = Literal["en_vigueur", "remplacé", "terminé", "local"]


class _Part(BaseModel):
    """A part of a front matter: nothing unknown in it, nothing changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Criterion(_Part):
    """What a situation must be for a condition to be met: everything that is given here.

    ``age`` stands for the ages of the sheet's ``audience`` with their exceptions; ``resources_max``
    is in euros a month. The lists hold the values of which one suffices.
    """

    age: Literal[True] | None = None
    rqth: bool | None = None
    activity: tuple[Activity, ...] | None = Field(default=None, strict=False, min_length=1)
    diploma: tuple[Diploma, ...] | None = Field(default=None, strict=False, min_length=1)
    housing: tuple[Housing, ...] | None = Field(default=None, strict=False, min_length=1)
    child: bool | None = None
    resources_max: Figure | None = None
    department: tuple[Department, ...] | None = Field(default=None, strict=False, min_length=1)

    @model_validator(mode="after")
    def _asks_something(self) -> "Criterion":
        if not self.model_fields_set:
            raise ValueError("le critère est vide : retirez-le, ou dites ce qu'il demande.")
        return self


class AgeException(_Part):
    """Who is taken beyond the ordinary ages, from which one and up to which one.

    ``age_min`` is None where the ordinary one holds, ``age_max`` where there is no limit. ``when``
    is what can be compared with a situation; where it is missing, only a person can tell.
    """

    who: Text
    age_min: int | None = None
    age_max: int | None
    when: Criterion | None = None
    source: Text


class Audience(_Part):
    """Whom a dispositif is for; the ages are in completed years."""

    age_min: int | None
    age_max: int | None
    age_exceptions: tuple[AgeException, ...] = Field(strict=False)
    situation: tuple[Text, ...] = Field(strict=False)
    residence: Text | None


class Condition(_Part):
    """A rule that must be met.

    ``only_for`` names the part of the dispositif that it bears on (« l'allocation »), where the
    rest is open without it. ``criterion`` is what can be compared with a situation, where the rule
    is that plain; without it, only a person can tell. ``step`` is what can be done when it is not
    met yet, so that it never closes the door.
    """

    text: Text
    only_for: Text | None = None
    criterion: Criterion | None = None
    step: Text | None = None
    source: Text


class Duration(_Part):
    """A duration, an age, a delay or a distance that a rule sets."""

    label: Text
    value: Figure
    unit: DurationUnit
    source: Text


class Amount(_Part):
    """An amount or a rate, and since when it holds, or why that is not known."""

    label: Text
    value: Figure
    unit: AmountUnit
    valid_from: Day | None
    undated_reason: Text | None = None
    source: Text

    @model_validator(mode="after")
    def _dated(self) -> "Amount":
        if self.valid_from is None and self.undated_reason is None:
            raise ValueError(
                f"le montant « {self.label} » n'a pas de date : remplissez valid_from, ou"
                " ajoutez undated_reason avec la raison."
            )
        return self


class Combination(_Part):
    """What a dispositif may be combined with, and how."""

    with_: Text = Field(alias="with")
    rule: Text
    source: Text


class SheetSource(_Part):
    """Where facts come from; ``upstream_id`` names an article, a fiche or a dated parameter."""

    key: Text
    title: Text
    url: Address | None
    publisher: Text
    date: Day | None
    checked_on: Day
    upstream_id: Text | None


class Sheet(_Part):
    """What a front matter says about a dispositif."""

    id: Slug
    name: Text
    title: Text
    acronyms: tuple[Text, ...] = Field(strict=False)
    status: Status
    superseded_by: Slug | None
    superseded_on: Day | None
    purpose: Text
    needs: tuple[Need, ...] = Field(strict=False, min_length=1)
    publisher: Text
    collection: Literal["dispositifs"]
    date: Day
    checked_on: Day
    valid_from: Day | None
    valid_until: Day | None
    territory: Text | None
    url: Address | None
    audience: Audience
    conditions: tuple[Condition, ...] = Field(strict=False)
    duration: tuple[Duration, ...] = Field(strict=False)
    amounts: tuple[Amount, ...] = Field(strict=False)
    obligations: tuple[Text, ...] = Field(strict=False)
    papers: tuple[Text, ...] = Field(strict=False)
    prescriber: Text
    payer: Text
    combination: tuple[Combination, ...] = Field(strict=False)
    legal_basis: tuple[Text, ...] = Field(strict=False)
    sources: tuple[SheetSource, ...] = Field(strict=False, min_length=1)
    related: tuple[Slug, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _ages_are_a_condition(self) -> "Sheet":
        tested = sum(bool(each.criterion and each.criterion.age) for each in self.conditions)
        given = self.audience.age_min is not None or self.audience.age_max is not None
        if tested != int(given):
            raise ValueError(
                "une condition, et une seule, porte « criterion: {age: true} » quand audience donne"
                " des âges : ajoutez-la, ou retirez-la quand audience n'en donne pas."
            )
        return self

    @model_validator(mode="after")
    def _status_is_explained(self) -> "Sheet":
        needed = {
            "remplacé": ("superseded_by", "superseded_on"),
            "terminé": ("valid_until",),
            "local": ("territory",),
        }.get(self.status, ())
        for key in needed:
            if getattr(self, key) is None:
                raise ValueError(f"le statut « {self.status} » demande {key} : remplissez-le.")
        if self.status != "remplacé" and self.superseded_by is not None:
            raise ValueError(
                "superseded_by est rempli : écrivez status: remplacé, ou videz-le (null)."
            )
        return self


def known_since(sheet: Sheet, amount: Amount) -> str | None:
    """Return since when an amount is known to hold: its own date, or else that of its source."""
    dates = {source.key: source.date for source in sheet.sources}
    return amount.valid_from or dates.get(amount.source)
