"""Damaged questions are compared with clean ones by what they find first."""

import json
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.beir import RetrievalSet, Text
from evaluation.errors import BadQuestionSet
from evaluation.retrieval_index import index_set
from evaluation.robustness import Pair, measure_robustness, read_pairs
from knowledge.library import open_library

BUNDLED = Path("evaluation/sets/damaged.jsonl")
TEXTS = (
    Text("permis", "Le permis", "La région finance le permis de conduire des apprentis."),
    Text("logement", "Le logement", "La caution garantit le loyer du logement. Le logement."),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    return index_set(RetrievalSet("petit", TEXTS, ()), home=folder).home


def pair(name, clean, damaged, *, kind="typo", split="dev"):
    return Pair(id=name, kind=kind, split=split, clean=clean, damaged=damaged)


def test_a_pair_holds_when_the_first_document_stays_the_same(home):
    pairs = [
        pair("a", "permis de conduire", "premis de conduire"),
        pair("b", "permis de conduire", "loyer du logement"),
        pair("c", "caution du logement", "CAUTION DU LOGEMENT", kind="capitals"),
    ]
    with open_library(home, ranker="none") as library:
        report = measure_robustness(pairs, library=library)

    assert [outcome.holds for outcome in report.outcomes] == [True, False, True]
    assert report.same_first.value == pytest.approx(2 / 3)
    assert {kind: e.value for kind, e in report.kinds.items()} == {"typo": 0.5, "capitals": 1.0}


def test_an_empty_library_makes_no_pair_hold(tmp_path):
    with open_library(tmp_path, ranker="none") as library:
        report = measure_robustness([pair("a", "x", "x")], library=library)
    assert report.same_first.value == 0


def test_the_command_prints_the_shares_and_what_changed(home, tmp_path, capsys):
    file = tmp_path / "paires.jsonl"
    lines = [
        {"id": "a", "kind": "k", "split": "dev", "clean": "permis", "damaged": "logement"},
        {"id": "b", "kind": "k", "split": "test", "clean": "permis", "damaged": "PERMIS"},
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out = tmp_path / "out.json"
    arguments = ["robustness", str(file), "--index", str(home), "--json", str(out)]

    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "paires.jsonl : 2 paires" in shown
    assert "« logement » : logement, au lieu de permis" in shown
    assert json.loads(out.read_text(encoding="utf-8"))["same_first"]["value"] == 0.5
    assert main([*arguments, "--split", "test"]) == 0
    assert "1.000" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "non", '{"id": "a"}', "[1]"])
def test_a_file_that_is_no_set_of_pairs_is_named(tmp_path, content):
    file = tmp_path / "paires.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=r"paires\.jsonl"):
        read_pairs(file)
    with pytest.raises(BadQuestionSet, match="ne peut pas être lu"):
        read_pairs(tmp_path / "absent.jsonl")


def test_the_bundled_pairs_cover_six_kinds_of_damage():
    pairs = read_pairs(BUNDLED)

    assert len(pairs) == len({each.id for each in pairs}) == 72
    assert {each.kind for each in pairs} == {
        "acronym",
        "typo",
        "accents",
        "sms",
        "capitals",
        "fragment",
    }
    assert sum(each.split == "test" for each in pairs) == 36
    assert all(each.clean != each.damaged for each in pairs)
