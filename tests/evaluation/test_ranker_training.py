"""Training the ranker: it learns, resumes, leaves frozen parts alone, and is what is exported."""

import json
import random

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.numpy import load_file

from evaluation.ranker_model import Recipe, TrainedRanker, encode
from evaluation.ranker_restore import restore
from evaluation.ranker_training import damage, read_examples, train
from knowledge.embedding import BUNDLED
from knowledge.models.calibration import Outliers
from knowledge.models.graph import build_ranker_graph
from knowledge.models.vocabulary import pieces_in_tokenizer
from knowledge.models.weights import apply_checkpoint
from tests.evaluation.small_encoder import small_encoder

LAYERS = 2
RECIPE = Recipe(questions=4, passages=4, frozen_layers=1, rate=2e-3, every=3, epochs=2)


@pytest.fixture(scope="module")
def weights():
    return small_encoder(LAYERS)


@pytest.fixture
def examples(tmp_path):
    """Write questions of which the passage that answers begins with « Oui »."""
    file = tmp_path / "examples.jsonl"
    right = {
        "titles": "",
        "text": "Oui oui oui, il le peut.",
        "answers": True,
    }
    wrong = [
        {
            "titles": "Fiche",
            "text": f"Le dossier {n} est clos.",
            "answers": False,
        }
        for n in range(5)
    ]
    lines = [
        {
            "question": f"Peut-il signer le contrat {n} ?",
            "document": f"d{n}#1",
            "passages": [right, *wrong],
        }
        for n in range(48)
    ]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return file


def run(weights, examples, folder, *, recipe=RECIPE):
    told = []
    file = train(weights, examples=examples, folder=folder, recipe=recipe, tell=told.append)
    return load_file(file), told


def test_it_learns_which_passage_answers(weights, examples, tmp_path):
    _, told = run(weights, examples, tmp_path / "run")
    validations = [line for line in told if line.startswith("held out")]
    assert validations[-1] == "held out, right first: 1.000"


def test_a_run_that_is_cut_resumes_and_gives_the_same_model(weights, examples, tmp_path):
    whole, _ = run(weights, examples, tmp_path / "whole")

    class Cut(Exception):
        pass

    def stop_after_a_checkpoint(line):
        if line.startswith("held out"):
            raise Cut

    folder = tmp_path / "cut"
    with pytest.raises(Cut):
        train(
            weights,
            examples=examples,
            folder=folder,
            recipe=RECIPE,
            tell=stop_after_a_checkpoint,
        )
    assert not (folder / "ranker.safetensors").exists()
    resumed, told = run(weights, examples, folder)
    assert not any(line.startswith("1/") for line in told)
    assert resumed.keys() == whole.keys()
    for name, value in whole.items():
        assert np.allclose(value, resumed[name], atol=1e-6), name


def test_a_passage_may_hold_any_separator_of_lines(examples):
    lines = examples.read_text(encoding="utf-8")
    examples.write_text(lines.replace("il le peut", "il\u2028le\x85peut"), encoding="utf-8")
    training, _ = read_examples(examples)
    assert training[0]["passages"][0]["text"] == "Oui oui oui, il\u2028le\x85peut."


def test_the_lowest_layers_stay_as_they_are(weights, examples, tmp_path):
    tensors, _ = run(weights, examples, tmp_path / "run")
    assert np.array_equal(tensors["l0.q.w"], weights.matrix("l0.q.w"))
    assert not np.array_equal(tensors["l1.q.w"], weights.matrix("l1.q.w"))


def test_validation_questions_are_of_documents_never_trained_on(examples):
    training, held_out = read_examples(examples)
    assert training
    assert held_out
    assert not {e["document"] for e in training} & {e["document"] for e in held_out}


def test_the_exported_graph_scores_as_the_trained_model_does(weights, examples, tmp_path):
    torch.manual_seed(0)
    model = TrainedRanker(weights, RECIPE).eval()
    tensors = {
        "score.w": model.score.weight.detach().numpy(),
        "score.b": model.score.bias.detach().numpy(),
        "l1.q.w": weights.matrix("l1.q.w"),
    }
    kept = pieces_in_tokenizer(weights.pieces, BUNDLED / "tokenizer.json")
    graph = build_ranker_graph(apply_checkpoint(weights, tensors), kept)
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    pair = encode("Qui signe ?", {"titles": "Le contrat", "text": "Le jeune signe son contrat."})
    (score,) = session.run(None, {"input_ids": np.array([pair.ids])})
    with torch.no_grad():
        states = model.encoder(input_ids=torch.tensor([pair.ids])).last_hidden_state
        expected = model.score(states[:, 0]).numpy()[:, 0]
    assert score == pytest.approx(expected, abs=1e-4)


def test_a_damaged_question_stays_close_to_the_question():
    question = "Où s'inscrire à la mission locale après 25 ans ?"
    source = random.Random(1)
    made = {damage(question, source) for _ in range(400)}
    assert question in made
    assert question.lower() in made
    assert question.upper() in made
    assert "Ou s'inscrire a la mission locale apres 25 ans ?" in made
    assert all(abs(len(each) - len(question)) <= 1 for each in made)


def test_an_exported_ranker_can_be_trained_further(weights, examples, tmp_path):
    tensors, _ = run(weights, examples, tmp_path / "run")
    trained = apply_checkpoint(weights, tensors)
    kept = pieces_in_tokenizer(weights.pieces, BUNDLED / "tokenizer.json")
    loud = Outliers(states=np.array([3, 7]), inner=np.array([1, 40]))
    graph = build_ranker_graph(trained, kept, outliers=dict.fromkeys(range(LAYERS), loud))
    file = tmp_path / "ranker.onnx"
    file.write_bytes(graph.SerializeToString())
    pair = encode("Qui signe ?", {"titles": "Le contrat", "text": "Le jeune signe son contrat."})
    restored = TrainedRanker(restore(weights, file), RECIPE).eval()
    with torch.no_grad():
        score = restored([pair]).numpy()
    session = onnxruntime.InferenceSession(file.read_bytes())
    (expected,) = session.run(None, {"input_ids": np.array([pair.ids])})
    assert score == pytest.approx(expected, abs=0.1)
