"""What a remark is about and who said it, as far as its words tell."""

import pytest

from knowledge.consultation.note import Note
from knowledge.consultation.pieces import Piece
from knowledge.consultation.remarks import Remark
from knowledge.consultation.situate import UNKNOWN, component_of, profile_of


def remark(said: str, *above: str, public: str = "professionnels") -> Remark:
    """Return a remark that is the whole of its note."""
    piece = Piece(start=0, end=len(said), above=above)
    note = Note(
        id="n", file="n.md", sha256="", title="n", text=said, pieces=(piece,), public=public
    )
    return Remark(note, piece, None)


@pytest.mark.parametrize(
    ("said", "component"),
    [
        ("L'agenda partagé est pratique", "agenda"),
        ("On ressaisit tout deux fois dans deux formulaires", "saisie"),
        ("Le filtre de la liste oublie des noms", "recherche"),
        ("Sortir un bilan par commune", "statistiques"),
        ("Prendre en photo la carte d'identité, une pièce à la fois", "documents"),
        ("Que France Travail voie ce que nous faisons", "échanges avec partenaires"),
        ("Un espace jeune pour déposer ses papiers", "portail jeune"),
        ("Savoir qui voit les notes de santé", "droits d'accès"),
        ("Des salaires décents", "hors SI"),
        ("Ce serait bien (conseillère en recherche de poste)", UNKNOWN),
    ],
)
def test_the_words_tell_the_component(said, component):
    assert component_of(remark(said)).value == component


def test_the_title_tells_what_the_words_do_not():
    guess = component_of(remark("Rien ne va plus", "Ce qui coince", "Agenda"))

    assert guess.value == "agenda"
    assert guess.reason == "le titre dit « agenda »"
    assert guess.confidence < component_of(remark("L'agenda est lourd")).confidence


@pytest.mark.parametrize(
    ("said", "above", "profile"),
    [
        ("On attend (chargée d'accueil)", (), "accueil"),
        ("On attend (conseillère itinérante)", (), "conseiller"),
        ("Être payé pour tester (directrice adjointe)", (), "direction"),
        ("(chargée de relation entreprises)", (), "chargé de projet, relations entreprises"),
        ("L'accueil et les directeurs attendent", (), UNKNOWN),
        ("Mot de passe trop long", ("Accès", "chargée d'accueil"), "accueil"),
    ],
)  # fmt: skip
def test_only_who_is_named_as_speaking_tells_the_profile(said, above, profile):
    assert profile_of(remark(said, *above)).value == profile


def test_young_people_speak_in_their_own_notes():
    assert profile_of(remark("Une appli simple", public="jeunes")).value == "jeune"
