"""Layers in NumPy give what the same layers give in torch, and their compact form loses little."""

import numpy as np
import pytest
import torch
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertLayer

from evaluation.torch_encoder import named_as_in_the_file
from knowledge.bert_layers import SCALE, Layer, compact, expand

HIDDEN, HEADS, EPSILON = 48, 4, 1e-12


@pytest.fixture(scope="module")
def reference():
    torch.manual_seed(4)
    config = BertConfig(
        hidden_size=HIDDEN,
        num_attention_heads=HEADS,
        intermediate_size=96,
        layer_norm_eps=EPSILON,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    config._attn_implementation = "eager"
    layer = BertLayer(config).eval()
    for parameter in layer.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return layer


@pytest.fixture(scope="module")
def tensors(reference):
    state = {f"encoder.layer.0.{name}": tensor for name, tensor in reference.state_dict().items()}
    named = named_as_in_the_file(state, layers=1)
    return {name.removeprefix("l0."): tensor.numpy() for name, tensor in named.items()}


def test_a_layer_gives_what_torch_gives(reference, tensors):
    states = np.random.default_rng(5).normal(size=(7, HIDDEN)).astype(np.float32)
    with torch.no_grad():
        given = reference(torch.from_numpy(states)[None])
    expected = (given[0] if isinstance(given, tuple) else given).reshape(7, HIDDEN).numpy()

    assert Layer(tensors, HEADS, EPSILON)(states) == pytest.approx(expected, abs=1e-4)


def test_matrices_are_kept_in_a_byte_and_come_back_nearly_the_same(tensors):
    kept = compact(tensors)
    back = expand(kept)

    assert kept["q.w"].dtype == np.int8
    assert f"q.w{SCALE}" in kept
    assert back.keys() == tensors.keys()
    for name, tensor in tensors.items():
        assert back[name] == pytest.approx(tensor, abs=float(np.abs(tensor).max()) / 200)
