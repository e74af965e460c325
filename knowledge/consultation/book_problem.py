"""What stops a build, as it is said to people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stops the build; ``line`` is of the source, None where no line is at fault."""

    rule: str
    reason: str
    remedy: str
    sentence: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"Ligne {self.line} : " if self.line else ""
        said = f"« {self.sentence} » : " if self.sentence else ""
        return f"{place}{said}{self.reason} {self.remedy}"


def short(text: str, *, most: int = 110) -> str:
    """Return a text on one line, its end cut where it is long."""
    said = " ".join(text.split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
