"""Asks every question of a set, scores the answers, and says what was evaluated."""

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, Exchange
from assistant.ask import Assistant
from assistant.talk import LanguageModel
from evaluation.journal import Journal
from evaluation.questions import Question
from evaluation.run import Record, Run
from evaluation.scores import same_proof, score
from knowledge.library import Library


def measure_answers(
    questions: Sequence[Question],
    *,
    assistant: Assistant,
    path: Path,
    workers: int = 1,
    repeat: int = 1,
    model: LanguageModel | None = None,
    journal: Path | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask every question and score the answers.

    Args:
        questions: at least one.
        assistant: what is evaluated.
        path: the set's file, named in the settings.
        workers: how many questions are asked at once.
        repeat: how many times each question is asked; beyond once, stability is measured.
        model: writes the answers; None for the embedded writer alone.
        journal: where answers are kept until the end, so that a run cut short goes on.
        on_progress: told how many are answered, of how many.
    """
    settings = snapshot(questions, assistant=assistant, path=path) | {"repeat": repeat}
    if model is not None:
        settings["llm"] = model.name
    with Journal(journal, settings=settings) as kept:
        left = [question for question in questions if question.id not in kept.records]
        pool = ThreadPoolExecutor(max_workers=workers)
        try:
            asked = [pool.submit(_ask, assistant, question, repeat, model) for question in left]
            for each in as_completed(asked):
                kept.add(each.result())
                if on_progress:
                    on_progress(len(kept.records), len(questions))
        finally:
            pool.shutdown(cancel_futures=True)
        records = tuple(kept.records[question.id] for question in questions)
    return Run(records=records, settings=settings | {"writer": records[0].answer["model"]})


def snapshot(questions: Sequence[Question], *, assistant: Assistant, path: Path) -> dict[str, Any]:
    """Return what a run depends on: the questions, the library, the models and the version."""
    status = assistant.library.status()
    asked = "\n".join(question.model_dump_json() for question in questions)
    return {
        "set": path.name,
        "set_digest": hashlib.sha256(asked.encode()).hexdigest()[:16],
        "questions": len(questions),
        "version": _version(),
        "documents": status.documents,
        "passages": status.passages,
        "generation": status.generation,
        "embedding": status.model,
        "ranker": os.environ.get("APPUI_RANKER", "par défaut"),
    }


def _version() -> str:
    try:
        return version("appui")
    except PackageNotFoundError:
        return "inconnue"


def _ask(
    assistant: Assistant, question: Question, repeat: int, model: LanguageModel | None
) -> Record:
    """Return the record of one question."""
    history = [Exchange(turn.question, turn.answer) for turn in question.history]
    started = time.perf_counter()
    ask = assistant.answer if model is None else partial(assistant.answer, model=model)
    answer = ask(question.question, history=history)
    elapsed = round((time.perf_counter() - started) * 1000, 1)
    scores = score(answer, question, is_stored=lambda c: _is_stored(c, assistant.library))
    if question.history:
        alone = ask(answer.standalone_question)
        scores["follow_up_consistency"] = same_proof(answer, alone)
    if repeat > 1:
        others: list[Answer] = [ask(question.question, history=history) for _ in range(repeat - 1)]
        scores["stability"] = sum(same_proof(answer, o) for o in others) / len(others)
    return Record(question, answer.to_json(), scores, elapsed)


def _is_stored(citation: Citation, library: Library) -> bool:
    """Tell, from the library and not from the answer, whether a quote is where it says it is."""
    for passage in library.passages(citation.document_id):
        if passage.id == citation.passage_id:
            first = citation.start - passage.start
            return (
                bool(citation.quote)
                and first >= 0
                and passage.text.startswith(citation.quote, first)
            )
    return False
