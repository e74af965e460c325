"""A sentence that was embedded is not embedded again, and the oldest are let go."""

import numpy as np

from knowledge import remembering
from knowledge.remembering import Remembering


def test_only_new_texts_are_embedded_and_each_keeps_its_place(fake_embedder):
    inner = fake_embedder()
    outer = Remembering(inner)
    outer.embed_passages(["un", "deux"])
    vectors = outer.embed_passages(["deux", "trois", "un", "trois"])

    assert inner.embedded == ["un", "deux", "trois"]
    assert np.array_equal(vectors, fake_embedder().embed_passages(["deux", "trois", "un", "trois"]))
    assert outer.embed_passages([]).shape == (0, inner.dimension)
    assert (outer.name, outer.dimension) == (inner.name, inner.dimension)


def test_what_was_used_longest_ago_is_let_go(fake_embedder, monkeypatch):
    monkeypatch.setattr(remembering, "_MOST", 2)
    inner = fake_embedder()
    outer = Remembering(inner)
    for text in ("un", "deux", "un", "trois", "un", "deux"):
        outer.embed_passages([text])

    assert inner.embedded == ["un", "deux", "trois", "deux"]
