"""Training the layers that read remarks: they learn, and what is written is what was trained."""

import numpy as np
import pytest

from evaluation import train_remarks
from evaluation.train_remarks import Recipe, train
from knowledge.consultation import remark_reader
from knowledge.consultation.examples import Example
from knowledge.consultation.remark_reader import TRAINED, RemarkReader
from tests.evaluation.small_encoder import HEADS, HIDDEN, small_encoder

WORDS = {"panne": "dysfonctionne", "clair": "fonctionne"}
RECIPE = Recipe(epochs=20, together=8, drawn=16, rate=1e-3, head_rate=1e-2, dropout=0.0)


@pytest.fixture(scope="module")
def weights():
    """Return an encoder as deep as the trained layers ask for."""
    return small_encoder(TRAINED.stop)


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
    monkeypatch.setattr(remark_reader, "HEADS", HEADS)
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
