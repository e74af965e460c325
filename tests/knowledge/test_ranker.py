"""The ranker: bundled or named, it says which passages answer."""

import numpy as np
import pytest

from knowledge.errors import ModelUnavailable
from knowledge.ranker import BUNDLED, Readable, load_ranker

QUESTION = "Combien de temps dure un contrat d'engagement jeune ?"
PASSAGES = [
    Readable("Le logement", "La caution Visale garantit le loyer d'un appartement."),
    Readable(
        "Le contrat d'engagement jeune",
        "Le contrat d'engagement jeune dure douze mois au plus. Il peut être prolongé.",
    ),
    Readable("Le contrat d'engagement jeune", "Le conseiller reçoit le jeune chaque semaine."),
]
WANTED = {"temp": 1.0, "dur": 2.0, "contrat": 1.0, "engag": 2.0, "jeun": 1.0}


@pytest.fixture(scope="module")
def ranker():
    return load_ranker()


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory):
    """Save a CrossEncoder of one random layer, and return its folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny-cross-encoder"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "contrat", "jeune", "le", "dure"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_passage_that_answers_is_the_most_relevant(ranker):
    found = ranker.relevance(QUESTION, PASSAGES, wanted=WANTED)

    assert found.argmax() == 1
    assert found[1] > 0.5 > found[0]


def test_relevance_is_between_0_and_1_and_does_not_depend_on_the_other_passages(ranker):
    together = ranker.relevance(QUESTION, PASSAGES, wanted=WANTED)
    alone = [ranker.relevance(QUESTION, [each], wanted=WANTED)[0] for each in PASSAGES]

    assert together.dtype == np.float32
    assert ((together >= 0) & (together <= 1)).all()
    assert together.tolist() == alone


def test_nothing_to_read_gives_nothing(ranker):
    assert ranker.relevance(QUESTION, [], wanted=WANTED).shape == (0,)


@pytest.mark.parametrize("question", ["", "?", "\ud800", "x" * 5000])
def test_any_question_can_be_read(ranker, question):
    assert np.isfinite(ranker.relevance(question, PASSAGES, wanted={})).all()


def test_an_empty_passage_can_be_read(ranker):
    assert np.isfinite(ranker.relevance(QUESTION, [Readable("", "")], wanted=WANTED)).all()


def test_no_ranker_can_be_asked_for():
    assert load_ranker("none") is None


def test_the_bundled_file_stays_small_enough_for_the_repository():
    assert sum(file.stat().st_size for file in BUNDLED.iterdir()) < 40e6


def test_a_folder_without_a_model_is_named_with_what_to_do(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"ne contient pas de modèle .*Enlevez ce réglage"):
        load_ranker(str(tmp_path))


def test_any_cross_encoder_of_sentence_transformers_can_be_named(tiny_cross_encoder):
    named = load_ranker(str(tiny_cross_encoder))

    found = named.relevance(QUESTION, PASSAGES, wanted=WANTED)

    assert named.name == tiny_cross_encoder.name
    assert found.shape == (3,)
    assert ((found > 0) & (found < 1)).all()
    assert named.relevance(QUESTION, [], wanted=WANTED).shape == (0,)
