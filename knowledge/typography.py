"""What French never separates at a line end, and which addresses a reader may follow."""

import re


def unbroken(text: str) -> str:
    """Keep together what French never separates at a line end: amounts, units, guillemets."""
    kept = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u202f", text)
    return re.sub(r"(?<=\d) (?=[€%])|(?<=«) | (?=[»;:?!])", "\u00a0", kept)


def web_address(url: str | None) -> str | None:
    """Return the address when a browser may follow it, else None (``javascript:`` and the like)."""
    return url if url and re.match(r"https?://[^\s\"'<>]+$", url) else None
