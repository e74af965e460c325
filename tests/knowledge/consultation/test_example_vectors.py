"""The vectors of the examples are kept; those of changed examples are computed."""

import numpy as np
import pytest

from knowledge.consultation import example_vectors, learned, logistics
from knowledge.consultation.example_vectors import FILE, keep, kept_weights, vectors_of_examples
from knowledge.consultation.examples import examples
from knowledge.embedding import BUNDLED
from knowledge.onnx_model import read_manifest


class Counting:
    """A model that counts what it embeds."""

    name, dimension = "counting", 2

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_passages(self, texts, *, on_progress=None):
        self.embedded += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(example_vectors, "FILE", tmp_path / "kept.npz")
    return tmp_path / "kept.npz"


def test_only_what_was_not_kept_is_embedded_and_the_order_is_that_asked(file):
    kept(["un", "deux"], file)
    model = Counting()

    found = vectors_of_examples(["quatre", "deux", "un"], embedder=model)

    assert model.embedded == ["quatre"]
    assert found[:, 0].tolist() == [6, 4, 2]


def kept(said, file):
    model = Counting()
    keep(said, vectors=model.embed_passages(said), weights={}, model=model.name, file=file)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut", b"text"])
def test_a_file_that_cannot_be_read_is_done_without(file, content):
    if content is not None:
        file.write_bytes(content)
    model = Counting()

    assert len(vectors_of_examples(["un"], embedder=model)) == 1
    assert model.embedded == ["un"]


def test_vectors_of_another_model_are_not_used(file):
    kept(["un"], file)
    other = Counting()
    other.name = "other"

    vectors_of_examples(["un"], embedder=other)

    assert other.embedded == ["un"]


def test_the_file_holds_the_examples_as_they_are_now():
    """Mend with « python -m knowledge.consultation.keep_examples »."""
    said = {example_vectors.key_of(each.said) for each in examples() if each.theme}
    with np.load(FILE) as held:
        assert str(held["model"]) == read_manifest(BUNDLED / "model.json")["name"]
        assert {bytes(row) for row in held["keys"]} == said


def test_what_the_examples_tell_is_not_learned_again(monkeypatch):
    """Mend with « python -m knowledge.consultation.keep_examples »."""

    def learn(*_args, **_kwargs):
        raise AssertionError("the examples were changed since what they tell was kept")

    monkeypatch.setattr(learned, "regress", learn)
    monkeypatch.setattr(logistics, "regress", learn)
    name = read_manifest(BUNDLED / "model.json")["name"]
    remarks = [each for each in examples() if each.theme]
    with np.load(FILE) as held:
        vectors = held["vectors"].astype(np.float32)

    told = learned.Learned(remarks, vectors, kept=kept_weights(name))
    sorter = logistics.Sorter(examples(), kept=kept_weights(None))

    (likely,) = told.of([remarks[0].said], vectors[:1])
    assert max(likely.themes, key=likely.themes.get) == remarks[0].theme
    assert sorter.logistics_in("Pause de dix minutes") > sorter.logistics_in(remarks[0].said)
