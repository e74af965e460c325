"""What a language model thinks of answers: worth no more than its agreement with people.

The judge reads a question, what is expected, and an answer; it says whether the answer is right.
Before it judges a run it reads answers that people have judged, and what it says of the run is
shown with that agreement or not at all. A judgement that fails is missing: it counts nowhere.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.conversations import KeptExchange
from assistant.errors import ModelUnavailable
from assistant.talk import LanguageModel
from evaluation.bootstrap import RESAMPLES, SEED, Estimate, estimate_mean
from evaluation.errors import EvaluationError
from evaluation.json_lines import read_json_lines
from evaluation.questions import Question
from evaluation.run import Run
from evaluation.workplace import ExpertVerdict

LEAST_LABELLED = 20
_INSTRUCTIONS = Path(__file__).parent / "prompts" / "judge.md"
_SAID = re.compile(r"\b(juste|fausse)\b", re.IGNORECASE)

Tell = Callable[[int, int], None]


class Label(BaseModel):
    """An answer that a person judged: ``right`` when it may be repeated to a young person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    answer: str
    right: bool
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far a judge says what people said, over the ``labelled`` answers that it judged.

    ``kappa`` is Cohen's: 1 when they always agree, 0 when chance would do as well; ``missing`` is
    how many judgements failed.
    """

    labelled: int
    missing: int
    same: Estimate
    kappa: Estimate


def read_labels(file: Path) -> list[Label]:
    """Read answers that people judged, one JSON object a line.

    Raises:
        BadQuestionSet: the file cannot be read, or a line is no judged answer.
    """
    return read_json_lines(
        file,
        Label,
        expected="« question », « answer » et « right » (true ou false), et « expected » au besoin",
    )


def labels_of(
    exchanges: Iterable[KeptExchange], verdicts: dict[int, ExpertVerdict], *, today: date
) -> list[Label]:
    """Return the kept answers on which an expert's verdict still counts."""
    return [
        Label(question=kept.answer.question, answer=kept.answer.text, right=verdict.right)
        for kept in exchanges
        if (verdict := verdicts.get(kept.id)) is not None and verdict.is_valid(today)
    ]


def judge_answer(
    model: LanguageModel, *, question: str, answer: str, expected: str = ""
) -> bool | None:
    """Return whether a model finds an answer right, None when it does not say."""
    parts = [f"Question : {question}"]
    if expected:
        parts.append(f"Attendu : {expected}")
    parts.append(f"Réponse donnée :\n<<<\n{answer}\n>>>")
    try:
        reply = "".join(model.write(_INSTRUCTIONS.read_text(encoding="utf-8"), "\n\n".join(parts)))
    except ModelUnavailable:
        return None
    said = {match[1].lower() for match in _SAID.finditer(reply)}
    return None if len(said) != 1 else said == {"juste"}


def measure_agreement(
    labels: Sequence[Label], *, model: LanguageModel, tell: Tell | None = None
) -> Agreement:
    """Let a judge read what people judged.

    Raises:
        EvaluationError: too few answers were judged by people, or by the model.
    """
    pairs = []
    for number, label in enumerate(labels, start=1):
        judged = judge_answer(
            model, question=label.question, answer=label.answer, expected=label.expected
        )
        if judged is not None:
            pairs.append((label.right, judged))
        if tell:
            tell(number, len(labels))
    if len(pairs) < LEAST_LABELLED:
        raise EvaluationError(
            f"Un modèle n'est cru qu'avec son accord avec des personnes : {len(pairs)} réponses"
            f" sont jugées par les deux, il en faut {LEAST_LABELLED}. Donnez vos avis d'expert sur"
            " la page « Évaluation », ou un fichier avec --labels."
        )
    return Agreement(
        labelled=len(pairs),
        missing=len(labels) - len(pairs),
        same=estimate_mean([float(person == judged) for person, judged in pairs]),
        kappa=_kappa(pairs),
    )


def judge_run(
    run: Run, *, model: LanguageModel, agreement: Agreement, tell: Tell | None = None
) -> Run:
    """Return the run with the score ``judged_right`` where the judge said something.

    The settings tell which judge it was, how far it agrees with people, and what is missing.
    """
    records = []
    for number, record in enumerate(run.records, start=1):
        judged = judge_answer(
            model,
            question=record.question.question,
            answer=record.answer["text"],
            expected=_expected(record.question),
        )
        scores = dict(record.scores)
        scores.pop("judged_right", None)
        if judged is not None:
            scores["judged_right"] = float(judged)
        records.append(replace(record, scores=scores))
        if tell:
            tell(number, len(run.records))
    missing = sum("judged_right" not in record.scores for record in records)
    note = say_agreement(agreement, judge=model.name, missing=missing)
    return replace(run, records=tuple(records), settings=run.settings | {"judge": note})


def say_agreement(agreement: Agreement, *, judge: str, missing: int) -> str:
    """Say in French what a judge's figures are worth."""
    return (
        f"{judge} ; accord avec des personnes sur {agreement.labelled} réponses :"
        f" {_said(agreement.same)}, kappa {_said(agreement.kappa)}"
        f" ; jugements manquants : {missing}"
    )


def _expected(question: Question) -> str:
    facts = " ; ".join(" ou ".join(fact.any_of) for fact in question.expect.facts)
    refuses = bool(question.expect.status) and set(question.expect.status) <= {
        "not_found",
        "refused",
    }
    return "dire que rien n'a été trouvé, ou refuser" if refuses else facts


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> Estimate:
    """Return Cohen's kappa with the percentile bootstrap interval over the answers."""
    given = np.asarray(pairs, dtype=bool)
    source = np.random.default_rng(SEED)
    drawn = [
        _kappa_of(given[source.integers(0, len(given), size=len(given))]) for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(_kappa_of(given), float(low), float(high))


def _kappa_of(given: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    """Return Cohen's kappa (1960); 0 where both always say the same one thing: it proves nothing.

    scikit-learn gives NaN there, and warns.
    """
    person, judge = given[:, 0].mean(), given[:, 1].mean()
    chance = person * judge + (1 - person) * (1 - judge)
    same = (given[:, 0] == given[:, 1]).mean()
    return float((same - chance) / (1 - chance)) if chance < 1 else 0.0


def _said(estimate: Estimate) -> str:
    return f"{estimate.value:.2f} [{estimate.low:.2f} ; {estimate.high:.2f}]".replace(".", ",")
