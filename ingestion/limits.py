"""How much one input may cost before it is given up."""

from dataclasses import dataclass

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on reading one input; the defaults suit an adviser's laptop.

    The largest known data package (a code of 56 MB in JSON) takes 6 s and 0.4 GB here, hence its
    own bounds. ``expansion`` bounds how many times larger than the archive its contents may be,
    once they exceed ``free_expansion`` bytes.
    """

    seconds: float = 60
    package_seconds: float = 600
    memory: int = 1_500 * _MEGABYTE
    package_memory: int = 3_000 * _MEGABYTE
    pages: int = 2_000
    characters: int = 5_000_000
    rows: int = 50_000
    file_bytes: int = 300 * _MEGABYTE
    archive_members: int = 20_000
    expanded_bytes: int = 800 * _MEGABYTE
    expansion: int = 150
    free_expansion: int = 50 * _MEGABYTE
