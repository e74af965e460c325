"""A matrix is compared with what was really said, remark by remark."""

import contextlib
import io
import json
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.meeting_files import read_matrix, read_truth
from evaluation.meeting_truth import TruthReport, measure_matrix
from knowledge.__main__ import main as knowledge
from knowledge.consultation import learned
from knowledge.consultation.examples import examples

SET = Path("evaluation/sets/consultation-verite")


@pytest.fixture(scope="module")
def matrix(tmp_path_factory) -> Path:
    """The matrix of the second consultation, as Appui proposes it without its own examples."""
    others = tuple(each for each in examples() if each.source != SET.name)
    patch = pytest.MonkeyPatch()
    patch.setattr(learned, "examples", lambda: others)
    patch.setattr(learned, "_LEARNED", {})
    folder = tmp_path_factory.mktemp("verite")
    project, file = str(folder / "projet"), folder / "matrice.json"
    printed = io.StringIO()
    assert knowledge(["consultation", "import", "--project", project, str(SET / "notes")]) == 3
    with contextlib.redirect_stdout(printed):
        assert knowledge(["consultation", "matrix", "--project", project, "--json"]) == 0
    file.write_text(printed.getvalue(), encoding="utf-8")
    patch.undo()
    return file


@pytest.fixture(scope="module")
def report(matrix) -> TruthReport:
    truth = read_truth(SET / "truth.json")
    return measure_matrix(read_matrix(matrix), truth=truth, notes=SET / truth.notes)


def test_what_was_said_is_found_and_little_else(report):
    floors = {
        "recall": 0.9,
        "precision": 0.9,
        "types": 0.88,
        "cells": 0.78,
        "said_cells": 0.95,
        "isolated_recall": 0.95,
        "duplicates": 1.0,
        "rejected": 1.0,
        "young_people": 1.0,
    }
    for name, floor in floors.items():
        measure = report.measures[name]
        assert measure is not None
        assert measure.estimate.value >= floor, name
    assert report.theme_agreement is not None
    assert report.theme_agreement >= 0.77


def test_a_matrix_that_holds_nothing_finds_nothing(tmp_path):
    lists = (
        "meetings",
        "remarks",
        "themes",
        "isolated",
        "contradictions",
        "rejected",
        "duplicates",
    )
    empty = {name: [] for name in lists} | {"young_people": {"themes": [], "remarks": []}}
    file = tmp_path / "vide.json"
    file.write_text(json.dumps(empty), encoding="utf-8")
    truth = read_truth(SET / "truth.json")
    found = measure_matrix(read_matrix(file), truth=truth, notes=SET / truth.notes)

    assert found.measures["recall"].estimate.value == 0.0
    assert found.measures["precision"] is None
    assert found.theme_agreement is None
    assert len(found.wrong["missed"]) == found.expected


def test_the_command_prints_a_table_and_writes_json(matrix, tmp_path, capsys):
    out = tmp_path / "mesures.json"

    assert (
        main(["consultation-truth", str(matrix), str(SET / "truth.json"), "--json", str(out)]) == 0
    )
    assert "remarques retrouvées" in capsys.readouterr().out
    assert json.loads(out.read_text("utf-8"))["measures"]["recall"]["cases"] == 151


@pytest.mark.parametrize("which", ["matrix", "truth"])
def test_a_file_that_cannot_be_read_is_one_sentence(matrix, tmp_path, capsys, which):
    bad = tmp_path / "abîmé.json"
    bad.write_text("{", encoding="utf-8")
    files = [str(bad), str(SET / "truth.json")] if which == "matrix" else [str(matrix), str(bad)]

    assert main(["consultation-truth", *files]) == 1
    assert "abîmé.json" in capsys.readouterr().err
