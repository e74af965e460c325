"""The sentences that may answer a question, each with its signs and what corrects them."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.facts import (
    OF_AGE,
    age_in_question,
    articles,
    holds,
    numbers,
    says_ended,
    says_yes_or_no,
)
from assistant.signs import Asked, Cheap, cheap_signs, logit, share
from assistant.understand import Understood, audience_in, likeness, subject_terms
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.units import Unit, bare, is_worth_showing, units_of

# How many passages are read.
_PASSAGES_READ = 14
# What a passage gains in the choice of those to read when it holds the kind of fact asked for.
_HOLDS_FACT = 0.15
# Terms that say what is asked (« montant ») weigh less than those that name the subject.
_INTENT_SHARE = 0.35
# Terms of a section's or document's title count this much of the same terms in the sentence.
_TITLE_SHARE = 0.6
# Too rare to be fitted, in units of logit. What a sentence loses when its source is no longer in
# force.
_REPLACED = 2.5
# What somebody said in a meeting is no rule, and must not answer as one.
_OPINION = 3.0
# The article of law that the question names answers before those that refer to it.
_ARTICLE = 10.0
# An answer about some (« un mineur ») when the question is about nobody in particular.
_OTHER_AUDIENCE = 1.0
# Sections that list what to read elsewhere answer nothing themselves.
_ELSEWHERE = 3.0
_REFERENCES = re.compile(
    r"(?:documents?|textes? de référence|voir aussi|liens? utiles?|à télécharger)\b.{0,20}$",
    re.IGNORECASE,
)
# That something is over comes before everything that was true of it.
_ENDED = 2.0
# What a sentence gains when its heading asks the question that is asked, as far as they are alike;
# what « Oui, … » or « Non, … » loses under another question.
_SAME_QUESTION = 0.7
_OTHER_QUESTION = 2.0
_ALIKE = 0.5
# An answer under such a heading (« Qui signe ? ») is given whole up to this length.
_SHORT_ANSWER = 420
# What a sentence gains that answers all the known questions nearest to the one asked, and the share
# of them below which it gains little (docs/adr/0015-known-questions.md).
_KNOWN, _LITTLE = 12.0, 0.05
# Of a question like a known one, a sentence that answers less than this share of the nearest says
# something else.
_ASIDE = 0.05
# The part of it that a sentence without an amount gains where one is asked for.
_WITHOUT_FACT = 0.35
# What the opening of a document gains when the question asks what something is.
_OPENING = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence with its signs, and what it gains or loses for reasons too rare to be fitted.

    ``is_aside`` tells that it answers none of the known questions that are like the one asked.
    """

    unit: Unit
    cheap: Cheap
    coverage: float
    correction: float
    lead: str
    given_whole: bool
    is_aside: bool


def candidates(
    understood: Understood, *, hits: Sequence[Hit], library: Library, today: date
) -> list[Candidate]:
    """Return the sentences of the passages that are worth reading, with their signs."""
    everything = units_of(hits, ranks=sorted(_passages_to_read(understood, hits)))
    introduced = _introductions(everything)
    weights = _weighted_terms(understood, library)
    first = set(terms(hits[0].source.title)) if hits else set()
    documents: dict[str, float] = {}
    for hit in hits:
        read = logit(hit.relevance or 0.0)
        documents[hit.source.id] = max(read, documents.get(hit.source.id, read))
    asked = Asked(
        understood=understood,
        weights=weights,
        apart={term: weight for term, weight in weights.items() if term not in first},
        documents=documents,
        age=age_in_question(understood.standalone),
    )
    read_hits = {unit.hit: hits[unit.hit] for unit in everything}
    likenesses = {rank: _heading_likeness(understood, hit) for rank, hit in read_hits.items()}
    audience = _audience_asked_about(understood.standalone, asked.age)
    corrections = {
        rank: _passage_correction(understood, hit, audience=audience, today=today)
        for rank, hit in read_hits.items()
    }
    echo = library.echo(understood.search_text)
    found = []
    for unit in everything:
        if is_worth_showing(unit):
            hit, lead = hits[unit.hit], introduced(unit)
            alike = likenesses[unit.hit]
            cheap = cheap_signs(asked, unit=unit, hit=hit, lead=lead)
            said = share(asked.weights, set(terms(unit.text)))
            known = echo.share(hit.source.id, bare(unit.text))
            found.append(
                Candidate(
                    unit=unit,
                    cheap=cheap,
                    coverage=said + _TITLE_SHARE * cheap.titled,
                    correction=corrections[unit.hit]
                    + _unit_correction(unit, alike)
                    + _known_gain(known)
                    * (1.0 if cheap.holds or understood.expected != "amount" else _WITHOUT_FACT),
                    lead=lead,
                    given_whole=alike is not None
                    and alike >= _ALIKE
                    and len(hit.passage.text) <= _SHORT_ANSWER,
                    is_aside=echo.is_known and hit.source.id in echo.sheets and known < _ASIDE,
                )
            )
    return found


def _known_gain(share_of_known: float) -> float:
    """Return what a sentence gains for the share of the nearest known questions that it answers.

    It grows as the logarithm of the share: of two sentences that both answer many, both are shown.
    """
    return _KNOWN * math.log1p(share_of_known / _LITTLE) / math.log1p(1 / _LITTLE)


def _passages_to_read(understood: Understood, hits: Sequence[Hit]) -> set[int]:
    """Return the ranks of the passages that are worth reading."""
    scores = [
        hit.score + _HOLDS_FACT * holds(understood.expected, hit.passage.text) for hit in hits
    ]
    order = sorted(range(len(hits)), key=lambda rank: -scores[rank])
    return set(order[:_PASSAGES_READ])


def _weighted_terms(understood: Understood, library: Library) -> dict[str, float]:
    """Return the terms of the question with their weights."""
    subject = set(subject_terms(understood.search_text))
    return {
        term: library.rarity(term) * (1.0 if term in subject else _INTENT_SHARE)
        for term in dict.fromkeys(terms(understood.search_text))
    }


def _introductions(units: Sequence[Unit]) -> Callable[[Unit], str]:
    """Return what gives the lead-in or header of a unit, without which it says too little."""
    places = {(unit.hit, unit.position): unit.text for unit in units}

    def introduced(unit: Unit) -> str:
        above = unit.lead_in if unit.header is None else unit.header
        return "" if above is None else places[unit.hit, above]

    return introduced


def _heading_likeness(understood: Understood, hit: Hit) -> float | None:
    """Return how much the question that heads a passage is the one asked; None for no question."""
    path = hit.passage.section_path
    if not path or not path[-1].endswith("?"):
        return None
    return likeness(understood.standalone, path[-1])


def _passage_correction(
    understood: Understood, hit: Hit, *, audience: frozenset[str], today: date
) -> float:
    """Return what the sentences of a passage gain or lose for their source and their titles."""
    source, path = hit.source, hit.passage.section_path
    named_articles = articles(understood.standalone.upper())
    correction = 0.0
    if understood.expected == "definition" and hit.passage.position == 0:
        correction += _OPENING
    named = set(terms(re.split("[(:]", source.title)[0]))
    if not (source.is_in_force(today) or named <= set(terms(understood.search_text))):
        correction -= _REPLACED
    if source.collection == "consultation" and not understood.about_consultation:
        correction -= _OPINION
    if named_articles & numbers(source.title):
        correction += _ARTICLE
    if path and _REFERENCES.match(path[-1]):
        correction -= _ELSEWHERE
    if path and not audience_in(path[-1]) <= audience:
        correction -= _OTHER_AUDIENCE
    return correction


def _audience_asked_about(question: str, age: int | None) -> frozenset[str]:
    """Return the terms that say of whom a question is, an age standing for a minor or an adult."""
    by_age = "" if age is None else "mineur" if age < OF_AGE else "majeur"
    return audience_in(f"{question} {by_age}")


def _unit_correction(unit: Unit, alike: float | None) -> float:
    """Return what a sentence gains or loses for what it says.

    ``alike`` tells how much the question that heads it is the one asked, None where none does.
    """
    correction = 0.0
    if alike is not None and alike >= _ALIKE:
        correction += _SAME_QUESTION * alike
    elif alike is not None and says_yes_or_no(bare(unit.text)):
        correction -= _OTHER_QUESTION
    if says_ended(unit.text):
        correction += _ENDED
    return correction
