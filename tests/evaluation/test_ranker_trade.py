"""Questions of the trade become examples of passages and of sentences, answered or not."""

import json

import pytest

from evaluation import train_ranker
from evaluation.ranker_trade import write_trade_examples
from evaluation.train_ranker import main
from ingestion.__main__ import main as ingest
from knowledge.known_questions import KnownQuestion

SHEET = """---
id: visale
title: Garantie Visale
collection: dispositifs
publisher: Appui
date: '2026-06-01'
url: https://www.visale.fr
---

# Garantie Visale

## Qui peut l'avoir

La garantie Visale est ouverte à tout locataire de 18 à 30 ans. Un mineur émancipé peut la demander.

## Où la demander

La demande se fait [sur le site](https://www.visale.fr) avant de signer le bail.
"""
OTHER = SHEET.replace("visale", "css").replace("Visale", "CSS").replace("le bail", "la carte")

LINES = [
    KnownQuestion(
        "visale",
        "j'ai 22 ans c'est bon pour visale ?",
        ("La garantie Visale est ouverte à tout locataire de 18 à 30 ans.",),
    ),
    KnownQuestion(
        "visale",
        "on fait ça où",
        ("La demande se fait [sur le site](https://www.visale.fr) avant de signer le",),
        before="Qui peut avoir la garantie Visale ?",
    ),
    KnownQuestion("visale", "visale rembourse le dépôt de garantie ?", ()),
    KnownQuestion("visale", "visale et la suite ?", ("Elle ne le dit plus.",)),
    KnownQuestion("rsa", "une fiche que la bibliothèque n'a pas ?", ()),
]


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "visale.md").write_text(SHEET, encoding="utf-8")
    (folder / "css.md").write_text(OTHER, encoding="utf-8")
    assert ingest(["add", str(folder), "--index", str(tmp_path / "index")]) == 0
    return tmp_path / "index"


@pytest.fixture
def examples(index, tmp_path):
    out = tmp_path / "examples.jsonl"
    count = write_trade_examples(LINES, index=index, out=out)
    made = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert count == len(made)
    return made


def answering(example):
    return [passage["text"] for passage in example["passages"] if passage["answers"]]


def test_a_question_gives_its_sentence_and_its_passage(examples):
    sentences, passages = (e for e in examples if "22 ans" in e["question"])
    assert answering(sentences) == [LINES[0].answer[0]]
    assert answering(passages)[0].startswith("La garantie Visale")
    assert {e["document"] for e in examples} == {"visale"}


def test_a_follow_up_is_asked_as_the_assistant_reads_it(examples):
    carried = [e for e in examples if "où" in e["question"]]
    assert carried
    assert all("visale" in e["question"].casefold() for e in carried)
    assert any("sur le site avant" in text for e in carried for text in answering(e))


def test_what_no_sheet_answers_has_no_answer_and_what_is_gone_is_left_out(examples):
    unanswered = [e for e in examples if "dépôt" in e["question"]]
    assert len(unanswered) == 2
    assert not any(map(answering, unanswered))
    assert not any("la suite" in e["question"] for e in examples)


def test_the_command_says_how_many_it_made(index, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(train_ranker, "questions", lambda: LINES[:1])
    out = tmp_path / "out.jsonl"
    assert main(["trade", "--index", str(index), "--out", str(out)]) == 0
    assert capsys.readouterr().out == "2 examples\n"
