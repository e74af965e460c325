"""Fits how questions are compared with the known ones, and keeps the vectors of these.

``python -m evaluation.fit_known_questions`` writes ``knowledge/corpus/questions.npz``. Questions
that one sentence answers are to be near each other, whatever their words: the vectors of the
embedding model are multiplied by a matrix, fitted so that a question, worded alone, is nearer to
the others that the same sentence answers, worded with the title of their sheet, than to all others.
Only the known questions teach; no question of ``evaluation/sets`` is seen.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from knowledge.embedding import Embedder, Vectors, load_embedder
from knowledge.kept_vectors import keep_vectors
from knowledge.known_questions import STEPS, VECTORS, KnownQuestion, questions, worded
from knowledge.sheets import SHEETS, read_sheet
from knowledge.wording import with_acronyms

_EPOCHS, _BATCH, _STEP = 9, 512, 3e-4
# How sharply near questions are told from others, and what keeps the matrix near the identity.
_TEMPERATURE, _REGULARISATION = 0.03, 0.02


def fit_projection(asked: Vectors, known: Vectors, answers: Sequence[int]) -> Vectors:
    """Return the matrix by which vectors are multiplied before they are compared.

    Args:
        asked: the questions, worded alone, shape (questions, dimension), of norm 1.
        known: the same, worded as they are kept.
        answers: the number of what answers each; -1 where nothing does.
    """
    torch.manual_seed(0)
    alone, kept, number = torch.tensor(asked), torch.tensor(known), torch.tensor(answers)
    change = torch.zeros(asked.shape[1], asked.shape[1], requires_grad=True)
    identity = torch.eye(asked.shape[1])
    optimiser = torch.optim.Adam([change], lr=_STEP)
    answered = torch.nonzero(number >= 0).flatten()
    for _ in range(_EPOCHS):
        for rows in torch.split(answered[torch.randperm(len(answered))], _BATCH):
            loss = _loss(alone, kept, number, rows=rows, projection=identity + change)
            loss = loss + _REGULARISATION * (change**2).sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    projection: Vectors = (identity + change).detach().numpy()
    return projection


def _loss(
    alone: Tensor, kept: Tensor, number: Tensor, *, rows: Tensor, projection: Tensor
) -> Tensor:
    """Return how far some questions are from those that the same sentence answers."""
    near = torch.nn.functional.normalize(alone[rows] @ projection, dim=1)
    others = torch.nn.functional.normalize(kept @ projection, dim=1)
    likeness = near @ others.T / _TEMPERATURE
    itself = rows[:, None] == torch.arange(len(kept))[None, :]
    same = (number[rows][:, None] == number[None, :]) & ~itself
    has_same = same.any(dim=1)
    all_others = torch.logsumexp(likeness.masked_fill(itself, -torch.inf), dim=1)
    right = torch.logsumexp(likeness.masked_fill(~same, -torch.inf)[has_same], dim=1)
    return (all_others[has_same] - right).mean()


def keep(asked: Sequence[KnownQuestion], *, embedder: Embedder, file: Path = VECTORS) -> None:
    """Fit the projection, and write it with the vectors of the questions."""
    titles = sheet_titles()
    kept = [worded(each, titles[each.sheet]) for each in asked]
    alone = [
        with_acronyms(each.question) if each.before is None else text
        for each, text in zip(asked, kept, strict=True)
    ]
    texts = list(dict.fromkeys((*kept, *alone)))
    vectors = dict(zip(texts, embedder.embed_questions(texts), strict=True))
    numbers: dict[tuple[str, str], int] = {}
    answers = [
        numbers.setdefault((each.sheet, each.answer[0]), len(numbers)) if each.answer else -1
        for each in asked
    ]
    known = np.stack([vectors[text] for text in kept])
    projection = fit_projection(np.stack([vectors[text] for text in alone]), known, answers)
    seen = known @ projection
    seen /= np.linalg.norm(seen, axis=1, keepdims=True)
    keep_vectors(
        file,
        texts=kept,
        model=embedder.name,
        vectors=np.clip(np.round(seen * STEPS), -127, 127).astype(np.int8),
        projection=projection.astype(np.float16),
    )


def sheet_titles() -> dict[str, str]:
    """Return the titles of the bundled sheets by their ids."""
    sheets = (read_sheet(path).sheet for path in SHEETS.glob("*.md"))
    return {sheet.id: sheet.title for sheet in sheets}


def main() -> int:
    """Write the vectors of the known questions."""
    keep(questions(), embedder=load_embedder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
