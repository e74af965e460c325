"""Groups remarks by what they speak of: the thesaurus of the field, then likeness of meaning.

Themes are those of ``knowledge/corpus/themes-si.csv`` and of the examples of each, so that a new
note joins existing ones and the order of files changes nothing. A remark that is like none of them
makes a theme of its own, with those that say the same: nothing is dropped for being rare.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from knowledge.analysis import fold
from knowledge.consultation.learned import Likely, learned
from knowledge.consultation.naming import name_of, subjects
from knowledge.consultation.remarks import Remark
from knowledge.embedding import Embedder, Vectors
from knowledge.themes import group_of, theme_mentions

# What a theme named above a remark counts beside its own words.
_ABOVE = 0.3
# Under this, a remark is of no known theme; it may go on about the one before.
_KNOWN = 0.15
# Two remarks of no known theme are of one when they are this alike (a cosine).
_ALIKE = 0.90
# What opens a remark that goes on about what was said just before.
_GOES_ON = re.compile(
    r"^(?:(?:les )?(?:deux |trois |\w+ )?autres\b|ils |elles |il |elle |cela |ca |c'est |idem\b"
    r"|meme chose"
    r"|un seul a |une seule a |tout le monde |personne ne )"
)
# Who said it, which is not what it is about: « (chargée de relation entreprises) ».
_SPEAKER = re.compile(r"\([^()]*\)")


def group(
    remarks: Sequence[Remark],
    *,
    vectors: Mapping[str, Vectors],
    likely: Mapping[str, Likely],
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the theme of each remark; all that is given and returned is by their identifiers.

    ``known`` are the themes that people decided.
    """
    decided = known or {}
    themes = {
        each.id: decided.get(each.id) or _likeliest(each, likely[each.id]) for each in remarks
    }
    _follow(remarks, themes)
    found = {remark: theme for remark, theme in themes.items() if theme}
    alone = [remark for remark in remarks if remark.id not in found]
    alone.sort(key=lambda each: (each.said, each.id))
    found.update(_new_themes(alone, vectors))
    return found


def likely_of(
    remarks: Sequence[Remark], *, vectors: Mapping[str, Vectors], embedder: Embedder
) -> dict[str, Likely]:
    """Return what the examples tell of remarks, by their identifiers."""
    if not remarks:
        return {}
    rows = np.stack([vectors[remark.id] for remark in remarks])
    told = learned(embedder).of([_content(remark) for remark in remarks], rows)
    return {remark.id: each for remark, each in zip(remarks, told, strict=True)}


def _likeliest(remark: Remark, likely: Likely) -> str | None:
    """Return the theme that a remark is likely of, if any."""
    odds = dict(likely.themes)
    for theme in {
        group_of(theme) for title in subjects(remark) for theme, _, _ in theme_mentions(title)
    }:
        odds[theme] = odds.get(theme, 0.0) + _ABOVE
    best = min(odds, key=lambda theme: (-odds[theme], theme))
    return best if odds[best] >= _KNOWN else None


def _content(remark: Remark) -> str:
    """Return what is said in a remark, without who said it."""
    return _SPEAKER.sub("", remark.said).strip(" «»")


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


def _new_themes(alone: Sequence[Remark], vectors: Mapping[str, Vectors]) -> dict[str, str]:
    """Return the themes of remarks that join none: those that are alike are of one."""
    found: dict[str, str] = {}
    names: dict[str, Vectors] = {}
    for remark in alone:
        vector = vectors[remark.id]
        like = [name for name, first in names.items() if float(vector @ first) >= _ALIKE]
        name = like[0] if like else name_of(remark, taken=names)
        names.setdefault(name, vector)
        found[remark.id] = name
    return found
