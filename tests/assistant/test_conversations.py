"""Conversations are kept masked, found again, renamed, deleted and judged."""

import sqlite3

import pytest

from assistant.answer import Answer, Caution, Citation, Sentence, Step
from assistant.conversations import (
    Conversations,
    ConversationsUnavailable,
    Feedback,
    answer_from_json,
    database_url,
    history,
)


def an_answer(question: str = "Combien dure le CEJ ?", text: str = "Douze mois [1].") -> Answer:
    return Answer(
        question=question,
        standalone_question=question,
        status="answered",
        text=text,
        sentences=(Sentence(text, (1,), verified=True),),
        citations=(
            Citation(
                n=1,
                document_id="cej",
                title="Le CEJ",
                collection="dispositifs",
                section="Durée",
                page=None,
                quote="Douze mois",
                start=0,
                end=10,
                passage_id="cej#0",
                date="2025-04-01",
            ),
        ),
        warnings=(Caution("stale", "Attention : cette information est ancienne."),),
        suggestions=("Et pour un mineur ?",),
        trace=(Step("search", {"hits": ["cej#0"]}, 1.5),),
    )


@pytest.fixture
def conversations(tmp_path):
    kept = Conversations(database_url(tmp_path / "home"))
    yield kept
    kept.close()


def test_an_answer_comes_back_as_it_was_given(conversations):
    conversation_id, exchange_id = conversations.add(an_answer())

    (kept,) = conversations.exchanges(conversation_id)

    assert kept.answer == an_answer()
    assert kept.id == exchange_id
    assert kept.feedback is None
    assert kept.created.tzinfo is not None


def test_a_second_question_continues_the_conversation(conversations):
    conversation_id, _ = conversations.add(an_answer())
    conversations.add(an_answer("Et pour un mineur ?"), conversation_id=conversation_id)

    exchanges = conversations.exchanges(conversation_id)

    assert [kept.answer.question for kept in exchanges] == [
        "Combien dure le CEJ ?",
        "Et pour un mineur ?",
    ]
    assert [item.question for item in history(exchanges)] == [
        "Combien dure le CEJ ?",
        "Et pour un mineur ?",
    ]
    assert len(conversations.list()) == 1


def test_the_title_is_the_first_question_cut_at_a_word(conversations):
    conversation_id, _ = conversations.add(an_answer("Quel est le montant " + "très " * 20))

    title = conversations.get(conversation_id).title

    assert title.startswith("Quel est le montant très")
    assert title.endswith("très…")
    assert len(title) <= 60


def test_the_latest_conversation_comes_first(conversations):
    first, _ = conversations.add(an_answer("Première"))
    second, _ = conversations.add(an_answer("Seconde"))
    assert [kept.id for kept in conversations.list()] == [second, first]

    conversations.add(an_answer("Encore"), conversation_id=first)

    assert [kept.id for kept in conversations.list()] == [first, second]


@pytest.mark.parametrize("search", ["pmsmp", "DUREE", "durée pmsmp", "qui signe"])
def test_a_conversation_is_found_by_its_words_whatever_the_accents(conversations, search):
    wanted, _ = conversations.add(an_answer("PMSMP : quelle durée ?", "Un mois [1]."))
    conversations.rename(wanted, title="Qui signe quoi")
    conversations.add(an_answer("Le CEJ ?", "Oui."))

    assert [kept.id for kept in conversations.list(search=search)] == [wanted]


def test_a_percent_sign_is_searched_as_it_is(conversations):
    conversations.add(an_answer("Un taux", "de 100 euros"))
    wanted, _ = conversations.add(an_answer("Un autre taux", "de 100% du Smic"))

    assert [kept.id for kept in conversations.list(search="100%")] == [wanted]


def test_a_conversation_is_renamed_but_not_to_nothing(conversations):
    conversation_id, _ = conversations.add(an_answer())
    conversations.rename(conversation_id, title="  Durée du  CEJ ")
    conversations.rename(conversation_id, title="   ")

    assert conversations.get(conversation_id).title == "Durée du CEJ"


def test_a_deleted_conversation_leaves_nothing_behind(conversations, tmp_path):
    conversation_id, exchange_id = conversations.add(an_answer())
    conversations.rate(exchange_id, rating="useful")
    conversations.delete(conversation_id)

    assert conversations.get(conversation_id) is None
    assert conversations.exchanges(conversation_id) == []
    with sqlite3.connect(tmp_path / "home" / "conversations.sqlite") as database:
        left = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("conversations", "exchanges", "feedback")
        ]
    database.close()
    assert left == [0, 0, 0]


def test_an_opinion_is_kept_changed_and_taken_back(conversations):
    conversation_id, exchange_id = conversations.add(an_answer())

    conversations.rate(exchange_id, rating="useful")
    conversations.rate(exchange_id, rating="not_useful", reason=" le montant est ancien ")
    (kept,) = conversations.exchanges(conversation_id)
    assert kept.feedback == Feedback("not_useful", "le montant est ancien")

    conversations.rate(exchange_id, rating=None)
    (kept,) = conversations.exchanges(conversation_id)
    assert kept.feedback is None


def test_what_is_gone_is_left_alone(conversations):
    conversations.rename("absent", title="x")
    conversations.delete("absent")
    conversations.rate(404, rating="useful")

    assert conversations.list() == []


def test_two_openings_of_the_same_folder_see_the_same(conversations, tmp_path):
    conversation_id, _ = conversations.add(an_answer())
    other = Conversations(database_url(tmp_path / "home"))

    assert other.get(conversation_id) is not None
    other.close()
    assert (tmp_path / "home" / "conversations.sqlite").read_bytes()[18] == 2  # WAL


def test_a_given_url_wins_over_the_data_folder(tmp_path):
    assert database_url(tmp_path, override="postgresql://h/b") == "postgresql://h/b"


@pytest.mark.parametrize("url", ["ceci n'est pas une adresse", "nulle://x/y"])
def test_an_address_that_leads_nowhere_is_said_in_words(url):
    with pytest.raises(ConversationsUnavailable, match="APPUI_DATABASE_URL"):
        Conversations(url)


def test_a_file_that_is_no_database_is_said_in_words(tmp_path):
    (tmp_path / "conversations.sqlite").write_bytes(b"rien" * 4000)

    with pytest.raises(ConversationsUnavailable, match="conversations"):
        Conversations(database_url(tmp_path))


def test_what_a_later_version_adds_to_an_answer_is_left_out():
    data = an_answer().to_json()
    data["mood"] = "calm"
    data["citations"][0]["confidence"] = 0.9

    assert answer_from_json(data) == an_answer()
