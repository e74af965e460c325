"""Fits the weights with which ``assistant.signs`` tells the sentences that answer from the others.

``python -m evaluation.fit_choice --set SET INDEX --set OTHER INDEX`` prints them, with how often a
sentence that holds an expected fact comes first, in questions on dispositifs left out of the fit.
Development questions only. Sheets alone teach what only holds of sheets: add a set on prose.
"""

import argparse
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.candidates import candidates
from assistant.choose import READ, compare, promising, read
from assistant.mask import mask
from assistant.signs import NAMES
from assistant.understand import understand
from evaluation.fit_questions import add_sets, find, may_teach
from evaluation.questions import Question, read_questions
from evaluation.scores import normalise
from knowledge.library import Library, open_library
from knowledge.search import spread
from knowledge.settings import home_folder, model_name, ranker_name

_FOLDS = 6
_REGULARISATION = 0.5
_CHEAP, _COMPARED = NAMES[:-2], NAMES[:-1]
_UNREAD = tuple(name for name in _COMPARED if name not in {"read", "document"})
_DEPTHS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sentences found for a question: their signs, what is added to them, which ones answer.

    ``signs`` has one row a sentence, in the order of ``NAMES``; what models read is 0 but for the
    ``compared`` first sentences, the promising ones. ``facts`` has one row a fact.
    """

    fold: int
    signs: NDArray[np.float64]
    corrections: NDArray[np.float64]
    facts: NDArray[np.bool_]
    compared: int


def gather(questions: Iterable[Question], *, library: Library, today: date) -> list[Sample]:
    """Return what the library brings to the questions for which some sentence holds a fact."""
    samples = []
    for question in questions:
        if may_teach(question) and not question.history:
            sample = _sample(question, library=library, today=today)
            if sample is not None and sample.facts.any():
                samples.append(sample)
    return samples


def _sample(question: Question, *, library: Library, today: date) -> Sample | None:
    understood = understand(mask(question.question).text, spell=library.spell)
    hits = find(understood.search_text, library=library)
    found = candidates(understood, hits=hits, library=library, today=today)
    if not found or not question.expect.facts:
        return None
    first = promising(found)
    found = [*first, *(each for each in found if each not in first)]
    signs = np.zeros((len(found), len(NAMES)))
    signs[:, :-2] = [astuple(each.cheap) for each in found]
    signs[: len(first), -2] = compare(understood, first, hits=hits, library=library)
    signs[: len(first), -1] = read(understood, first, hits=hits, library=library)
    sources = {source.id for source in question.expect.sources}
    texts = [
        normalise(each.unit.text) if not sources or hits[each.unit.hit].source.id in sources else ""
        for each in found
    ]
    return Sample(
        fold=zlib.crc32(str(question.dispositif or question.id).encode()) % _FOLDS,
        signs=signs,
        corrections=np.array([each.correction for each in found]),
        facts=np.array(
            [
                [any(normalise(f) in text for f in fact.any_of) for text in texts]
                for fact in question.expect.facts
            ]
        ),
        compared=len(first),
    )


def compared(samples: Sequence[Sample]) -> list[Sample]:
    """Return the samples with the sentences that are compared with the question."""
    return [_with(sample, np.arange(sample.compared)) for sample in samples]


def narrowed(samples: Sequence[Sample], weights: NDArray[np.float64]) -> list[Sample]:
    """Return the samples with the sentences that the ranker reads, chosen by ``weights``."""
    return [_with(sample, _order(sample, weights)[:READ]) for sample in samples]


def _with(sample: Sample, kept: NDArray[np.intp]) -> Sample:
    """Return a sample with some of its sentences, what models read being spread over them."""
    signs = sample.signs[kept]
    for column in (-2, -1):
        signs[:, column] = spread(signs[:, column])
    return replace(
        sample,
        signs=signs,
        corrections=sample.corrections[kept],
        facts=sample.facts[:, kept],
        compared=len(kept),
    )


def _order(sample: Sample, weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the places of the sentences, best first."""
    return np.argsort(-(sample.signs @ weights + sample.corrections), kind="stable")


def fit(samples: Sequence[Sample], *, names: Sequence[str]) -> NDArray[np.float64]:
    """Return the weights, in the order of ``NAMES``, those that are not in ``names`` being 0.

    They make it likely that a sentence drawn by its weight (softmax) holds an expected fact.
    """
    samples = [sample for sample in samples if sample.facts.any()]
    used = [NAMES.index(name) for name in names]
    spread = np.vstack([sample.signs for sample in samples])[:, used].std(axis=0)
    spread[spread == 0] = 1.0
    scaled = [sample.signs[:, used] / spread for sample in samples]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = (
            _REGULARISATION * float(weights @ weights),
            2 * _REGULARISATION * weights,
        )
        for sample, signs in zip(samples, scaled, strict=True):
            logits = signs @ weights + sample.corrections
            drawn = np.exp(logits - logits.max())
            drawn /= drawn.sum()
            right = np.where(sample.facts.any(axis=0), drawn, 0.0)
            share = right.sum() + 1e-12
            total -= np.log(share)
            slope = slope - signs.T @ (right / share - drawn)
        return total, slope

    best = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B").x
    weights = np.zeros(len(NAMES))
    weights[used] = best / spread
    return weights


def left_out(
    samples: Sequence[Sample], *, names: Sequence[str], after: Sequence[str] = ()
) -> list[float]:
    """Return how often a fact is among the first sentences, its dispositif left out of the fit.

    Args:
        samples: what was found for each question.
        names: the signs that sentences are chosen by.
        after: those that chose before which of them to read; none when all are.
    """
    found, facts = [0] * len(_DEPTHS), 0
    for fold in range(_FOLDS):
        others = [sample for sample in samples if sample.fold != fold]
        held_out = [sample for sample in samples if sample.fold == fold]
        if not others or not held_out:
            continue
        if after:
            before = fit(others, names=after)
            others, held_out = narrowed(others, before), narrowed(held_out, before)
        weights = fit(others, names=names)
        for sample in held_out:
            order = _order(sample, weights)
            facts += len(sample.facts)
            for position, depth in enumerate(_DEPTHS):
                found[position] += int(sample.facts[:, order[:depth]].any(axis=1).sum())
    return [count / facts for count in found] if facts else [0.0] * len(_DEPTHS)


def describe(samples: Sequence[Sample]) -> str:
    """Fit the four sets of weights, and return them with what they bring to what was left out."""
    first = compared(samples)
    lines = [f"{len(samples)} questions"]
    for label, names, looked_at, after in (
        ("_CHEAP", _CHEAP, samples, ()),
        ("_COMPARED", _COMPARED, first, ()),
        ("_ALL", NAMES, first, _COMPARED),
        ("_UNREAD", _UNREAD, first, ()),
    ):
        shown = ", ".join(
            f"{share:.3f} ({depth})"
            for depth, share in zip(
                _DEPTHS, left_out(looked_at, names=names, after=after), strict=True
            )
        )
        if after:
            looked_at = narrowed(looked_at, fit(looked_at, names=after))  # noqa: PLW2901
        weights = fit(looked_at, names=names)
        kept = weights[: NAMES.index(names[-1]) + 1]
        lines.append(f"{label} = ({', '.join(f'{weight:.2f}' for weight in kept)})")
        lines.append(f"  faits parmi les premières phrases, dispositif laissé de côté : {shown}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights fitted on the development halves of some sets."""
    parser = argparse.ArgumentParser(description="Ajuste le choix des phrases d'une réponse.")
    add_sets(parser)
    samples: list[Sample] = []
    for path, index in parser.parse_args(arguments).sets:
        with open_library(
            home_folder(index), embedding=model_name(), ranker=ranker_name()
        ) as library:
            today = date.today()  # noqa: DTZ011
            samples += gather(read_questions(path), library=library, today=today)
    print(describe(samples))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
