"""Search finds words and meanings, in a stable order, whatever is asked."""

from functools import lru_cache

import numpy as np
import pytest

from knowledge import editor as writing
from knowledge import library
from knowledge.known_questions import Echo
from knowledge.search import READ

_LINES = {
    "permis": "Une aide de mille euros finance l'examen de conduite automobile.",
    "logement": "La caution Visale garantit le loyer d'un appartement.",
    "santé": "La complémentaire santé solidaire prend en charge les frais médicaux.",
    "sigle": "Le dispositif ZQX7 concerne trois départements.",
    "stage": "L'immersion en entreprise dure un mois au plus.",
}


@pytest.fixture
def filled(tmp_path, bundled, fill, document, reader):
    fill(
        tmp_path,
        *[
            document(name, line, collection="dispositifs" if name == "santé" else "local")
            for name, line in _LINES.items()
        ],
    )
    return reader(tmp_path)


def found(hits):
    return [hit.source.id for hit in hits]


def test_a_word_that_only_the_terms_can_find_comes_first(filled):
    hits = filled.search("ZQX7")

    assert found(hits)[0] == "sigle"
    assert hits[0].lexical == 1.0


def test_a_paraphrase_without_a_common_word_comes_first(filled):
    hits = filled.search("apprendre à piloter une voiture")

    assert found(hits)[0] == "permis"
    assert hits[0].lexical == 0.0
    assert hits[0].dense == max(hit.dense for hit in hits)


def test_a_hit_carries_the_exact_passage_and_bounded_scores(filled):
    hits = filled.search("caution loyer", k=3)

    assert hits[0].passage.text == _LINES["logement"]
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("k", [0, 1, 3, 5, 50, 500])
def test_no_more_than_k_passages_come_back(filled, k):
    assert len(filled.search("aide", k=k)) == min(k, len(_LINES))


def test_the_same_question_gives_the_same_ranking(filled):
    first = filled.search("aide au logement")

    assert all(filled.search("aide au logement") == first for _ in range(3))


def test_equal_passages_are_ranked_by_their_ids(tmp_path, embedder, fill, document, reader):
    fill(tmp_path, *[document(name, "même texte", title="T") for name in "cadb"])

    assert found(reader(tmp_path).search("texte")) == ["a", "b", "c", "d"]


def test_a_collection_is_searched_alone(filled):
    assert found(filled.search("caution loyer", collection="dispositifs")) == ["santé"]
    assert "santé" not in found(filled.search("frais médicaux", collection="local"))
    assert filled.search("caution loyer", collection="consultation") == []


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "🙂🙂",
        "le la les de du",
        "permis\0de conduire",
        "permis \ud800 isolé",
        "permis " * 570,
        "« ' \" -- ; DROP TABLE documents",
        "\u202eدعم الشباب",
    ],
)
def test_strange_questions_are_answered_like_others(filled, question):
    assert sorted(found(filled.search(question))) == sorted(_LINES)


def test_an_empty_library_has_no_answer(tmp_path, embedder, fill, reader):
    assert reader(tmp_path / "neuf").search("permis") == []
    fill(tmp_path / "vide")
    assert reader(tmp_path / "vide").search("permis") == []


def test_more_than_the_usual_candidates_can_be_asked_for(
    tmp_path, embedder, fill, document, reader
):
    fill(tmp_path, document("a", *[f"ligne {number}" for number in range(150)]))

    assert len(reader(tmp_path).search("question", k=140)) == 140


def test_what_was_removed_since_the_index_was_made_is_left_out(filled, tmp_path):
    with writing.edit_library(tmp_path) as editor:
        editor.store.remove("permis")

    assert "permis" not in found(filled.search("examen de conduite"))


class Contrary:
    """A ranker that likes one passage only."""

    name = "contrary"

    def __init__(self, liked: str) -> None:
        self.liked = liked
        self.read: list[str] = []

    def relevance(self, question, passages, *, wanted):
        self.read += [passage.text for passage in passages]
        return np.array([0.99 if self.liked in p.text else 0.01 for p in passages], np.float32)


def test_the_ranker_reads_the_first_passages_and_has_its_say(filled, monkeypatch):
    ranker = Contrary("Visale")
    before = filled.search("examen de conduite")
    monkeypatch.setattr(library, "load_ranker", lambda _: ranker)
    after = filled.search("examen de conduite")

    assert found(before)[0] == "permis"
    assert found(after)[0] == "logement"
    assert after[0].score == 1.0
    assert after[0].relevance == pytest.approx(0.99)
    assert [hit.score for hit in after] == sorted((hit.score for hit in after), reverse=True)
    assert all(hit.relevance is None for hit in before)
    assert sorted(ranker.read) == sorted(_LINES.values())


def test_only_the_first_passages_are_read(tmp_path, embedder, fill, document, reader, monkeypatch):
    ranker = Contrary("absent")
    monkeypatch.setattr(library, "load_ranker", lambda _: ranker)
    fill(tmp_path, *[document(f"d{n:02}", f"aide numéro {n}") for n in range(40)])
    hits = reader(tmp_path).search("aide", k=40)

    assert len(ranker.read) == READ
    assert [hit.relevance is None for hit in hits] == [False] * READ + [True] * (len(hits) - READ)


def test_what_answers_known_questions_is_found_and_gains(filled):
    known = Echo(passages={"stage#0": 1.0, "gone#0": 1.0})
    before = found(filled.search("caution loyer"))
    filled._echo = lru_cache(lambda _: known)
    hits = filled.search("caution loyer", k=2)

    assert before[0] == "logement"
    assert set(found(hits)) == {"logement", "stage"}
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert found(filled.search("caution loyer", collection="dispositifs")) == ["santé"]


def test_fewer_are_read_where_known_questions_tell_what_answers(
    tmp_path, embedder, fill, document, reader, monkeypatch
):
    ranker = Contrary("absent")
    monkeypatch.setattr(library, "load_ranker", lambda _: ranker)
    told = [f"guide {n}" for n in range(20)]
    others = [document(f"d{n}", f"aide {n}", collection="dispositifs") for n in range(20)]
    fill(tmp_path, document("own", "aide au chauffage"), document("guide", *told), *others)
    found_in = reader(tmp_path)
    known = Echo(likeness=1.0, passages={f"guide#{n}": 0.5 for n in range(6)})
    found_in._echo = lru_cache(lambda _: known)
    hits = found_in.search("aide au chauffage", k=20)

    assert len(ranker.read) <= 10 < READ
    assert any("aide au chauffage" in each for each in ranker.read), "what nobody asked about, too"
    assert sum(hit.relevance is not None for hit in hits) == len(ranker.read)

    ranker.read.clear()
    found_in.search("aide au chauffage", collection="dispositifs")
    assert len(ranker.read) == READ, "what answers stands elsewhere"
