"""Brings a question, as it was typed, to the words that documents use, before it is searched.

Done twice it changes nothing more, so that whoever searches may have done it already.
"""

import re
from collections.abc import Callable

from knowledge.acronyms import acronyms, acronyms_in, expansions_in
from knowledge.analysis import fold, is_stop_word, terms
from knowledge.colloquial import spell_out
from knowledge.lexicon import Lexicon

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
# Fewer letters than these, all in capitals, may be an acronym alone.
_SHOUTED = 12


def spell(question: str, *, lexicon: Lexicon, knows: Callable[[str], bool]) -> str:
    """Return a question spelt as documents spell it.

    Capitals, hurried words, missing accents and slips are mended; acronyms, capitalised names and
    words that some document holds stay as they are.

    Args:
        question: as it was typed.
        lexicon: the words of the documents.
        knows: tells whether some document holds a search term.
    """
    calm = _lower(question)

    def is_known(word: str) -> bool:
        return all(knows(term) for term in terms(word))

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SHORTEST or is_stop_word(word) or fold(word) in acronyms():
            return word
        written = lexicon.written(word)
        if written is not None:
            return written if word == fold(word) else word
        is_name = word[0].isupper() and match.start() > 0
        return word if is_name or is_known(word) else lexicon.nearest(word) or word

    return _LETTERS.sub(mend, spell_out(calm, is_known=is_known))


def with_acronyms(question: str) -> str:
    """Return a question with what its acronyms stand for.

    « le CEJ » becomes « le CEJ (contrat d'engagement jeune) ».
    """
    spelt = expansions_in(question)
    added = [each.expansion for each in acronyms_in(question) if each not in spelt]
    return f"{question} ({', '.join(added)})" if added else question


def acronyms_for(question: str) -> list[str]:
    """Return the acronyms of what a question spells out and does not abbreviate.

    They are for the comparison of words: a vector would only be led astray.
    """
    written = acronyms_in(question)
    return [each.short for each in expansions_in(question) if each not in written]


def _lower(question: str) -> str:
    """Return a question typed wholly in capitals in lower case, its acronyms excepted."""
    if not question.isupper() or sum(map(str.isalpha, question)) < _SHOUTED:
        return question
    return _LETTERS.sub(
        lambda word: word.group() if fold(word.group()) in acronyms() else word.group().lower(),
        question,
    )
