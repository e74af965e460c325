"""What meetings call by different words is one theme; an everyday word is none."""

import csv
from pathlib import Path

import pytest

from knowledge import themes
from knowledge.themes import themes_in

FILE = Path(themes.__file__).parent / "corpus/themes-si.csv"


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("On fait de la double saisie toute la journée.", "double saisie"),
        ("On tape tout deux fois.", "double saisie"),
        ("Encore une ressaisie du même dossier.", "double saisie"),
        ("I-Milo rame.", "lenteur"),
        ("Le temps de réponse décourage.", "lenteur"),
        ("L'IA pourrait préparer la synthèse.", "intelligence artificielle"),
        ("Une intelligence artificielle qui résume.", "intelligence artificielle"),
        ("Trop de mots de passe.", "connexion"),
        ("Un tableau de bord pour la direction.", "pilotage"),
        ("Sans réseau, rien ne marche.", "hors connexion"),
        ("Respecter le RGPD.", "données personnelles"),
    ],
)
def test_a_theme_is_found_in_other_words_than_its_name(said, theme):
    assert theme in themes_in(said)


@pytest.mark.parametrize(
    ("group", "word"),
    [
        ("On saisit deux fois.", "On gère deux agences."),
        ("la double saisie", "la saisie"),
        ("un mot de passe", "un mot"),
        ("un tableau de bord", "un tableau"),
        ("un temps de réponse", "un temps"),
        ("un mode dégradé", "un mode"),
    ],
)
def test_a_group_of_words_counts_as_a_whole_and_its_words_do_not(group, word):
    assert themes_in(group)
    assert themes_in(word) == frozenset()


def test_the_words_of_a_group_stand_next_to_each_other():
    assert themes_in("le mot de passe") == {"connexion"}
    assert themes_in("Un mot lui est venu, puis il passe.") == frozenset()


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("Mon agenda.", "Nos agendas."),
        ("Le rendez-vous est pris.", "Les rendez-vous sont pris."),
        ("Une pièce manque.", "Des pièces manquent."),
        ("Ce doublon.", "Ces doublons."),
        ("Un clic.", "Des clics."),
        ("Un mot de passe.", "Des mots de passe."),
        ("Le tableau de bord.", "Les tableaux de bord."),
        ("La liste locale.", "Les listes locales."),
        ("Un employeur.", "Des employeurs."),
    ],
)
def test_a_plural_speaks_of_what_its_singular_speaks_of(one, several):
    assert themes_in(one) == themes_in(several) != frozenset()


@pytest.mark.parametrize(
    "said",
    [
        "Deux conseillères sont venues de loin.",
        "Tout le monde a bu un café.",
        "Le jeune a droit à une allocation.",
        "J'ai passé ma journée dehors.",
        "",
    ],
)
def test_an_everyday_sentence_speaks_of_no_theme(said):
    assert themes_in(said) == frozenset()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ca RAME", "ça rame"),
        ("L’AGENDA PARTAGÉ", "l'agenda partagé"),
        ("mots cles", "mots-clés"),
        ("copier coller", "copier-coller"),
        ("rendez vous", "rendez-vous"),
    ],
)
def test_case_accents_hyphens_and_apostrophes_do_not_matter(typed, written):
    assert themes_in(typed) == themes_in(written) != frozenset()


def test_a_sentence_may_speak_of_several_themes():
    said = "Un agenda lent, et des SMS qui ne partent pas."
    assert themes_in(said) == {"agenda", "lenteur", "messages aux jeunes"}


def test_a_theme_is_found_by_its_own_name():
    with FILE.open(encoding="utf-8", newline="") as stream:
        names = [row["theme"] for row in csv.DictReader(stream, delimiter=";")]
    assert len(names) == len(set(names)) >= 30
    assert [name for name in names if name not in themes_in(f"Que dit-on de « {name} » ?")] == []
