"""Follow-ups are made standalone; what names its own subject takes nothing over."""

import pytest

from assistant.answer import Exchange
from assistant.follow_up import Reader, hear, topic_of
from assistant.subjects import Subjects
from knowledge.documents import Source

TITLES = {
    "cej": "Contrat d'engagement jeune (CEJ)",
    "pacea": "Parcours contractualisé d'accompagnement vers l'emploi et l'autonomie (PACEA)",
    "e2c": "École de la deuxième chance (E2C)",
    "apprentissage": "Contrat d'apprentissage",
    "amenage": "Contrat d'apprentissage aménagé (RQTH)",
    "pro": "Contrat de professionnalisation",
    "prime": "Prime d'activité (PPA)",
    "iae": "Insertion par l'activité économique (IAE : EI, ETTI, AI, ACI)",
    "visale": "Visale (caution locative)",
    "rqth": "Reconnaissance de la qualité de travailleur handicapé (RQTH)",
    "poe": "Préparation opérationnelle à l'emploi (POEI et POEC)",
    "jeune-majeur": "Contrat jeune majeur (aide du département aux anciens de l'ASE)",
}
SUBJECTS = Subjects(
    Source(id=each, title=title, collection="dispositifs", kind="fiche dispositif")
    for each, title in TITLES.items()
)
READER = Reader(subjects=SUBJECTS)
CEJ = [Exchange("Quel est le montant du CEJ ?", "Un majeur en CEJ touche au plus 561,68 €.")]


def standalone(question: str, history: list[Exchange] | None = None) -> str:
    topic = topic_of(CEJ if history is None else history, reader=READER)
    return hear(question, topic=topic, reader=READER).by_words.text


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("et pour un mineur ?", "Quel est le montant du CEJ, pour un mineur ?"),
        ("et s'il est RQTH ?", "Quel est le montant du CEJ, s'il est RQTH ?"),
        ("et à Mayotte ?", "Quel est le montant du CEJ, à Mayotte ?"),
        ("combien de temps ça dure ?", "Combien de temps ça dure (CEJ) ?"),
        ("Quels papiers faut-il ?", "Quels papiers faut-il (CEJ) ?"),
        ("et la durée ?", "La durée (CEJ) ?"),
        ("durée max ?", "Durée max (CEJ) ?"),
        ("et la deuxième année ?", "Quel est le montant du CEJ, la deuxième année ?"),
        ("et le PACEA ?", "Quel est le montant du PACEA ?"),
        ("merci, et combien de temps ?", "Combien de temps (CEJ) ?"),
        ("c'est cumulable avec la prime d'activité ?",
         "C'est cumulable avec la prime d'activité (CEJ) ?"),
        ("quelle différence avec le PACEA ?", "Quelle différence avec le PACEA (CEJ) ?"),
        ("ça fait perdre la prime d'activité ?", "Ça fait perdre la prime d'activité (CEJ) ?"),
        ("il garde sa prime d'activité ?", "Il garde sa prime d'activité (CEJ) ?"),
        ("le jeune paye quelque chose ?", "Le jeune paye quelque chose (CEJ) ?"),
        ("mm question pr le PACEA", "Quel est le montant du PACEA ?"),
        ("même question pour un mineur", "Quel est le montant du CEJ, pour un mineur ?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_completed_with_its_subject(question: str, alone: str) -> None:
    assert standalone(question) == alone


@pytest.mark.parametrize(
    "question",
    [
        "Qui peut entrer à l'E2C ?",
        "Faut-il un diplôme pour le service civique ?",
        "mais l'E2C c'est ouvert à qui ?",
        "quelle différence POEI POEC ?",
        "il faut déposer où la demande de RQTH ?",
    ],
)
def test_a_question_on_another_subject_stays_as_it_is(question: str) -> None:
    assert standalone(question) == question


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("et sinon, comment faire une carte Vitale ?", "Comment faire une carte Vitale ?"),
        ("Et au fait, quel loyer pour Visale ?", "Quel loyer pour Visale ?"),
        ("et pour revenir au CEJ, combien d'heures ?", "Au CEJ, combien d'heures ?"),
    ],
)
def test_what_announces_another_subject_is_left_out(question: str, alone: str) -> None:
    assert standalone(question) == alone


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("Combien gagne un apprenti de 18 ans ?", "même question pour une fille de 26 ans",
         "Combien gagne un apprenti de 26 ans, pour une fille ?"),
        ("Salaire en apprentissage la 2e année ?", "et la 3e ?",
         "Salaire en apprentissage la 3e année ?"),
        ("Montant CEJ pour un mineur ?", "et pour un majeur ?", "Montant CEJ pour un majeur ?"),
        ("Montant du CEJ à Mayotte ?", "et en Guyane ?", "Montant du CEJ en Guyane ?"),
    ],
)  # fmt: skip
def test_a_condition_replaces_the_one_before_it(before: str, question: str, alone: str) -> None:
    assert standalone(question, [Exchange(before, "…")]) == alone


def test_a_follow_up_of_a_follow_up_keeps_both() -> None:
    history = [*CEJ, Exchange("et pour un mineur ?", "…")]
    assert standalone("et à Mayotte ?", history) == (
        "Quel est le montant du CEJ, pour un mineur, à Mayotte ?"
    )


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("et l'autre, il dure combien ?", "L'autre, il dure combien (CEJ) ?"),
        ("bon, il penche pour le premier", "Il penche pour le premier (CEJ) ?"),
        ("la deuxième solution, c'est payé ?", "La deuxième solution, c'est payé (PACEA) ?"),
        ("et l'autre parent, il signe ?", "L'autre parent, il signe (PACEA) ?"),
    ],
)
def test_one_of_two_dispositifs_is_told_by_its_place(question: str, alone: str) -> None:
    history = [Exchange("CEJ ou PACEA ?", ""), Exchange("le PACEA dure combien ?", "")]
    assert standalone(question, history) == alone


def test_the_subject_may_come_from_the_answer() -> None:
    history = [Exchange("Que faire sans garant ?", "Visale est une caution.\n- CEJ")]
    assert standalone("jusqu'à quel âge ?", history) == "Jusqu'à quel âge (Visale) ?"


def test_the_sheet_that_an_answer_cites_first_is_its_subject() -> None:
    history = [Exchange("Que faire sans garant ?", "…", sheets=("inconnue", "visale", "cej"))]
    topic = topic_of(history, reader=READER)
    assert topic is not None
    assert topic.subject == SUBJECTS.get("visale")


def test_the_question_as_it_was_understood_is_taken_as_it_is() -> None:
    history = [Exchange("et lui ?", "…", standalone="Quel est le montant du PACEA ?")]
    assert standalone("combien de temps ?", history) == "Combien de temps (PACEA) ?"


def test_a_question_without_any_subject_leaves_the_subject_as_it_was() -> None:
    history = [*CEJ, Exchange("le contrat", "Quel contrat ?"), Exchange("Merci", "…")]
    assert standalone("combien de temps ?", history) == "Combien de temps (CEJ) ?"


def test_a_follow_up_without_any_subject_before_it_stays_as_it_is() -> None:
    assert standalone("et alors ?", [Exchange("Bonjour", "…")]) == "et alors ?"


def test_where_words_do_not_tell_all_readings_are_returned() -> None:
    heard = hear("faut payer les cours ?", topic=topic_of(CEJ, reader=READER), reader=READER)
    assert {each.kind: each.text for each in heard.readings} == {
        "alone": "faut payer les cours ?",
        "about": "Faut payer les cours (CEJ) ?",
        "completed": "Quel est le montant du CEJ, faut payer les cours ?",
    }
    assert not heard.leans


def test_the_documents_tell_what_an_exchange_is_about_where_its_texts_do_not() -> None:
    located: list[str] = []

    def locate(text: str) -> str:
        located.append(text)
        return "visale"

    reader = Reader(subjects=SUBJECTS, locate=locate)
    topic = topic_of([Exchange("Que faire sans garant ?", "Une caution.")], reader=reader)
    assert topic is not None
    assert topic.subject == SUBJECTS.get("visale")
    assert located == ["Que faire sans garant ? Une caution."]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("et en apprentissage ?", ["apprentissage"]),
        ("le contrat d'apprentissage aménagé", ["amenage"]),
        ("un jeune majeur en contrat", []),
        ("il va au CEJ après le PACEA", ["cej", "pacea"]),
        ("l'activité du jeune", []),
        ("une POEI", ["poe"]),
    ],
)
def test_dispositifs_are_named_by_their_usual_names(text: str, named: list[str]) -> None:
    assert [each.id for each in SUBJECTS.named_in(text)] == named


@pytest.mark.parametrize(
    ("document", "label"),
    [("cej", "CEJ"), ("apprentissage", "Contrat d'apprentissage"), ("visale", "Visale"),
     ("amenage", "Contrat d'apprentissage aménagé"), ("prime", "Prime d'activité")],
)  # fmt: skip
def test_a_dispositif_is_called_as_advisers_call_it(document: str, label: str) -> None:
    subject = SUBJECTS.get(document)
    assert subject is not None
    assert subject.label == label
