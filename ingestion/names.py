"""Makes identifiers and readable titles from file names."""

import re
import unicodedata
from pathlib import PurePath

_DATE_PREFIX = re.compile(r"^(?:19|20)\d{2}[-_. ]?[01]\d[-_. ]?[0-3]\d[-_. ]+")
_MARKS = re.compile(r"[_+]+|(?<=[^\W\d])\.(?=[^\W\d])")
_FROM_SOFTWARE = re.compile(
    r"^(microsoft|untitled|sans titre|sans nom|document\d*$|présentation\d*$|presentation\d*$"
    r"|print|scan|img|impression|nouveau document|powerpoint)|[\\/_]|\.\w{2,4}$|^\W*\d",
    re.IGNORECASE,
)
_SHORTEST_TITLE = 6
_LONGEST_TITLE = 200
# Written in capitals whatever the file name did, since readers know them so.
_ACRONYMS = frozenset(
    "si cej pacea pmsmp faj rsa apl caf cpf vae iae geiq epide e2c rqth css ase pjj siao fsl ars"
    " arml unml cfa bts cap msa cpam ccas smv opco".split()
)


def slug(name: str) -> str:
    """Return ASCII lower case letters, digits and hyphens that stand for a name."""
    ascii_name = (
        unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "document"


def file_slug(path: PurePath) -> str:
    """Return the identifier of a file: the slug of its name, the same on every machine."""
    return slug(unicodedata.normalize("NFC", path.stem))


def readable_name(path: PurePath) -> str:
    """Return a file name as a title: no date in front, no underscore, a capital first."""
    stem = unicodedata.normalize("NFC", path.stem)
    words = _MARKS.sub(" ", _DATE_PREFIX.sub("", stem))
    if " " not in words.strip():
        words = words.replace("-", " ")
    words = " ".join(words.split()) or stem
    words = " ".join(w.upper() if w.lower() in _ACRONYMS else w for w in words.split(" "))
    return words[:1].upper() + words[1:]


def good_title(title: str | None) -> str | None:
    """Return a title found in a file's properties when a person could have written it."""
    words = " ".join((title or "").split())
    if not _SHORTEST_TITLE <= len(words) <= _LONGEST_TITLE or _FROM_SOFTWARE.search(words):
        return None
    return words if sum(map(str.isalpha, words)) >= len(words) // 2 else None
