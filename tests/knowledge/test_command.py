"""The command line of a search: hits as text or JSON, or one French sentence."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main

LONG = "Le permis est aidé par la commune de Valmont. " * 10


@pytest.fixture
def home(tmp_path, embedder, fill, document, monkeypatch) -> Path:
    """A library of three documents, one of them dated, with pages and an address."""
    monkeypatch.delenv("APPUI_EMBEDDING", raising=False)
    fill(
        tmp_path / "biblio",
        document("permis", LONG, date="2026-05-04", date_meaning="mis à jour le",
                 url="https://exemple.fr/permis"),
        document("logement", "La caution du logement est avancée."),
        document("atelier", "Les conseillers parlent du permis.", collection="consultation"),
    )  # fmt: skip
    return tmp_path / "biblio"


@pytest.fixture
def run(home, capsys):
    """Run the command on the library, and return its status, output and errors."""

    def run_command(*arguments: str, index: Path = home):
        try:
            status = main([*arguments, "--index", str(index)])
        except SystemExit as leaving:
            status = leaving.code
        out, err = capsys.readouterr()
        return status, out, err

    return run_command


def test_hits_are_shown_best_first_with_the_start_of_their_text(run):
    status, out, _ = run("search", "permis de Valmont", "--k", "2")
    assert status == 0
    first, second = out.strip().split("\n\n")
    assert first.startswith("1. Titre permis · mis à jour le 4 mai 2026 · score ")
    assert first.endswith(f"\n   {LONG[:200].rstrip()}…")
    assert second.startswith("2. ")


def test_json_holds_the_whole_passage_and_where_it_stands(run):
    status, out, _ = run("search", "permis de Valmont", "--json")
    first = json.loads(out)[0]
    assert status == 0
    assert 0 < first.pop("score") <= 1
    assert 0 < first.pop("relevance") <= 1
    assert first == {
        "rank": 1, "document_id": "permis", "passage_id": "permis#0", "title": "Titre permis",
        "collection": "local", "section": None, "page": None, "date": "2026-05-04",
        "url": "https://exemple.fr/permis", "text": LONG,
    }  # fmt: skip


def test_a_search_can_be_kept_to_one_collection(run):
    _, out, _ = run("search", "permis", "--collection", "consultation", "--json")
    assert [hit["document_id"] for hit in json.loads(out)] == ["atelier"]


def test_a_search_can_be_kept_to_a_period_and_to_what_is_in_force(run):
    since = run("search", "permis", "--since", "2026-05-04", "--in-force", "--json")[1]
    assert [hit["document_id"] for hit in json.loads(since)] == ["permis"]
    assert run("search", "permis", "--until", "2000-01-01", "--json")[1] == "[]\n"


def test_a_collection_without_documents_gives_an_empty_list_or_says_so(run):
    assert run("search", "permis", "--collection", "dispositifs", "--json")[:2] == (0, "[]\n")
    assert run("search", "permis", "--collection", "dispositifs")[1] == (
        "Aucun passage ne correspond.\n"
    )


def test_an_empty_library_is_said_to_be_so(run, tmp_path):
    status, out, err = run("search", "permis", "--json", index=tmp_path / "vide")
    assert (status, out) == (1, "")
    assert err.startswith(f"La bibliothèque de {tmp_path / 'vide'} est vide : ajoutez")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", ""), "est vide"),
        (("search", " \t"), "est vide"),
        (("search", "x" * 100_000), "trop long (100000 caractères"),
        (("search", "permis", "--k", "0"), "--k : « 0 » n'est pas un nombre entier"),
        (("search", "permis", "--k", "dix"), "--k : « dix » n'est pas un nombre entier"),
        (("search", "permis", "--k", "1001"), "1000 passages au plus"),
        (("search", "permis", "--since", "mai"), "« mai » n'est pas une date"),
        (("search",), "il manque : TEXTE"),
        (("cherche",), "valeur inconnue : 'cherche'"),
        ((), "il manque : COMMANDE"),
    ],
)
def test_a_wrong_usage_is_one_french_sentence_and_status_2(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
