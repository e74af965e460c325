"""The assistant's page: asking, reading, going back, and every state that is not an answer."""

import re
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant.answer import Caution
from assistant.conversations import ConversationsUnavailable
from assistant.errors import AssistantError
from knowledge.errors import LibraryDamaged
from pages import messages, shell, state
from tests.pages.conftest import ANSWER, CEJ, CITATION, NOTE


def html_of(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def texts(app) -> str:
    return "\n".join(element.value for element in app.markdown)


def heading(app) -> str:
    (only,) = [title.value for title in app.title] + re.findall("<h1[^>]*>(.*)</h1>", html_of(app))
    return only


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def ask(app, question="Combien pour le CEJ ?"):
    return app.run().chat_input[0].set_value(question).run()


def test_an_empty_page_says_what_is_known_and_offers_questions(app):
    app.run()

    assert not app.exception
    assert [title.value for title in app.title] == ["Que cherchez-vous ?"]
    assert "1 fiche ou texte sur les dispositifs" in texts(app)
    assert "1 document de la consultation (fictif)" in texts(app)
    assert len([label for label in labels(app) if label.endswith("\u00a0?")]) == 6
    assert messages.PRIVACY in html_of(app)


def test_examples_on_what_is_not_known_are_not_offered(app, assistant):
    assistant.library.known = [CEJ]

    app.run()

    assert not any("consultation" in label for label in labels(app))
    assert len([label for label in labels(app) if label.endswith("\u00a0?")]) == 4


def test_an_example_is_asked_as_it_is_written(app, assistant):
    app.run()
    app.button(key="example-Combien touche un jeune en CEJ ?").click().run()

    assert assistant.asked[0][0] == "Combien touche un jeune en CEJ ?"


def test_an_answer_links_its_marks_to_the_source_and_says_how_old_it_is(app, conversations):
    ask(app)

    (kept,) = conversations.exchanges(conversations.list()[0].id)
    assert f"(#source-{kept.id}-1 " in texts(app)
    assert [line.label for line in app.expander] == ["1 source · mis à jour le 1er avril 2025"]
    assert heading(app) == "Combien pour le CEJ ?"


def test_an_acronym_is_explained_once_in_an_answer_and_kept_without_its_link(
    app, assistant, conversations
):
    assistant.reply = replace(ANSWER, text="Le CEJ dure un an [1]. Un CEJ finit [1].")

    shown = texts(ask(app))

    assert shown.count("(#sigle-cej ") == 1
    assert "Un CEJ finit" in shown
    (kept,) = conversations.exchanges(conversations.list()[0].id)
    assert kept.answer.text == assistant.reply.text
    assert texts(app.run()).count("(#sigle-cej ") == 1


def test_a_warning_is_read_before_the_answer(app, assistant):
    assistant.reply = replace(ANSWER, warnings=(Caution("stale", "Attention : <2015>."),))

    ask(app)

    assert '<p class="caution">Attention\u00a0: &lt;2015&gt;.</p>' in html_of(app)


def test_the_question_is_kept_masked(app, conversations):
    ask(app, "Kevin a-t-il droit au CEJ ?")

    (kept,) = conversations.exchanges(conversations.list()[0].id)
    assert kept.answer.question == "[nom] a-t-il droit au CEJ ?"
    assert "Kevin" not in texts(app)


def test_a_follow_up_carries_what_was_said_before(app, assistant, conversations):
    ask(app)
    app.chat_input[0].set_value("Et à 17 ans ?").run()

    question, history, _ = assistant.asked[1]
    assert question == "Et à 17 ans ?"
    assert [item.question for item in history] == ["Combien pour le CEJ ?"]
    assert len(conversations.list()) == 1


def test_a_suggestion_is_asked_in_the_same_conversation(app, assistant, conversations):
    ask(app)
    next(button for button in app.button if "Et pour un mineur" in button.label).click().run()

    assert assistant.asked[1][0] == "Et pour un mineur ?"
    assert len(conversations.list()) == 1


def test_the_filter_restricts_the_search(app, assistant):
    app.run()
    app.selectbox(key="collection").set_value("consultation").run()
    app.chat_input[0].set_value("Qui était là ?").run()

    assert assistant.asked[0][2] == "consultation"


def test_a_source_shows_the_quote_marked_and_escaped(app, conversations):
    ask(app)
    app.button(key="open-1-1").click().run()

    shown = html_of(app)
    assert "<mark>Le montant est &lt;b&gt;fixé&lt;/b&gt;</mark> chaque année." in shown
    assert "<dt>Publié par</dt><dd>Ministère</dd>" in shown
    assert "mis à jour le 1er avril 2025" in shown
    assert 'href="https://exemple.fr/cej" target="_blank"' in shown


def test_a_source_removed_since_still_shows_what_was_quoted(app, assistant):
    ask(app)
    assistant.library.known = [NOTE]
    app.button(key="open-1-1").click().run()

    assert "a été retiré depuis" in html_of(app)
    assert "<mark>Le montant est &lt;b&gt;fixé&lt;/b&gt;</mark>" in html_of(app)


def test_a_pdf_source_shows_its_page_described_in_words(app, assistant, tmp_path):
    assistant.reply = replace(ANSWER, citations=(replace(CITATION, page=1),))
    assistant.library.file = tmp_path / "page.pdf"
    canvas = Canvas(str(assistant.library.file))
    canvas.drawString(72, 700, "Le montant est fixé chaque année.")
    canvas.save()
    ask(app)
    app.button(key="open-1-1").click().run()

    (image,) = app.get("image")
    assert "La page 1 du document" in html_of(app)
    assert image.proto.imgs[0].alt.startswith("Page 1 de « Contrat d'engagement jeune »")


def test_a_pdf_that_cannot_be_drawn_is_said_in_words(app, assistant, tmp_path):
    assistant.reply = replace(ANSWER, citations=(replace(CITATION, page=1),))
    assistant.library.file = tmp_path / "page.pdf"
    assistant.library.file.write_bytes(b"abime")
    ask(app)
    app.button(key="open-1-1").click().run()

    assert "page.pdf : la page ne peut pas être affichée" in html_of(app)
    assert "<mark>" in html_of(app)


@pytest.mark.parametrize("target", ["source-1-9", "source-99-1", "source-x", "source-1-1;x"])
def test_a_source_that_does_not_exist_opens_nothing(app, target):
    ask(app)
    app.session_state[shell._OPENED] = target
    app.run()

    assert not app.exception
    assert "Le passage cité" not in html_of(app)


def test_a_fictional_source_is_labelled(app, assistant):
    assistant.reply = replace(
        ANSWER, citations=(replace(CITATION, fictional=True, document_id="cr-septembre"),)
    )
    ask(app)
    assert any(messages.FICTIONAL in label for label in labels(app))

    app.button(key="open-1-1").click().run()
    assert f'<p class="fictional">{messages.FICTIONAL}</p>' in html_of(app)


def test_nothing_found_offers_leads_and_documents(app, assistant):
    assistant.reply = replace(
        ANSWER, status="not_found", text="Je n'ai rien trouvé sur ce point.", citations=()
    )
    ask(app)

    assert "Je n'ai rien trouvé sur ce point" in texts(app)
    assert any("Et pour un mineur" in label for label in labels(app))
    assert any("Ajouter un document" in link.proto.label for link in app.get("page_link"))
    assert not app.expander


def test_an_unclear_question_shows_its_choices(app, assistant):
    assistant.reply = replace(
        ANSWER, status="clarify", text="De quelle aide ?", citations=(), suggestions=("FAJ", "CEJ")
    )
    ask(app)

    assert "Précisez votre question" in html_of(app)
    assert {"FAJ", "CEJ"} <= set(labels(app))


def test_a_failure_keeps_the_question_and_can_be_tried_again(app, assistant, conversations):
    assistant.failure = AssistantError("La question est trop longue.")
    ask(app, "Ma question")

    assert "La question est trop longue." in app.error[0].value
    assert app.chat_input[0].proto.value == "Ma question"
    assert conversations.list() == []

    assistant.failure = None
    app.button(key="retry").click().run()
    assert not app.error
    assert [item[0] for item in assistant.asked] == ["Ma question", "Ma question"]


def test_a_question_typed_while_another_is_awaited_is_answered_after_it(app, assistant):
    app.run()
    interrupt(app, "La première", conversation=None)
    app.chat_input[0].set_value("La seconde").run()

    assert [item[0] for item in assistant.asked] == ["La première", "La seconde"]
    assert not app.error
    assert not app.chat_input[0].proto.value


def test_what_was_awaited_is_given_back_where_another_conversation_was_opened(app, assistant):
    app.run()
    interrupt(app, "La première", conversation="celle d'avant")
    app.session_state["questions to come"] = ["La seconde"]
    app.run()

    assert not assistant.asked
    assert not app.error
    assert app.chat_input[0].proto.value == "La première\nLa seconde"


def interrupt(app, question, *, conversation):
    app.session_state["failed question"] = {
        "question": question,
        "reason": messages.INTERRUPTED,
        "returned": True,
        "conversation": conversation,
    }


def test_a_failure_nobody_foresaw_is_one_sentence(app, assistant):
    assistant.failure = ZeroDivisionError("boom")
    ask(app)

    assert [error.value for error in app.error] == [messages.UNEXPECTED]
    assert not app.exception


def test_a_damaged_library_is_said_in_words(app, monkeypatch):
    def damaged():
        raise LibraryDamaged("Le fichier documents.sqlite est endommagé.")

    monkeypatch.setattr(state, "assistant", damaged)
    app.run()

    assert [error.value for error in app.error] == ["Le fichier documents.sqlite est endommagé."]
    assert len(app.title) == 1


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(app, conversations, monkeypatch):
    def full(*_, **__):
        raise ConversationsUnavailable("Plus de place.")

    monkeypatch.setattr(conversations, "add", full)
    ask(app)

    assert "561,68" in texts(app)
    assert messages.NOT_KEPT in html_of(app)


def test_a_library_without_documents_says_what_to_do(app, assistant):
    assistant.library.known = []
    app.run()

    assert messages.EMPTY_LIBRARY in texts(app)
    assert app.chat_input[0].disabled


def test_a_reload_finds_the_conversation_by_its_address(app, conversations):
    kept, _ = conversations.add(ANSWER)
    app.query_params["conversation"] = kept
    app.run()

    assert "561,68" in texts(app)
    assert heading(app) == "Combien ?"


def test_an_address_of_a_deleted_conversation_begins_a_new_one(app):
    app.query_params["conversation"] = "disparue"
    app.run()

    assert messages.GONE in html_of(app)
    assert "conversation" not in app.query_params


def test_a_judgement_and_its_reason_are_kept(app, conversations):
    ask(app)
    app.pills(key="rating-1").set_value("not_useful").run()
    app.text_input(key="reason-1").set_value("Le montant est ancien")
    next(button for button in app.button if button.label == "Envoyer la remarque").click().run()

    (kept,) = conversations.exchanges(conversations.list()[0].id)
    assert (kept.feedback.rating, kept.feedback.reason) == ("not_useful", "Le montant est ancien")


def test_earlier_conversations_are_listed_searched_and_opened(app, conversations):
    first, _ = conversations.add(replace(ANSWER, question="Le CEJ"))
    conversations.add(replace(ANSWER, question="La PMSMP"))
    app.run()
    assert {"Le CEJ", "La PMSMP"} <= set(labels(app))
    assert "Aujourd'hui" in html_of(app)

    app.text_input(key="search").set_value("pmsmp").run()
    assert "Le CEJ" not in labels(app)

    app.text_input(key="search").set_value("").run()
    app.button(key=f"open-conversation-{first}").click().run()
    assert heading(app) == "Le CEJ"
    assert app.query_params["conversation"] == first

    app.button(key="new").click().run()
    assert heading(app) == "Que cherchez-vous ?"


def test_a_conversation_is_renamed(app, conversations):
    kept, _ = conversations.add(ANSWER)
    app.query_params["conversation"] = kept
    app.run()
    app.button(key="rename-conversation").click().run()
    app.text_input(key="new title").set_value("Autre titre")
    next(b for b in app.button if b.label == "Enregistrer le titre").click().run()

    assert conversations.get(kept).title == "Autre titre"


def test_a_conversation_is_deleted_once_confirmed(app, conversations):
    kept, _ = conversations.add(ANSWER)
    app.query_params["conversation"] = kept
    app.run()
    app.button(key="delete-conversation").click().run()
    assert conversations.get(kept) is not None

    next(b for b in app.button if b.label == "Supprimer définitivement").click().run()
    assert conversations.get(kept) is None
    assert heading(app) == "Que cherchez-vous ?"
