"""The regions and the departments of France, and what stands for one overseas."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import words

REGIONS = (
    "Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse",
    "Grand Est", "Guadeloupe", "Guyane", "Hauts-de-France", "Île-de-France", "La Réunion",
    "Martinique", "Mayotte", "Normandie", "Nouvelle-Aquitaine", "Occitanie", "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
)  # fmt: skip

# A number that stands for a department, not for an age or an amount.
_NUMBER = re.compile(
    r"\b(?:dans|département) (?:du |de |le )?(\d{2,3}|2[ab])\b(?! ?(?:ans|€|mois|%))", re.IGNORECASE
)

_FILE = Path(__file__).parent / "corpus" / "departements.csv"


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """Return the names of the departments by their number (« 28 », « 2A », « 971 »), in order."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["numero"]: row["nom"] for row in csv.DictReader(stream, delimiter=";")}


def region_in(text: str) -> str | None:
    """Return the region that a text names."""
    return _named_in(text, REGIONS)


def department_in(text: str) -> str | None:
    """Return the department that a text names, by its name or as « le 28 », « dans le 93 »."""
    number = _NUMBER.search(text)
    if number is not None and (name := departments().get(number[1].upper())):
        return name
    return _named_in(text, tuple(departments().values()))


def _named_in(text: str, names: tuple[str, ...]) -> str | None:
    """Return the name that stands in a text as whole words, the longest."""
    said = " ".join(words(text))
    found = [name for name in names if f" {' '.join(words(name))} " in f" {said} "]
    return max(found, key=len, default=None)
