"""Which way to read a question after others: the one that words and documents bear out."""

import math
import re
from collections.abc import Callable
from datetime import date

from assistant.decide import decide, probability
from assistant.find import Found
from assistant.follow_up import Heard, Reading
from assistant.signs import expit, logit, share
from knowledge.analysis import terms
from knowledge.known_questions import plain
from knowledge.library import Library
from knowledge.units import bare

#: What tells that a question carries on, in the order of the weights; see ``signs``.
SIGNS = (
    "leans", "opens", "speaks", "asks", "words", "named", "here", "elsewhere", "nearer", "among",
    "titled", "closer",
)  # fmt: skip
# A logistic regression fitted by ``python -m evaluation.fit_readings`` on development questions
# (docs/adr/0006-embedded-writer.md).
_INTERCEPT = 0.04
_WEIGHTS = (1.64, 0.12, 1.24, 0.84, 0.50, -0.25, 0.96, -2.37, 37.94, 0.37, -3.37, 17.88)
# More terms named tell no more.
_MOST_NAMED = 6
#: A question carries on from this probability (docs/adr/0006-embedded-writer.md).
LIKELY = 0.3
# What the end of the question before is behind, in logit: it finds again what that one found; and
# what a reading is behind that finds what the answer before says.
_REPEATED, _SAID = 1.0, 3.0
_MARK = re.compile(r"\[\d+\]")
# The documents that a question finds alone, as far as they are looked at.
_DOCUMENTS = 3
# What one says before a question when one goes on speaking; who speaks of what they do together.
_OPENS = re.compile(
    r"^\W*(?:et|mais|ou|donc|alors|du coup|ah|ok|bon|sauf|m[eê]me|oui|non|hum|pff|merci|parfait"
    r"|nickel|pardon|en fait|correction)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:je|j['’]|on|nous)\b", re.IGNORECASE)

Find = Callable[[Reading], Found]


def signs(question: str, heard: Heard, alone: Found, *, library: Library) -> list[float]:
    """Return what tells whether a question carries on, in the order of ``SIGNS``.

    ``leans``, ``opens`` with « et » or « ah », ``speaks`` of « on » or « je », ``asks`` with a
    question mark, how many ``words`` it has (their logarithm), how many search terms it ``named``;
    the shares of these that the sheet of the conversation holds (``here``), and another document
    that the question finds alone (``elsewhere``); how much ``nearer`` that sheet is than the
    others, in cosine; whether it is ``among`` the documents found; the share of the title found
    first that the question says (``titled``); and how much ``closer`` to a known question it comes
    when it takes something over, in cosine.
    """
    weights = {term: library.rarity(term) for term in heard.named}
    sheet = heard.topic.subject.id if heard.topic and heard.topic.subject else None
    hits = alone.answering
    documents = list(dict.fromkeys(hit.source.id for hit in hits))

    def held(document_id: str) -> float:
        document = library.document(document_id)
        return share(weights, set(terms(f"{document.source.title} {document.text}")))

    here = [hit.dense for hit in hits if hit.source.id == sheet]
    others = [hit.dense for hit in hits if hit.source.id != sheet]
    furthest = min((hit.dense for hit in hits), default=0.0)
    nearer = max(here, default=furthest) - max(others, default=furthest)
    title = {term: library.rarity(term) for hit in hits[:1] for term in terms(hit.source.title)}
    likeness = {each.kind: library.echo(each.text).likeness for each in heard.readings}
    return [
        float(heard.leans),
        float(bool(_OPENS.search(question))),
        float(bool(_SPEAKS.search(question))),
        float(question.rstrip().endswith("?")),
        math.log(len(question.split()) + 1),
        float(min(len(heard.named), _MOST_NAMED)),
        held(sheet) if sheet else 0.0,
        max((held(each) for each in documents[:_DOCUMENTS] if each != sheet), default=0.0),
        nearer,
        float(sheet in documents),
        share(title, set(terms(alone.understood.search_text))),
        max(likeness[kind] for kind in likeness if kind != "alone") - likeness["alone"],
    ]


def carries_on(question: str, heard: Heard, alone: Found, *, library: Library) -> float:
    """Return the probability that a question takes something over from the conversation.

    Args:
        question: as it was typed.
        heard: its readings, the one alone and others.
        alone: what it finds when nothing is taken over.
        library: where it was found.
    """
    told = signs(question, heard, alone, library=library)
    return expit(_INTERCEPT + sum(w * v for w, v in zip(_WEIGHTS, told, strict=True)))


def read(
    question: str, heard: Heard, *, said: str, find: Find, library: Library, today: date
) -> tuple[Found, dict[str, object]]:
    """Return what a question finds, read the way that words and documents bear out best.

    Of two readings that take something over, the one that is answered more surely is kept; the end
    of the question before, and what only finds again what was just said, where it is so by far.
    Where that would be refused, what would not takes its place.

    Args:
        question: as it was typed.
        heard: its readings.
        said: the answer before it.
        find: returns what one reading finds.
        library: where it is found.
        today: tells how old a source is.

    Returns:
        What is found, and what it was chosen by, for the trace.
    """
    told: dict[str, object] = {}
    if len(heard.readings) == 1:
        return find(heard.readings[0]), told
    found: dict[str, Found] = {}

    def sure(reading: Reading) -> float:
        """Return how surely a reading is answered with something new, in logit."""
        if reading.text not in found:
            found[reading.text] = find(reading)
        ranked, evidence = found[reading.text].weighed(library, today)
        told[reading.text] = round(probability(evidence), 3)
        is_repeated = bool(ranked) and _stands_in(bare(ranked[0].unit.text), said)
        behind = _REPEATED * (reading.kind == "completed") + _SAID * is_repeated
        return logit(probability(evidence)) - behind

    def is_refused(reading: Reading) -> bool:
        return decide(found[reading.text].weighed(library, today)[1]) == "not_found"

    carried = [each for each in heard.readings if each.kind != "alone"]
    if (alone := heard.readings[0]).kind == "alone":
        found[alone.text] = find(alone)
        likely = carries_on(question, heard, found[alone.text], library=library)
        told["carries_on"] = round(likely, 3)
        if likely < LIKELY:
            return found[alone.text], told
    kept = max(carried, key=sure)
    if is_refused(kept):
        others = sorted(heard.readings, key=sure, reverse=True)
        kept = next((each for each in others if not is_refused(each)), kept)
    return found[kept.text], told


def _stands_in(sentence: str, said: str) -> bool:
    """Tell whether an answer says a sentence, whatever the « Oui » before it."""
    words = plain(sentence).removeprefix("oui ").removeprefix("non ")
    return words in plain(_MARK.sub("", said))
