"""French as it is printed: what is never separated, counted nouns, addresses one may follow."""

import re


def unbroken(text: str) -> str:
    """Keep together what French never separates at a line end: amounts, units, guillemets."""
    kept = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u202f", text)
    return re.sub(r"(?<=\d) (?=[€%])|(?<=«) | (?=[»;:?!])", "\u00a0", kept)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: « 1 source », « 1 250 sources »; zero is singular."""
    noun = many or f"{one}s" if number > 1 else one
    return f"{number:,}".replace(",", "\u202f") + f" {noun}"


def web_address(url: str | None) -> str | None:
    """Return the address when a browser may follow it, else None (``javascript:`` and the like)."""
    return url if url and re.match(r"https?://[^\s\"'<>]+$", url) else None
