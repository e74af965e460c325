"""The command line: ``python -m evaluation retrieval|answers|compare|gate|bench …``."""

import argparse
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from evaluation import answers_commands, trust_commands
from evaluation.beir import draw, read_set
from evaluation.errors import EvaluationError
from evaluation.halves import held_out_half
from evaluation.retrieval import RetrievalReport, measure_retrieval
from knowledge.errors import KnowledgeError
from knowledge.library import open_library
from knowledge.ranker import load_ranker
from knowledge.settings import home_folder, model_name, ranker_name
from knowledge.system_reasons import reason
from knowledge.terminal import run
from knowledge.usage import FrenchParser, positive

DONE, FAILED = 0, 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    if options.debug:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except BrokenPipeError:
        raise
    except (EvaluationError, KnowledgeError, OSError) as error:
        if options.debug:
            raise
        print(_failure(error), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = FrenchParser(
        prog="python -m evaluation", description="Mesure la qualité des recherches et réponses."
    )
    common = FrenchParser(add_help=False)
    common.add_argument("--index", type=Path, metavar="DOSSIER", help="dossier de données")
    common.add_argument("--debug", action="store_true", help="montre le détail des erreurs")
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")
    retrieval = commands.add_parser(
        "retrieval", help="mesure la recherche sur un jeu BEIR", parents=[common]
    )
    retrieval.set_defaults(command=_retrieval)
    retrieval.add_argument("set", type=Path, metavar="DOSSIER_BEIR")
    retrieval.add_argument("--k", type=positive, default=10, help="profondeur du rappel (10)")
    retrieval.add_argument("--limit", type=positive, help="nombre de questions à poser")
    retrieval.add_argument(
        "--held-out",
        action="store_true",
        help="questions sur les documents que le lecteur entraîné n'a pas vus",
    )
    retrieval.add_argument("--json", type=Path, metavar="FICHIER", help="mesures en JSON")
    retrieval.add_argument("--run", type=Path, metavar="FICHIER", help="classements (TREC)")
    robustness = commands.add_parser(
        "robustness",
        help="compare ce que trouvent une question et sa forme abîmée",
        parents=[common],
    )
    robustness.set_defaults(command=_robustness)
    robustness.add_argument("set", type=Path, metavar="PAIRES.jsonl")
    robustness.add_argument("--split", choices=("dev", "test"), help="cette moitié seulement")
    robustness.add_argument("--json", type=Path, metavar="FICHIER", help="mesures en JSON")
    ablation = commands.add_parser(
        "ablation", help="mesure ce qu'apporte chaque partie", parents=[common]
    )
    ablation.set_defaults(command=_ablation)
    ablation.add_argument("sets", type=Path, nargs="*", metavar="DOSSIER_BEIR")
    ablation.add_argument(
        "--questions", type=Path, metavar="QUESTIONS.jsonl", help="questions sur la bibliothèque"
    )
    ablation.add_argument("--limit", type=positive, help="questions à tirer de chaque jeu")
    ablation.add_argument("--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour")
    answers_commands.add_commands(commands, common)
    trust_commands.add_commands(commands, common)
    consultation = commands.add_parser(
        "consultation", help="mesure les réponses sur ce qui a été dit en réunion", parents=[common]
    )
    consultation.set_defaults(command=_consultation)
    consultation.add_argument("set", type=Path, metavar="QUESTIONS.jsonl")
    consultation.add_argument("--split", choices=("dev", "test"), help="cette moitié seulement")
    truth = commands.add_parser(
        "consultation-truth",
        help="compare une matrice de consultation à ce qui a vraiment été dit",
        parents=[common],
    )
    truth.set_defaults(command=_consultation_truth)
    truth.add_argument("matrix", type=Path, metavar="MATRICE.json")
    truth.add_argument("truth", type=Path, metavar="VÉRITÉ.json")
    truth.add_argument("--json", type=Path, metavar="FICHIER", help="mesures en JSON")
    bench = commands.add_parser(
        "bench", help="mesure la vitesse, la mémoire et la place", parents=[common]
    )
    bench.set_defaults(command=_bench)
    bench.add_argument("--corpus", type=Path, metavar="DOSSIER", help="documents à indexer")
    bench.add_argument("--quick", action="store_true", help="petit échantillon, en secondes")
    bench.add_argument(
        "--scale",
        type=positive,
        nargs="*",
        metavar="PASSAGES",
        help="mesure plutôt l'index à ces tailles (1000 10000 20000 100000)",
    )
    bench.add_argument("--json", type=Path, metavar="FICHIER", help="mesures en JSON")
    bench.add_argument("--markdown", type=Path, metavar="FICHIER", help="page à mettre à jour")
    return parser


def _retrieval(options: argparse.Namespace) -> int:
    report = measure_retrieval(
        options.set,
        home=home_folder(options.index),
        k=options.k,
        limit=options.limit,
        held_out=options.held_out,
        embedding=model_name(),
        ranker=ranker_name(),
        on_progress=_show_progress,
    )
    if options.json:
        content = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")
    if options.run:
        options.run.write_text(report.to_run(), encoding="utf-8")
    print(_describe(report))
    return DONE


def _robustness(options: argparse.Namespace) -> int:
    from evaluation.robustness import measure_robustness, read_pairs

    pairs = [each for each in read_pairs(options.set) if options.split in {None, each.split}]
    home = home_folder(options.index)
    with open_library(home, embedding=model_name(), ranker=ranker_name()) as library:
        report = measure_robustness(pairs, library=library)
    if options.json:
        content = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")
    print(f"{options.set.name} : {len(pairs)} paires, même premier document")
    for name, estimate in {"ensemble": report.same_first, **report.kinds}.items():
        print(f"{name:>10}  {estimate.value:.3f}  [{estimate.low:.3f} ; {estimate.high:.3f}]")
    for outcome in report.outcomes:
        if not outcome.holds:
            print(f"« {outcome.pair.damaged} » : {outcome.damaged}, au lieu de {outcome.clean}")
    return DONE


def _ablation(options: argparse.Namespace) -> int:
    from evaluation.ablation import VARIANTS, from_library, from_retrieval_set, measure_parts
    from evaluation.ablation_table import NAME, as_markdown
    from evaluation.bench_table import rewrite
    from evaluation.questions import read_questions

    home = home_folder(options.index)
    asked = [
        from_retrieval_set(draw(held_out_half(read_set(each)), options.limit))
        for each in options.sets
    ]
    if options.questions:
        with open_library(home) as library:
            asked.append(from_library(library, read_questions(options.questions)))
    effects = {
        each.name: measure_parts(
            each, home=home, ranker=load_ranker(ranker_name()), variants=VARIANTS, tell=_tell
        )
        for each in asked
    }
    table = as_markdown(effects, asked={each.name: len(each.queries) for each in asked})
    print(table)
    if options.markdown:
        rewrite(options.markdown, table, name=NAME)
    return DONE


def _consultation(options: argparse.Namespace) -> int:
    from assistant.ask import open_assistant
    from evaluation.consultation import measure_consultation, read_consultation_set

    report = measure_consultation(
        [
            each
            for each in read_consultation_set(options.set)
            if options.split in {None, each.split}
        ],
        assistant=open_assistant(
            home_folder(options.index), embedding=model_name(), ranker=ranker_name()
        ),
        on_progress=answers_commands.show_questions,
    )
    print(f"{options.set.name} : {report.questions} questions")
    for name in ("precision", "recall", "silence"):
        if (estimate := getattr(report, name)) is not None:
            print(f"{name:>10}  {estimate.value:.3f}  [{estimate.low:.3f} ; {estimate.high:.3f}]")
    return DONE


def _consultation_truth(options: argparse.Namespace) -> int:
    from evaluation.meeting_files import read_matrix, read_truth
    from evaluation.meeting_table import as_text
    from evaluation.meeting_truth import measure_matrix

    truth = read_truth(options.truth)
    report = measure_matrix(
        read_matrix(options.matrix), truth=truth, notes=options.truth.parent / truth.notes
    )
    if options.json:
        content = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")
    print(as_text(report))
    return DONE


def _scale(options: argparse.Namespace) -> int:
    from evaluation.bench_table import rewrite
    from evaluation.scale import SIZES, measure_scale
    from evaluation.scale_table import NAME, as_markdown

    report = measure_scale(sorted(options.scale) or SIZES, tell=_tell)
    if options.json:
        content = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")
    print(as_markdown(report))
    if options.markdown:
        rewrite(options.markdown, as_markdown(report), name=NAME)
    return DONE


def _bench(options: argparse.Namespace) -> int:
    if options.scale is not None:
        return _scale(options)
    from evaluation.bench import run_bench
    from evaluation.bench_table import as_markdown, as_text, rewrite

    kept = home_folder(options.index) / "bench"
    report = run_bench(
        folder=options.corpus,
        library_home=kept / "library" if options.index else None,
        cache=kept / "weights",
        quick=options.quick,
        embedding=model_name(),
        tell=_tell,
    )
    if options.json:
        content = json.dumps(report.to_json(), ensure_ascii=False, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")
    print(as_text(report))
    if options.markdown:
        rewrite(options.markdown, as_markdown(report))
    return DONE


def _describe(report: RetrievalReport) -> str:
    """Return the report as a table to read."""
    lines = [f"{report.dataset} : {report.documents} documents, {report.queries} questions"]
    lines += [
        f"{name:>10}  {estimate.value:.3f}  [{estimate.low:.3f} ; {estimate.high:.3f}]"
        for name, estimate in report.metrics.items()
    ]
    timings = report.timings
    origin = " (index d'une mesure précédente)" if report.settings["index_reused"] else ""
    lines.append(f"indexation : {timings['index_s']:.1f} s{origin}")
    lines.append(
        f"une recherche : {timings['query_ms_p50']:.1f} ms en médiane,"
        f" {timings['query_ms_p95']:.1f} ms au 95e centile"
    )
    return "\n".join(lines)


def _show_progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\rIndexation : {done} passages sur {total}", end=end, file=sys.stderr, flush=True)


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _failure(error: Exception) -> str:
    """Return what went wrong as one sentence."""
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return f"Le fichier{where} ne peut pas être lu ou écrit : {reason(error)}."
    return str(error)


if __name__ == "__main__":
    sys.exit(run(main))
