"""Tells the language of a text by its commonest words."""

import re

_SAMPLE = 20_000
_WORDS = {
    "fr": "le la les des du une est et dans pour que qui sur par avec au aux ce cette vous nous",
    "en": "the of and to in is that for it with as on by this are be from you or which",
    "de": "der die das und ist nicht von den mit ein eine zu auf für im des dem sich auch",
    "es": "el los las del que y una es por con para se su al lo como más pero este",
}
_VOTERS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def language_of(text: str) -> str:
    """Return ``fr``, ``en``, ``de`` or ``es``: French when nothing tells."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    votes = {language: sum(w in known for w in words) for language, known in _VOTERS.items()}
    return max(votes, key=lambda language: votes[language])
