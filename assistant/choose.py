"""Chooses, among the sentences found, those that answer the question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.facts import age_in_question, holds, numbers, says_ended
from assistant.signs import (
    Asked,
    Cheap,
    Dear,
    cheap_signs,
    expit,
    logit,
    share,
    weigh_all,
    weigh_cheap,
)
from assistant.understand import Understood, audience_in, likeness, subject_terms
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.ranker import Readable
from knowledge.units import Unit, bare, is_worth_showing, units_of

# How many passages are read, and how many of their sentences models read.
_PASSAGES_READ = 14
_UNITS_READ = 16
# The beginning of a long sentence tells what it is about, and costs less to compare.
_COMPARED_CHARACTERS = 200
# What a passage gains in the choice of those to read when it holds the kind of fact asked for.
_HOLDS_FACT = 0.15
# Terms that say what is asked (« montant ») weigh less than those that name the subject.
_INTENT_SHARE = 0.35
# Terms of a section's or document's title count this much of the same terms in the sentence.
_TITLE_SHARE = 0.6
# What a unit of logit is worth in the score of a sentence, that of the best being 1.
_LOGIT = 0.1
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
# What the opening of a document gains when the question asks what something is.
_OPENING = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence that answers, and how well: 1 for the best, a tenth less a unit of logit behind.

    ``coverage`` is the share of the question's terms that it and its titles hold, ``cosine`` that
    of its vector and the question's, ``relevance`` how far it answers by the ranker's reading, None
    where nothing reads. ``same_question`` tells that its heading asks the question that is asked.
    """

    unit: Unit
    score: float
    coverage: float
    cosine: float
    relevance: float | None = None
    same_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence with its signs, and what it gains or loses for reasons too rare to be fitted."""

    unit: Unit
    cheap: Cheap
    coverage: float
    correction: float
    lead: str
    same_question: bool


def rank_units(
    understood: Understood, *, hits: Sequence[Hit], library: Library, today: date
) -> list[Chosen]:
    """Return the sentences of ``hits``, those that answer best first."""
    found = candidates(understood, hits=hits, library=library, today=today)
    promising = sorted(found, key=lambda each: -(weigh_cheap(each.cheap) + each.correction))
    promising = promising[:_UNITS_READ]
    if not promising:
        return []
    dear = read_candidates(understood, promising, hits=hits, library=library)
    is_read = library.ranker is not None
    scores = [
        weigh_all(each.cheap, signs, is_read=is_read) + each.correction
        for each, signs in zip(promising, dear, strict=True)
    ]
    best = max(scores)
    order = sorted(range(len(promising)), key=lambda i: -scores[i])
    return [
        Chosen(
            unit=promising[i].unit,
            score=1 + _LOGIT * (scores[i] - best),
            coverage=promising[i].coverage,
            cosine=dear[i].cosine,
            relevance=expit(dear[i].answers) if is_read else None,
            same_question=promising[i].same_question,
        )
        for i in order
    ]


def candidates(
    understood: Understood, *, hits: Sequence[Hit], library: Library, today: date
) -> list[Candidate]:
    """Return the sentences of the passages that are worth reading, with their signs."""
    everything = units_of(hits, ranks=sorted(_passages_to_read(understood, hits)))
    introduced = _introductions(everything)
    weights = _weighted_terms(understood, library)
    first = set(terms(hits[0].source.title)) if hits else set()
    asked = Asked(
        understood=understood,
        weights=weights,
        apart={term: weight for term, weight in weights.items() if term not in first},
        age=age_in_question(understood.standalone),
    )
    found = []
    for unit in everything:
        if is_worth_showing(unit):
            hit, lead = hits[unit.hit], introduced(unit)
            alike = _heading_likeness(understood, hit)
            cheap = cheap_signs(asked, unit=unit, hit=hit, lead=lead)
            said = share(asked.weights, set(terms(unit.text)))
            found.append(
                Candidate(
                    unit=unit,
                    cheap=cheap,
                    coverage=said + _TITLE_SHARE * cheap.titled,
                    correction=_passage_correction(understood, hit, today)
                    + _unit_correction(unit, alike),
                    lead=lead,
                    same_question=alike is not None and alike >= _ALIKE,
                )
            )
    return found


def read_candidates(
    understood: Understood, chosen: Sequence[Candidate], *, hits: Sequence[Hit], library: Library
) -> list[Dear]:
    """Return what models make of sentences, each read under its titles."""
    question = understood.search_text
    said = [f"{each.lead} {bare(each.unit.text)}".strip() for each in chosen]
    places = [hits[each.unit.hit] for each in chosen]
    cosines = _cosines(question, said, places, library)
    read = library.read(
        question, [Readable(hit.titles, text) for hit, text in zip(places, said, strict=True)]
    )
    answers = [0.0] * len(chosen) if read is None else [logit(float(each)) for each in read]
    return [
        Dear(cosine=float(cosine), answers=answer)
        for cosine, answer in zip(cosines, answers, strict=True)
    ]


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


def _passage_correction(understood: Understood, hit: Hit, today: date) -> float:
    """Return what the sentences of a passage gain or lose for their source and their titles."""
    source, path = hit.source, hit.passage.section_path
    articles = {n for n in numbers(understood.standalone.upper()) if n[0].isalpha()}
    correction = 0.0
    if understood.expected == "definition" and hit.passage.position == 0:
        correction += _OPENING
    named = set(terms(re.split("[(:]", source.title)[0]))
    if not (source.is_in_force(today) or named <= set(terms(understood.search_text))):
        correction -= _REPLACED
    if source.collection == "consultation" and not understood.about_consultation:
        correction -= _OPINION
    if articles and articles & numbers(source.title):
        correction += _ARTICLE
    if path and _REFERENCES.match(path[-1]):
        correction -= _ELSEWHERE
    if path and not audience_in(path[-1]) <= audience_in(understood.standalone):
        correction -= _OTHER_AUDIENCE
    return correction


def _unit_correction(unit: Unit, alike: float | None) -> float:
    """Return what a sentence gains or loses for what it says.

    ``alike`` tells how much the question that heads it is the one asked, None where none does.
    """
    correction = 0.0
    says_yes_or_no = bare(unit.text).lower().startswith(("oui,", "non,"))
    if alike is not None and alike >= _ALIKE:
        correction += _SAME_QUESTION * alike
    elif alike is not None and says_yes_or_no:
        correction -= _OTHER_QUESTION
    if says_ended(unit.text):
        correction += _ENDED
    return correction


def _heading_likeness(understood: Understood, hit: Hit) -> float | None:
    """Return how much the question that heads a passage is the one asked; None for no question."""
    path = hit.passage.section_path
    if not path or not path[-1].endswith("?"):
        return None
    return likeness(understood.standalone, path[-1])


def _cosines(
    question: str, said: Sequence[str], places: Sequence[Hit], library: Library
) -> NDArray[np.float32]:
    """Return the cosine of each sentence, read under its titles, with the question."""
    texts = []
    for text, hit in zip(said, places, strict=True):
        title = hit.passage.section_path[-1] if hit.passage.section_path else hit.source.title
        texts.append(f"{title} : {text}"[:_COMPARED_CHARACTERS])
    cosines: NDArray[np.float32] = library.embedder.embed_passages(texts) @ library.embed_question(
        question
    )
    return cosines
