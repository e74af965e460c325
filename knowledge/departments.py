"""The regions and the departments of France, and what stands for one overseas."""

import csv
from functools import lru_cache
from pathlib import Path

REGIONS = (
    "Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse",
    "Grand Est", "Guadeloupe", "Guyane", "Hauts-de-France", "Île-de-France", "La Réunion",
    "Martinique", "Mayotte", "Normandie", "Nouvelle-Aquitaine", "Occitanie", "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
)  # fmt: skip

_FILE = Path(__file__).parent / "corpus" / "departements.csv"


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """Return the names of the departments by their number (« 28 », « 2A », « 971 »), in order."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["numero"]: row["nom"] for row in csv.DictReader(stream, delimiter=";")}
