"""Measures how building, memory, disk and latency grow with the passages, both ways."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from evaluation.bench_process import run_module
from evaluation.scale_corpus import Material, make_texts, make_vectors, read_material
from knowledge.embedding import load_embedder

SIZES = (1_000, 10_000, 20_000, 100_000)
_QUESTIONS, _ASKED = 300, 200
_STEP = "evaluation.scale_step"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeMeasure:
    """What one way costs at one size; ``first_s`` opens the index and answers once.

    ``p50_ms`` and ``p95_ms`` are of whole searches, the question's encoding (``encoding_ms``)
    included. ``recall`` is the share of the 20 nearest vectors that the index finds. Megabytes are
    10⁶ bytes.
    """

    passages: int
    build_s: float
    build_peak_mb: float
    disk_mb: float
    first_s: float
    resident_mb: float
    p50_ms: float
    p95_ms: float
    encoding_ms: float | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class ScaleReport:
    """The measures of both ways, by size, and the exponents with which ours grow."""

    ours: tuple[SizeMeasure, ...]
    stock: tuple[SizeMeasure, ...]
    exponents: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        return asdict(self)


def measure_scale(
    sizes: Sequence[int] = SIZES, *, tell: Tell, questions: int = _QUESTIONS
) -> ScaleReport:
    """Build and search libraries of several sizes, ours and the stock way, in turn.

    Args:
        sizes: numbers of passages.
        tell: told, in French, what is being measured.
        questions: how many questions are asked at each size.

    Raises:
        Unmeasured: the real texts are absent.
        EvaluationError: a step failed.
    """
    tell("Lecture des textes et calcul de quelques vecteurs")
    material = read_material(passages=max(sizes), questions=questions)
    asked = load_embedder().embed_questions(list(material.questions[:_ASKED]))
    ours: list[SizeMeasure] = []
    stock: list[SizeMeasure] = []
    for number, size in enumerate(sizes, start=1):
        tell(f"{number}/{len(sizes)} {size} passages")
        with TemporaryDirectory(prefix="appui-scale-") as name:
            folder = Path(name)
            _write(folder, material, size, asked=asked)
            ours.append(_measure(folder, "ours", size))
            stock.append(_measure(folder, "stock", size))
    return ScaleReport(tuple(ours), tuple(stock), growth(ours))


def growth(measures: Sequence[SizeMeasure]) -> dict[str, float]:
    """Return by measure the exponent of its fit ``a · passages^b`` (least squares on logs)."""
    sizes = np.log([measure.passages for measure in measures])
    names = ("build_s", "disk_mb", "resident_mb", "p50_ms", "p95_ms")
    if len(measures) < 2:  # noqa: PLR2004 - a line needs two points
        return {}
    return {
        name: float(np.polyfit(sizes, np.log([getattr(m, name) for m in measures]), 1)[0])
        for name in names
    }


def _write(folder: Path, material: Material, size: int, *, asked: Any) -> None:  # noqa: ANN401
    texts = make_texts(material, size)
    (folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    questions = json.dumps(material.questions, ensure_ascii=False)
    (folder / "questions.json").write_text(questions, encoding="utf-8")
    np.save(folder / "vectors.npy", make_vectors(material.anchors, size))
    np.save(folder / "asked.npy", asked)


def _measure(folder: Path, way: str, size: int) -> SizeMeasure:
    """Build then query in a process each; what was built is deleted."""
    build = run_module(_STEP, ["build", way, str(folder)])
    disk = sum(file.stat().st_size for file in (folder / way).rglob("*") if file.is_file())
    query = run_module(_STEP, ["query", way, str(folder)])
    shutil.rmtree(folder / way)
    return SizeMeasure(
        passages=size,
        build_s=json.loads(build.output)["seconds"],
        build_peak_mb=build.peak_bytes / 1e6,
        disk_mb=disk / 1e6,
        **json.loads(query.output),
    )
