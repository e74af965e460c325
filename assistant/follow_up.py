"""A question made standalone: what it leans on is taken from the conversation, or nothing is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.act import act_of
from assistant.answer import Exchange
from assistant.conditions import replace_conditions, without_conditions
from assistant.doubt import Doubt
from assistant.subjects import Subject, Subjects, mention
from assistant.understand import AUDIENCE, expected_fact, subject_terms, subject_words
from knowledge.acronyms import acronyms_in
from knowledge.analysis import terms

# What is said before the question itself.
_POLITE = re.compile(
    r"^\s*(?:merci(?: beaucoup| bien)?|ok|okay|d'accord|dac|super|parfait|tr[eè]s bien|bien|oui|non"
    r"|bonjour|bonsoir|salut)\b[\s,.!:;]+(?=\S)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\s*(?:et|mais|ou|donc|alors|du coup)\b[\s,]*", re.IGNORECASE)
# What announces another subject.
_TURN = re.compile(
    r"^\s*(?:sinon|au fait|autre (?:question|chose|sujet)|rien [aà] voir|par ailleurs"
    r"|pour (?:en )?revenir)\b[\s,:.]*",
    re.IGNORECASE,
)
_SAME = re.compile(r"^\s*(?:la )?m[eê]me (?:question|chose)\b[\s,]*", re.IGNORECASE)
# A condition alone, which completes the question before it.
_CONDITION = re.compile(
    r"^(?:pour|si|à|a|au|aux|en|dans|avec|sans|chez|quand|après|apres|avant)\b|^s['’]",
    re.IGNORECASE,
)
_IF = re.compile(r"^(?:si\b|s['’])", re.IGNORECASE)
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
_LITTLE = frozenset(terms("pour une un le la les en au aux à avec chez dans même question année"))
# What comes before or after, or at most, names nothing.
_NAMELESS = frozenset(terms("avant après partir suite demi max maxi mini quelque rien"))

#: Tells, from what the documents hold, whether a question carries on.
Settle = Callable[[Doubt], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a conversation is about: its last standalone question, what that names, its sheet.

    ``beside`` is the other dispositif of a question that named two.
    """

    question: str
    words: str
    subject: Subject | None = None
    beside: Subject | None = None

    @property
    def label(self) -> str:
        """How the topic is named beside a question."""
        if self.subject is None:
            return self.words
        return f"{self.subject.label}, {self.beside.label}" if self.beside else self.subject.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a question is read with: the dispositifs, and the spelling of the documents."""

    subjects: Subjects
    spell: Callable[[str], str] = str


def topic_of(history: Sequence[Exchange], *, reader: Reader) -> Topic | None:
    """Return what a conversation is about at its end, None where no subject was named."""
    topic = None
    for exchange in history:
        if act_of(exchange.question) == "question":
            topic = _next_topic(topic, exchange, reader)
    return topic


def make_standalone(
    question: str, *, topic: Topic | None, reader: Reader, settle: Settle | None = None
) -> str:
    """Return a question as it would be asked alone.

    « et pour un mineur ? » completes the question before it; « et le PACEA ? » asks the same of
    another subject; « combien de temps ? » asks something else of the same subject; a question
    that names its own subject stays as it is. Where words do not tell, evidence does.

    Args:
        question: as it was typed.
        topic: what the conversation is about; None when nothing may be taken over.
        reader: what the question is read with.
        settle: asked where words do not tell; None to go by the opening and the pronouns.
    """
    if topic is None:
        return question
    typed = _POLITE.sub("", question.strip())
    opened = _OPENING.sub("", typed)
    leans = opened != typed or bool(_STANDS_FOR.search(typed) or _SOMEBODY.search(typed))
    rest, turned = _TURN.subn("", opened)
    rest = rest.strip(" ?.!")
    said = reader.spell(rest)
    named = _named(rest, reader.subjects) or _named(said, reader.subjects)
    own = [term for term in subject_terms(without_conditions(said)) if term not in _NAMELESS]
    if turned and (named or own):
        return question
    if named:
        return _beside(rest, named, topic) or question
    carried = _completed(rest, said, topic)
    if not own or _SAME.search(rest) or (opened != typed and _IF.match(rest)):
        return carried
    doubt = Doubt(question=rest, named=tuple(own), leans=leans, subject=topic.subject)
    return carried if (settle(doubt) if settle else leans) else question


def _beside(rest: str, named: Sequence[Subject], topic: Topic) -> str | None:
    """Return a question that names a dispositif with what it leans on, None when it does not."""
    if topic.subject in named:
        return None
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


def _completed(rest: str, said: str, topic: Topic) -> str:
    """Return a question that names no dispositif, completed with the topic."""
    asks = expected_fact(said) not in {"any", "definition"}
    clauses = len(_CLAUSE.findall(rest))
    same = _SAME.search(rest)
    condition = _CONDITION.match(rest) and clauses < 2  # noqa: PLR2004 - one clause is the condition's own
    elliptic = not clauses and not subject_terms(without_conditions(said))
    if not same and (asks or not (condition or elliptic)):
        return _about(rest, topic)
    earlier, left = replace_conditions(topic.question.strip(" ?.!"), _SAME.sub("", rest))
    return f"{earlier}, {left} ?" if set(terms(left)) - _LITTLE else f"{earlier} ?"


def _about(rest: str, topic: Topic) -> str:
    return f"{rest[:1].upper()}{rest[1:]} ({topic.label}) ?" if topic.label else rest


def _named(said: str, subjects: Subjects) -> list[Subject]:
    """Return the dispositifs that a question asks about, not those that it says somebody has."""
    return [
        each
        for each in subjects.named_in(said)
        if not (_OF_SOMEBODY.search(said) and AUDIENCE.intersection(map(str.lower, each.acronyms)))
    ]


def _next_topic(topic: Topic | None, exchange: Exchange, reader: Reader) -> Topic | None:
    """Return what a conversation is about after one more exchange."""
    asked = exchange.standalone or make_standalone(exchange.question, topic=topic, reader=reader)
    named = _named(asked, reader.subjects) or _named(reader.spell(asked), reader.subjects)
    if not named and not subject_terms(reader.spell(asked)):
        return topic
    kept = topic.subject if topic and asked != exchange.question else None
    answered = _subject_of_answer(exchange, reader.subjects)
    subject: Subject | None
    if named:
        subject = next((each for each in (kept, answered) if each in named), named[0])
    else:
        subject = answered or kept
    others = [each for each in named if each != subject]
    return Topic(
        question=asked,
        words=" ".join(subject_words(asked)),
        subject=subject,
        beside=others[0] if others and not kept else None,
    )


def _subject_of_answer(exchange: Exchange, subjects: Subjects) -> Subject | None:
    """Return the dispositif of the sheet that an answer cites first, or names first."""
    if exchange.sheets is not None:
        return next(filter(None, map(subjects.get, exchange.sheets)), None)
    opening = exchange.answer.strip().split("\n", 1)[0]
    return next(iter(subjects.named_in(opening)), None)
