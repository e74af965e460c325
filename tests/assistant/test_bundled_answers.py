"""What Appui promises with what it brings: its sheets, its invented consultation, its examples."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from assistant.replies import WRITE_WHAT
from evaluation.consultation import ConsultationQuestion, read_consultation_set
from ingestion.add import add_paths
from knowledge.library import open_library
from pages.messages import EXAMPLES

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "knowledge/corpus"
GOLD = ROOT / "evaluation/sets/consultation.jsonl"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def appui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that knows what Appui brings, on 23 November 2026."""
    home = tmp_path_factory.mktemp("appui")
    report = add_paths([CORPUS / "dispositifs", CORPUS / "consultation"], home=home)
    assert not report.rejected
    library = open_library(home)
    yield Assistant(library, today=lambda: TODAY)
    library.close()


def messages(answer: Answer, kind: str) -> list[str]:
    return [caution.message for caution in answer.warnings if caution.kind == kind]


def collections(answer: Answer) -> set[str]:
    return {citation.collection for citation in answer.citations}


# A text that is asked for


def test_a_text_that_is_asked_for_is_of_what_it_must_say_or_of_what_was_said(appui):
    asked = appui.answer("Fais-moi un sms pour lui dire combien touche un mineur en CEJ")
    assert asked.status == "answered"
    assert "224,68 €" in asked.text

    before = Exchange(asked.question, asked.text, standalone=asked.standalone_question)
    again = appui.answer("ok rédige un mail", history=[before])
    assert "224,68 €" in again.text
    assert again.question == "ok rédige un mail"

    alone = appui.answer("rédige un mail")
    assert (alone.status, alone.text) == ("clarify", WRITE_WHAT)


# The amounts of the CEJ


ON_THE_AMOUNTS = (
    "Quels sont les montants de l'allocation du CEJ ?",
    "Combien touche un jeune en CEJ ?",
    "montant cej",
)


@pytest.mark.parametrize("question", ON_THE_AMOUNTS)
def test_the_three_amounts_of_the_cej_are_given_with_their_date(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert answer.status == "answered"
    for amount in ("561,68 €", "337 €", "224,68 €"):
        assert amount in answer.text
    assert "depuis le 1er avril 2025" in answer.text.lower()
    assert {citation.document_id for citation in answer.citations} == {"cej"}


@pytest.mark.parametrize("question", ON_THE_AMOUNTS[:2])
def test_the_adviser_is_warned_of_the_article_that_prints_the_old_amounts(
    appui: Assistant, question: str
) -> None:
    (message,) = messages(appui.answer(question), "contradiction")
    assert message.startswith("Deux sources ne disent pas la même chose.")
    for said in ("D5131-19", "500 €", "300 €", "200 €", "2022"):
        assert said in message


@pytest.mark.parametrize("question", [*ON_THE_AMOUNTS, "Quel est le montant du CEJ en 2026 ?"])
def test_no_amount_of_the_cej_is_given_without_a_word_on_the_old_ones(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    said = [answer.text, *messages(answer, "contradiction")]
    assert any("D5131-19 affiche encore 500 €" in each for each in said)


@pytest.mark.parametrize(
    "question", ["Quel est le montant du CEJ en 2026 ?", "CEJ : combien pour un majeur en 2026 ?"]
)
def test_asked_for_2026_the_last_known_amount_is_said_to_be_of_april_2025(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert "561,68 €" in answer.text
    (message,) = messages(answer, "stale")
    assert "Pour 2026" in message
    assert "le dernier connu est celui du 1er avril 2025" in message


def test_asked_for_2025_the_amount_is_not_said_to_be_missing(appui: Assistant) -> None:
    answer = appui.answer("Quel est le montant du CEJ en 2025 ?")
    assert "561,68 €" in answer.text
    assert not any("n'a pas de montant" in message for message in messages(answer, "stale"))


# What was replaced


@pytest.mark.parametrize(
    "question",
    [
        "C'est quoi la Garantie jeunes ?",
        "La Garantie jeunes existe-t-elle encore ?",
        "Quel est le montant de la Garantie jeunes ?",
    ],
)
def test_the_garantie_jeunes_is_said_to_be_replaced_by_the_cej(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert answer.status == "answered"
    assert "remplacée" in answer.text
    assert "CEJ" in answer.text
    assert "1er mars 2022" in answer.text
    (message,) = messages(answer, "superseded")
    assert "n'est plus en vigueur" in message
    assert "Remplacé par : Contrat d'engagement jeune (CEJ)." in message


@pytest.mark.parametrize("question", ["contrat jeune majeur jusqu'à quel âge ?"])
def test_words_that_together_name_a_dispositif_are_not_asked_about(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert "21 ans" in answer.text
    assert {citation.document_id for citation in answer.citations} == {"contrat-jeune-majeur"}


# What is a rule, and what was said


@pytest.mark.parametrize(
    "question",
    [
        "Combien touche un jeune en CEJ ?",
        "Qui peut entrer à l'E2C ?",
        "Combien de temps peut durer une PMSMP ?",
        "Qui paie les conseillers ?",
        "Quelle aide demander pour un jeune ?",
        "Quelle aide pour passer le permis de conduire ?",
        "Un mineur peut-il entrer en CEJ ?",
        "Quelle formation pour un jeune sans diplôme ?",
        "Comment demander la RQTH ?",
        "Quels papiers pour le FAJ ?",
        "Peut-on cumuler le CEJ et la prime d'activité ?",
        "Faut-il signer la convention de PMSMP à la main ?",
        "Que demande-t-on pour entrer à l'EPIDE ?",
        "Quelle formation propose-t-on à un jeune sans diplôme ?",
        "Les missions locales demandent-elles un justificatif ?",
        "Comment envoyer un SMS au jeune ?",
    ],
)
def test_a_question_on_a_rule_never_cites_what_was_said_in_a_meeting(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert "consultation" not in collections(answer)
    assert "comptes rendus de la consultation" not in answer.text


def test_the_double_saisie_is_counted_and_quoted(appui: Assistant) -> None:
    answer = appui.answer("Que dit-on de la double saisie ?")
    assert answer.status == "answered"
    first = answer.text.split("\n")[0]
    assert first.startswith("On parle de « double saisie » dans ")
    assert " réunions sur 19, dans 3 régions sur 3 (" in first
    assert "Comptes rendus fictifs (démonstration)" in answer.text
    assert "« Je tape tout deux fois" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Que dit-on de la double saisie ?",
        "Que demandent les jeunes ?",
        "Quelles sont les attentes en Côte-de-Brume ?",
        "A-t-on parlé de cartographie ?",
    ],
)
def test_what_was_said_cites_fictional_notes_of_the_consultation_and_nothing_else(
    appui: Assistant, question: str
) -> None:
    answer = appui.answer(question)
    assert answer.citations
    assert collections(answer) == {"consultation"}
    assert all(citation.fictional for citation in answer.citations)
    assert all("fictif" in citation.title for citation in answer.citations)


def test_the_number_of_meetings_said_is_the_number_of_meetings_cited(appui: Assistant) -> None:
    answer = appui.answer("Que dit-on de la double saisie ?")
    told = int(answer.text.partition(" dans ")[2].split(" ")[0])
    assert told == len({citation.document_id for citation in answer.citations}) >= 5


def test_an_idea_of_one_meeting_is_said_to_be_of_one(appui: Assistant) -> None:
    answer = appui.answer("A-t-on parlé de cartographie ?")
    assert "dans 1 réunion sur 19, dans 1 région sur 3" in answer.text
    assert len({citation.document_id for citation in answer.citations}) == 1


def test_what_the_young_people_said_is_told_from_their_own_group(appui: Assistant) -> None:
    answer = appui.answer("Que demandent les jeunes ?")
    assert {citation.document_id for citation in answer.citations} == {"cote-de-brume-7"}
    assert "groupe de jeunes" in answer.text


# The examples of the page


@pytest.mark.parametrize(
    ("collection", "question"),
    [(collection, each) for collection, pair in EXAMPLES.values() for each in pair],
)
def test_an_example_of_the_page_is_answered_from_where_it_says(
    appui: Assistant, collection: str, question: str
) -> None:
    answer = appui.answer(question)
    assert answer.status == "answered"
    assert collections(answer) == {collection}


@pytest.mark.parametrize(
    "question",
    [each for _, pair in EXAMPLES.values() for each in pair] + list(ON_THE_AMOUNTS),
)
def test_every_quote_is_a_slice_of_its_document(appui: Assistant, question: str) -> None:
    answer = appui.answer(question)
    assert answer.citations
    for citation in answer.citations:
        text = appui.library.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote


# The gold set on the consultation


@pytest.fixture(scope="module")
def asked(appui: Assistant) -> list[tuple[ConsultationQuestion, Answer, set[str]]]:
    """Each question of the gold set, its answer, and the meetings that it cites."""
    found = []
    for question in read_consultation_set(GOLD):
        answer = appui.answer(question.question)
        cited = {
            citation.document_id
            for citation in answer.citations
            if citation.collection == "consultation"
        }
        found.append((question, answer, cited))
    return found


def expected(question: ConsultationQuestion) -> set[str]:
    return {spoken.document for spoken in question.expected}


def mean(shares: list[float]) -> float:
    assert len(shares) >= 10
    return sum(shares) / len(shares)


def test_the_meetings_cited_on_a_theme_are_those_that_spoke_of_it(asked) -> None:
    themes = [(expected(q), cited) for q, _, cited in asked if q.kind == "theme"]
    precision = mean([len(cited & right) / len(cited) for right, cited in themes if cited])
    recall = mean([len(cited & right) / len(right) for right, cited in themes])
    assert precision >= 0.6
    assert recall >= 0.6


def test_a_subject_that_nobody_spoke_of_is_not_answered_but_once_at_most(asked) -> None:
    absent = [answer.status for question, answer, _ in asked if question.kind == "absent"]
    assert len(absent) >= 5
    assert sum(status != "not_found" for status in absent) <= 1


# How to reach somebody


def test_a_telephone_number_is_given_where_a_sheet_holds_it(appui: Assistant) -> None:
    answer = appui.answer("num de tel de fil santé jeunes")
    assert answer.status == "answered"
    assert "0 800 235 236" in answer.text


def test_a_telephone_number_that_no_document_holds_is_not_found(appui: Assistant) -> None:
    answer = appui.answer("numéro de tel de la mission locale de Dreux")
    assert answer.status == "not_found"
