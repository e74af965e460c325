"""Fits the weights with which ``assistant.decide`` tells an answer from a near miss.

``python -m evaluation.fit_decision --set SET INDEX --set OTHER INDEX`` prints them, with what
questions left out one at a time say of them. Development questions only. Those whose best sentence
is of a sheet that questions are known of have weights of their own; add a set that nothing answers.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneOut, cross_val_predict

from assistant.answer import Exchange
from assistant.decide import FEATURES, ON_SHEETS, Evidence, features
from assistant.find import find
from assistant.listen import Listener
from assistant.mask import mask
from assistant.trace import Trace
from assistant.understand import understand
from evaluation.fit_questions import add_sets, may_teach
from evaluation.questions import Question, read_questions
from knowledge.library import Library, open_library
from knowledge.settings import home_folder, model_name, ranker_name

_REGULARISATION = 0.3


def gather(
    questions: Sequence[Question], *, library: Library, today: date
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return what the library brings to each question, and whether it should be answered.

    Returns:
        The features, one row a question in the order of ``assistant.decide.FEATURES``; 1 where an
        answer is expected, else 0; and whether questions are known of what answers best.
    """
    rows, labels, known = [], [], []
    for question in questions:
        if not may_teach(question):
            continue
        evidence = _evidence(question, library=library, today=today)
        rows.append(features(evidence))
        known.append(evidence.on_sheet)
        labels.append(int(bool({"answered", "partial"} & set(question.expect.status))))
    return np.array(rows), np.array(labels), np.array(known)


def _evidence(question: Question, *, library: Library, today: date) -> Evidence:
    asked = mask(question.question).text
    past = [Exchange(turn.question, turn.answer) for turn in question.history]
    heard = Listener(library).hear(asked, past=past, trace=Trace())
    understood = understand(asked, standalone=heard.by_words.text, spell=library.spell)
    return find(understood, library=library).weighed(library, today)[1]


def describe(rows: NDArray[np.float64], labels: NDArray[np.int64], *, name: str) -> str:
    """Fit the weights of a name, and return them with how well they tell questions left out."""
    if len(set(labels.tolist())) == 1:
        return f"{name} : {len(labels)} questions, toutes de la même sorte"
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = (rows - centre) / spread
    model = LogisticRegression(C=_REGULARISATION, max_iter=5_000)
    left_out = cross_val_predict(model, scaled, labels, cv=LeaveOneOut(), method="predict_proba")[
        :, 1
    ]
    model.fit(scaled, labels)
    weights = model.coef_[0] / spread
    intercept = model.intercept_[0] - float(weights @ centre)
    refused = np.sort(left_out[labels == 0])
    area = roc_auc_score(labels, left_out)
    lines = [
        f"{len(labels)} questions, dont {int((labels == 0).sum())} sans réponse",
        f"aire sous la courbe, une question laissée de côté : {area:.3f}",
        f"{name}_INTERCEPT = {intercept:.2f}",
        f"{name}_WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})",
    ]
    for share in (0.8, 0.9, 0.95):
        least = float(np.quantile(refused, share))
        lost = int((left_out[labels == 1] <= least).sum())
        lines.append(
            f"refuser {share:.0%} des questions sans réponse : seuil {least:.2f}, {lost} à tort"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights fitted on the development half of a set."""
    parser = argparse.ArgumentParser(description="Ajuste ce qui décide de répondre.")
    add_sets(parser)
    gathered = []
    for path, index in parser.parse_args(arguments).sets:
        with open_library(
            home_folder(index), embedding=model_name(), ranker=ranker_name()
        ) as library:
            today = date.today()  # noqa: DTZ011
            gathered.append(gather(read_questions(path), library=library, today=today))
    rows, labels, known = (np.concatenate(each) for each in zip(*gathered, strict=True))
    for name, chosen, count in (
        ("_READ", ~known, len(FEATURES) - len(ON_SHEETS)),
        ("_KNOWN", known, len(FEATURES)),
    ):
        if chosen.any():
            print(describe(rows[chosen, :count], labels[chosen], name=name))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
