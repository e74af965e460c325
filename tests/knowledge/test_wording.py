"""A question is brought to the words of the documents, and nothing else is touched."""

import pytest

from knowledge.lexical import LexicalIndex
from knowledge.lexical import build as build_lexical
from knowledge.lexicon import Lexicon, build
from knowledge.wording import acronyms_for, spell, with_acronyms

TEXTS = [
    "Le contrat d'engagement jeune (CEJ) : allocation mensuelle, allocation versée.",
    "La complémentaire santé solidaire : la complémentaire et la santé. Combien ? Combien !",
    "Le logement des jeunes, le logement étudiant. Une prépa apprentissage, une prépa.",
    "Le jeune touche une allocation. Les jeunes touchent. Le jeune touche. Mission locale.",
]


@pytest.fixture
def spelt(tmp_path):
    build(TEXTS, tmp_path)
    build_lexical(TEXTS, tmp_path)
    lexicon, index = Lexicon.load(tmp_path), LexicalIndex.load(tmp_path, rows=len(TEXTS))
    return lambda question: spell(question, lexicon=lexicon, knows=index.knows)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("quelle alocation ?", "quelle allocation ?"),
        ("la complementaire sante", "la complémentaire santé"),
        ("slt cb il touche", "combien il touche"),
        ("COMBIEN TOUCHE UN JEUNE EN CEJ ?", "combien touche un jeune en CEJ ?"),
        ("LA COMPLEMENTAIRE SANTE", "la complémentaire santé"),
        ("un logemnt pr l'etudiant", "un logement pour l'étudiant"),
    ],
)
def test_what_is_mistyped_is_mended(spelt, typed, expected):
    assert spelt(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?",
        "Le CEJ et la CSS",
        "que dit Logeman du logement ?",
        "les allocations versées",
        "un zzzyx inconnu",
        "article L5131-6, 528 €",
        "CEJ",
        "CEJ PACEA",
    ],
)
def test_what_is_right_or_unknown_stays_as_it_is(spelt, typed):
    assert spelt(typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["slt cb touche en cej", "LALLOC DU JEUNE EN CEJ", "complementaire sante", "css ou aah ?"],
)
def test_done_twice_it_changes_nothing_more(spelt, typed):
    once = with_acronyms(spelt(typed))
    assert with_acronyms(spelt(once)) == once


@pytest.mark.parametrize(
    ("typed", "expected", "abbreviated"),
    [
        ("le CEJ", "le CEJ (contrat d'engagement jeune)", []),
        ("le contrat d'engagement jeune", "le contrat d'engagement jeune", ["CEJ"]),
        ("des contrats engagement jeunes", "des contrats engagement jeunes", ["CEJ"]),
        ("le CEJ, contrat d'engagement jeune", "le CEJ, contrat d'engagement jeune", []),
        ("rien de tel", "rien de tel", []),
    ],
)
def test_acronyms_are_spelt_out_and_expressions_abbreviated(typed, expected, abbreviated):
    assert with_acronyms(typed) == expected
    assert acronyms_for(typed) == abbreviated
