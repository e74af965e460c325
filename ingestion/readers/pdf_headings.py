"""Recognises the headings of a PDF that say so themselves; a wrong heading is worse than none."""

import re

LONGEST_HEADING = 160
_LONGEST_LINE = 120
_LONGEST_CAPITALS = 90
_LONGEST_LABEL = 70
_HIGHEST_NUMBER = 40
_FEWEST_LETTERS = 4
_NAMED = re.compile(
    r"^(?P<name>titre|partie|livre|chapitre|section|sous-section|annexe|fiche|article|action"
    r"|engagement|mesure|axe|objectif|étape)\s*(?:n°\s*)?(?:[IVXLC]+|\d+(?:[.-]\d+)*|1er|premier|[A-Z])"
    r"(?:er)?(?=$|[\s:.–-])(?P<rest>.*)$",
    re.IGNORECASE,
)
_NAMED_RANKS = {
    "titre": 1, "partie": 1, "livre": 1, "chapitre": 2, "axe": 2, "engagement": 2, "annexe": 2,
    "section": 3, "sous-section": 4,
}  # fmt: skip
_RANK_OF_ARTICLES = 5
# « Article 10 de la loi … », « section 2 du présent code »: a sentence, not a heading.
_QUOTES_A_LAW = re.compile(
    r"^\s*(?:de|du|des|d['’]|et|ou|à|au|aux|ci|est|sont|,|précit|susvis|relatif)\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:\s?[.)°]\s*[–—-]?|\s?[–—-]|(?<=\.\d)|(?<=\.\d\d))\s+(?=[A-ZÀ-Ý«])(?P<rest>.{3,})$"
)
_ROMAN = re.compile(r"^[IVX]{1,5}\s?[.)–-]+\s+(?=[A-ZÀ-Ý])(?P<rest>.{3,})$")
_LETTERED = re.compile(r"^(?:[A-H]\s?[.)–-]+|[a-h][.)])\s*(?=[A-ZÀ-Ý])(?P<rest>.{3,})$")
_SENTENCE_END = re.compile(r"[.,;!]$")
_AMOUNT = re.compile(r"\d\s?(?:€|%)")
_FEWEST_UPPER = 0.95


def heading_rank(
    line: str, *, following: str | None, apart: bool, outline: frozenset[str]
) -> int | None:
    """Return how high a line stands as a heading, 1 for the highest, or None.

    Args:
        line: a line that starts anew.
        following: the line after it, if any; the last line of a document heads nothing.
        apart: whether blank lines stand before and after it.
        outline: the titles of the bookmarks, in lower case and without white space.
    """
    if (
        following is None
        or len(line) > _LONGEST_LINE
        or sum(map(str.isalpha, line)) < _FEWEST_LETTERS
    ):
        return None
    if "".join(line.lower().split()) in outline:
        return 2
    return _named(line) or _numbered(line, following) or _unnumbered(line, apart=apart)


def is_capitals(line: str) -> bool:
    """Tell whether a line is written in capitals, in several words or a long one."""
    letters = [letter for letter in line if letter.isalpha()]
    upper = sum(map(str.isupper, letters))
    return (
        len(letters) >= _FEWEST_LETTERS
        and upper >= len(letters) * _FEWEST_UPPER
        and len(letters) >= len(line.replace(" ", "")) * 0.6
    )


def is_named(line: str) -> bool:
    """Tell whether a line opens a named part: « Article 3 », « CHAPITRE II »."""
    return _named(line) is not None


def _named(line: str) -> int | None:
    """Return the rank of « Article 3 : … » or « CHAPITRE II »."""
    match = _NAMED.match(line)
    if match is None or not line[0].isupper() or line[-1] in ",;":
        return None
    if _QUOTES_A_LAW.match(match["rest"]) or (line[-1] == "." and len(line) > _LONGEST_LABEL):
        return None
    return _NAMED_RANKS.get(match["name"].lower(), _RANK_OF_ARTICLES)


def _numbered(line: str, following: str) -> int | None:
    """Return the rank of « 1.2 Titre », « II. Titre » or « A- Titre », not in a list of them."""
    wrapped = following[0].islower() or line.endswith("-")
    if wrapped or _SENTENCE_END.search(line) or _AMOUNT.search(line):
        return None
    for pattern, rank in ((_NUMBERED, 6), (_ROMAN, 6), (_LETTERED, 11)):
        match = pattern.match(line)
        if match is None:
            continue
        number = match.groupdict().get("number", "1")
        if pattern.match(following) or int(number.split(".")[0]) > _HIGHEST_NUMBER:
            return None
        return rank + number.count(".")
    return None


def _unnumbered(line: str, *, apart: bool) -> int | None:
    """Return the rank of a line in capitals, or of a label such as « Pièces à fournir : »."""
    if is_capitals(line) and len(line) <= _LONGEST_CAPITALS and line[-1] not in ",;":
        words = line.split()
        return 7 if len(words) > 1 or apart else None
    label = line.rstrip(" :")
    if apart and line.endswith(":") and len(label) <= _LONGEST_LABEL and line[0].isupper():
        return 12 if "," not in label else None
    return None
