"""Whether a question carries on, and which reading of it is kept, told on a real library."""

import pytest

from assistant.answer import Exchange
from assistant.ask import Assistant
from assistant.find import Found, find
from assistant.follow_up import Heard, Reading
from assistant.listen import Listener
from assistant.readings import SIGNS, carries_on, read, signs
from assistant.trace import Trace
from assistant.understand import understand
from tests.assistant.conftest import TODAY

PONT = [Exchange("Quel est le montant de la Bourse Pont ?", "La Bourse Pont est de 412,50 €.")]


@pytest.fixture
def listener(assistant: Assistant) -> Listener:
    return Listener(assistant.library)


def found(assistant: Assistant, reading: Reading) -> Found:
    understood = understand(reading.text, spell=assistant.library.spell)
    return find(understood, library=assistant.library)


def kept(
    assistant: Assistant, listener: Listener, question: str, *, said: str = ""
) -> tuple[str, dict[str, object]]:
    heard = listener.hear(question, past=PONT, trace=Trace())
    chosen, told = read(
        question,
        heard,
        said=said,
        find=lambda each: found(assistant, each),
        library=assistant.library,
        today=TODAY,
    )
    return chosen.understood.standalone, told


def test_there_is_a_weight_for_each_sign(assistant: Assistant, listener: Listener) -> None:
    question = "et ses papiers, on les envoie quand ?"
    heard = listener.hear(question, past=PONT, trace=Trace())
    alone = found(assistant, heard.readings[0])
    values = signs(question, heard, alone, library=assistant.library)
    assert len(values) == len(SIGNS)
    assert values[SIGNS.index("leans")] == values[SIGNS.index("asks")] == 1
    assert 0 <= carries_on(question, heard, alone, library=assistant.library) <= 1


def test_a_question_that_leans_is_read_with_its_subject(
    assistant: Assistant, listener: Listener
) -> None:
    said, told = kept(assistant, listener, "et il peut la demander où ?")
    assert "Bourse Pont" in said
    assert "carries_on" not in told or float(str(told["carries_on"])) >= 0.5


def test_a_question_that_other_documents_answer_takes_nothing_over(
    assistant: Assistant, listener: Listener
) -> None:
    question = "combien de temps dure le stage de découverte des métiers ?"
    said, _ = kept(assistant, listener, question)
    assert "Bourse" not in said


def test_a_reading_that_finds_what_was_just_said_leaves_its_place(
    assistant: Assistant, listener: Listener
) -> None:
    question = "et il peut la demander où ?"
    first, _ = kept(assistant, listener, question)
    ranked, _ = found(assistant, Reading(text=first, kind="about")).weighed(
        assistant.library, TODAY
    )
    second, _ = kept(assistant, listener, question, said=f"{ranked[0].unit.text} [1]")
    assert second != first


def test_a_single_reading_is_not_weighed(assistant: Assistant) -> None:
    reading = Reading(text="Qui peut demander la Bourse Pont ?", kind="alone")
    chosen, told = read(
        reading.text,
        Heard(readings=(reading,)),
        said="",
        find=lambda each: found(assistant, each),
        library=assistant.library,
        today=TODAY,
    )
    assert chosen.understood.standalone == reading.text
    assert told == {}


def test_what_an_answer_is_about_is_searched_for_where_no_text_names_it(
    listener: Listener,
) -> None:
    past = [Exchange("une aide de 412,50 € pour passer le pont ?", "Oui, sous conditions.")]
    topic = listener.topic(past)
    assert topic is not None
    assert topic.subject is not None
    assert topic.subject.id == "pont"


def test_what_was_found_in_one_collection_is_weighed_by_itself(assistant: Assistant) -> None:
    """What the whole library proves says nothing of a part of it."""
    whole = found(assistant, Reading(text="montant de la Bourse Pont ?", kind="alone"))
    assert whole.weighed(assistant.library, TODAY)[0]

    part = whole.within("consultation")

    assert {hit.source.collection for hit in part.hits} <= {"consultation"}
    ranked, _ = part.weighed(assistant.library, TODAY)
    assert all(chosen.unit.hit < len(part.answering) for chosen in ranked)
