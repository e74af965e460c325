"""Has a language model reword a follow-up, and keeps it only where it adds nothing.

The rule-based form stands wherever the model is down, says something else, or brings a word that
neither the conversation nor the question holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Exchange
from assistant.errors import ModelUnavailable
from assistant.facts import numbers
from assistant.mask import mask
from assistant.model_request import instructions, safe
from assistant.subjects import Subjects
from assistant.talk import LanguageModel
from assistant.understand import audience_in, subject_terms
from knowledge.analysis import terms

_EXCHANGES = 3
_LONGEST_ANSWER = 400
_LONGEST = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A follow-up as it would be asked alone, by whom, and why the model was not heard."""

    text: str
    by_model: bool = False
    failure: str | None = None


def reword(
    question: str,
    *,
    ruled: str,
    history: Sequence[Exchange],
    subjects: Subjects,
    model: LanguageModel,
    on_beat: Callable[[], None] | None = None,
) -> Reworded:
    """Return a follow-up reworded by a model where that is verified, else its rule-based form.

    Args:
        question: as it was typed, personal data masked.
        ruled: what the rules made of it.
        history: the exchanges before it, personal data masked.
        subjects: the dispositifs that can be named.
        model: rewords.
        on_beat: called several times a second while the model is waited for.
    """
    written = ""
    try:
        for piece in model.write(instructions("standalone"), _request(question, history)):
            written += piece
            if on_beat:
                on_beat()
            if len(written) > _LONGEST:
                break
    except ModelUnavailable as error:
        return Reworded(text=ruled, failure=str(error))
    said = " ".join(written.split()).strip("«» ")
    if _adds_nothing(said, question, ruled, history, subjects):
        return Reworded(text=said, by_model=True)
    return Reworded(text=ruled)


def _request(question: str, history: Sequence[Exchange]) -> str:
    """Return the last exchanges and the question, without addresses."""
    past = [
        f"Conseiller : {each.question}\nAssistant : {mask(each.answer[:_LONGEST_ANSWER]).text}"
        for each in history[-_EXCHANGES:]
    ]
    return safe("\n\n".join((*past, f"Dernière question : {question}")))


def _adds_nothing(
    said: str, question: str, ruled: str, history: Sequence[Exchange], subjects: Subjects
) -> bool:
    """Tell whether a rewording holds only what was said, and all that the question holds.

    It names the dispositifs that the rules found, keeps the figures of the question, and every
    search term of it stands in the conversation or in the question.
    """
    if not said or len(said) > _LONGEST:
        return False
    heard = [question, ruled]
    for each in history[-_EXCHANGES:]:
        heard += [each.question, each.standalone or "", each.answer]
    known = set(terms(" ".join(heard)))
    same = {each.id for each in subjects.named_in(said)} == {
        each.id for each in subjects.named_in(ruled)
    }
    written = set(terms(said))
    asked = {*subject_terms(question), *audience_in(question)}
    return (
        same
        and bool(subject_terms(said))
        and asked <= written <= known
        and numbers(question) <= numbers(said)
    )
