"""Chooses the documents to measure on, and makes their library as a user would."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from evaluation.bench_process import ROOT, run_module
from evaluation.errors import EvaluationError
from evaluation.stamp import read_stamp
from knowledge.embedding import load_embedder
from knowledge.library import open_library

SHARED = ROOT.parent / "shared" / "corpus"
BUNDLED = ROOT / "knowledge" / "corpus"
# The sheets, the PDF files and the interview; the folder also holds the codes of law.
_SHARED_PARTS = ("socialgouv-fiches-travail-data-*.tgz", "pdf", "consultation")
_QUICK_BYTES = 60_000
_STAMP = "bench.json"
_DONE, _SOME_REJECTED = 0, 3


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paths to index, and what they are, in French."""

    paths: tuple[Path, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryMeasure:
    """What a library holds and what making it cost; ``reused`` when an earlier run made it."""

    documents: int
    passages: int
    rejected: int
    disk_mb: float
    index_s: float
    index_peak_mb: float
    reused: bool


def choose_corpus(folder: Path | None, *, quick: bool) -> Corpus:
    """Return what to measure on.

    Args:
        folder: the folder asked for; None for the shared documents, or the bundled ones where
            those are absent.
        quick: keep the smallest files only.

    Raises:
        EvaluationError: the folder is absent or holds no file.
    """
    if folder is not None and not folder.is_dir():
        raise EvaluationError(f"Le dossier {folder} n'existe pas : corrigez --corpus.")
    if folder is not None:
        chosen, description = folder, f"dossier {folder}"
    elif SHARED.is_dir():
        chosen, description = SHARED, "fiches du ministère du Travail, PDF et entretien"
    else:
        chosen, description = BUNDLED, "fiches fournies avec Appui (../shared/corpus est absent)"
    parts = [path for pattern in _SHARED_PARTS for path in sorted(chosen.glob(pattern))]
    is_shared = any(part.suffix == ".tgz" for part in parts)
    paths = tuple(parts) if is_shared else (chosen,)
    if quick:
        paths, description = _smallest(paths), f"échantillon rapide ({description})"
    if not any(_files(path) for path in paths):
        raise EvaluationError(f"Le dossier {chosen} ne contient aucun fichier à indexer.")
    return Corpus(paths, description)


def make_library(corpus: Corpus, *, home: Path, embedding: str | None) -> LibraryMeasure:
    """Index a corpus with ``python -m ingestion add``, unless ``home`` already holds its library.

    Args:
        corpus: what to index.
        home: a data folder of the benchmark's own; another library in it is replaced.
        embedding: the embedding model, as in ``knowledge.embedding``.
    """
    key = _digest(corpus, model=load_embedder(embedding).name)
    stamp = read_stamp(home / _STAMP)
    reused = stamp.get("key") == key
    if not reused:
        shutil.rmtree(home, ignore_errors=True)
        run = run_module("ingestion", add_arguments(corpus, home), accepted=(_DONE, _SOME_REJECTED))
        stamp = {
            "key": key,
            "index_s": run.seconds,
            "index_peak_mb": run.peak_bytes / 1e6,
            "rejected": len(json.loads(run.output)["rejected"]),
        }
        (home / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    with open_library(home) as library:
        status = library.status()
    return LibraryMeasure(
        documents=status.documents,
        passages=status.passages,
        rejected=int(stamp["rejected"]),
        disk_mb=sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 1e6,
        index_s=float(stamp["index_s"]),
        index_peak_mb=float(stamp["index_peak_mb"]),
        reused=reused,
    )


def add_again(corpus: Corpus, *, home: Path) -> float:
    """Add an unchanged corpus to its library once more; return the seconds of the process.

    Raises:
        EvaluationError: something was read again, so that this is no measure.
    """
    run = run_module("ingestion", add_arguments(corpus, home), accepted=(_DONE, _SOME_REJECTED))
    report = json.loads(run.output)
    if report["added"] or report["updated"]:
        raise EvaluationError(
            "Le corpus a changé pendant la mesure : recommencez sans toucher à ses fichiers."
        )
    return run.seconds


def add_arguments(corpus: Corpus, home: Path) -> list[str]:
    """Return what follows ``python -m ingestion`` to index a corpus."""
    paths = [str(path.resolve()) for path in corpus.paths]
    return ["add", *paths, "--json", "--index", str(home.resolve())]


def _smallest(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the smallest files, one at least, as far as they make a small sample."""
    sizes = sorted((file.stat().st_size, file) for path in paths for file in _files(path))
    kept: list[Path] = []
    total = 0
    for size, file in sizes:
        total += size
        if kept and total > _QUICK_BYTES:
            break
        kept.append(file)
    return tuple(kept)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.is_file())


def _digest(corpus: Corpus, *, model: str) -> str:
    """Return what changes whenever the library of a corpus would, or the time to make it."""
    digest = hashlib.sha256(model.encode())
    for file in (file for path in corpus.paths for file in _files(path.resolve())):
        status = file.stat()
        digest.update(f"{file} {status.st_size} {status.st_mtime_ns}\n".encode())
    for package in ("knowledge", "ingestion"):
        for module in sorted((ROOT / package).rglob("*.py")):
            digest.update(module.read_bytes())
    return digest.hexdigest()
