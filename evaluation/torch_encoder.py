"""The encoder of the wheel as transformers' BertModel, and back: torch's names and the file's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import BUNDLED
from knowledge.models.vocabulary import pieces_in_tokenizer
from knowledge.models.weights import Weights

if TYPE_CHECKING:
    from transformers import BertModel

# Names in the file of the weights, and in transformers' BertModel, of what each layer holds.
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def build_encoder(
    weights: Weights, *, dropout: float = 0.0, kept: NDArray[np.int64] | None = None
) -> "BertModel":
    """Return the encoder in float32, with the bundled vocabulary unless ``kept`` says otherwise.

    Args:
        weights: the model as its file holds it.
        dropout: the share of the states that training drops.
        kept: numbers of the pieces to keep.
    """
    import torch
    from transformers import BertConfig, BertModel

    if kept is None:
        kept = pieces_in_tokenizer(weights.pieces, BUNDLED / "tokenizer.json")
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        layer_norm_eps=weights.epsilon,
        hidden_act="gelu",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    model = BertModel(config, add_pooling_layer=False)
    tensors = {
        name: torch.from_numpy(np.array(values, dtype=np.float32))
        for name, values in _tensors(weights, kept).items()
    }
    model.load_state_dict(tensors, strict=True)
    return model


def named_as_in_the_file(state: Mapping[str, Any], *, layers: int) -> dict[str, Any]:
    """Return the tensors of an encoder's layers under the names of the file."""
    return {
        f"l{layer}.{short}.{kind[0]}": state[f"encoder.layer.{layer}.{long}.{kind}"]
        for layer in range(layers)
        for short, long in _LAYER.items()
        for kind in ("weight", "bias")
    }


def _tensors(weights: Weights, kept: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Return the weights under the names of transformers' BertModel."""
    vectors, matrices, hidden = weights.vectors, weights.matrices, weights.hidden
    tensors = {
        "embeddings.word_embeddings.weight": matrices["emb.word"].rows(kept).dequantised(),
        "embeddings.position_embeddings.weight": vectors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": vectors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": vectors["emb.ln.w"],
        "embeddings.LayerNorm.bias": vectors["emb.ln.b"],
    }
    for layer in range(weights.layers):
        for short, long in _LAYER.items():
            name, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            is_matrix = f"{name}.w" in matrices
            weight = weights.matrix(f"{name}.w") if is_matrix else vectors[f"{name}.w"]
            tensors[f"{target}.weight"] = weight
            tensors[f"{target}.bias"] = vectors[f"{name}.b"]
    return tensors
