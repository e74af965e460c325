"""What could tell which young person spoke is taken out of what is shown."""

import pytest

from knowledge.consultation.anonymity import anonymous, shown
from tests.knowledge.consultation.test_situate import remark


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("J'ai 19 ans et pas de voiture", "J'ai [âge] et pas de voiture"),
        ("À dix-sept ans on ne sait pas", "À [âge] on ne sait pas"),
        ("Je suis la seule fille du garage", "Je suis [détail masqué]"),
        ("un seul jeune du groupe a un ordinateur", "[détail masqué] a un ordinateur"),
        ("C'est long (Cassiopée, 19 ans)", "C'est long ([nom], [âge])"),
        ("J'oublie (Tomé)", "J'oublie ([nom])"),
        ("J'habite à Villefleur-sur-Orne, sans bus", "J'habite à [lieu], sans bus"),
        ("Au lycée Jean Moulin on m'a dit non", "Au lycée [lieu] on m'a dit non"),
        ("Le garage de Brécombe m'a pris", "Le garage de [lieu] m'a pris"),
        ("ma conseillère Sophie m'aide", "ma conseillère [nom] m'aide"),
    ],
)  # fmt: skip
def test_what_tells_someone_is_masked(said, told):
    assert anonymous(said, places=["Brécombe"]) == told


@pytest.mark.parametrize(
    "said",
    [
        "Une seule fois suffit, pas une seule saisie de plus",
        "Les jeunes de 16 à 25 ans, ou de moins de 26 ans",
        "Demander à France Travail, à la CAF ou à WhatsApp",
        "Prendre rendez-vous tout seul (trois d'accord)",
        "À l'accueil, la seule solution est d'attendre",
        "le seul moyen de joindre ma conseillère",
    ],
)
def test_what_tells_nobody_is_left(said):
    assert anonymous(said) == said


def test_professionals_keep_their_words_and_the_young_do_not():
    said = "J'ai 19 ans"

    assert shown(remark(said), mask=str) == said
    assert shown(remark(said, public="jeunes"), mask=str, is_exact=True) == "J'ai [âge]"
