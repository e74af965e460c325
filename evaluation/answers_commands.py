"""The commands on answers: ``answers``, ``judge``, ``compare`` and ``gate``."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.errors import BadQuestionSet, EvaluationError
from knowledge.settings import home_folder, model_name, ranker_name
from knowledge.usage import FrenchParser, positive

DONE, FAILED = 0, 1
_SMALLEST_SAID = 5e-4


def add_commands(commands: Any, common: FrenchParser) -> None:  # noqa: ANN401 (argparse's own, private)
    """Add the commands to ``python -m evaluation``; ``common`` holds the options of them all."""
    answers = commands.add_parser(
        "answers", help="mesure les réponses à un jeu de questions", parents=[common]
    )
    answers.set_defaults(command=_answers)
    answers.add_argument("set", type=Path, metavar="QUESTIONS", help="JSONL, CSV ou XLSX")
    answers.add_argument("--workers", type=positive, default=1, help="questions à la fois (1)")
    answers.add_argument(
        "--repeat", type=positive, default=1, help="poser N fois chaque question (1)"
    )
    answers.add_argument(
        "--json", type=Path, metavar="FICHIER", help="mesure en JSON ; interrompue, elle reprend"
    )
    answers.add_argument("--html", type=Path, metavar="FICHIER", help="rapport en une page")
    answers.add_argument(
        "--llm", metavar="MODELE", help="le modèle qui rédige (none ; sinon $APPUI_LLM)"
    )
    answers.add_argument("--split", choices=("dev", "test"), help="une moitié du jeu seulement")
    answers.add_argument(
        "--markdown", type=Path, nargs="+", metavar="FICHIER", help="pages à mettre à jour"
    )
    judge = commands.add_parser(
        "judge", help="fait relire une mesure par un modèle de langue", parents=[common]
    )
    judge.set_defaults(command=_judge)
    judge.add_argument("run", type=Path, metavar="MESURE.json")
    judge.add_argument("--llm", metavar="MODELE", help="le modèle qui relit (sinon $APPUI_LLM)")
    judge.add_argument(
        "--labels",
        type=Path,
        metavar="AVIS.jsonl",
        help="réponses jugées par des personnes (sinon les avis d'expert du dossier de données)",
    )
    judge.add_argument("--json", type=Path, metavar="FICHIER", help="la mesure relue, en JSON")
    judge.add_argument("--html", type=Path, metavar="FICHIER", help="rapport en une page")
    compare = commands.add_parser(
        "compare", help="compare deux mesures des mêmes questions", parents=[common]
    )
    compare.set_defaults(command=_compare)
    compare.add_argument("first", type=Path, metavar="PREMIERE.json")
    compare.add_argument("second", type=Path, metavar="SECONDE.json")
    compare.add_argument("--html", type=Path, metavar="FICHIER", help="rapport en une page")
    compare.add_argument("--json", type=Path, metavar="FICHIER", help="comparaison en JSON")
    gate = commands.add_parser(
        "gate", help="dit si une mesure suffit : seuils et non-régression", parents=[common]
    )
    gate.set_defaults(command=_gate)
    gate.add_argument("run", type=Path, metavar="MESURE.json")
    gate.add_argument("--thresholds", type=Path, metavar="FICHIER", help="seuils (TOML)")
    gate.add_argument(
        "--keep", action="store_true", help="fait de cette mesure le repère des suivantes"
    )


def _answers(options: argparse.Namespace) -> int:
    from assistant.ask import open_assistant
    from assistant.llm import model_setting, open_model
    from evaluation.answers import measure_answers
    from evaluation.answers_table import BRIEF, as_markdown, in_brief
    from evaluation.bench_table import MEASURES, rewrite
    from evaluation.journal import journal_of
    from evaluation.questions import read_questions
    from evaluation.report import report_run

    questions = [
        question
        for question in read_questions(options.set)
        if options.split in {None, question.split}
    ]
    if not questions:
        raise BadQuestionSet(f"{options.set} n'a aucune question de la moitié « {options.split} ».")
    run = measure_answers(
        questions,
        assistant=open_assistant(
            home_folder(options.index), embedding=model_name(), ranker=ranker_name()
        ),
        path=options.set,
        workers=options.workers,
        repeat=options.repeat,
        model=open_model(options.llm or model_setting()),
        journal=journal_of(options.json) if options.json else None,
        on_progress=show_questions,
    )
    if options.json:
        _write_json(options.json, run.to_json())
    if options.html:
        options.html.write_text(report_run(run), encoding="utf-8")
    for page in options.markdown or ():
        # A page marked « mesures en bref » has the first table only.
        brief = f"<!-- {BRIEF} : début -->" in page.read_text(encoding="utf-8")
        written = (in_brief if brief else as_markdown)(run, day=date.today())  # noqa: DTZ011
        rewrite(page, written, name=BRIEF if brief else MEASURES)
    print(f"{options.set.name} : {len(run.records)} questions")
    for name, estimate in run.summary().items():
        print(f"{name:>22}  {estimate.value:8.3f}  [{estimate.low:.3f} ; {estimate.high:.3f}]")
    return DONE


def _judge(options: argparse.Namespace) -> int:
    from assistant.conversations import Conversations, database_url
    from assistant.llm import model_setting, open_model
    from evaluation.judge import judge_run, labels_of, measure_agreement, read_labels
    from evaluation.report import report_run
    from evaluation.run import read_run
    from evaluation.workplace import Workplace

    run, model = read_run(options.run), open_model(options.llm or model_setting())
    if model is None:
        raise EvaluationError("Aucun modèle pour relire : nommez-en un avec --llm.")
    home = home_folder(options.index)
    if options.labels:
        labels = read_labels(options.labels)
    else:
        kept = Conversations(database_url(home)).all_exchanges()
        labels = labels_of(kept, Workplace(home).verdicts(), today=date.today())  # noqa: DTZ011
    agreement = measure_agreement(labels, model=model, tell=show_questions)
    judged = judge_run(run, model=model, agreement=agreement, tell=show_questions)
    if options.json:
        _write_json(options.json, judged.to_json())
    if options.html:
        options.html.write_text(report_run(judged), encoding="utf-8")
    if estimate := judged.summary().get("judged_right"):
        print(f"judged_right  {estimate.value:.3f}  [{estimate.low:.3f} ; {estimate.high:.3f}]")
    print(judged.settings["judge"])
    return DONE


def _compare(options: argparse.Namespace) -> int:
    from evaluation.compare import compare_runs
    from evaluation.report import report_comparison
    from evaluation.run import read_run

    comparison = compare_runs(read_run(options.first), read_run(options.second))
    if options.json:
        _write_json(options.json, comparison.to_json())
    if options.html:
        options.html.write_text(report_comparison(comparison), encoding="utf-8")
    for name, (first, second) in comparison.settings.items():
        print(f"{name} : {first} → {second}")
    for each in comparison.differences:
        change = each.change
        p = f"p={each.p_corrected:.3f}" if each.p_corrected >= _SMALLEST_SAID else "p<0.001"
        print(
            f"{each.name:>22}  {each.first:8.3f} → {each.second:8.3f}  {change.value:+.3f}"
            f" [{change.low:+.3f} ; {change.high:+.3f}]  {p}{' *' if each.is_significant else ''}"
        )
    for said, ids in (("fausses", comparison.red), ("justes", comparison.green)):
        print(f"Devenues {said} : {', '.join(ids) or 'aucune'}")
    return DONE


def _gate(options: argparse.Namespace) -> int:
    from evaluation.gate import THRESHOLDS, judge, keep_baseline, read_baseline, read_thresholds
    from evaluation.run import read_run

    file = options.thresholds or THRESHOLDS
    thresholds, run = read_thresholds(file), read_run(options.run)
    if options.keep:
        print(f"Repère gardé : {keep_baseline(run, thresholds=file)}")
    verdicts = judge(run, thresholds=thresholds, baseline=read_baseline(file))
    for verdict in verdicts:
        print(f"{'tenu' if verdict.holds else 'NON TENU':>8}  {verdict.said}")
    failed = sum(not verdict.holds for verdict in verdicts)
    print(f"{failed} seuils sur {len(verdicts)} ne sont pas tenus." if failed else "Tout est tenu.")
    return FAILED if failed else DONE


def show_questions(done: int, total: int) -> None:
    """Tell on stderr how many questions are answered."""
    end = "\n" if done == total else ""
    print(f"\rQuestions : {done} sur {total}", end=end, file=sys.stderr, flush=True)


def _write_json(file: Path, content: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
