"""The key of a social security number (NIR), which tells one that was mistyped.

The key is 97 less the remainder of the
number divided by 97; Corsica's 2A and 2B count as 19 and 18.
"""

import re

_DIGITS = 13
_MODULUS = 97
_NUMBER = re.compile(r"\d[\dAB]{12,14}$")


def is_mistyped(written: str) -> bool:
    """Tell whether a written NIR has a key, and a wrong one."""
    number = re.sub(r"[\s./-]", "", written.upper())
    found = _NUMBER.search(number)
    if found is None or len(found[0]) != _DIGITS + 2:
        return False
    # The department is the sixth and seventh figures.
    department = found[0][5:7].replace("2A", "19").replace("2B", "18")
    plain = f"{found[0][:5]}{department}{found[0][7:]}"
    if not plain.isdigit():
        return False
    return int(plain[_DIGITS:]) != _MODULUS - int(plain[:_DIGITS]) % _MODULUS
