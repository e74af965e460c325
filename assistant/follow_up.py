"""A question made standalone: what it leans on is taken from the conversation, or nothing is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.act import act_of
from assistant.answer import Exchange
from assistant.asking import asking_clause
from assistant.conditions import replace_conditions, without_conditions
from assistant.subjects import Subject, Subjects, mention
from assistant.understand import AUDIENCE, expected_fact, subject_terms, subject_words
from knowledge.acronyms import acronyms_in
from knowledge.analysis import terms

# What is said before the question itself.
_POLITE = re.compile(
    r"^\s*(?:(?:merci(?: beaucoup| bien)?|ok|okay|d'accord|dac|super|parfait|nickel|top|g[eé]nial"
    r"|tr[eè]s bien|bien|bon|ah|pardon|oui|non|bonjour|bonsoir|salut)\b[\s,.!:;]+(?=\S))+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\s*(?:et|mais|ou|donc|alors|du coup)\b[\s,]*", re.IGNORECASE)
# What announces another subject.
_TURN = re.compile(
    r"^\s*(?:sinon|au fait|(?:une )?autre (?:question|chose|sujet|demande)|rien [aà] voir"
    r"|par ailleurs|jeune suivante?|pour (?:en )?revenir)\b[\s,:.]*",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"^\s*(?:(?:la )?(?:m[eê]me|mm) (?:question|chose)|idem|pareil)\b[\s,]*", re.IGNORECASE
)
# A condition alone, which completes the question before it.
_CONDITION = re.compile(
    r"^(?:pour|si|à|a|au|aux|en|dans|avec|sans|chez|quand|après|apres|avant)\b|^s['’]",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:il|elle|on|ils|elles|ça|ca|je)\b|\bc['’]", re.IGNORECASE)
# A word that stands for the dispositif, or for what was said of it.
_STANDS_FOR = re.compile(
    r"\b(?:ça|ca|cela|celui-ci|celle-ci)\b"
    r"|\b(?:ce|cet|cette|ces)\s+(?:contrat|aide|dispositif|allocation|mesure|parcours|prime|stage)\b"
    r"|\b(?:faut|peut|peuvent|doit|doivent|veut|qui|comment|sans)\s+"
    r"(?:(?:le|la|les|en|y)\s+|l['’])\w+(?:er|ir|re)\b|\b(?:l['’]a|l['’]ont|s['’]en|y a droit)\b"
    r"|\bc['’]est (?!quoi\b|qui\b)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"(?<!-)\b(?:il|elle|ils|elles)\b(?! (?:faut|y a|existe|est possible))")
# Two dispositifs side by side: the one that is not named is that of the conversation.
_SIDE_BY_SIDE = re.compile(
    r"\b(?:cumul\w*|diff[eé]rences?|compar\w*|compatible|ensemble|en m[eê]me temps|en plus"
    r"|(?:gard|perd|baiss|suspen|conserv|d[eé]dui)\w*|compte|avec)\b",
    re.IGNORECASE,
)
# « son CEJ » is what the young person has besides.
_POSSESSIVE = re.compile(r"\b(?:son|sa|ses)\s+(?:\w+\s+(?:d[eu]s?\s+)?)?$", re.IGNORECASE)
# The recognition of a handicap said of somebody, not asked about.
_OF_SOMEBODY = re.compile(
    r"\b(?:est|a|ait|avec|sans|jeune|apprentie?)\s+(?:une?\s+|la\s+|sa\s+)?rqth\b|^(?:en\s+)?rqth\b",
    re.IGNORECASE,
)
# Which of two dispositifs: « et l'autre, il dure combien », « la première piste ».
_THAT_ONE = (
    r"\b(?=\s*(?:$|[,.;:?!])|\s+(?:piste|solution|option|choix|dispositif|aide|contrat|parcours|en|il"
    r"|elle|on|[cç]a|est|a|dure|peut|faut|c['’]\w+)\b)"
)
_OTHER = re.compile(rf"\bl['’]autre{_THAT_ONE}", re.IGNORECASE)
_FIRST = re.compile(rf"\b(?:l[ea]|du|au|ta|votre)\s+premi(?:er|[eè]re){_THAT_ONE}", re.IGNORECASE)
_SECOND = re.compile(
    rf"\b(?:l[ea]|du|au|ta|votre)\s+(?:deuxi[eè]me|seconde?){_THAT_ONE}", re.IGNORECASE
)
_LITTLE = frozenset(
    terms("pour pr une un le la les en au aux à avec chez dans même question année")
)
# What comes before or after, or at most, names nothing.
_NAMELESS = frozenset(terms("avant après partir suite demi max maxi mini quelque rien"))

Kind = Literal["alone", "about", "completed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a question: alone, about the topic, or as the end of the question before."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The ways to read a question, and the signs by which one of them is told.

    ``leans`` tells that it opens with « et » or has a word that may stand for what was spoken of;
    ``completes`` that it is a condition or a few words, no question by itself; ``named`` are the
    search terms of what it names.
    """

    readings: tuple[Reading, ...]
    topic: "Topic | None" = None
    leans: bool = False
    completes: bool = False
    named: tuple[str, ...] = ()

    @property
    def by_words(self) -> Reading:
        """The reading that the words alone tell."""
        wanted: Kind = "completed" if self.completes else "about"
        if self.named and not self.leans:
            wanted = "alone"
        kinds: dict[Kind, Reading] = {each.kind: each for each in self.readings}
        # A question that names a dispositif, and completes nothing, is read alone.
        return kinds.get(wanted, self.readings[0]) if "completed" in kinds else self.readings[0]

    def takes_over(self, text: str) -> bool:
        """Tell whether the reading of this text takes something over from the conversation."""
        return any(each.text == text and each.kind != "alone" for each in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a conversation is about: its last standalone question, what that names, its sheet.

    ``beside`` is the other dispositif of a question that named two, ``spoken`` all those that the
    conversation was about, in the order in which they came.
    """

    question: str
    words: str
    subject: Subject | None = None
    beside: Subject | None = None
    spoken: tuple[Subject, ...] = ()

    @property
    def label(self) -> str:
        """How the topic is named beside a question."""
        if self.subject is None:
            return self.words
        return f"{self.subject.label}, {self.beside.label}" if self.beside else self.subject.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a question is read with: the dispositifs, the spelling of the documents.

    ``locate`` gives the id of the document that a text speaks of, None where no one does.
    """

    subjects: Subjects
    spell: Callable[[str], str] = str
    locate: Callable[[str], str | None] = lambda _: None


def topic_of(history: Sequence[Exchange], *, reader: Reader) -> Topic | None:
    """Return what a conversation is about at its end, None where no subject was named."""
    topic = None
    for exchange in history:
        if act_of(exchange.question) == "question":
            topic = _next_topic(topic, exchange, reader)
    return topic


def hear(question: str, *, topic: Topic | None, reader: Reader) -> Heard:
    """Return the ways to read a question that may lean on the conversation.

    « et pour un mineur ? » completes the question before it; « et le PACEA ? » asks the same of
    another subject; « combien de temps ? » asks something else of the same subject; a question
    that names its own subject stays as it is. Where words do not tell, several are returned.

    Args:
        question: as it was typed.
        topic: what the conversation is about; None when nothing may be taken over.
        reader: what the question is read with.
    """
    if topic is None:
        return Heard(readings=(Reading(text=question, kind="alone"),))
    typed = _POLITE.sub("", question.strip())
    opened = _OPENING.sub("", typed)
    leans = opened != typed or bool(_STANDS_FOR.search(typed) or _SOMEBODY.search(typed))
    rest, turned = _TURN.subn("", opened)
    rest = rest.strip(" ?.!")
    said = reader.spell(rest)
    named = _named(rest, reader.subjects) or _named(said, reader.subjects)
    own = [term for term in subject_terms(without_conditions(said)) if term not in _NAMELESS]
    alone = Reading(text=_as_question(rest) if turned and rest else question, kind="alone")
    readings = [alone]
    pointed = None if named or turned else _pointed_at(rest, topic)
    if pointed is not None:
        readings = [Reading(text=_as_question(f"{rest} ({pointed.label})"), kind="about")]
    elif named and not turned:
        readings = _readings_that_name(alone, rest, named=named, leans=leans, topic=topic)
    elif not named and not (turned and own):
        carried = _readings_that_carry(rest, topic)
        readings = [alone, *carried] if own and len(carried) > 1 else carried
    return Heard(
        readings=tuple(readings),
        topic=topic,
        leans=leans,
        completes=_completes(rest, said),
        named=tuple(own),
    )


def _readings_that_name(
    alone: Reading, rest: str, *, named: Sequence[Subject], leans: bool, topic: Topic
) -> list[Reading]:
    """Return the ways to read a question that names a dispositif."""
    beside = _beside(rest, named, topic)
    if beside is not None:
        return [Reading(text=beside, kind="completed")]
    if leans and topic.subject not in named:
        return [alone, Reading(text=_about(rest, topic), kind="about")]
    return [alone]


def _readings_that_carry(rest: str, topic: Topic) -> list[Reading]:
    """Return the ways to read a question that takes something over; « idem » has only one."""
    completed = Reading(text=_completed(rest, topic), kind="completed")
    if _SAME.search(rest) or not topic.label:
        return [completed]
    return [Reading(text=_about(rest, topic), kind="about"), completed]


def _pointed_at(rest: str, topic: Topic) -> Subject | None:
    """Return the dispositif of the conversation that « l'autre » or « le premier » stands for."""
    if len(topic.spoken) <= 1:
        return None
    first, second = topic.spoken[-2:]
    if _FIRST.search(rest):
        return first
    if _SECOND.search(rest):
        return second
    if _OTHER.search(rest):
        return first if topic.subject == second else second
    return None


def _beside(rest: str, named: Sequence[Subject], topic: Topic) -> str | None:
    """Return a question that names a dispositif with what it leans on, None when it does not."""
    if topic.subject in named:
        return None
    rest = _SAME.sub("", rest)
    name = mention(rest, named[0])
    if name is None:
        return None
    left = set(terms(f"{rest[: name[0]]} {rest[name[1] :]}"))
    if not left - _LITTLE:
        return _of_another(topic, rest, rest[slice(*name)])
    before = rest[: name[0]]
    is_pair = len(named) == 1 == len(acronyms_in(rest) or [0]) and (
        _SIDE_BY_SIDE.search(rest) or _POSSESSIVE.search(before)
    )
    return _about(rest, topic) if is_pair or _STANDS_FOR.search(before) else None


def _of_another(topic: Topic, rest: str, name: str) -> str:
    """Return the question of a topic, asked of another dispositif."""
    old = mention(topic.question, topic.subject) if topic.subject else None
    if old is None:
        return f"{topic.question.strip(' ?.!')}, {rest} ?"
    return f"{topic.question[: old[0]]}{name}{topic.question[old[1] :]}"


def _completes(rest: str, said: str) -> bool:
    """Tell whether words are a condition or an ellipsis, which ask nothing by themselves."""
    if expected_fact(said) not in {"any", "definition"}:
        return False
    clauses = len(_CLAUSE.findall(rest))
    condition = bool(_CONDITION.match(rest)) and clauses < 2  # noqa: PLR2004 - one clause is the condition's own
    return condition or (not clauses and not subject_terms(without_conditions(said)))


def _completed(rest: str, topic: Topic) -> str:
    """Return the question of a topic, completed with another that names no dispositif."""
    earlier, left = replace_conditions(topic.question.strip(" ?.!"), _SAME.sub("", rest))
    return f"{earlier}, {left} ?" if set(terms(left)) - _LITTLE else f"{earlier} ?"


def _about(rest: str, topic: Topic) -> str:
    return _as_question(f"{rest} ({topic.label})") if topic.label else rest


def _as_question(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]} ?"


def _named(said: str, subjects: Subjects) -> list[Subject]:
    """Return the dispositifs that a question asks about, not those that it says somebody has."""
    return [
        each
        for each in subjects.named_in(said)
        if not (_OF_SOMEBODY.search(said) and AUDIENCE.intersection(map(str.lower, each.acronyms)))
    ]


def _next_topic(topic: Topic | None, exchange: Exchange, reader: Reader) -> Topic | None:
    """Return what a conversation is about after one more exchange."""
    asked = exchange.standalone or hear(exchange.question, topic=topic, reader=reader).by_words.text
    named = _named(asked, reader.subjects) or _named(reader.spell(asked), reader.subjects)
    if not named and not subject_terms(reader.spell(asked)):
        return topic
    kept = topic.subject if topic and asked != exchange.question else None
    answered = _subject_of_answer(exchange, reader)
    # What the clause that asks names is asked about; what another names, somebody has.
    asked_about = _named(asking_clause(asked), reader.subjects)
    subject: Subject | None
    if asked_about:
        subject = next((each for each in (kept, answered) if each in asked_about), asked_about[0])
    else:
        subject = answered or next(iter(named), None) or kept
    others = [each for each in asked_about if each != subject]
    return Topic(
        question=asked,
        words=" ".join(subject_words(asked)),
        subject=subject,
        beside=others[0] if others and not kept else None,
        spoken=_spoken(topic, asked_about or named, subject),
    )


def _spoken(
    topic: Topic | None, named: Sequence[Subject], subject: Subject | None
) -> tuple[Subject, ...]:
    """Return the dispositifs of a conversation, the last spoken of at the end."""
    now = named if subject is None or subject in named else [subject]
    before = topic.spoken if topic else ()
    return (*(each for each in before if each not in now), *now)


def _subject_of_answer(exchange: Exchange, reader: Reader) -> Subject | None:
    """Return the dispositif of the sheet that an answer cites first, or that it seems to be of."""
    if exchange.sheets is not None:
        return next(filter(None, map(reader.subjects.get, exchange.sheets)), None)
    found = reader.locate(f"{exchange.question} {exchange.answer}")
    if found:
        return reader.subjects.get(found)
    opening = exchange.answer.strip().split("\n", 1)[0]
    return next(iter(reader.subjects.named_in(opening)), None)
