"""The commands ``writing``, ``reliability``, ``masking`` and ``follow-ups``: what to believe."""

import argparse
import sys
from pathlib import Path
from typing import Any

from knowledge.settings import home_folder, model_name, ranker_name
from knowledge.usage import FrenchParser

DONE = 0
_SETS = Path(__file__).parent / "sets"
_QUESTIONS = _SETS / "conseillers.jsonl"
_PERSONAL_DATA = _SETS / "donnees-personnelles.jsonl"


def add_commands(commands: Any, common: FrenchParser) -> None:  # noqa: ANN401 (argparse's own, private)
    """Add the commands to ``python -m evaluation``; ``common`` holds the options of them all."""
    writing = commands.add_parser(
        "writing", help="mesure ce que la vérification laisse passer d'un modèle", parents=[common]
    )
    writing.set_defaults(command=_writing)
    writing.add_argument("set", type=Path, metavar="TEXTES.jsonl", help="écrits par un modèle")
    writing.add_argument("--questions", type=Path, default=_QUESTIONS, metavar="QUESTIONS.jsonl")
    writing.add_argument("--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour")
    reliability = commands.add_parser(
        "reliability",
        help="compare la probabilité de répondre à ce qu'il fallait faire",
        parents=[common],
    )
    reliability.set_defaults(command=_reliability)
    reliability.add_argument("run", type=Path, metavar="MESURE.json")
    reliability.add_argument(
        "--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour"
    )
    masking = commands.add_parser(
        "masking", help="mesure ce que le masquage trouve de données personnelles", parents=[common]
    )
    masking.set_defaults(command=_masking)
    masking.add_argument("--set", type=Path, default=_PERSONAL_DATA, metavar="TEXTES.jsonl")
    masking.add_argument("--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour")
    follow_ups = commands.add_parser(
        "follow-ups",
        help="compare les questions de suite à leur forme posée seule",
        parents=[common],
    )
    follow_ups.set_defaults(command=_follow_ups)
    follow_ups.add_argument(
        "set", type=Path, nargs="?", default=_SETS / "suites.jsonl", metavar="SUITES.jsonl"
    )
    follow_ups.add_argument("--split", choices=("dev", "test"), help="cette moitié seulement")
    follow_ups.add_argument("--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour")


def _writing(options: argparse.Namespace) -> int:
    from assistant.ask import open_assistant
    from evaluation.bench_table import rewrite
    from evaluation.questions import read_questions
    from evaluation.writing import as_markdown, measure_writing, read_written

    texts, questions = read_written(options.set), read_questions(options.questions)
    home = home_folder(options.index)
    assistant = open_assistant(home, embedding=model_name(), ranker=ranker_name())
    with assistant.library:
        report = measure_writing(texts, questions, assistant=assistant, on_progress=_show_progress)
    print(as_markdown(report))
    if options.markdown:
        rewrite(options.markdown, as_markdown(report), name="rédaction")
    return DONE


def _reliability(options: argparse.Namespace) -> int:
    from evaluation.bench_table import rewrite
    from evaluation.reliability import as_markdown, reliability
    from evaluation.run import read_run

    content = as_markdown(reliability(read_run(options.run).records))
    print(content)
    if options.markdown:
        rewrite(options.markdown, content, name="fiabilité")
    return DONE


def _masking(options: argparse.Namespace) -> int:
    from evaluation.bench_table import rewrite
    from evaluation.masking import as_markdown, measure_masking, read_labelled

    texts = read_labelled(options.set)
    development = measure_masking([text for text in texts if text.is_development])
    test = measure_masking([text for text in texts if not text.is_development])
    content = as_markdown(development, test)
    print(content)
    if options.markdown:
        rewrite(options.markdown, content, name=options.set.stem)
    return DONE


def _follow_ups(options: argparse.Namespace) -> int:
    from assistant.ask import open_assistant
    from evaluation.answers_commands import show_questions
    from evaluation.bench_table import rewrite
    from evaluation.follow_ups import as_markdown, measure_follow_ups
    from evaluation.questions import read_questions

    questions = [
        each for each in read_questions(options.set) if options.split in {None, each.split}
    ]
    assistant = open_assistant(
        home_folder(options.index), embedding=model_name(), ranker=ranker_name()
    )
    with assistant.library:
        report = measure_follow_ups(questions, assistant=assistant, on_progress=show_questions)
    print(as_markdown(report))
    if options.split != "test":
        for each in report.outcomes:
            if each.falls_short:
                print(f"{each.question.id} : « {each.answer.standalone_question} »")
    if options.markdown:
        rewrite(options.markdown, as_markdown(report), name="suites")
    return DONE


def _show_progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\rTextes : {done} sur {total}", end=end, file=sys.stderr, flush=True)
