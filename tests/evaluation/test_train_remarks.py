"""Training the layers that read remarks: they learn, and what is written is what was trained."""

import numpy as np
import pytest

from evaluation import train_remarks
from evaluation.train_remarks import Recipe, train
from knowledge.consultation import remark_reader
from knowledge.consultation.examples import Example
from knowledge.consultation.remark_reader import RemarkReader
from knowledge.models.weights import BLOCK, Quantised, Weights
from knowledge.reading import load_tokenizer

HIDDEN, INNER, LAYERS = 32, 64, 8
WORDS = {"panne": "dysfonctionne", "clair": "fonctionne"}
RECIPE = Recipe(epochs=20, together=8, drawn=16, rate=1e-3, head_rate=1e-2, dropout=0.0)


@pytest.fixture(scope="module")
def weights():
    """Return an encoder drawn at random, small but as deep as the trained layers ask for."""
    source = np.random.default_rng(5)
    pieces = load_tokenizer().get_vocab()

    def matrix(rows, columns):
        values = source.integers(-8, 8, (rows, columns)).astype(np.int8)
        return Quantised(values, np.full((rows, columns // BLOCK), 0.02, np.float32))

    matrices = {"emb.word": matrix(len(pieces), HIDDEN)}
    vectors = {
        "emb.pos": np.zeros(512 * HIDDEN, np.float32),
        "emb.type": np.zeros(2 * HIDDEN, np.float32),
        "emb.ln.w": np.ones(HIDDEN, np.float32),
        "emb.ln.b": np.zeros(HIDDEN, np.float32),
    }
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fo", "fi"):
            rows, columns = INNER if name == "fi" else HIDDEN, INNER if name == "fo" else HIDDEN
            matrices[f"l{layer}.{name}.w"] = matrix(rows, columns)
            vectors[f"l{layer}.{name}.b"] = np.zeros(rows, np.float32)
        for name in ("aln", "oln"):
            vectors[f"l{layer}.{name}.w"] = np.ones(HIDDEN, np.float32)
            vectors[f"l{layer}.{name}.b"] = np.zeros(HIDDEN, np.float32)
    return Weights(
        hidden=HIDDEN,
        layers=LAYERS,
        heads=2,
        feed_forward=INNER,
        positions=512,
        epsilon=1e-12,
        pieces=tuple(sorted(pieces, key=pieces.__getitem__)),
        scores=np.zeros(len(pieces), np.float32),
        vectors=vectors,
        matrices=matrices,
    )


def lower(said):
    """Return states that hold which word a text has, as long as it has words."""
    source = np.random.default_rng(len(said))
    states = source.normal(0, 0.3, (len(said.split()), HIDDEN)).astype(np.float32)
    states[:, list(WORDS).index(next(word for word in WORDS if word in said))] += 2
    return states


def test_layers_learn_and_are_read_as_they_were_trained(weights, tmp_path, monkeypatch):
    taught = [
        Example(f"thème {word}", kind, f"{'mot ' * (number % 5)}{word} {number}")
        for number in range(24)
        for word, kind in WORDS.items()
    ]
    taught += [Example("", "", f"panne de réveil à {hour} h") for hour in range(4)]
    monkeypatch.setattr(remark_reader, "HEADS", 2)
    told = []
    train(weights, taught, lower=lower, out=tmp_path, tell=told.append, recipe=RECIPE)
    reader = RemarkReader(tmp_path)
    reader._lower = lower
    read = reader.read(["une panne un lundi", "bien clair"])

    losses = [float(line.split()[-1]) for line in told]
    assert losses[-1] < losses[0] / 2
    assert [reader.kinds[int(each.argmax())] for each in read] == list(WORDS.values())


def test_the_same_seed_gives_the_same_steps_and_each_example_once_an_epoch():
    steps = list(train_remarks._steps([5] * 50, Recipe(epochs=2, together=8, drawn=16)))

    assert steps == list(train_remarks._steps([5] * 50, Recipe(epochs=2, together=8, drawn=16)))
    assert sorted(i for step in steps for i in step) == sorted([*range(50), *range(50)])


def test_the_command_trains_on_the_examples_of_the_file(tmp_path, monkeypatch):
    given = {}
    monkeypatch.setattr(train_remarks, "read_wheel", lambda wheel: wheel)
    monkeypatch.setattr(train_remarks, "LowerLayers", lambda: lower)
    monkeypatch.setattr(
        train_remarks, "train", lambda weights, taught, **rest: given.update(rest, taught=taught)
    )

    assert train_remarks.main(["--wheel", "w.whl", "--out", str(tmp_path)]) == 0
    assert given["out"] == tmp_path
    assert any(not each.theme for each in given["taught"])
