"""A young person's situation, without any identity: what conditions can be compared with."""

from dataclasses import dataclass
from typing import Literal

Activity = Literal["inscrit", "sans_emploi", "salarié", "alternance", "études"]
Diploma = Literal["aucun", "cap_bep", "bac", "supérieur"]
Housing = Literal["parents", "locataire", "bientôt_locataire", "sans_logement"]
Need = Literal["argent", "formation", "emploi", "logement", "mobilité", "santé"]

# How each value is said to an adviser.
ACTIVITIES: dict[Activity, str] = {
    "inscrit": "demandeur d'emploi inscrit",
    "sans_emploi": "sans emploi, pas inscrit",
    "salarié": "salarié",
    "alternance": "en alternance",
    "études": "élève, étudiant ou en formation",
}
DIPLOMAS: dict[Diploma, str] = {
    "aucun": "sans diplôme",
    "cap_bep": "CAP ou BEP",
    "bac": "bac",
    "supérieur": "diplôme du supérieur",
}
HOUSINGS: dict[Housing, str] = {
    "parents": "chez ses parents",
    "locataire": "locataire",
    "bientôt_locataire": "va devenir locataire",
    "sans_logement": "sans logement stable",
}
NEEDS: dict[Need, str] = {
    "argent": "Argent",
    "formation": "Formation",
    "emploi": "Emploi",
    "logement": "Logement",
    "mobilité": "Mobilité",
    "santé": "Santé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a situation; ``None`` stands for what was not said.

    ``age`` is in completed years and ``resources`` in euros a month. ``activity`` is « inscrit »
    for a registered job seeker. ``diploma`` is the highest one. ``child`` tells of one to care for
    or to come. ``department`` is the number of the place of residence (« 28 », « 2A », « 971 »).
    """

    age: int | None = None
    rqth: bool | None = None
    activity: Activity | None = None
    diploma: Diploma | None = None
    housing: Housing | None = None
    child: bool | None = None
    resources: float | None = None
    department: str | None = None
