"""Measures speed: indexing against the stock pipeline, whole processes, warm questions."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.bench_corpus import LibraryMeasure, add_again, choose_corpus, make_library
from evaluation.bench_indexing import (
    IndexingMeasure,
    Pipeline,
    choose_documents,
    index_ours,
    measure_indexing,
    stock_pipeline,
)
from evaluation.bench_machine import Machine, describe_machine
from evaluation.bench_model import fetch_weights, load_reference
from evaluation.bench_process import Processes, run_module, summarise
from evaluation.bench_questions import WARM_UP, WarmQuestions, measure_questions, read_questions
from evaluation.errors import Unmeasured
from knowledge.documents import Document
from knowledge.store import Store

Tell = Callable[[str], None]

_ASKED = "Qui peut signer un contrat d'engagement jeune et combien de temps dure-t-il ?"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: runs of a process, questions, characters that both pipelines index."""

    runs: int
    questions: int | None
    characters: int


WHOLE = Effort(runs=5, questions=None, characters=1_000_000)
QUICK = Effort(runs=2, questions=WARM_UP + 10, characters=40_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReport:
    """Everything that one run measured, and on what."""

    machine: Machine
    corpus: str
    quick: bool
    library: LibraryMeasure
    unchanged_s: float
    ask: Processes
    warm: WarmQuestions
    indexing: IndexingMeasure

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values: what it ran on, then ``measures``."""
        content = asdict(self)
        about = {name: content.pop(name) for name in ("machine", "corpus", "quick")}
        return {**about, "measures": content}


def run_bench(
    *,
    folder: Path | None,
    library_home: Path | None,
    cache: Path,
    quick: bool,
    embedding: str | None,
    tell: Tell,
) -> BenchReport:
    """Measure everything, the memory of processes before this one has grown.

    Args:
        folder: the documents to measure on; None for the usual ones.
        library_home: where to keep the library for the next run; None to make it anew, aside.
        cache: where the weights of the float32 model are kept once downloaded.
        quick: a small sample, in seconds: proves that the program works, not how fast Appui is.
        embedding: the embedding model, as in ``knowledge.embedding``.
        tell: told, in French, what is being measured.

    Raises:
        EvaluationError: a command failed, or there is nothing to measure on.
        KnowledgeError: the library could not be written or read.
    """
    machine = describe_machine()
    corpus = choose_corpus(folder, quick=quick)
    effort = QUICK if quick else WHOLE
    if machine.is_busy:
        tell(f"La machine est occupée (charge {machine.load}) : les durées seront trop longues.")
    with TemporaryDirectory(prefix="appui-bench-") as name:
        aside = Path(name)
        home = library_home or aside / "library"
        tell(f"1/5 Indexation de l'ensemble : {corpus.description}")
        library = make_library(corpus, home=home, embedding=embedding)
        tell("2/5 Ajout du même ensemble, inchangé")
        unchanged = add_again(corpus, home=home)
        tell(f"3/5 Processus entier d'une question, {effort.runs} fois")
        arguments = ["ask", _ASKED, "--json", "--index", str(home.resolve())]
        ask = summarise([run_module("assistant", arguments) for _ in range(effort.runs)])
        questions = read_questions()[: effort.questions]
        tell(f"4/5 Questions à chaud : {len(questions) - WARM_UP}")
        warm = measure_questions(questions, home=home, embedding=embedding)
        tell("5/5 Indexation comparée à la chaîne courante")
        indexing = _compare_indexing(
            home, aside=aside, cache=cache, effort=effort, embedding=embedding, tell=tell
        )
    return BenchReport(
        machine=machine,
        corpus=corpus.description,
        quick=quick,
        library=library,
        unchanged_s=unchanged,
        ask=ask,
        warm=warm,
        indexing=indexing,
    )


def _compare_indexing(
    home: Path, *, aside: Path, cache: Path, effort: Effort, embedding: str | None, tell: Tell
) -> IndexingMeasure:
    """Index a sample of the library's documents with both pipelines, or ours alone."""
    documents = choose_documents(_documents(home), characters=effort.characters)
    stock: Pipeline | None = None
    agreement: float | None = None
    reason: str | None = None
    try:
        stock, agreement = _load_stock(cache, aside / "model", embedding=embedding)
    except Unmeasured as error:
        reason = str(error)
        tell(f"  chaîne courante non mesurée : {reason}")
    measure = measure_indexing(
        documents,
        folder=aside / "compared",
        ours=partial(index_ours, embedding=embedding),
        stock=stock,
        on_progress=tell,
    )
    return replace(measure, agreement=agreement, reason=reason)


def _load_stock(cache: Path, folder: Path, *, embedding: str | None) -> tuple[Pipeline, float]:
    """Return the stock pipeline, and how far its model agrees with the bundled one.

    Raises:
        Unmeasured: it cannot run here.
    """
    if embedding is not None:
        message = f"elle a les poids du modèle fourni, or « {embedding} » est demandé"
        raise Unmeasured(message)
    model, agreement = load_reference(fetch_weights(cache), folder=folder)
    try:
        return stock_pipeline(model), agreement
    except ImportError as error:
        message = f"le paquet {error.name} n'est pas installé"
        raise Unmeasured(message) from error


def _documents(home: Path) -> list[Document]:
    with closing(Store(home)) as store:
        return [store.document(source.id) for source in store.sources()]
