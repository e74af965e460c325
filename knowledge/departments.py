"""The departments of France and what stands for one overseas, from ``departements.csv``."""

import csv
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "corpus" / "departements.csv"


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """Return the names of the departments by their number (« 28 », « 2A », « 971 »), in order."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["numero"]: row["nom"] for row in csv.DictReader(stream, delimiter=";")}
