"""The benchmark at scale: real libraries of a few passages, and fits that are known."""

import numpy as np
import pytest

from evaluation import scale, scale_corpus
from evaluation.errors import Unmeasured
from evaluation.scale import ScaleReport, SizeMeasure, growth, measure_scale
from evaluation.scale_corpus import documents_of, make_texts, make_vectors, read_material
from evaluation.scale_table import as_markdown

needs_sets = pytest.mark.skipif(
    not scale_corpus.SETS.is_dir(), reason="../shared/eval est absent : rien à mesurer"
)


def measure(passages: int, *, p50_ms: float = 10.0, recall: float | None = 1.0) -> SizeMeasure:
    return SizeMeasure(
        passages=passages,
        build_s=3.0 * passages,
        build_peak_mb=200,
        disk_mb=0.5 * passages**0.5,
        first_s=1.0,
        resident_mb=100.0,
        p50_ms=p50_ms,
        p95_ms=2 * p50_ms,
        encoding_ms=4.0,
        recall=recall,
    )


def test_the_exponents_of_known_powers_are_found_again():
    found = growth([measure(size) for size in (1_000, 10_000, 50_000)])

    assert found == pytest.approx(
        {"build_s": 1.0, "disk_mb": 0.5, "resident_mb": 0.0, "p50_ms": 0.0, "p95_ms": 0.0}
    )


def test_one_size_tells_nothing_of_growth():
    assert growth([measure(1_000)]) == {}


def test_the_table_says_which_aims_are_held():
    held = [measure(10_000), measure(20_000, p50_ms=39.9), measure(100_000, p50_ms=19.9)]
    report = ScaleReport(tuple(held), tuple(held), growth(held))
    shown = as_markdown(report)

    assert "| 20\u202f000 | Appui | 60\u202f000,0 |" in shown
    assert shown.count(", tenu)") == 4
    missed = [measure(10_000), measure(20_000, p50_ms=60), measure(100_000, p50_ms=21, recall=0.9)]
    shown = as_markdown(ScaleReport(tuple(missed), tuple(missed), growth(missed)))
    assert shown.count("non tenu)") == 4


def test_made_vectors_have_norm_1_and_are_always_the_same():
    anchors = make_vectors(np.eye(8, dtype=np.float32), 20)
    again = make_vectors(np.eye(8, dtype=np.float32), 20)

    assert np.array_equal(anchors, again)
    assert np.linalg.norm(anchors, axis=1) == pytest.approx(np.ones(20), abs=1e-6)


def test_made_vectors_lie_between_neighbours():
    """Two groups of anchors far apart: what is made lies in one or the other, never between."""
    source = np.random.default_rng(1)
    groups = np.repeat(np.eye(2, 64, dtype=np.float32), 20, axis=0)
    anchors = groups + source.normal(0, 0.01, groups.shape).astype(np.float32)
    made = make_vectors(anchors, 50)

    assert made.dtype == np.float32
    assert (made[:, :2].max(axis=1) > 0.95).all()
    assert set(made[:, :2].argmax(axis=1)) == {0, 1}


def test_documents_hold_their_passages_exactly():
    texts = [f"texte {n}" for n in range(19)]
    made = list(documents_of(texts))

    assert [p.text for _, passages in made for p in passages] == texts
    assert all(d.text[p.start : p.end] == p.text for d, passages in made for p in passages)


@needs_sets
def test_texts_that_run_out_are_recombined():
    material = read_material(passages=6, questions=3, real=4)
    texts = make_texts(material, 10)

    assert texts[:6] == list(material.texts)
    assert len(texts) == 10
    assert material.anchors.shape == (4, 384)


@needs_sets
def test_both_ways_are_built_and_asked_in_processes_of_their_own():
    told = []
    report = measure_scale((60, 120), tell=told.append, questions=20)

    assert [m.passages for m in report.ours] == [m.passages for m in report.stock] == [60, 120]
    assert all(m.recall == 1.0 for m in report.ours)
    assert all(m.p50_ms > (m.encoding_ms or 0) > 0 for m in report.ours)
    assert all(m.disk_mb > 0 and m.build_s > 0 and m.resident_mb > 0 for m in report.stock)
    assert set(report.exponents) == {"build_s", "disk_mb", "resident_mb", "p50_ms", "p95_ms"}
    assert told[-1] == "2/2 120 passages"


def test_without_the_sets_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(scale_corpus, "SETS", tmp_path)
    with pytest.raises(Unmeasured, match="sont absents"):
        scale.measure_scale((10,), tell=print)
