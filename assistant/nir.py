"""The key of a social security number (NIR), which tells one that was mistyped.

The key is 97 less the remainder of the number divided by 97; 2A and 2B (Corsica) are
19 and 18.
"""

import re

_MODULUS = 97
_WITH_KEY = re.compile(r"(\d{5})(\d\d|2A|2B)(\d{6})(\d\d)$")
_CORSICA = {"2A": "19", "2B": "18"}


def is_mistyped(written: str) -> bool:
    """Tell whether a written NIR has a key, and a wrong one."""
    found = _WITH_KEY.search(re.sub(r"[\s./-]", "", written.upper()))
    if found is None:
        return False
    born, department, rest, key = found.groups()
    number = int(f"{born}{_CORSICA.get(department, department)}{rest}")
    return int(key) != _MODULUS - number % _MODULUS
