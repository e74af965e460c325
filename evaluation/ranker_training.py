"""Trains the ranker: ``python -m evaluation.train_ranker train``.

A cross-encoder that starts from the bundled encoder and scores a question with a passage: listwise
over a question's passages, plus a point-wise loss that teaches what answers nothing. Word
embeddings and the lowest layers stay as they are: the 4-bit embeddings of the exported model are
then those of the encoder.

A run that is cut resumes at its last checkpoint and gives the same model as one that is not.
"""

import json
import random
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from evaluation.ranker_model import Example, Recipe, TrainedRanker, encode, measure_losses
from evaluation.torch_encoder import named_as_in_the_file
from knowledge.models.weights import Weights

_STATE = "state.pt"
_VALIDATION = 14


Tell = Callable[[str], object]


def read_examples(file: Path) -> tuple[list[Example], list[Example]]:
    """Return the examples to train on, and one document in fourteen to validate on.

    Questions that no passage answers teach, and validate nothing.
    """
    # Lines end at line feeds only: a passage may hold other separators, where splitlines() cuts.
    with file.open(encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    held = [_is_held_out(example["document"]) for example in examples]
    train = [e for e, out in zip(examples, held, strict=True) if not out]
    answered = [any(passage["answers"] for passage in e["passages"]) for e in examples]
    watched = zip(examples, held, answered, strict=True)
    return train, [e for e, out, is_answered in watched if out and is_answered]


def train(
    weights: Weights, *, examples: Path, folder: Path, recipe: Recipe | None = None, tell: Tell
) -> Path:
    """Train the ranker, or go on where a cut run stopped, and return the file of its tensors.

    Args:
        weights: the encoder to start from.
        examples: what ``evaluation.ranker_examples`` wrote.
        folder: holds the checkpoint, and at the end ``ranker.safetensors``.
        recipe: how to train.
        tell: told the losses, and the share of held-out questions whose first passage is right.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    training, held_out = read_examples(examples)
    run = _Run(weights, recipe, order=_order(len(training), recipe)[: recipe.steps])
    folder.mkdir(parents=True, exist_ok=True)
    first = run.resume(folder / _STATE)
    for step in range(first, run.steps):
        chosen = [training[i] for i in run.order[step]]
        losses = run.step(step, chosen)
        if step % 25 == 0:
            shown = ", ".join(f"{name} {value:.3f}" for name, value in losses.items())
            tell(f"{step + 1}/{run.steps} {shown}")
        if (step + 1) % recipe.every == 0:
            run.save(folder / _STATE, step=step + 1)
            tell(f"held out, right first: {run.validate(held_out):.3f}")
    state = {name: value.contiguous() for name, value in run.tensors().items()}
    save_file(state, folder / "ranker.safetensors")
    return folder / "ranker.safetensors"


class _Run:
    """The model under training, with what makes it go on."""

    def __init__(self, weights: Weights, recipe: Recipe, *, order: list[list[int]]) -> None:

        self._layers = weights.layers
        self._recipe = recipe
        self.order = order
        self.steps = len(order)
        self._model = TrainedRanker(weights, recipe).train()
        heads = list(self._model.score.parameters())
        body = [p for p in self._model.encoder.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(
            [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=0.01,
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._share)

    def _share(self, step: int) -> float:
        """Return the share of the learning rate: a warm-up, then a straight line down."""
        warm_up = max(1.0, self._recipe.warm_up * self.steps)
        return min(1.0, (step + 1) / warm_up) * max(0.02, 1 - step / max(1, self.steps))

    def step(self, number: int, examples: Sequence[Example]) -> dict[str, float]:
        """Learn from some questions, and return the losses."""
        torch.manual_seed(self._recipe.seed + number)
        source = random.Random(self._recipe.seed + number)  # noqa: S311 - no secret
        chosen = [_choose(example, self._recipe.passages, source) for example in examples]
        # Few at a time, of like lengths: less padding, and what is computed stays in the cache.
        chosen.sort(key=lambda pairs: max(len(passage["text"]) for _, passage in pairs))
        summed = dict.fromkeys(("listwise", "pointwise"), 0.0)
        for first in range(0, len(chosen), self._recipe.together):
            part = chosen[first : first + self._recipe.together]
            losses = measure_losses(
                self._model, [pair for pairs in part for pair in pairs], width=self._recipe.passages
            )
            share = len(part) / len(chosen)
            total = losses["listwise"] + self._recipe.pointwise * losses["pointwise"]
            (share * total).backward()  # type: ignore[no-untyped-call]
            summed = {name: summed[name] + share * float(losses[name].detach()) for name in summed}
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad()
        return summed

    def validate(self, examples: Sequence[Example]) -> float:
        """Return the share of questions whose first passage answers."""
        right = []
        self._model.eval()
        with torch.no_grad():
            for example in examples:
                pairs = [(example["question"], each) for each in example["passages"]]
                scores = self._model([encode(*pair) for pair in pairs])
                right.append(bool(example["passages"][int(scores.argmax())]["answers"]))
        self._model.train()
        return sum(right) / len(right) if right else 0.0

    def save(self, file: Path, *, step: int) -> None:
        """Write everything that resuming needs, whole or not at all."""
        state = {
            "model": self._model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "schedule": self._schedule.state_dict(),
            "step": step,
        }
        partial = file.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(file)

    def resume(self, file: Path) -> int:
        """Take up a checkpoint, and return the step to go on with."""
        if not file.exists():
            return 0
        state = torch.load(file, weights_only=True)
        self._model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
        return int(state["step"])

    def tensors(self) -> dict[str, Tensor]:
        """Return what training may have changed, under the names of the encoder's file."""
        named = named_as_in_the_file(self._model.encoder.state_dict(), layers=self._layers)
        named["score.w"] = self._model.score.weight.detach()
        named["score.b"] = self._model.score.bias.detach()
        return named


def _choose(example: Example, count: int, source: random.Random) -> list[tuple[str, Example]]:
    """Return ``count`` passages of a question, one or two that answer if any, and others."""
    answers = [each for each in example["passages"] if each["answers"]]
    others = [each for each in example["passages"] if not each["answers"]]
    chosen = answers[: 2 if source.random() < 0.5 else 1]  # noqa: PLR2004 - one time in two
    chosen += source.sample(others, min(count - len(chosen), len(others)))
    chosen += source.choices(others, k=count - len(chosen))
    question = damage(example["question"], source)
    return [(question, passage) for passage in chosen]


def damage(question: str, source: random.Random) -> str:
    """Return a question as people type: at times without capitals, accents, or with a slip."""
    case = source.random()
    if case < 0.06:  # noqa: PLR2004 - shares of the questions, as in the model card
        question = question.lower()
    elif case < 0.10:  # noqa: PLR2004
        question = question.upper()
    if source.random() < 0.10:  # noqa: PLR2004
        letters = unicodedata.normalize("NFD", question)
        question = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if source.random() < 0.08 and len(question) > 10:  # noqa: PLR2004
        at = source.randrange(2, len(question) - 2)
        dropped = question[:at] + question[at + 1 :]
        swapped = question[:at] + question[at + 1] + question[at] + question[at + 2 :]
        doubled = question[: at + 1] + question[at:]
        question = source.choice([dropped, swapped, doubled])
    return question


def _order(count: int, recipe: Recipe) -> list[list[int]]:
    """Return the numbers of the examples of each step."""
    steps: list[list[int]] = []
    for epoch in range(recipe.epochs):
        numbers = list(range(count))
        random.Random(recipe.seed + epoch).shuffle(numbers)  # noqa: S311 - no secret
        full = count // recipe.questions * recipe.questions
        steps += [numbers[i : i + recipe.questions] for i in range(0, full, recipe.questions)]
    return steps


def _is_held_out(document: str) -> bool:
    family = document.split("#", maxsplit=1)[0]
    return zlib.crc32(f"v{family}".encode()) % _VALIDATION == 0
