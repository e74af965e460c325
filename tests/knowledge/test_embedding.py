"""Embedding: what the bundled model guarantees, and any other model that is asked for."""

import json
import shutil

import numpy as np
import pytest
from tokenizers import Tokenizer

from knowledge.embedding import BUNDLED, _load_bundled, load_embedder
from knowledge.errors import ModelUnavailable


@pytest.fixture(scope="module")
def embedder():
    return load_embedder()


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))


def test_the_name_holds_the_digest_of_the_model(embedder):
    manifest = json.loads((BUNDLED / "model.json").read_text(encoding="utf-8"))
    assert embedder.name == manifest["name"]
    assert embedder.name.startswith("e5-small-fr-")


def test_the_model_stays_small_enough_for_a_repository():
    assert sum(file.stat().st_size for file in BUNDLED.iterdir()) < 42e6


def test_vectors_have_384_dimensions_and_norm_1(embedder):
    vectors = embedder.embed_passages(["Le permis de conduire.", "La prime d'activité."])
    assert vectors.shape == (2, embedder.dimension) == (2, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_nothing_gives_no_vector(embedder):
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.embed_questions([]).shape == (0, 384)


def test_an_empty_text_has_a_vector_all_the_same(embedder):
    assert np.isfinite(embedder.embed_questions(["", "  \n"])).all()


def test_a_vector_does_not_depend_on_the_other_texts(embedder):
    text = "Le contrat d'engagement jeune dure douze mois."
    alone = embedder.embed_passages([text])[0]
    among = embedder.embed_passages(["Vélo.", text, "Une phrase bien plus longue. " * 60])[1]
    assert np.array_equal(alone, among)


def test_a_question_finds_the_passage_that_answers_it(embedder):
    passages = [
        "La région finance une partie du permis B des apprentis.",
        "Le foyer de jeunes travailleurs loue des chambres meublées.",
        "L'allocation est suspendue en cas d'absence injustifiée.",
    ]
    questions = [
        "Comment payer mes leçons de conduite ?",
        "je cherche une chambre",
        "on m'a coupé l'aide",
    ]
    scores = embedder.embed_questions(questions) @ embedder.embed_passages(passages).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_questions_and_passages_carry_different_prefixes(embedder):
    question, passage = (
        f(["Le RSA"])[0] for f in (embedder.embed_questions, embedder.embed_passages)
    )
    assert question @ passage < 0.99


def test_only_the_first_512_tokens_count(embedder):
    long = "mot " * 600
    assert np.array_equal(
        embedder.embed_passages([long])[0], embedder.embed_passages([long + "autre fin"])[0]
    )


def test_progress_counts_the_passages_done(embedder):
    done = []
    embedder.embed_passages(["a", "b", "c"], on_progress=done.append)
    assert done == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Où l’élève âgé de 17 ans naît-il à Noël ? Ça coûte 561,68 €.",
        "ÉTÉ ÇA ŒUVRE À L'HÔPITAL — n° 12 « cité » …",
        "PMSMP CEJ PACEA RQTH QPV FSL CléA",
        "§ 3° 45 % ½ m² œ æ ü ñ @ # / \\ ~ [ ] { } | < > + = *",
        "slt jpeu avoir laide pr le perm stp ???",
    ],
)
def test_no_sign_of_french_is_unknown(tokenizer, text):
    assert "<unk>" not in tokenizer.encode(text).tokens


def test_accents_typed_apart_and_odd_spaces_change_nothing(tokenizer):
    plain = tokenizer.encode("query: été à 20 h")
    assert tokenizer.encode("query: e\u0301te\u0301\u00a0a\u0300\u202f20\n\t h ").ids == plain.ids


def test_a_prefix_is_cut_as_in_the_full_vocabulary(tokenizer):
    assert tokenizer.encode("query: passage:").tokens == [
        "<s>", "▁que", "ry", ":", "▁passage", ":", "</s>",
    ]  # fmt: skip


@pytest.mark.parametrize("damage", ["absent", "truncated", "manifest"])
def test_a_damaged_bundled_model_says_how_to_get_it_back(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    if damage == "absent":
        (folder / "model.onnx").unlink()
    elif damage == "truncated":
        (folder / "tokenizer.json").write_text("{", encoding="utf-8")
    else:
        (folder / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"absent ou incomplet .*Réinstallez Appui"):
        _load_bundled(folder)


def test_a_model_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"/nulle-part n'existe pas"):
        load_embedder(str(tmp_path / "nulle-part"))


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """Save a sentence-transformers model of one random layer, and return its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny-e5-random"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", "query", "passage", "le", "rsa"]
    torch.manual_seed(7)
    bert = folder.parent / "bert"
    bert.mkdir()
    (bert / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(bert / "vocab.txt")).save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=32,
    )  # fmt: skip
    BertModel(config).save_pretrained(bert)
    words_model = Transformer(str(bert))
    SentenceTransformer(modules=[words_model, Pooling(16)], device="cpu").save(str(folder))
    return folder


def test_a_local_sentence_transformers_model_can_be_used(tiny_model):
    embedder = load_embedder(str(tiny_model))
    done = []
    passages = embedder.embed_passages(["le rsa", "le le"], on_progress=done.append)
    assert (embedder.dimension, passages.shape, done) == (16, (2, 16), [2])
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1], abs=1e-5)
    # Its name says e5: questions and passages get that family's prefixes.
    assert not np.allclose(embedder.embed_questions(["le rsa"])[0], passages[0])


def test_loading_a_model_leaves_the_terminal_alone(tiny_model, capfd):
    from transformers.utils.logging import enable_progress_bar

    enable_progress_bar()
    load_embedder(str(tiny_model))
    assert capfd.readouterr() == ("", "")


def test_a_model_with_other_weights_has_another_name(tiny_model, tmp_path):
    from safetensors.numpy import load_file, save_file

    again = load_embedder(str(tiny_model)).name
    changed = tmp_path / "tiny-e5-random"
    shutil.copytree(tiny_model, changed)
    weights = load_file(changed / "model.safetensors")
    name = next(iter(weights))
    save_file({**weights, name: weights[name] + 1}, changed / "model.safetensors", {"format": "pt"})
    assert load_embedder(str(tiny_model)).name == again
    assert load_embedder(str(changed)).name != again


def test_a_folder_without_a_model_is_refused(tiny_model, tmp_path):
    with pytest.raises(ModelUnavailable, match="pas de modèle sentence-transformers lisible"):
        load_embedder(str(tmp_path))


def test_a_name_that_no_hub_accepts_is_refused(tiny_model):
    with pytest.raises(ModelUnavailable, match="Vérifiez son nom"):
        load_embedder("un nom impossible !")


def test_a_model_that_cannot_be_downloaded_is_refused(tiny_model, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="n'a pas pu être téléchargé"):
        load_embedder("personne/modele-absent")
