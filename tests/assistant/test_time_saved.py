"""Minutes saved are those that were declared, and nothing else."""

from datetime import UTC, datetime

from assistant.answer import Answer, Sentence
from assistant.conversations import Conversations, KeptExchange, database_url
from assistant.time_saved import NOTICE, as_csv, sum_up

ANSWER = Answer(
    question="Combien ?",
    standalone_question="Combien ?",
    status="answered",
    text="Douze mois [1].",
    sentences=(Sentence("Douze mois.", (1,), verified=True),),
)


def kept(minutes: int | None) -> KeptExchange:
    return KeptExchange(1, ANSWER, datetime.now(UTC), None, minutes)


def test_only_what_was_declared_is_counted():
    found = sum_up([kept(None), kept(0), kept(5), kept(20)])

    assert (found.answers, found.declarations, found.minutes) == (4, 3, 25)
    assert found.typical == 5
    assert (found.sentences, found.verified) == (4, 4)


def test_nothing_declared_is_no_figure():
    found = sum_up([kept(None)])

    assert (found.declarations, found.typical) == (0, None)
    assert "minutes, médiane;\n" in as_csv(found)


def test_the_export_says_what_the_minutes_are_worth():
    assert NOTICE in as_csv(sum_up([kept(10)]))


def test_a_declaration_is_kept_changed_taken_back_and_deleted_with_its_conversation(tmp_path):
    conversations = Conversations(database_url(tmp_path))
    conversation, exchange = conversations.add(ANSWER)
    for minutes in (10, 0, None):
        conversations.declare(exchange, minutes=minutes)
        assert conversations.exchanges(conversation)[0].minutes == minutes
    conversations.declare(exchange, minutes=5)
    conversations.declare(999, minutes=5)
    conversations.delete(conversation)

    assert conversations.all_exchanges() == []
    conversations.close()


def test_what_is_typed_about_an_answer_is_masked(tmp_path):
    conversations = Conversations(database_url(tmp_path))
    conversation, exchange = conversations.add(ANSWER)
    conversations.rate(exchange, rating="not_useful", reason="Appelez-moi au 06 12 34 56 78")
    conversations.rename(conversation, title="Dossier de marie.durand@exemple.fr")

    assert "06 12" not in conversations.exchanges(conversation)[0].feedback.reason
    assert "marie.durand" not in conversations.get(conversation).title
    conversations.close()
