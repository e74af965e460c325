"""What a young person is told: the rule, its figure and its date, in short sentences."""

import pytest

from assistant.answer import Citation, Sentence
from assistant.plain_words import STEPS, distinct, explained, ideas, lightened, spelt, told


def said(text: str, n: int = 1) -> Sentence:
    return Sentence(text, (n,), verified=True)


def cited(n: int, section: str) -> Citation:
    return Citation(
        n=n, document_id="d", title="Fiche", collection="dispositifs", section=section, page=None,
        quote="…", start=0, end=1, passage_id="d#0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "light"),
    [
        ("Oui, le CEJ est ouvert dès 16 ans (article L5131-6).", "Le CEJ est ouvert dès 16 ans."),
        ("Non, elle ne paie pas (fiche de 2015).", "Elle ne paie pas."),
        (
            "Le prêt est de 30 € (fiche Service Public du 12 décembre 2024).",
            "Le prêt est de 30 € (chiffre du 12 décembre 2024).",
        ),
        (
            "Il gagne 27 % du SMIC (article D6222-26, depuis le 1er janvier 2019).",
            "Il gagne 27 % du SMIC (règle du 1er janvier 2019).",
        ),
        ("Il gagne 27 % du SMIC (article D6222-26).", "Il gagne 27 % du SMIC."),
        ("Depuis 2026, il gagne 504,10 € (calcul d'Appui).", "Depuis 2026, il gagne 504,10 €."),
        (
            "On peut entrer si le temps est court : l'article R5131-15 demande de le regarder.",
            "On peut entrer si le temps est court.",
        ),
    ],
)
def test_references_go_and_an_amount_keeps_its_date(written, light):
    assert lightened(written) == light


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("L'aide est finie ; restent les aides locales.", ["L'aide est finie.",
         "Restent les aides locales."]),
        ("Il peut y entrer, mais l'allocation est suspendue.", ["Il peut y entrer.",
         "Mais l'allocation est suspendue."]),
        ("Notez bien cette date de renouvellement : la demande se refait.",
         ["Notez bien cette date de renouvellement.", "La demande se refait."]),
        ("Les pièces : une copie.", ["Les pièces : une copie."]),
        ("Il touche 561 €, et 337 € si son foyer est imposé.",
         ["Il touche 561 €, et 337 € si son foyer est imposé."]),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_only_where_each_part_stands_alone(written, pieces):
    assert ideas(written) == pieces


def test_what_is_meant_for_the_adviser_is_left_out():
    found = told(
        [
            said("La CSS s'adresse à tous."),
            said("Réalisez le diagnostic.", 2),
            said("Aidez le jeune à la demander."),
            said("Le plafond de 2026 n'est pas dans les sources d'Appui."),
        ],
        [cited(1, "Questions > Qui ?"), cited(2, f"Fiche > {STEPS}")],
    )

    assert [each.text for each in found] == ["La CSS s'adresse à tous."]


def test_somebody_spoken_to_with_tu_is_not_told_vous():
    sentences = [said("Déposez la demande."), said("La demande est gratuite.")]

    assert len(told(sentences, [])) == 2
    assert [each.text for each in told(sentences, [], informal=True)] == [
        "La demande est gratuite."
    ]


def test_the_same_thing_is_told_once_but_another_figure_or_sense_is_kept():
    kept = distinct(
        [
            said("Depuis le 1er avril 2025, l'allocation du CEJ est de 224,68 € pour un mineur."),
            said("Un mineur en CEJ touche 224,68 € depuis le 1er avril 2025."),
            said("Le RSA est ouvert de 18 à 25 ans."),
            said("Le RSA est ouvert à 25 ans."),
            said("Le RSA n'est pas ouvert à 25 ans."),
        ]
    )

    assert [each.text[:12] for each in kept] == [
        "Depuis le 1e", "Le RSA est o", "Le RSA est o", "Le RSA n'est"
    ]  # fmt: skip


def test_an_acronym_is_spelt_out_once_and_never_within_brackets():
    assert list(spelt(["La PMSMP (PMSMP) dure.", "La PMSMP finit."])) == [
        "La PMSMP (période de mise en situation en milieu professionnel) (PMSMP) dure.",
        "La PMSMP finit.",
    ]
    assert next(spelt(["Il gagne peu (SMIC réduit)."])) == "Il gagne peu (SMIC réduit)."


def test_hard_words_are_explained_apart_in_their_order():
    found = explained("Le plafond de ressources. Une convention.")

    assert [word for word, _ in found] == ["plafond", "ressources", "convention"]
