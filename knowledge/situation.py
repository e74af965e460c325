"""A young person's situation, without any identity: what conditions can be compared with."""

from dataclasses import dataclass
from typing import Literal

Activity = Literal["inscrit", "sans_emploi", "salarié", "alternance", "études"]
Diploma = Literal["aucun", "cap_bep", "bac", "supérieur"]
Housing = Literal["parents", "locataire", "bientôt_locataire", "sans_logement"]
Need = Literal["argent", "formation", "emploi", "logement", "mobilité", "santé"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a situation; ``None`` stands for what was not said.

    ``age`` is in completed years and ``resources`` in euros a month. ``activity`` is « inscrit »
    for a registered job seeker, « sans_emploi » for who is neither that nor anything else.
    ``diploma`` is the highest one. ``department`` is the number of the place of residence
    (« 28 », « 2A », « 971 »).
    """

    age: int | None = None
    rqth: bool | None = None
    activity: Activity | None = None
    diploma: Diploma | None = None
    housing: Housing | None = None
    child: bool | None = None
    resources: float | None = None
    department: str | None = None
