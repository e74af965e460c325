"""Which words of quantity the extracts of a sentence support."""

from types import SimpleNamespace

import pytest

from knowledge.consultation.book import Count
from knowledge.consultation.book_quantities import Ground, unsupported

WORDS = "trois conseillers sur le quai, plusieurs logiciels, aucun réseau, 40 secondes"
REGIONS = ("Basses-Rives", "Hautes-Rives", "Val-Clair")


def _extract(words: str) -> SimpleNamespace:
    return SimpleNamespace(words=words, note=SimpleNamespace(date="2023-09-05"))


def wrong(text: str, *, meetings=2, regions=2, held=4, contradicted=False) -> list[str]:
    """Return the words of a sentence that are not supported."""
    ground = Ground(
        extracts=[_extract(WORDS), _extract("rien")],
        said=Count(meetings, REGIONS[:regions]),
        held=Count(held, REGIONS),
        is_contradicted=contradicted,
    )
    return [each.words.lower() for each in unsupported(text, ground)]


@pytest.mark.parametrize(
    "text",
    [
        "Dans 2 réunions sur 4 (2 régions : Basses-Rives, Hautes-Rives), il est dit que ça rame.",
        "Dans deux réunions, des participants décrivent des lenteurs.",
        "Deux extraits le disent.",
        "Au moins deux réunions en parlent.",
        "Plus d'une réunion en parle, moins de 3 régions aussi.",
        "Plusieurs réunions en parlent.",
        "Plusieurs participants le disent.",
        "Dans plusieurs régions, des participants attendent 40 secondes.",
        "L'attente revient tous les jours, toutes les deux minutes.",
        "Les participants jonglent entre plusieurs logiciels.",
        "Il n'y a aucun réseau sur le quai.",
        "Trois conseillers étaient sur le quai.",
        "Une conseillère dit « tous, partout, 100 % du temps ».",
        "Dans une réunion, ce point est cité.",
        "En septembre 2023, ça ramait déjà.",
        "2 des 4 réunions en parlent.",
        "Certaines réunions en parlent.",
        "Le nombre de clics est cité.",
    ],
)
def test_what_the_extracts_bear_passes(text):
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dans 3 réunions sur 4, il est dit que ça rame.", "3 réunions sur 4"),
        ("Dans 2 réunions sur 5, il est dit que ça rame.", "2 réunions sur 5"),
        ("Dans trois régions, il est dit que ça rame.", "trois régions"),
        ("Plus de 2 réunions en parlent.", "plus de 2 réunions"),
        ("Une seule réunion en parle.", "une seule réunion"),
        ("Trois extraits le disent.", "trois extraits"),
        ("La plupart des réunions en parlent.", "la plupart"),
        ("La majorité demande des SMS.", "majorité"),
        ("Majoritairement, ça rame.", "majoritairement"),
        ("De nombreuses réunions en parlent.", "de nombreuses"),
        ("De nombreux conseillers en parlent.", "de nombreux"),
        ("C'est souvent dit.", "souvent"),
        ("Unanimement, ça rame.", "unanimement"),
        ("Ce point fait consensus.", "consensus"),
        ("Personne ne s'y oppose, sans exception.", "sans exception"),
        ("Tous demandent des SMS.", "tous"),
        ("Tous les conseillers demandent des SMS.", "tous"),
        ("Toutes les réunions en parlent.", "toutes"),
        ("Dans toutes les régions, ça rame.", "toutes"),
        ("Chaque région le dit.", "chaque"),
        ("Tout le monde le dit.", "tout le"),
        ("Chacun le dit.", "chacun"),
        ("L'ensemble des participants le dit.", "l'ensemble"),
        ("Ça rame partout.", "partout"),
        ("Tous les écrans sont lents.", "tous"),
        ("Aucune région ne le dit.", "aucune"),
        ("Aucun participant ne s'y oppose.", "aucun"),
        ("Aucun ne le veut.", "aucun"),
        ("Personne ne s'y oppose.", "personne ne"),
        ("Aucun écran ne plaît.", "aucun"),
        ("Plusieurs écrans sont lents.", "plusieurs"),
        ("12 conseillers le disent.", "12"),
        ("Deux conseillers le disent.", "deux"),
        ("Une page met 50 secondes.", "50"),
        ("80 % des réunions en parlent.", "%"),
        ("Quarante pour cent le disent.", "pour cent"),
        ("La moitié des réunions en parlent.", "la moitié"),
        ("Les deux tiers en parlent.", "deux tiers"),
        ("3 des 4 réunions en parlent.", "3 des 4 réunions"),
        ("2/5 réunions en parlent.", "2/5 réunions"),
        ("L'immense majorité des conseillers se plaint.", "majorité"),
        ("La quasi-totalité des participants le dit.", "totalité"),
        ("Un grand nombre de participants le disent.", "nombre"),
        ("Beaucoup le disent.", "beaucoup"),
        ("Une minorité de réunions le dit.", "minorité"),
        ("De l'avis général, ça rame.", "avis général"),
        ("Une dizaine de réunions en parlent.", "dizaine"),
        ("Trois fois sur quatre, ça rame.", "fois sur"),
        ("Peu de réunions en parlent.", "peu"),
        ("Rarement évoqué.", "rarement"),
        ("Nul ne le conteste.", "nul ne"),
        ("Personne n'en parle.", "personne n'"),
        ("En 2021, ça ramait.", "2021"),
        ("Un conseiller sur deux le dit.", "un conseiller sur deux"),
    ],
)
def test_what_the_extracts_do_not_bear_is_named(text, words):
    assert words in wrong(text)


def test_a_majority_of_meetings_and_all_regions_may_be_said_when_it_is_so():
    said = "Dans la plupart des réunions et dans toutes les régions, partout, ça rame."
    assert wrong(said, meetings=3, regions=3) == []
    assert wrong("De nombreuses réunions en parlent.", meetings=3, regions=3) == []
    assert wrong("De nombreuses réunions en parlent.", meetings=3, held=10) == ["de nombreuses"]


def test_one_voice_needs_every_meeting_and_nobody_against():
    said = "Unanimement, ça rame."
    assert wrong(said, meetings=4) == []
    assert wrong(said, meetings=4, contradicted=True) == ["unanimement"]


def test_several_needs_two_meetings():
    assert wrong("Plusieurs participants le disent.", meetings=1, regions=1) == ["plusieurs"]
    assert wrong("Plusieurs régions le disent.", meetings=2, regions=1) == ["plusieurs"]
