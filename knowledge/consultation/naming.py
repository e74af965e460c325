"""Names the theme that a remark makes by itself, so that it reads like a theme."""

import re
from collections.abc import Container, Iterator

from knowledge.analysis import fold, is_stop_word
from knowledge.consultation.kinds import kind_named, part_said
from knowledge.consultation.remarks import Remark

_LONGEST = 45
_SUBJECT = re.compile(r"[^:.«,]{3,40}(?= ?:)")
_WORD = r"[^\W\d_][\w'’-]*"
_DETERMINER = (
    r"(?:l['’]|d['’](?=une?\b)|(?:les?|la|une?|des|du|nos|notre|leurs?|ses?|son|sa|ces?|cette) )"
)
# « la liste des champs », « agent de saisie », « numéro d'appel »
_OF = rf"(?: (?:de la|de l['’]|des?|du|d['’]) ?{_WORD})"
# Where a noun may begin: « les » after a name is a pronoun (« Maud les rend jeudi »).
_BEFORE = (
    r"(?:^|[,.;:!?«(=]|\b(?:de|à|avec|sans|pour|dans|sur|par|et|ou|que|en|devenir|avoir|\w+er|\w+ir"
    r"|\w+re))\W*"
)
_GROUP = re.compile(
    rf"{_BEFORE}(?P<whole>(?P<does>\b\w{{2,}}(?:er|ir|oir|re) )?{_DETERMINER}(?P<noun>{_WORD})"
    rf"(?P<of>{_OF})?)",
    re.IGNORECASE,
)
# Who is spoken of rather than what.
_PEOPLE = re.compile(
    r"^(?:conseill|direct|participant|jeune|person|colleg|animat|referent|ambassad|charge|seul|autre"
    r"|chose|fois|fait)"
)
_MOST_WORDS = 3


def name_of(remark: Remark, *, taken: Container[str] = ()) -> str:
    """Return a name for the theme that a remark makes: what it says that it speaks of.

    ``taken`` are names of other themes. A name that is not found says so, for a person to give it.
    """
    names = [name.lower() for name in _names(remark)]
    free = (name for name in names if name not in taken)
    return next(free, None) or _to_be_named(remark)


def _names(remark: Remark) -> Iterator[str]:
    """Yield what may name a remark, the best first."""
    said = remark.said
    subject = _SUBJECT.match(said)
    if subject and part_said(subject[0]) is None:
        yield subject[0].strip()
    cells = [cell for cell in subjects(remark) if len(cell) <= _LONGEST]
    if cells and not cells[-1].endswith(":"):
        yield cells[-1]
    groups = [each for each in _GROUP.finditer(said) if not _PEOPLE.match(fold(each["noun"]))]
    groups = [each for each in groups if not is_stop_word(each["noun"])]
    for group in sorted(groups, key=lambda each: not each["of"]):
        yield group["whole"] if group["does"] else group["noun"] + (group["of"] or "")


def subjects(remark: Remark) -> list[str]:
    """Return what stands above a remark and may name its subject."""
    return [
        title
        for title in remark.piece.above
        if any(map(str.isalpha, title)) and part_said(title) is None and kind_named(title) is None
    ]


def _to_be_named(remark: Remark) -> str:
    telling = [word for word in re.findall(_WORD, remark.said) if not is_stop_word(word)]
    return f"à nommer : {' '.join(telling[:_MOST_WORDS]).lower()}"
