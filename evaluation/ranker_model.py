"""The ranker under training, in torch: the bundled encoder with a head, and its losses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluation.torch_encoder import build_encoder
from knowledge.models.weights import Weights
from knowledge.reading import PairTokens, load_tokenizer, pair_tokens

_PADDING = 1

#: A question with its passages, as ``evaluation.ranker_examples`` writes it.
Example = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the ranker is trained: ``questions`` a step, each with ``passages`` candidates.

    ``together`` questions are read at a time. ``steps`` ends training before all were asked.
    """

    seed: int = 0
    epochs: int = 1
    questions: int = 8
    together: int = 2
    passages: int = 8
    frozen_layers: int = 2
    rate: float = 6e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06
    pointwise: float = 0.3
    dropout: float = 0.1
    every: int = 200
    steps: int | None = None


class TrainedRanker(nn.Module):
    """The encoder with a head that scores, ready to be trained."""

    def __init__(self, weights: Weights, recipe: Recipe) -> None:
        """Start from the weights; where they hold no head yet, it is drawn at random."""
        super().__init__()
        self.encoder = build_encoder(weights, dropout=recipe.dropout)
        # In bfloat16 on a CPU, a step takes a third less time than with torch's own attention.
        self.encoder.set_attn_implementation("eager")
        self.score = nn.Linear(weights.hidden, 1)
        nn.init.normal_(self.score.weight, std=0.02)
        if "score.w" in weights.vectors:
            head = {"weight": weights.vectors["score.w"][None], "bias": weights.vectors["score.b"]}
            self.score.load_state_dict({n: torch.tensor(v) for n, v in head.items()})
        for frozen in (
            self.encoder.embeddings,
            *self.encoder.encoder.layer[: recipe.frozen_layers],
        ):
            frozen.requires_grad_(requires_grad=False)

    def forward(self, pairs: Sequence[PairTokens]) -> Tensor:
        """Return the score of each pair, shape ``(pairs,)``."""
        longest = max(len(pair.ids) for pair in pairs)
        ids = torch.full((len(pairs), longest), _PADDING)
        mask = torch.zeros_like(ids)
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
            mask[row, : len(pair.ids)] = 1
        with torch.autocast("cpu", torch.bfloat16, enabled=_has_bfloat16()):
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        scores: Tensor = self.score(states[:, 0].float())[:, 0]
        return scores


def _has_bfloat16() -> bool:
    """Tell whether the processor computes in bfloat16; imitating it takes ten times as long."""
    return bool(torch.cpu.get_capabilities()["avx512_bf16"])


def measure_losses(
    model: TrainedRanker, pairs: Sequence[tuple[str, Example]], *, width: int
) -> dict[str, Tensor]:
    """Return the losses of some pairs of a question and a passage, ``width`` pairs a question.

    ``listwise``: the share of the softmax over a question's passages that those that answer get,
    in the questions that some passage answers; ``pointwise``: whether each pair answers.
    """
    scores = model([encode(*pair) for pair in pairs])
    answers = torch.tensor([float(passage["answers"]) for _, passage in pairs])
    answered = answers.view(-1, width).any(dim=1)
    shares = torch.log_softmax(scores.view(-1, width), dim=1)[answered]
    right = shares.masked_fill(answers.view(-1, width)[answered] == 0, -torch.inf)
    return {
        "listwise": -torch.logsumexp(right, dim=1).sum() / len(answered),
        "pointwise": functional.binary_cross_entropy_with_logits(
            scores, answers, pos_weight=torch.tensor(3.0)
        ),
    }


def encode(question: str, passage: Example) -> PairTokens:
    """Return the tokens of a question with one of its passages."""
    return pair_tokens(load_tokenizer(), question, context=passage["titles"], text=passage["text"])
