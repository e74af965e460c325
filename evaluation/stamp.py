"""What a run wrote about the index it made, so that the next one can use it again."""

import json
from pathlib import Path


def read_stamp(file: Path) -> dict[str, str | int | float]:
    """Return what was written about an index, empty when its making did not finish."""
    try:
        stamp = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
