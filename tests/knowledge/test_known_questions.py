"""What is asked in other words is answered by what answers the known questions nearest to it."""

import json

import numpy as np
import pytest

from evaluation import fit_known_questions
from evaluation.fit_known_questions import fit_projection, keep
from knowledge import known_questions
from knowledge.embedding import BUNDLED
from knowledge.known_questions import (
    QUESTIONS,
    VECTORS,
    Echo,
    KnownQuestion,
    KnownQuestions,
    plain,
    questions,
    worded,
)
from knowledge.onnx_model import read_manifest
from knowledge.sheets import SHEETS, read_sheet

BUS = "La carte de bus coûte 10 € par mois."
AGE = "Elle est ouverte de 16 à 25 ans."
ASKED = (
    KnownQuestion("bus", "le tarif du ticket transport", (BUS,)),
    KnownQuestion("bus", "c'est quel tarif", (BUS, AGE), before="la carte de bus"),
    KnownQuestion("bus", "limite anniversaire carte", (AGE,)),
    KnownQuestion("bus", "chien dans le véhicule", ()),
    KnownQuestion("bus", "ancien prix", ("La carte coûtait 8 €.",)),
    KnownQuestion("train", "tarif du train", ("Le train est gratuit.",)),
)


@pytest.fixture
def kept(tmp_path, monkeypatch, fake_embedder, document):
    """Keep the questions of two sheets, and return those that a library of one sheet knows."""
    _, passages = document("bus", BUS, AGE, collection="dispositifs", title="Carte de bus")
    titles = {"bus": "Carte de bus", "train": "Carte de train"}
    monkeypatch.setattr(fit_known_questions, "sheet_titles", lambda: titles)
    monkeypatch.setattr(known_questions, "VECTORS", tmp_path / "questions.npz")
    monkeypatch.setattr(known_questions, "questions", lambda: ASKED)
    keep(ASKED, embedder=fake_embedder(), file=tmp_path / "questions.npz")

    def known(model="fake", title="Carte de bus"):
        source = document("bus", BUS, title=title)[0].source
        return KnownQuestions([source], passages=lambda _: passages, model=model)

    return known


def test_what_answers_the_nearest_questions_is_told_with_its_passage(kept, fake_embedder):
    vector = fake_embedder().embed_questions(["tarif ticket (Carte de bus)"])[0]

    echo = kept().echo(vector)

    assert echo.question == "le tarif du ticket transport"
    assert echo.sheets == {"bus"}
    assert echo.share("bus", f"- {BUS}") > echo.share("bus", AGE)
    assert echo.share("train", BUS) == 0.0
    assert max(echo.passages, key=echo.passages.__getitem__) == "bus#0"
    assert 0.9 < sum(echo.passages.values()) + echo.unanswered < 1.7


def test_what_nothing_answers_is_told(kept, fake_embedder):
    vector = fake_embedder().embed_questions(["chien véhicule (Carte de bus)"])[0]

    echo = kept().echo(vector)

    assert echo.question == "chien dans le véhicule"
    assert echo.unanswered > 0.5


def test_a_question_whose_answer_is_gone_or_whose_sheet_is_another_is_left_out(kept):
    known = kept()

    assert [asked.question for asked, _ in known._known] == [each.question for each in ASKED[:4]]


@pytest.mark.parametrize("other", [{"model": "other"}, {"title": "Carte de tram"}])
def test_without_kept_vectors_nothing_is_heard(kept, other, fake_embedder):
    vector = fake_embedder().embed_questions(["tarif"])[0]

    assert kept(**other).echo(vector) == Echo()


def test_questions_that_one_sentence_answers_are_brought_nearer():
    source = np.random.default_rng(2)
    vectors = source.normal(size=(60, 8)).astype(np.float32)
    answers = [number % 3 for number in range(60)]
    # The answer shows in two of eight directions only.
    vectors[:, :2] = np.array([[1, 0], [-0.5, 0.9], [-0.5, -0.9]])[answers]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    projection = fit_projection(vectors, vectors, answers)

    def margin(seen):
        seen = seen / np.linalg.norm(seen, axis=1, keepdims=True)
        same = np.equal.outer(answers, answers)
        cosines = seen @ seen.T
        return cosines[same].mean() - cosines[~same].mean()

    assert margin(vectors @ projection) > margin(vectors)


def test_marks_of_a_sheet_do_not_tell_texts_apart():
    assert plain("La demande se fait [sur le site](https://exemple.fr).") == plain(
        "la demande se fait sur le site"
    )


def test_every_answer_stands_in_its_sheet_and_every_question_has_a_vector():
    """Mend with « python -m evaluation.fit_known_questions »."""
    files = {file.sheet.id: file for file in map(read_sheet, SHEETS.glob("*.md"))}
    texts = {sheet: plain(file.body) for sheet, file in files.items()}
    gone = [
        (each.sheet, answer)
        for each in questions()
        for answer in each.answer
        if plain(answer) not in texts[each.sheet]
    ]
    assert gone == []
    model = read_manifest(BUNDLED / "model.json")["name"]
    rows = known_questions.kept_vectors(VECTORS, model=model).rows
    missing = [
        each.question
        for each in questions()
        if known_questions.key_of(worded(each, files[each.sheet].sheet.title)) not in rows
    ]
    assert missing == []
    assert {each.sheet for each in questions()} == set(files)


def test_a_line_is_a_question_and_none_stands_twice():
    lines = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert all(set(line) <= {"sheet", "before", "question", "answer"} for line in lines)
    asked = [(line["sheet"], line.get("before"), line["question"]) for line in lines]
    assert len(set(asked)) == len(asked)
