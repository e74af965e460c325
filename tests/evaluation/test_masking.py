"""What masking finds is counted by kind, against labelled texts."""

import json
from pathlib import Path

import pytest

from assistant.mask import Found
from evaluation.__main__ import main
from evaluation.errors import BadQuestionSet
from evaluation.masking import (
    KINDS,
    LabelledText,
    Share,
    as_markdown,
    measure_masking,
    read_labelled,
)

SET = Path("evaluation/sets/donnees-personnelles.jsonl")
DRAWN = Path("evaluation/sets/donnees-personnelles-tirees.jsonl")
HELD = {
    "id": "a",
    "text": "Zoé appelle le 0612345678",
    "spans": [
        {"start": 0, "end": 3, "kind": "name"},
        {"start": 15, "end": 25, "kind": "phone"},
    ],
}
EMPTY = {"id": "b", "text": "Quel est le montant du CEJ ?", "spans": []}


def labelled(*lines: dict) -> list[LabelledText]:
    return [LabelledText.model_validate(line) for line in lines]


def test_a_span_is_found_when_all_of_it_is_masked():
    report = measure_masking(
        labelled(HELD, EMPTY),
        finder=lambda text: (
            [Found(0, 2, "nom"), Found(12, 25, "numéro de téléphone")]
            if text == HELD["text"]
            else [Found(0, 4, "nom")]
        ),
    )

    assert (report.found["name"], report.found["phone"]) == (Share(0, 1), Share(1, 1))
    assert (report.right["name"], report.right["phone"]) == (Share(1, 2), Share(1, 1))
    assert report.clean == Share(0, 1)
    assert report.missed == (("name", "Zoé", HELD["text"]),)
    assert report.false_alarms == (("nom", "Quel", EMPTY["text"]),)


@pytest.mark.parametrize(
    ("share", "low", "high"), [(Share(9, 10), 0.596, 0.982), (Share(0, 0), 0, 1)]
)
def test_the_interval_of_a_share_is_wilsons(share, low, high):
    assert share.interval.low == pytest.approx(low, abs=0.001)
    assert share.interval.high == pytest.approx(high, abs=0.001)


def test_the_table_holds_every_kind_and_both_halves():
    table = as_markdown(measure_masking(labelled(HELD, EMPTY)), measure_masking([]))

    assert all(f"| {label} |" in table for label, _ in KINDS.values())
    assert "2 textes de mise au point, 0 de contrôle" in table


def test_the_errors_of_the_development_half_are_listed():
    report = measure_masking(labelled(HELD, EMPTY), finder=lambda text: [Found(4, 11, "nom")])
    table = as_markdown(report, measure_masking([]))

    assert "- manqué : « Zoé » (nom)\n- manqué : « 0612345678 » (téléphone)" in table
    assert "- masqué à tort : « appelle » (nom)" in table


def test_the_command_writes_the_table_between_its_marks(tmp_path, capsys):
    texts, page = tmp_path / "textes.jsonl", tmp_path / "page.md"
    texts.write_text(json.dumps(HELD) + "\n", encoding="utf-8")
    page.write_text("<!-- textes : début -->\n<!-- textes : fin -->\n", encoding="utf-8")

    assert main(["masking", "--set", str(texts), "--markdown", str(page)]) == 0

    assert "| téléphone |" in page.read_text(encoding="utf-8")
    assert "| téléphone |" in capsys.readouterr().out


def test_a_malformed_set_is_refused(tmp_path):
    path = tmp_path / "textes.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")

    with pytest.raises(BadQuestionSet, match=r"textes\.jsonl, ligne 1 .*« spans »"):
        read_labelled(path)
    with pytest.raises(BadQuestionSet, match="ne peut pas être lu"):
        read_labelled(tmp_path / "absent.jsonl")


@pytest.mark.parametrize("path", [SET, DRAWN])
def test_masking_finds_most_and_rarely_errs(path):
    """A floor under what docs/privacy.md publishes, over both halves."""
    report = measure_masking(read_labelled(path))
    for kind, share in report.found.items():
        if share.total:
            assert share.held >= 0.85 * share.total, kind
    assert all(share.held >= 0.95 * share.total for share in report.right.values())
    assert report.clean.held >= 0.97 * report.clean.total


def test_the_published_set_is_well_formed():
    texts = read_labelled(SET)

    assert len(texts) >= 300
    assert sum(not text.spans for text in texts) >= 100
    assert {span.kind for text in texts for span in text.spans} == set(KINDS)
    assert all(
        text.text[span.start : span.end].strip() and span.end <= len(text.text)
        for text in texts
        for span in text.spans
    )
