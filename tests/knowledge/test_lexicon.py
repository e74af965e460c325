"""The words of the documents are found again through slips and missing accents."""

import pytest

from knowledge.errors import LibraryDamaged
from knowledge.lexicon import Lexicon, build

TEXTS = [
    "L'allocation est versée chaque mois. Allocation, allocations.",
    "La sécurité sociale étudiante : la sécurité des étudiants.",
    "Le logement et le logement. Un logeman est cité une fois.",
    "Forme forme formé. Le permis, le permis B, en 2025.",
]


@pytest.fixture
def lexicon(tmp_path):
    build(TEXTS, tmp_path)
    return Lexicon.load(tmp_path)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alocation", "allocation"),
        ("alloctaion", "allocation"),
        ("allocassion", "allocation"),
        ("securite", "sécurité"),
        ("secruité", "sécurité"),
        ("logemnt", "logement"),
        ("permi", "permis"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(lexicon, typed, meant):
    assert lexicon.nearest(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "mois", "prmi", "zzzzzzzz", "allcsson", "2025", "logemammt", "lermis"]
)
def test_what_is_short_or_far_is_left_alone(lexicon, typed):
    found = lexicon.nearest(typed)
    assert found is None or found == typed


def test_a_word_met_once_is_nobodys_correction(lexicon):
    assert lexicon.nearest("logemen") == "logement"


def test_a_word_is_given_as_it_is_mostly_written(lexicon):
    assert lexicon.written("SECURITE") == "sécurité"
    assert lexicon.written("formé") == "forme"
    assert lexicon.written("absent") is None
    assert lexicon.written("2025") is None


def test_passages_without_a_word_make_a_lexicon_all_the_same(tmp_path):
    build([], tmp_path)
    lexicon = Lexicon.load(tmp_path)
    assert lexicon.written("mot") is None
    assert lexicon.nearest("allocation") is None


def test_a_broken_file_is_damage_that_the_library_repairs(tmp_path):
    (tmp_path / "words.json").write_text("[", encoding="utf-8")
    with pytest.raises(LibraryDamaged, match="liste des mots"):
        Lexicon.load(tmp_path)
