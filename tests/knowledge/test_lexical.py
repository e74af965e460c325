"""BM25 scores each passage for the terms of a question."""

import math

import pytest

from knowledge.lexical import LexicalIndex, build

_TEXTS = ["Le permis de conduire", "L'aide au permis et au logement", "", "Le logement des jeunes"]


@pytest.fixture
def index(tmp_path):
    build(_TEXTS, tmp_path)
    return LexicalIndex.load(tmp_path, rows=len(_TEXTS))


def test_a_passage_scores_by_the_terms_that_it_shares(index):
    scores = index.scores("les PERMIS et logements")

    assert scores.shape == (4,)
    assert scores.argmax() == 1
    assert scores[0] > 0
    assert scores[2] == 0


@pytest.mark.parametrize("question", ["zzz inconnu", "le la les", "", "?\0🙂"])
def test_a_question_without_a_known_term_scores_nothing(index, question):
    assert index.scores(question).tolist() == [0, 0, 0, 0]


def test_the_rarer_term_weighs_more(index):
    assert index.rarity("absent") > index.rarity("jeun") > index.rarity("perm") > 0
    assert index.rarity("jeun") == pytest.approx(math.log(1 + 3.5 / 1.5))


@pytest.mark.parametrize("texts", [[], ["", "de la", "?"]])
def test_passages_without_any_term_make_an_index_all_the_same(tmp_path, texts):
    build(texts, tmp_path)
    index = LexicalIndex.load(tmp_path, rows=len(texts))

    assert index.scores("permis").tolist() == [0] * len(texts)
    assert index.rarity("permis") == 0


def test_missing_files_are_not_taken_for_an_empty_index(tmp_path):
    with pytest.raises(FileNotFoundError):
        LexicalIndex.load(tmp_path / "absent", rows=4)
