"""Training examples come from the packages and sets, and never from documents held out."""

import io
import json
import tarfile

import pytest

from evaluation import ranker_examples
from evaluation.beir import Query, RetrievalSet
from evaluation.errors import EvaluationError
from evaluation.halves import development_half, held_out_half, is_development
from evaluation.ranker_examples import Sources, write_examples
from evaluation.ranker_sections import read_ministry_sheets, read_service_public

SEEN = [f"F{n}" for n in range(1, 60) if is_development(f"F{n}")][:3]
HELD = [f"F{n}" for n in range(1, 60) if not is_development(f"F{n}")][:3]
BODIES = {
    "loyer": "La caution garantit le loyer de l'appartement pendant trois ans. " * 3,
    "permis": "La région paye le permis de conduire des apprentis de plus de 18 ans. " * 3,
    "santé": "La complémentaire rembourse les frais de santé du foyer modeste. " * 3,
}


def element(name, *children):
    return {"type": "element", "name": name, "children": list(children)}


def text(value):
    return {"type": "text", "text": value}


def archive(file, members):
    with tarfile.open(file, "w:gz") as tar:
        for name, content in members.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/data/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return file


@pytest.fixture
def service_public(tmp_path):
    """An archive of sheets of two chapters, the last too short to be asked about."""
    sheets = {}
    for id_, (name, body) in zip([*SEEN, *HELD], [*BODIES.items()] * 2, strict=True):
        chapter = element(
            "Chapitre",
            element("Titre", text(f"À propos de {name}")),
            element("Paragraphe", text(body)),
        )
        short = element("Chapitre", element("Titre", text("Voir")), element("Paragraphe"))
        title = element("dc:title", text(f"Le {name} de {id_}"))
        sheets[f"particuliers/{id_}.json"] = {
            "id": id_,
            "children": [element("Publication", title, element("Texte", chapter, short))],
        }
    return archive(tmp_path / "vdd.tgz", {**sheets, "particuliers/R1.json": {}})


@pytest.fixture
def ministry(tmp_path):
    sheets = [
        {
            "pubId": id_,
            "title": f"Fiche {id_}",
            "sections": [
                {"title": f"Quel {name} ?", "text": body} for name, body in BODIES.items()
            ],
        }
        for id_ in (SEEN[0], HELD[0])
    ]
    return archive(tmp_path / "travail.tgz", {"fiches-travail.json": sheets})


def beir(folder, texts, queries):
    (folder / "qrels").mkdir(parents=True)
    lines = [json.dumps({"_id": i, "title": "", "text": t}) for i, t in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lines = [json.dumps({"_id": i, "text": t}) for i, (t, _) in queries.items()]
    (folder / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lines = [f"{i}\t{document}\t1" for i, (_, document) in queries.items()]
    (folder / "qrels" / "test.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path, service_public, ministry):
    texts = dict(zip(SEEN, BODIES.values(), strict=True))
    texts |= {id_: f"Autre chose, sans rapport : {id_}." for id_ in HELD}
    queries = {"q1": ("qui garantit le loyer ?", SEEN[0]), "q2": ("autre", HELD[0])}
    piaf = beir(tmp_path / "piaf", texts, queries)
    sections = {
        f"{id_}#{n}": body for id_ in (SEEN[0], HELD[0]) for n, body in enumerate(BODIES.values())
    }
    return Sources(
        piaf=piaf,
        headings=beir(tmp_path / "headings", sections, {"h": ("q", f"{SEEN[0]}#0")}),
        service_public=beir(tmp_path / "vdd", texts, {"v": ("q", SEEN[0])}),
        ministry_package=ministry,
        service_public_package=service_public,
    )


def test_a_sheet_is_read_by_chapter_with_its_heading_apart(service_public):
    sections = [s for s in read_service_public(service_public) if s.sheet == SEEN[0]]

    assert [(s.id, s.heading) for s in sections] == [
        (SEEN[0], ""),
        (f"{SEEN[0]}#0", "À propos de loyer"),
    ]
    assert sections[0].title == f"Le loyer de {SEEN[0]}"
    assert sections[1].text == BODIES["loyer"].strip()


def test_ministry_sections_have_the_ids_of_the_set(ministry):
    assert [s.id for s in read_ministry_sheets(ministry)][:2] == [f"{SEEN[0]}#0", f"{SEEN[0]}#1"]


def test_an_archive_that_is_none_is_named(tmp_path):
    (tmp_path / "x.tgz").write_text("non", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"x\.tgz n'est pas l'archive attendue"):
        read_service_public(tmp_path / "x.tgz")


def test_examples_are_of_the_development_half_alone(sources, tmp_path):
    out = tmp_path / "examples.jsonl"
    count = write_examples(sources, home=tmp_path / "home", out=out)
    examples = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    assert len(examples) == count > 5
    assert all(is_development(example["document"]) for example in examples)
    assert all(any(p["answers"] for p in e["passages"]) for e in examples)
    assert all(not all(p["answers"] for p in e["passages"]) for e in examples)
    asked = [example["question"] for example in examples]
    assert asked[0] == "qui garantit le loyer ?"
    assert f"Fiche {SEEN[0]} — Quel permis ?" in asked
    assert f"Le loyer de {SEEN[0]}" in asked
    assert f"Le loyer de {SEEN[0]} — À propos de loyer" in asked


def test_every_question_is_in_one_half():
    queries = tuple(Query(name, "?", {name: 1}) for name in (*SEEN, *HELD, "F1#2", "F1#3"))
    asked = RetrievalSet("s", (), queries)
    halves = development_half(asked).queries, held_out_half(asked).queries

    assert {q.id for half in halves for q in half} == {q.id for q in queries}
    assert not {q.id for q in halves[0]} & {q.id for q in halves[1]}
    assert is_development("F1#2") == is_development("F1#3") == is_development("F1")


def test_few_sheets_are_all_asked_about(service_public):
    sections = read_service_public(service_public)
    assert ranker_examples._some_sheets(sections) == set(SEEN)
