"""Measuring search: metrics computed by hand, a real index used again, the command line."""

import json
from math import log2

import pytest

from evaluation.__main__ import main
from evaluation.beir import Query
from evaluation.retrieval import measure_retrieval, score_rankings

TEXTS = {
    "velo": "Le vélo se répare dans l'atelier de la gare, ouvert le samedi matin.",
    "permis": "La région aide les apprentis à payer le permis de conduire : 500 euros.",
    "logement": "Le foyer de jeunes travailleurs loue des chambres meublées.",
}
QUESTIONS = {
    "q1": ("Quelle aide pour passer le permis de conduire ?", "permis"),
    "q2": ("Où réparer un vélo ?", "velo"),
}


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "petit-jeu"
    (root / "qrels").mkdir(parents=True)
    write_lines(
        root / "corpus.jsonl", [{"_id": i, "title": "", "text": t} for i, t in TEXTS.items()]
    )
    write_questions(root, QUESTIONS)
    return root


def write_lines(file, records):
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def write_questions(root, questions):
    write_lines(
        root / "queries.jsonl", [{"_id": i, "text": text} for i, (text, _) in questions.items()]
    )
    lines = [f"{i}\t{document}\t1\n" for i, (_, document) in questions.items()]
    (root / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(lines), encoding="utf-8"
    )


def ranking(*documents):
    return tuple((document, 1.0 - place / 100) for place, document in enumerate(documents))


def test_metrics_are_those_computed_by_hand():
    queries = [
        Query("first", "", {"a": 1}),
        Query("third", "", {"b": 1, "far": 1}),
        Query("never", "", {"c": 1}),
        Query("nothing found", "", {"d": 1}),
    ]
    rankings = {
        "first": ranking("a", "x"),
        "third": ranking("x", "y", "b"),
        "never": ranking("x", "y"),
        "nothing found": (),
    }
    values = {n: e.value for n, e in score_rankings(queries, rankings, k=3).items()}
    ideal = 1 + 1 / log2(3)
    assert values == pytest.approx(
        {
            "hit@1": 1 / 4,
            "hit@5": 2 / 4,
            "hit@10": 2 / 4,
            "MRR@10": (1 + 1 / 3) / 4,
            "nDCG@10": (1 + (1 / log2(4)) / ideal) / 4,
            "recall@3": (1 + 1 / 2) / 4,
        }
    )


def test_equal_scores_keep_the_order_of_the_search():
    queries = [Query("q", "", {"a": 1})]
    tied = {"q": (("a", 0.5), ("z", 0.5))}
    assert score_rankings(queries, tied, k=10)["hit@1"].value == 1
    tied = {"q": (("z", 0.5), ("a", 0.5))}
    assert score_rankings(queries, tied, k=10)["hit@1"].value == 0


def test_a_document_ranked_eleventh_is_no_hit():
    queries = [Query("q", "", {"a": 1})]
    late = {"q": ranking(*(f"x{n}" for n in range(10)), "a")}
    values = {n: e.value for n, e in score_rankings(queries, late, k=11).items()}
    assert (values["hit@10"], values["MRR@10"], values["recall@11"]) == (0, 0, 1)


def test_the_real_search_is_measured_by_document(folder, tmp_path):
    report = measure_retrieval(folder, home=tmp_path / "home")
    assert (report.dataset, report.documents, report.queries) == ("petit-jeu", 3, 2)
    assert report.metrics["hit@1"].value == 1
    assert {i: r[0][0] for i, r in report.rankings.items()} == {"q1": "permis", "q2": "velo"}
    assert all(len({d for d, _ in r}) == len(r) for r in report.rankings.values())


def test_an_index_made_before_is_used_again_with_other_questions(folder, tmp_path):
    progress = []
    first = measure_retrieval(
        folder, home=tmp_path / "home", on_progress=lambda *step: progress.append(step)
    )
    assert progress == [(3, 3)]
    write_questions(folder, {"q9": ("chambre meublée", "logement")})
    second = measure_retrieval(
        folder, home=tmp_path / "home", on_progress=lambda *step: progress.append(step)
    )
    assert progress == [(3, 3)]
    assert second.timings["index_s"] == first.timings["index_s"]
    assert (first.settings["index_reused"], second.settings["index_reused"]) == (False, True)
    assert second.metrics["hit@1"].value == 1


def test_a_changed_corpus_gets_an_index_of_its_own(folder, tmp_path):
    measure_retrieval(folder, home=tmp_path / "home")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "bus", "text": "Le bus de nuit part à minuit."}\n')
    report = measure_retrieval(folder, home=tmp_path / "home")
    assert report.documents == 4
    assert report.settings["index_reused"] is False


def test_the_command_writes_json_and_a_run_file(folder, tmp_path, capsys):
    out, run = tmp_path / "out.json", tmp_path / "run.trec"
    arguments = ["retrieval", str(folder), "--limit", "1", "--index", str(tmp_path / "home")]
    assert main([*arguments, "--json", str(out), "--run", str(run)]) == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert set(report) == {"dataset", "documents", "queries", "metrics", "timings", "settings"}
    assert report["queries"] == 1
    assert report["metrics"]["hit@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert set(report["timings"]) == {"index_s", "query_ms_p50", "query_ms_p95"}
    lines = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    assert lines[0][:4] == ["q1", "Q0", "permis", "1"]
    scores = [float(line[4]) for line in lines]
    assert scores == sorted(set(scores), reverse=True)
    assert "hit@1  1.000" in capsys.readouterr().out


def test_a_missing_set_is_one_sentence_and_status_1(tmp_path, capsys):
    assert main(["retrieval", str(tmp_path / "rien")]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "rien n'existe pas" in error


def test_an_output_that_cannot_be_written_is_named(folder, tmp_path, capsys):
    arguments = ["retrieval", str(folder), "--index", str(tmp_path / "home")]
    assert main([*arguments, "--json", str(tmp_path / "absent" / "out.json")]) == 1
    assert "absent/out.json" in capsys.readouterr().err


def test_a_limit_of_zero_is_a_usage_error(folder):
    with pytest.raises(SystemExit) as stop:
        main(["retrieval", str(folder), "--limit", "0"])
    assert stop.value.code == 2
