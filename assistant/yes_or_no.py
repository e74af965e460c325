"""The « Oui » or « Non » that a sheet says under its own question, told under another one."""

import re

from assistant.facts import says_yes_or_no
from assistant.plain_words import capital
from assistant.understand import expected_fact, likeness

# From this likeness of the two questions, yes means yes.
_SAME = 0.6
# What can be read without the question that it answers: it names what it speaks of.
_STANDS_ALONE = re.compile(
    r"(?:l[ea]s?|une?|des|aucune?|chaque|tout(?:es?)?|tous|[A-ZÀ-Ý][\wÀ-ÿ]+)\b|l['’]|d['’]après\b"
)
_WORD = re.compile(r"^(?:oui|non),\s*", re.IGNORECASE)


def as_reply(sentence: str, *, heading: str, question: str) -> tuple[str, str]:
    """Return what to say before a sentence, and the sentence, for no « Oui » to mislead.

    Under the question that the sheet asks, or nearly, it stays as it is. Under another one that yes
    or no answers, the sheet's question is said first: « elle doit arrêter ? » must not be told
    « Oui, elle peut rester ». Where yes or no answers nothing, the word is left out, if what
    follows can be read alone.

    Args:
        sentence: of a sheet.
        heading: what heads it there.
        question: what is asked, made standalone.
    """
    if not (says_yes_or_no(sentence) and heading.endswith("?")):
        return "", sentence
    rest = _WORD.sub("", sentence)
    if expected_fact(question) != "any" and _STANDS_ALONE.match(rest):
        return "", capital(rest)
    if likeness(question, heading) >= _SAME:
        return "", sentence
    return f"« {heading} » ", sentence
