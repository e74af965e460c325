"""Builds the ONNX graph of the encoder: token numbers in, one normalised vector out.

The graph is written with ONNX Runtime's fused operators, so that a session starts without having
anything to optimise. Word embeddings keep their 4 bits; the matrices become int8 with one scale
a column, multiplied by activations that are quantised at run time. There is no attention mask:
texts are encoded one at a time, since the scale of the activations is shared by all that is in a
call, and a text's vector must not depend on its neighbours.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from knowledge.models.weights import BLOCK, Quantised, Weights

INPUT = "input_ids"
OUTPUT = "embedding"
Precision = Literal["int8", "float32"]

# 7 bits: with 8, the sums of pairs of products overflow 16 bits on processors without VNNI
# (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
_LARGEST = 64
_FUSED = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self, weights: Weights, precision: Precision) -> None:
        self.weights = weights
        self.precision = precision
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self.weights.vectors[name])

    def node(self, operator: str, inputs: list[str], *outputs: str, **attributes: Any) -> str:  # noqa: ANN401 - what ONNX takes
        fused = operator in _FUSED_OPERATORS
        domain = _FUSED if fused else ""
        self.nodes.append(
            helper.make_node(
                operator, inputs, list(outputs), name=outputs[0], domain=domain, **attributes
            )
        )
        return outputs[0]

    def product(self, inputs: str, names: list[str], output: str) -> str:
        """Multiply by the transposes of the named matrices, side by side."""
        matrix = np.concatenate([self.weights.matrices[name].dequantised() for name in names]).T
        if self.precision == "float32":
            return self.node("MatMul", [inputs, self.constant(f"{output}.w", matrix)], output)
        scales = np.abs(matrix).max(axis=0) / np.float32(_LARGEST)
        values = self.constant(f"{output}.w", np.rint(matrix / scales).astype(np.int8))
        return self.node(
            "DynamicQuantizeMatMul", [inputs, values, self.constant(f"{output}.s", scales)], output
        )


_FUSED_OPERATORS = {
    "BiasGelu",
    "DynamicQuantizeMatMul",
    "GatherBlockQuantized",
    "MultiHeadAttention",
    "SkipLayerNormalization",
}


def build_graph(
    weights: Weights, kept: NDArray[np.int64], *, precision: Precision = "int8"
) -> ModelProto:
    """Return the encoder with the kept rows of the vocabulary, in their order.

    Args:
        weights: the model as its file holds it.
        kept: numbers of the kept pieces; token ``i`` of the graph is piece ``kept[i]``.
        precision: ``float32`` gives the reference that the exported model is measured against.
    """
    graph = _Graph(weights, precision)
    states = _embeddings(graph, weights.matrices["emb.word"].rows(kept))
    for layer in range(weights.layers):
        states = _layer(graph, f"l{layer}", states)
    axis = graph.constant("tokens.axis", np.array([1]))
    # The mean and the sum of the tokens have the same direction.
    total = graph.node("ReduceSum", [states, axis], "sum", keepdims=0)
    graph.node("LpNormalization", [total], OUTPUT, axis=1, p=2)
    proto = helper.make_graph(
        graph.nodes,
        "e5-small-fr",
        [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", weights.hidden])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(
        proto, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="appui"
    )


def _embeddings(graph: _Graph, words: Quantised) -> str:
    weights = graph.weights
    nibbles = (words.values & 15).astype(np.uint8).reshape(-1, 2)
    packed = (nibbles[:, 0] | (nibbles[:, 1] << 4)).tobytes()
    graph.constants.append(
        helper.make_tensor("emb.word", TensorProto.INT4, words.values.shape, packed, raw=True)
    )
    found = graph.node(
        "GatherBlockQuantized",
        ["emb.word", INPUT, graph.constant("emb.word.s", words.scales)],
        "words",
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK,
    )
    # Every token is of type 0, whose embedding is therefore part of each position's.
    positions = weights.vectors["emb.pos"].reshape(weights.positions, weights.hidden)
    table = graph.constant("emb.pos", positions + weights.vectors["emb.type"][: weights.hidden])
    length = graph.node("Shape", [INPUT], "length", start=1, end=2)
    places = graph.node(
        "Slice", [table, graph.constant("first", np.array([0])), length], "positions"
    )
    total = graph.node("Add", [found, places], "embedded")
    scale, bias = graph.vector("emb.ln.w"), graph.vector("emb.ln.b")
    return graph.node(
        "LayerNormalization", [total, scale, bias], "states", axis=-1, epsilon=weights.epsilon
    )


def _layer(graph: _Graph, layer: str, states: str) -> str:
    weights = graph.weights
    projected = graph.product(states, [f"{layer}.{part}.w" for part in "qkv"], f"{layer}.qkv")
    parts = [f"{layer}.{part}" for part in "qkv"]
    graph.node("Split", [projected], *parts, axis=2, num_outputs=3)
    biases = np.concatenate([weights.vectors[f"{part}.b"] for part in parts])
    attended = graph.node(
        "MultiHeadAttention",
        [*parts, graph.constant(f"{layer}.qkv.b", biases)],
        f"{layer}.attention",
        num_heads=weights.heads,
    )
    mixed = graph.product(attended, [f"{layer}.ao.w"], f"{layer}.ao")
    states = _add_and_normalise(graph, mixed, states, layer, "ao", "aln")
    wide = graph.product(states, [f"{layer}.fi.w"], f"{layer}.fi")
    bent = graph.node("BiasGelu", [wide, graph.vector(f"{layer}.fi.b")], f"{layer}.gelu")
    narrow = graph.product(bent, [f"{layer}.fo.w"], f"{layer}.fo")
    return _add_and_normalise(graph, narrow, states, layer, "fo", "oln")


def _add_and_normalise(
    graph: _Graph, change: str, states: str, layer: str, bias: str, norm: str
) -> str:
    inputs = [change, states]
    inputs += [graph.vector(f"{layer}.{name}") for name in (f"{norm}.w", f"{norm}.b", f"{bias}.b")]
    return graph.node(
        "SkipLayerNormalization", inputs, f"{layer}.{norm}", epsilon=graph.weights.epsilon
    )
