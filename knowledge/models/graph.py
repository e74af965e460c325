"""Builds the ONNX graphs: of the encoder, one normalised vector a text; of the ranker, one score.

The graph is written with ONNX Runtime's fused operators, so that a session starts without having
anything to optimise. Word embeddings keep their 4 bits; the matrices become int8 with one scale
a column, multiplied by activations that are quantised at run time, but for the few outlier
channels of the feed-forward blocks. There is no attention mask: texts are encoded one at a time,
since the scale of the activations is shared by all that is in a call, and a text's vector must
not depend on its neighbours.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from knowledge.models.calibration import Outliers
from knowledge.models.weights import BLOCK, Quantised, Weights

INPUT = "input_ids"
OUTPUT = "embedding"
SCORE = "score"

# 7 bits: with 8, the sums of pairs of products overflow 16 bits on processors without VNNI
# (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
_LARGEST = 64
_FUSED = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self, weights: Weights, *, quantised: bool) -> None:
        self.weights = weights
        self.quantised = quantised
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

    def matrix(self, *names: str) -> NDArray[np.float32]:
        """Return the named matrices side by side, inputs in rows and outputs in columns."""
        return np.concatenate([self.weights.matrix(name) for name in names]).T

    def product(self, inputs: str, matrix: NDArray[np.float32], output: str) -> str:
        if not self.quantised:
            return self.float_product(inputs, matrix, output)
        scales = np.abs(matrix).max(axis=0) / np.float32(_LARGEST)
        values = self.constant(f"{output}.w", np.rint(matrix / scales).astype(np.int8))
        return self.node(
            "DynamicQuantizeMatMul", [inputs, values, self.constant(f"{output}.s", scales)], output
        )

    def float_product(self, inputs: str, matrix: NDArray[np.float32], output: str) -> str:
        return self.node("MatMul", [inputs, self.constant(f"{output}.w", matrix)], output)


_FUSED_OPERATORS = {
    "BiasGelu",
    "DynamicQuantizeMatMul",
    "GatherBlockQuantized",
    "MultiHeadAttention",
    "SkipLayerNormalization",
}


def activation_names(weights: Weights) -> dict[int, tuple[str, str]]:
    """Return, by layer, the names in the float32 graph of what calibration looks at."""
    return {layer: (f"l{layer}.aln", f"l{layer}.gelu") for layer in range(weights.layers)}


def build_graph(
    weights: Weights, kept: NDArray[np.int64], *, outliers: Mapping[int, Outliers] | None = None
) -> ModelProto:
    """Return the encoder with the kept rows of the vocabulary, in their order.

    Args:
        weights: the model as its file holds it.
        kept: numbers of the kept pieces; token ``i`` of the graph is piece ``kept[i]``.
        outliers: channels to keep in float32, by layer; without them nothing is quantised, which
            gives the reference that the exported model is measured against.
    """
    graph, states = _encoder(weights, kept, outliers)
    axis = graph.constant("tokens.axis", np.array([1]))
    # The mean and the sum of the tokens have the same direction.
    total = graph.node("ReduceSum", [states, axis], "sum", keepdims=0)
    graph.node("LpNormalization", [total], OUTPUT, axis=1, p=2)
    return _model(graph, "e5-small-fr", {OUTPUT: ["texts", weights.hidden]})


def build_ranker_graph(
    weights: Weights, kept: NDArray[np.int64], *, outliers: Mapping[int, Outliers] | None = None
) -> ModelProto:
    """Return the ranker: a question and a passage in one text, one figure out.

    ``score`` is the logit that the passage answers, read from the first token.
    """
    graph, states = _encoder(weights, kept, outliers)
    first = graph.node("Gather", [states, graph.constant("zero", np.array([0]))], "cls", axis=1)
    matrix = weights.vectors[f"{SCORE}.w"].reshape(weights.hidden, 1)
    found = graph.float_product(first, matrix, f"{SCORE}.wide")
    biased = graph.node("Add", [found, graph.vector(f"{SCORE}.b")], f"{SCORE}.logit")
    graph.node("Squeeze", [biased, graph.constant(f"{SCORE}.axes", np.array([1, 2]))], SCORE)
    return _model(graph, "ranker-fr", {SCORE: ["texts"]})


def _encoder(
    weights: Weights, kept: NDArray[np.int64], outliers: Mapping[int, Outliers] | None
) -> tuple[_Graph, str]:
    """Return a graph up to the states of the last layer, and their name."""
    graph = _Graph(weights, quantised=outliers is not None)
    states = _embeddings(graph, weights.matrices["emb.word"].rows(kept))
    for layer in range(weights.layers):
        states = _attention(graph, f"l{layer}", states)
        if outliers is None:
            change = _feed_forward(graph, f"l{layer}", states)
        else:
            change = _split_feed_forward(graph, f"l{layer}", states, outliers[layer])
        states = _add_and_normalise(graph, change, states, f"l{layer}", "fo", "oln")
    return graph, states


def _model(graph: _Graph, name: str, outputs: Mapping[str, list[str | int]]) -> ModelProto:
    """Return the finished model."""
    proto = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "tokens"])],
        [
            helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
            for output, shape in outputs.items()
        ],
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


def _attention(graph: _Graph, layer: str, states: str) -> str:
    weights = graph.weights
    parts = [f"{layer}.{part}" for part in "qkv"]
    matrix = graph.matrix(*(f"{part}.w" for part in parts))
    projected = graph.product(states, matrix, f"{layer}.qkv")
    graph.node("Split", [projected], *parts, axis=2, num_outputs=3)
    biases = np.concatenate([weights.vectors[f"{part}.b"] for part in parts])
    attended = graph.node(
        "MultiHeadAttention",
        [*parts, graph.constant(f"{layer}.qkv.b", biases)],
        f"{layer}.attention",
        num_heads=weights.heads,
    )
    mixed = graph.product(attended, graph.matrix(f"{layer}.ao.w"), f"{layer}.ao")
    return _add_and_normalise(graph, mixed, states, layer, "ao", "aln")


def _feed_forward(graph: _Graph, layer: str, states: str) -> str:
    wide = graph.product(states, graph.matrix(f"{layer}.fi.w"), f"{layer}.fi")
    bent = graph.node("BiasGelu", [wide, graph.vector(f"{layer}.fi.b")], f"{layer}.gelu")
    return graph.product(bent, graph.matrix(f"{layer}.fo.w"), f"{layer}.fo")


def _split_feed_forward(graph: _Graph, layer: str, states: str, outliers: Outliers) -> str:
    """Compute the block with its outlier channels in float32 and the others in int8."""
    enter, leave = graph.matrix(f"{layer}.fi.w"), graph.matrix(f"{layer}.fo.w")
    bias = graph.weights.vectors[f"{layer}.fi.b"]
    others = np.setdiff1d(np.arange(len(bias)), outliers.inner)

    mask = np.ones(len(enter), dtype=np.float32)
    mask[outliers.states] = 0
    calm = graph.node("Mul", [states, graph.constant(f"{layer}.mask", mask)], f"{layer}.calm")
    calm = graph.product(calm, enter[:, others] * mask[:, None], f"{layer}.fi.calm")
    chosen = graph.constant(f"{layer}.states", outliers.states)
    loud = graph.node("Gather", [states, chosen], f"{layer}.loud", axis=2)
    loud = graph.float_product(loud, enter[outliers.states][:, others], f"{layer}.fi.loud")
    wide = graph.node("Add", [calm, loud], f"{layer}.fi")
    bent = graph.node(
        "BiasGelu", [wide, graph.constant(f"{layer}.fi.b", bias[others])], f"{layer}.gelu"
    )
    calm = graph.product(bent, leave[others], f"{layer}.fo.calm")

    narrow = graph.float_product(states, enter[:, outliers.inner], f"{layer}.fi.inner")
    inner_bias = graph.constant(f"{layer}.fi.inner.b", bias[outliers.inner])
    bent = graph.node("BiasGelu", [narrow, inner_bias], f"{layer}.gelu.inner")
    loud = graph.float_product(bent, leave[outliers.inner], f"{layer}.fo.loud")
    return graph.node("Add", [calm, loud], f"{layer}.fo")


def _add_and_normalise(
    graph: _Graph, change: str, states: str, layer: str, bias: str, norm: str
) -> str:
    inputs = [change, states]
    inputs += [graph.vector(f"{layer}.{name}") for name in (f"{norm}.w", f"{norm}.b", f"{bias}.b")]
    return graph.node(
        "SkipLayerNormalization", inputs, f"{layer}.{norm}", epsilon=graph.weights.epsilon
    )
