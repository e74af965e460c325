"""Each part of the search is measured alone, by a ranking that is the library's own."""

import pytest

from evaluation.ablation import (
    VARIANTS,
    AskedDocuments,
    Parts,
    _documents,
    _Held,
    _wording,
    from_library,
    from_retrieval_set,
    measure_parts,
)
from evaluation.ablation_table import as_markdown
from evaluation.beir import Query, RetrievalSet, Text, draw
from evaluation.questions import Question
from evaluation.retrieval_index import document_of, index_set
from knowledge.library import open_library
from knowledge.ranker import load_ranker

TEXTS = (
    Text("permis", "Le permis", "La région finance une partie du permis B des apprentis."),
    Text("logement", "Le logement", "La caution Visale garantit le loyer d'un appartement."),
    Text("santé", "La santé", "La complémentaire santé solidaire paye les frais médicaux."),
    Text("stage", "Le stage", "L'immersion en entreprise dure un mois au plus."),
    Text("cej", "Le CEJ", "Le contrat d'engagement jeune dure douze mois au plus."),
)
QUERIES = (
    Query("1", "combien de temps dure un CEJ ?", {"cej": 1}),
    Query("2", "qui garanti mon loyé", {"logement": 1}),
    Query("3", "aide au permis de conduire", {"permis": 1}),
    Query("4", "ZZZ", {"stage": 1}),
)
SET = RetrievalSet("petit", TEXTS, QUERIES)


@pytest.fixture(scope="module")
def ranker():
    return load_ranker()


@pytest.mark.parametrize("name", ["whole", "without the ranker"])
def test_the_ranking_is_that_of_the_library(tmp_path, ranker, name):
    indexed = index_set(SET, home=tmp_path)
    parts = VARIANTS[name]
    held = _Held(from_retrieval_set(SET), parts, home=tmp_path)
    asked = {query.text: _wording(query.text, held) for query in QUERIES}
    with open_library(indexed.home, ranker=None if parts.ranker else "none") as library:
        for question, worded in asked.items():
            expected = [hit.source.id for hit in library.search(question)]
            vector = library.embed_question(worded)
            assert _documents(worded, vector, held, parts, ranker) == expected


def test_differences_are_those_of_the_same_questions(tmp_path, ranker):
    told = []
    names = ["lexical search alone", "passages cut every 1,000 characters"]
    effects = measure_parts(
        from_retrieval_set(SET), home=tmp_path, ranker=ranker, variants=names, tell=told.append
    )

    assert list(effects) == ["whole", "without the ranker", *names]
    assert told[2] == "petit : lexical search alone"
    assert effects["whole"].differences == {}
    before = effects["without the ranker"]
    alone = effects["lexical search alone"]
    for figure, change in alone.differences.items():
        lost = alone.figures[figure].value - before.figures[figure].value
        assert change.value == pytest.approx(lost)
    # The passages are short: cutting them otherwise changes nothing.
    assert effects[names[1]].figures == before.figures


def test_every_variant_runs(tmp_path, ranker):
    effects = measure_parts(
        from_retrieval_set(SET), home=tmp_path, ranker=ranker, variants=VARIANTS, tell=str
    )
    assert effects.keys() == VARIANTS.keys()
    assert all(0 <= e.figures["hit@1"].value <= e.figures["hit@5"].value for e in effects.values())
    table = as_markdown({"petit": effects}, asked={"petit": 4})
    assert table.startswith("### `petit`, 4 questions\n\n| search | hit@1 |")
    assert len(table.splitlines()) == 4 + len(VARIANTS)


def test_questions_about_a_library_expect_its_documents(tmp_path):
    indexed = index_set(SET, home=tmp_path)
    questions = [
        Question.model_validate(
            {"id": name, "category": "c", "question": "?", "expect": {"sources": sources}, **more}
        )
        for name, sources, more in (
            ("by id", [{"id": "cej"}], {}),
            ("by title", [{"title": "Le stage"}], {}),
            ("absent", [{"id": "autre"}], {}),
            ("follow-up", [{"id": "cej"}], {"history": [{"question": "a", "answer": "b"}]}),
        )
    ]
    with open_library(indexed.home) as library:
        asked = from_library(library, questions)

    assert isinstance(asked, AskedDocuments)
    assert {q.id: dict(q.relevant) for q in asked.queries} == {
        "by id": {"cej": 1},
        "by title": {"stage": 1},
    }
    assert {d.source.id for d in asked.documents} == {text.id for text in TEXTS}


def test_some_questions_are_always_drawn_the_same():
    assert draw(SET, None) is SET
    assert draw(SET, 9) is SET
    assert draw(SET, 2).queries == draw(SET, 2).queries
    assert len(draw(SET, 2).queries) == 2


def test_without_titles_the_text_alone_is_indexed(tmp_path):
    asked = AskedDocuments("un", (document_of(TEXTS[0]),), QUERIES[2:3])
    assert _Held(asked, Parts(titles=False), home=tmp_path).indexed == [f"\n{TEXTS[0].text}"]
    assert _Held(asked, Parts(), home=tmp_path).indexed == [f"Le permis\n{TEXTS[0].text}"]
