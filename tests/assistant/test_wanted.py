"""A question that wants a mail or an SMS is told from one that asks something."""

import pytest

from assistant.wanted import Wanted, wanted


@pytest.mark.parametrize(
    ("question", "kind", "about"),
    [
        ("mail pour lui dire les papiers à apporter", "mail", "les papiers à apporter"),
        ("fais-moi un sms pour lui rappeler les pièces du FAJ", "sms", "les pièces du FAJ"),
        ("Peux-tu rédiger un mail au jeune sur le CEJ ?", "mail", "le CEJ ?"),
        ("écris un courriel qui explique la PMSMP", "mail", "la PMSMP"),
        ("ok fais un mail", "mail", ""),
        ("fais moi un sms stp", "sms", ""),
        ("prépare un mail pour elle", "mail", ""),
        ("Il me faut un SMS pour un jeune concernant l'aide au permis", "sms", "l'aide au permis"),
        ("rédige un mail là-dessus", "mail", ""),
    ],
)
def test_what_is_to_be_written_and_what_it_must_say(question, kind, about):
    assert wanted(question) == Wanted(kind, about)


@pytest.mark.parametrize(
    "question",
    [
        "un mail suffit pour prévenir France Travail ?",
        "mail de la caf reçu, que faire",
        "sms de france travail frauduleux",
        "Faut-il un mail de l'employeur pour la PMSMP ?",
        "quelle adresse mail pour la MDPH",
        "comment écrire une lettre de motivation pour le service civique",
        "Un jeune sans adresse mail peut-il s'inscrire ?",
    ],
)
def test_other_questions_are_asked(question):
    assert wanted(question) is None
