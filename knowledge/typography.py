"""French as it is printed: what is never separated at a line end, and counted nouns."""

import re


def unbroken(text: str) -> str:
    """Keep together what French never separates at a line end: amounts, units, guillemets."""
    kept = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u202f", text)
    return re.sub(r"(?<=\d) (?=[€%])|(?<=«) | (?=[»;:?!])", "\u00a0", kept)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: « 1 source », « 1 250 sources »; zero is singular."""
    noun = many or f"{one}s" if number > 1 else one
    return f"{number:,}".replace(",", "\u202f") + f" {noun}"
