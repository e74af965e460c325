"""Groups remarks by what they speak of: the thesaurus of the field, then likeness of meaning.

The themes of ``knowledge/corpus/themes-si.csv`` come first, so that a new note joins existing ones
and the order of files changes nothing. A remark that speaks of none of them joins the theme whose
remarks are most like it, or makes a theme of its own: nothing is dropped for being rare.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from knowledge.analysis import fold, is_stop_word, surface_words
from knowledge.consultation.kinds import kind_named, part_said
from knowledge.consultation.remarks import Remark
from knowledge.embedding import Embedder, Vectors
from knowledge.themes import group_of, theme_mentions

# What says how one speaks of something, and not what of.
_MANNERS = frozenset({"réserves et craintes", "dossier du jeune", "résumer", "rédiger", "matériel"})
_MANNER_WEIGHT = 0.3
# What stands above a remark counts less than its own words; what comes first counts more.
# A theme that is mentioned again counts a little more.
_AGAIN = 0.1
_ABOVE, _FIRST, _LATER, _LONG = 0.6, 0.8, 0.08, 0.5
# A remark joins a theme when its likeness to it stands this far above its likeness to all others,
# and two remarks without theme are of one when they are this alike (cosines).
_JOINS, _ALIKE = 0.07, 0.90
_LONGEST_NAME = 45
# What opens a remark that goes on about what was said just before.
_GOES_ON = re.compile(
    r"^(?:(?:les )?(?:deux |trois |\w+ )?autres\b|ils |elles |il |elle |cela |ca |c'est |idem\b"
    r"|meme chose"
    r"|un seul a |une seule a |tout le monde |personne ne )"
)
_MOST_WORDS = 3
# Who said it, which is not what it is about: « (chargée de relation entreprises) ».
_SPEAKER = re.compile(r"\([^()]*\)")


def theme_of_words(remark: Remark) -> str | None:
    """Return the theme of the thesaurus that a remark speaks of first and most, if any."""
    scores: dict[str, float] = defaultdict(float)
    for theme, place, length in theme_mentions(_SPEAKER.sub("", remark.said)):
        weight = _MANNER_WEIGHT if theme in _MANNERS else 1.0
        said = weight * (length**_LONG + max(0.0, _FIRST - _LATER * place))
        group = group_of(theme)
        scores[group] = max(scores[group], said) + _AGAIN * min(scores[group], said)
    for title in _subjects(remark):
        for theme, _, length in theme_mentions(title):
            scores[group_of(theme)] += _ABOVE * length**_LONG
    return min(scores, key=lambda theme: (-scores[theme], theme)) if scores else None


def group(
    remarks: Sequence[Remark],
    *,
    vectors: Mapping[str, Vectors],
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the theme of each remark; ``vectors`` and the result are by their identifiers.

    ``known`` are the themes that people decided: others join them.
    """
    decided = known or {}
    themes = {each.id: decided.get(each.id) or theme_of_words(each) for each in remarks}
    _follow(remarks, themes)
    said = [(theme, vectors[remark]) for remark, theme in themes.items() if theme]
    found = {remark: theme for remark, theme in themes.items() if theme}
    alone = []
    for remark in sorted(remarks, key=lambda each: (each.said, each.id)):
        if remark.id in found:
            continue
        theme = _nearest(vectors[remark.id], said)
        if theme:
            found[remark.id] = theme
        else:
            alone.append(remark)
    found.update(_new_themes(alone, vectors))
    return found


def _follow(remarks: Sequence[Remark], themes: dict[str, str | None]) -> None:
    """Give the theme of the remark before to one that only goes on about it."""
    for before, remark in pairwise(remarks):
        if themes[remark.id] is None and before.note is remark.note and _goes_on(before, remark):
            themes[remark.id] = themes[before.id]


def _goes_on(before: Remark, remark: Remark) -> bool:
    """Tell whether a remark stands in the paragraph of the one before, or refers to it."""
    between = remark.note.text[before.piece.end : remark.piece.start]
    in_paragraph = before.piece.is_prose and remark.piece.is_prose and not between.strip()
    return (in_paragraph and "\n\n" not in between) or bool(_GOES_ON.match(fold(remark.said)))


def vectors_of(remarks: Sequence[Remark], *, embedder: Embedder) -> dict[str, Vectors]:
    """Return the vector of each remark, by its identifier."""
    if not remarks:
        return {}
    embedded = embedder.embed_passages([remark.said for remark in remarks])
    return {remark.id: vector for remark, vector in zip(remarks, embedded, strict=True)}


def _subjects(remark: Remark) -> list[str]:
    """Return what stands above a remark and may name its subject."""
    return [
        title
        for title in remark.piece.above
        if any(map(str.isalpha, title)) and part_said(title) is None and kind_named(title) is None
    ]


def _nearest(vector: Vectors, known: Sequence[tuple[str, Vectors]]) -> str | None:
    """Return the theme of the remark of known theme that is surely most like this one, or None."""
    if not known:
        return None
    likeness = np.asarray([float(vector @ other) for _, other in known])
    best = int(likeness.argmax())
    ahead = likeness[best] - float(np.median(likeness))
    return known[best][0] if ahead >= _JOINS else None


def _new_themes(alone: Sequence[Remark], vectors: Mapping[str, Vectors]) -> dict[str, str]:
    """Return the themes of remarks that join none: those that are alike are of one."""
    found: dict[str, str] = {}
    names: dict[str, Vectors] = {}
    for remark in alone:
        vector = vectors[remark.id]
        like = [name for name, first in names.items() if float(vector @ first) >= _ALIKE]
        name = like[0] if like else _name(remark)
        names.setdefault(name, vector)
        found[remark.id] = name
    return found


def _name(remark: Remark) -> str:
    """Return a name for the theme that a remark makes: what it says that it speaks of."""
    subject = re.match(r"[^:.«,]{3,40}(?= ?:)", remark.said)
    if subject and part_said(subject[0]) is None:
        return subject[0].strip().lower()
    cells = [cell for cell in _subjects(remark) if len(cell) <= _LONGEST_NAME]
    if cells and not cells[-1].endswith(":"):
        return cells[-1].lower()
    said = surface_words(remark.said)
    telling = [place for place, word in enumerate(said) if not is_stop_word(fold(word))]
    first, *more = telling[:_MOST_WORDS] or [0]
    return " ".join(said[first : (more or [first])[-1] + 1]).lower()
