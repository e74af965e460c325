"""Fits the weights with which ``assistant.readings`` tells that a question carries on.

``python -m evaluation.fit_readings --follow-ups SUITES --questions QUESTIONS --index INDEX`` prints
them, with what questions left out ten parts at a time say of them; either may be said again.
Development questions only: follow-ups and changes of subject, and questions asked alone put after
the conversations of others.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answer import Exchange
from assistant.find import find
from assistant.listen import Listener
from assistant.mask import mask
from assistant.readings import LIKELY, signs
from assistant.trace import Trace
from assistant.understand import understand
from evaluation.fit_questions import may_teach
from evaluation.follow_ups import CHANGE
from evaluation.questions import Question, Turn, read_questions
from knowledge.library import Library, open_library
from knowledge.settings import home_folder, model_name, ranker_name

_REGULARISATION = 0.3
_PARTS = 10
_SEED = 4

Case = tuple[str, Sequence[Turn], bool]


def cases(follow_ups: Sequence[Question], questions: Sequence[Question]) -> Iterator[Case]:
    """Yield each question with the conversation before it, and whether it carries on."""
    teach = [each for each in follow_ups if may_teach(each)]
    for each in teach:
        yield each.question, each.history, each.category != CHANGE
    draw = random.Random(_SEED)  # noqa: S311 - no secret
    for each in filter(may_teach, questions):
        if each.history:
            yield each.question, each.history, True
        else:
            sheets = {source.id for source in each.expect.sources}
            others = [o for o in teach if not sheets & {s.id for s in o.expect.sources}]
            yield each.question, draw.choice(others).history, False


def gather(
    told: Sequence[Case], *, library: Library
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the signs of the cases that words do not tell, and whether they carry on."""
    listener = Listener(library)
    rows, labels = [], []
    for typed, history, carries in told:
        question = mask(typed).text
        past = [Exchange(turn.question, turn.answer) for turn in history]
        heard = listener.hear(question, past=past, trace=Trace())
        alone = next((each for each in heard.readings if each.kind == "alone"), None)
        if alone is None or len(heard.readings) == 1:
            continue
        understood = understand(question, standalone=alone.text, spell=library.spell)
        if understood.act != "question":
            continue
        found = find(understood, library=library)
        rows.append(signs(question, heard, found, library=library))
        labels.append(carries)
    return np.array(rows), np.array(labels)


def describe(rows: NDArray[np.float64], labels: NDArray[np.bool_]) -> str:
    """Fit the weights, and return them with how many of the questions left out they tell right."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARISATION, max_iter=5_000))
    parts = StratifiedKFold(_PARTS, shuffle=True, random_state=_SEED)
    left_out = cross_val_predict(model, rows, labels, cv=parts, method="predict_proba")[:, 1]
    model.fit(rows, labels)
    scaler, fitted = model[0], model[-1]
    weights = fitted.coef_[0] / scaler.scale_
    intercept = fitted.intercept_[0] - float(weights @ scaler.mean_)
    return "\n".join(
        [
            f"{len(labels)} questions, dont {int(labels.sum())} qui continuent",
            f"justes, laissées de côté : {accuracy_score(labels, left_out >= LIKELY):.3f}",
            f"aire sous la courbe : {roc_auc_score(labels, left_out):.3f}",
            f"_INTERCEPT = {intercept:.2f}",
            f"_WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights fitted on the development questions of two sets."""
    parser = argparse.ArgumentParser(description="Ajuste ce qui dit qu'une question continue.")
    for name in ("--follow-ups", "--questions"):
        parser.add_argument(name, type=Path, action="append", required=True, metavar="FICHIER")
    parser.add_argument("--index", type=Path, metavar="DOSSIER")
    options = parser.parse_args(arguments)
    follow_ups, questions = (
        [question for file in files for question in read_questions(file)]
        for files in (options.follow_ups, options.questions)
    )
    told = list(cases(follow_ups, questions))
    with open_library(
        home_folder(options.index), embedding=model_name(), ranker=ranker_name()
    ) as library:
        rows, labels = gather(told, library=library)
    print(describe(rows, labels))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
