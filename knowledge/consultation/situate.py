"""Proposes the part of the information system that a remark is about, and who said it."""

import re
from dataclasses import dataclass

from knowledge.consultation.remarks import Remark
from knowledge.consultation.vocabulary import component_of_theme, components, profiles
from knowledge.themes import group_of, theme_mentions

#: What is said where the words do not tell.
UNKNOWN = "non précisé"
_SPEAKER = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that the words of a remark suggest; ``confidence`` is in [0, 1]."""

    value: str
    reason: str
    confidence: float


_NOTHING = Guess(UNKNOWN, "les mots ne le disent pas", 0.2)


def component_of(remark: Remark) -> Guess:
    """Return the part of the information system that a remark speaks of first."""
    said = _SPEAKER.sub(" ", remark.said)
    found = components().mentions(said) or _by_theme(said)
    if not found:
        titles = " ; ".join(remark.piece.above[::-1])
        above = components().mentions(titles) or _by_theme(titles)
        return Guess(above[0][0], f"le titre dit « {above[0][1]} »", 0.5) if above else _NOTHING
    counts = {name: sum(name == each for each, _ in found) for name, _ in found}
    name = max(counts, key=lambda each: counts[each])
    word = next(word for each, word in found if each == name)
    return Guess(name, f"les mots disent « {word} »", 0.8 if len(counts) == 1 else 0.5)


def _by_theme(text: str) -> list[tuple[str, str]]:
    """Return the components of the themes that a text speaks of, each with its theme."""
    themes = [group_of(theme) for theme, _, _ in theme_mentions(text)]
    known = component_of_theme()
    return [(known[theme], theme) for theme in themes if theme in known]


def profile_of(remark: Remark) -> Guess:
    """Return who said a remark: the note names them in parentheses, or in the words themselves."""
    for aside in (*_SPEAKER.findall(remark.said)[::-1], remark.piece.speaker):
        if found := profiles().mentions(aside):
            return Guess(found[0][0], f"le compte rendu note « {found[0][1]} »", 0.9)
    for cell in remark.piece.above[::-1]:
        if len(cell.split()) <= 4 and (found := profiles().mentions(cell)):  # noqa: PLR2004
            return Guess(found[0][0], f"le compte rendu note « {found[0][1]} »", 0.7)
    if remark.note.is_of_young_people:
        return Guess("jeune", "le compte rendu est celui de jeunes", 0.9)
    return _NOTHING
