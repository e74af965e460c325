"""A question on what was said in meetings is told from a question on a rule."""

import pytest

from assistant.meeting_question import (
    asks_what_was_said,
    names_place,
    part_asked,
    public_asked,
    topic_of,
)

ON_THE_CONSULTATION = (
    "Que dit-on de la double saisie ?",
    "Que reproche-t-on aux statistiques ?",
    "Qu'en dit-on ailleurs ?",
    "De quoi parle-t-on dans les réunions ?",
    "Qu'attendent les professionnels du futur système d'information ?",
    "Que demandent les conseillers ?",
    "Que proposent les collègues pour l'agenda ?",
    "Les conseillers veulent-ils des SMS ?",
    "les collègues pensent quoi de l'agenda ?",
    "Quelqu'un a-t-il demandé un fond noir ?",
    "Est-ce que quelqu'un imagine une carte ?",
    "A-t-on parlé de cartographie ?",
    "Où a-t-on proposé que l'IA prépare les mails ?",
    "Quels besoins ont été exprimés ?",
    "Des SMS groupés, c'est demandé où ?",
    "I-Milo rame, oui ou non ?",
    "Qu'est-ce qui ne marche pas dans le logiciel ?",
    "Qu'ont dit les ambassadeurs ?",
    "Quelles sont les attentes en Val-d'Ombrine ?",
    "Y a-t-il des remarques sur les notes de frais ?",
    "Quelles sont les réserves des professionnels sur l'IA ?",
    "Que disent les jeunes ?",
    "Que veulent les jeunes ?",
    "qu’attendent les conseillères ?",
    "Qu'a-t-on dit à la réunion ?",
    "À la réunion de Port-Esquif, quels besoins ?",
    "QUE DIT-ON DE LA DOUBLE SAISIE ?",
)
ON_A_RULE = (
    "Qui paie les conseillers ?",
    "Quelle aide demander pour un jeune ?",
    "Quelle aide peut demander un jeune ?",
    "Qui peut demander la Garantie jeunes ?",
    "Quelles aides les jeunes peuvent-ils demander ?",
    "Les jeunes doivent-ils demander le CEJ ?",
    "Quels papiers sont demandés aux jeunes ?",
    "Faut-il demander une pièce d'identité ?",
    "Où demander une aide au permis ?",
    "Que dit l'article L5131-6 ?",
    "Que veut dire PMSMP ?",
    "Combien touche un jeune en CEJ ?",
    "Combien de temps peut durer une PMSMP ?",
    "Quand paie-t-on la prime d'activité ?",
    "Un jeune qui veut passer le permis, quelle aide ?",
    "Le service civique est-il ouvert aux jeunes qui veulent partir ?",
    "Est-ce que ma région propose une aide au permis ?",
    "jeune de 22 ans à la Réunion qui veut ouvrir un food truck, ya une aide ?",
    "Un jeune de la Réunion peut-il partir en métropole ?",
    "Quelle est la plainte à déposer en cas de vol ?",
    "",
)


@pytest.mark.parametrize("question", ON_THE_CONSULTATION)
def test_a_question_on_what_people_said_is_about_the_consultation(question: str) -> None:
    assert asks_what_was_said(question)


@pytest.mark.parametrize("question", ON_A_RULE)
def test_a_question_on_a_rule_is_not(question: str) -> None:
    assert not asks_what_was_said(question)


@pytest.mark.parametrize(
    "question", ["Comment me connecter à I-Milo ?", "J'ai oublié mon mot de passe I-Milo"]
)
def test_somebody_who_asks_how_to_use_the_system_does_not_ask_what_was_said(question: str) -> None:
    assert not asks_what_was_said(question)


# The young people's own group


@pytest.mark.parametrize(
    "question",
    [
        "Que demandent les jeunes ?",
        "Qu'attendent les jeunes de la mission locale ?",
        "Les jeunes veulent-ils une application à eux ?",
        "Que disent les jeunes ?",
    ],
)
def test_what_the_young_people_said_is_asked_of_them(question: str) -> None:
    assert public_asked(question) == "jeunes"


@pytest.mark.parametrize(
    "question",
    [
        "Que demandent les conseillers pour les jeunes ?",
        "Qui demande à pouvoir envoyer des SMS aux jeunes ?",
        "Que dit-on des données des jeunes ?",
        "Que dit-on de la double saisie ?",
    ],
)
def test_what_was_said_about_the_young_people_is_not_asked_of_them(question: str) -> None:
    assert public_asked(question) != "jeunes"


def test_the_professionals_are_told_from_anybody() -> None:
    assert public_asked("Qu'attendent les professionnels du futur SI ?") == "professionnels"
    assert public_asked("Que dit-on de l'agenda ?") is None


@pytest.mark.parametrize(
    "question",
    ["et en Val-d'Ombrine ?", "et en Val d’Ombrine ?", "VAL D OMBRINE, quoi de neuf ?"],
)
def test_a_region_is_recognised_however_it_is_typed(question: str) -> None:
    assert names_place(question, "Val-d'Ombrine")


def test_a_region_is_not_taken_for_the_beginning_of_another() -> None:
    assert not names_place("et en Valombrine ?", "Val")


# The part of the meeting


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Qu'est-ce qui fonctionne aujourd'hui ?", "fonctionne"),
        ("Quels sont les points forts ?", "fonctionne"),
        ("Qu'est-ce qui ne fonctionne pas ?", "ne fonctionne pas"),
        ("Qu'est-ce qui marche mal ?", "ne fonctionne pas"),
        ("Quelles difficultés en Val-d'Ombrine ?", "ne fonctionne pas"),
        ("Quels problèmes reviennent ?", "ne fonctionne pas"),
        ("Quelles sont les attentes ?", "besoins"),
        ("Que demandent les jeunes ?", "besoins"),
        ("Que proposent les conseillers ?", "besoins"),
        ("Que dit-on de la double saisie ?", None),
    ],
)
def test_the_part_of_the_meetings_is_told_from_the_question(question: str, part: str | None):
    assert part_asked(question) == part


# The topic


def test_the_topic_is_what_remains_without_the_words_of_asking() -> None:
    topic = topic_of("Que dit-on du covoiturage ?", places=())
    assert topic.words == ("covoiturage",)
    assert topic.label == "covoiturage"
    assert topic.themes == frozenset()
    assert len(topic.terms) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Que demandent les conseillers ?",
        "Qu'attendent les professionnels du futur système d'information ?",
        "Qu'est-ce qui fonctionne aujourd'hui ?",
        "Que disent les jeunes ?",
        "Quelles sont les attentes des Hautes-Lisières ?",
    ],
)
def test_a_question_that_names_no_topic_has_none(question: str) -> None:
    assert not topic_of(question, places=["Hautes-Lisières", "Val-d'Ombrine"]).terms


def test_the_name_of_a_region_is_no_topic() -> None:
    asked = "Que dit-on de l'agenda en Val-d'Ombrine ?"
    assert topic_of(asked, places=["Val-d'Ombrine"]) == topic_of(
        "Que dit-on de l'agenda ?", places=()
    )


def test_a_topic_that_is_known_under_several_words_is_named_as_one() -> None:
    worded = ("Qui parle de ressaisie ?", "Pourquoi recopier ?", "La double saisie, on en est où ?")
    assert {topic_of(each, places=()).label for each in worded} == {"double saisie"}


def test_a_topic_of_two_themes_names_both() -> None:
    topic = topic_of("Que dit-on des SMS et de l'agenda ?", places=())
    assert topic.themes == {"agenda", "messages aux jeunes"}
    assert topic.label == "agenda et messages aux jeunes"


def test_an_acronym_that_is_the_topic_is_written_as_one() -> None:
    assert topic_of("Que dit-on du CEJ ?", places=()).label == "CEJ"
