"""The truth check names the file, the line and the remedy of whatever is wrong in a sheet."""

import datetime as dt
import io
import json
import tarfile
from pathlib import Path

import pytest

from knowledge import check_sheets
from knowledge.check_sheets import main, report
from knowledge.known_questions import KnownQuestion
from knowledge.sheet_references import SHARED, ReferencesUnreadable
from knowledge.sheets import read_sheet

TODAY = dt.date(2026, 11, 23)
SHEET = """\
---
id: aide-au-velo
name: Aide au vélo
title: Aide au vélo
acronyms: []
status: en_vigueur
superseded_by: null
superseded_on: null
purpose: Acheter un vélo.
needs: [mobilité]
publisher: Appui
collection: dispositifs
date: 2026-01-01
checked_on: 2026-02-01
valid_from: null
valid_until: null
territory: null
url: null
audience:
  age_min: 16
  age_max: 25
  age_exceptions:
    - who: Jeune avec une RQTH
      age_max: 29
      source: loi
  situation: []
  residence: null
conditions:
  - text: Avoir de 16 à 25 ans
    criterion: {age: true}
    source: loi
duration:
  - label: Délai de demande
    value: 2
    unit: mois
    source: fiche
amounts:
  - label: Aide maximale
    value: 150
    unit: €
    valid_from: 2025-04-01
    source: montant
  - label: Part du prix
    value: 80
    unit: '%'
    valid_from: 2024-09-01
    source: loi
  - label: Deux aides
    value: 300
    unit: €
    valid_from: 2025-12-01
    source: calcul
obligations: []
papers: []
prescriber: Mission locale
payer: La région
combination: []
legal_basis:
  - L9999-1
  - L1-1 du code de la route
sources:
  - {key: loi, title: Loi, url: null, publisher: A, date: 2026-01-01, checked_on: 2026-02-01,
     upstream_id: LEGIARTI000000000001}
  - {key: fiche, title: Fiche, url: null, publisher: A, date: 2026-01-01, checked_on: 2026-02-01,
     upstream_id: article1}
  - {key: montant, title: Montant, url: null, publisher: A, date: 2025-04-01,
     checked_on: 2026-02-01, upstream_id: aides.velo}
  - {key: calcul, title: Calcul, url: null, publisher: A, date: null, checked_on: 2026-02-01,
     upstream_id: null}
related: []
---

## À quoi ça sert

L'aide au vélo paie un vélo.

## Pour qui

L'aide au vélo est pour les jeunes de 16 à 25 ans, 29 ans avec une RQTH.

## Combien et combien de temps

L'aide au vélo est de 150 € au plus, soit 80 % du prix (article L9999-1, 1er avril 2025).

## Comment faire, pas à pas

1. Faites la demande dans les 2 mois, au 01 23 45 67 89.

## Points de vigilance

Rien en 2026.

## Questions fréquentes

### Combien ?

L'aide au vélo est de 150 €.
"""
LAW_TEXT = (
    "<p>De seize à vingt-cinq ans, ou à vingt-neuf ans, l'aide est de quatre-vingts pour cent.</p>"
)


def pack(path: Path, name: str, content: object) -> None:
    """Write a package with one JSON file."""
    data = json.dumps(content).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(f"package/data/{name}")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))


@pytest.fixture
def shared(tmp_path):
    """A folder with a code of one article, a fiche, and a dated amount."""
    folder = tmp_path / "shared"
    article = {
        "id": "LEGIARTI000000000001",
        "num": "L9999-1",
        "etat": "VIGUEUR",
        "dateDebut": dt.datetime(2024, 9, 1, tzinfo=dt.UTC).timestamp() * 1000,
        "texteHtml": LAW_TEXT,
    }
    repealed = {**article, "id": "LEGIARTI000000000002", "num": "L9999-2", "etat": "ABROGE"}
    children = [{"type": "article", "data": each} for each in (article, repealed)]
    section = {"type": "section", "data": {"title": "Titre"}, "children": children}
    code = {"data": {"title": "Code du travail"}, "type": "code", "children": [section]}
    pack(folder / "corpus" / "legi-data-1.tgz", "LEGITEXT000000000001.json", code)
    fiche = {
        "pubId": "article1",
        "title": "Le vélo",
        "description": "Une aide.",
        "intro": None,
        "sections": [{"title": "Délai", "html": "<p>La demande se fait dans les deux mois.</p>"}],
    }
    pack(folder / "corpus" / "fiches-travail-data-1.tgz", "fiches-travail.json", [fiche])
    (folder / "facts").mkdir()
    (folder / "facts" / "montants.csv").write_text(
        "parametre,libelle,en_vigueur_depuis,valeur,unite,reference,url\n"
        "aides.velo,Aide au vélo,2025-04-01,150,currency,Arrêté,https://exemple.fr\n"
        "aides.velo,Aide au vélo,2026-04-01,,currency,Arrêté,https://exemple.fr\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def check(tmp_path, shared):
    """Check the sheet after changes to it, among other sheets."""
    folder = tmp_path / "fiches"
    folder.mkdir()

    def run(*changes: tuple[str, str], shared: Path = shared, **others: str):
        text = SHEET
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        for name, content in {"aide-au-velo": text, **others}.items():
            (folder / f"{name}.md").write_text(content, encoding="utf-8")
        return check_sheets.check_sheets(folder, today=TODAY, shared=shared)

    return run


def said(check) -> list[str]:
    """Return each problem as the name of its file, the text of its line, and what is said."""
    return [
        f"{problem.path.name}|"
        f"{problem.path.read_text(encoding='utf-8').splitlines()[problem.line - 1].strip()}|"
        f"{problem.message} {problem.remedy}"
        for problem in check.problems
    ]


def test_a_true_sheet_passes_and_its_values_are_counted(check):
    found = check()
    assert said(found) == []
    assert found.comparison is not None
    assert found.comparison.counts == {
        "valeur vérifiée dans montants.csv": 1,
        "valeur vérifiée dans une fiche du ministère": 1,
        "valeur vérifiée dans un article de code": 2,
        "valeur non vérifiée, calculée par Appui": 1,
        "chiffre d'une règle vérifié": 2,
        "article de loi vérifié": 1,
        "article de loi non vérifié": 1,
    }
    assert found.comparison.unverified == [
        "aide-au-velo.md : L1-1 du code de la route (code absent du paquet LEGI)",
        "aide-au-velo.md : Deux aides : 300 € (calculée par Appui)",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "date: 2026-01-01",
            "date: 2026-11-24",
            "date: 2026-11-24|date est dans le futur (2026-11-24). Corrigez la date",
        ),
        (
            "valid_from: 2025-12-01",
            "valid_from: 2027-01-01",
            "valid_from: 2027-01-01|valid_from est dans le futur",
        ),
        (
            "valid_until: null",
            "valid_until: 2026-11-01",
            "status: en_vigueur|le dispositif a pris fin le 2026-11-01",
        ),
        (
            "source: fiche",
            "source: loo",
            "source: loo|la source « loo » n'est pas dans la liste « sources » de la fiche. Corrig",
        ),
        (
            "sources:\n",
            "sources:\n  - {key: loi, title: Bis, url: null, publisher: A, date: null,\n"
            "     checked_on: 2026-02-01, upstream_id: null}\n",
            "- {key: loi, title: Loi, url: null, publisher: A, date: 2026-01-01, checked_on:"
            " 2026-02-01,|la source « loi » est dans la liste deux fois. Gardez-en une",
        ),
        ("related: []", "related: [cej]", "related: [cej]|related : aucune autre fiche ne s'app"),
        (
            "superseded_by: null\nsuperseded_on: null",
            "superseded_by: cej\nsuperseded_on: 2026-01-01",
            "superseded_by: cej|superseded_by : aucune autre fiche ne s'appelle « cej ». Corrigez",
        ),
        (
            "id: aide-au-velo",
            "id: velo",
            "id: velo|l'identifiant « velo » n'est pas le nom du fichier. Écrivez « id: aide-au",
        ),
        (
            "paie un vélo.",
            "paie 400 €.",
            "L'aide au vélo paie 400 €.|« 400 € » n'est pas dans l'en-tête. Ajoutez-la à amounts",
        ),
        ("soit 80 % du", "soit 85 % du", "L'aide au vélo est de 150 € au plus, soit 85 % du prix"),
        ("de 16 à 25 ans, 29", "de 15 à 25 ans, 29", "L'aide au vélo est pour les jeunes de 15 à"),
        ("les 2 mois", "les trois mois", "1. Faites la demande dans les trois mois"),
        (
            "## Pour qui",
            "## Pour vous",
            "## Pour vous|le titre « Pour vous » n'est pas à sa place.",
        ),
        ("### Combien ?", "## Divers", "## Divers|le titre « Divers » est de trop."),
        (
            "Rien en",
            "Lisez [le CEJ](cej.md#pour-qui) en",
            "Lisez [le CEJ](cej.md#pour-qui) en 2026.|le lien vers « cej.md » ne mène nulle part.",
        ),
        (
            "criterion: {age: true}",
            "criterion: {age: true, resources_max: 300}",
            "criterion: {age: true, resources_max: 300}|resources_max : aucun montant",
        ),
        ("  - L9999-1", "  - L9999-2", "- L9999-2|l'article L9999-2 n'est pas en vigueur"),
        (
            "value: 2\n",
            "value: 3\n",
            "1. Faites la demande dans les 2 mois, au 01 23 45 67 89.|« 2 mois » n'est pas",
        ),
    ],
)
def test_what_is_wrong_has_its_file_line_and_remedy(check, old, new, problem):
    changes = [(old, new)]
    if "superseded_by: cej" in new:
        changes.append(("status: en_vigueur", "status: remplacé"))
    found = said(check(*changes))
    assert len(found) == 1, found
    assert found[0].startswith(f"aide-au-velo.md|{problem}")


@pytest.mark.parametrize(
    ("changes", "line", "problem"),
    [
        (
            [("value: 2\n", "value: 3\n"), ("les 2 mois", "les 3 mois")],
            "value: 3",
            "« Délai de demande » : 3 mois n'est pas dans fiche. Relisez la source",
        ),
        (
            [("value: 150", "value: 155"), ("de 150 € au", "de 155 € au"), ("150 €.", "155 €.")],
            "value: 155",
            "« Aide maximale » vaut 155 €, et 150 dans montants.csv au 2025-04-01.",
        ),
        (
            [("valid_from: 2025-04-01", "valid_from: 2025-05-01")],
            "value: 150",
            "« Aide maximale » est daté du 2025-05-01, et du 2025-04-01 dans montants.csv.",
        ),
        (
            [("valid_from: 2024-09-01", "valid_from: 2024-10-01")],
            "value: 80",
            "« Part du prix » est daté du 2024-10-01, et loi est en vigueur depuis le 2024-09-01.",
        ),
        (
            [("text: Avoir de 16", "text: Avoir de 17")],
            "- text: Avoir de 17 à 25 ans",
            "« 17 ans » n'est pas dans loi.",
        ),
        (
            [("      age_max: 29", "      age_max: 30"), (", 29 ans", ", 30 ans")],
            "age_max: 30",
            "« Jeune avec une RQTH » : 30 ans n'est pas dans loi.",
        ),
        (
            [("upstream_id: article1", "upstream_id: article2")],
            "value: 2",
            "« Délai de demande : 2 mois » cite fiche, qui n'est pas dans ../shared.",
        ),
        (
            [("upstream_id: aides.velo", "upstream_id: aides.moto")],
            "value: 150",
            "« Aide maximale : 150 € » cite montant, qui n'est pas dans ../shared.",
        ),
    ],
)
def test_a_value_that_its_source_does_not_hold_is_refused(check, changes, line, problem):
    [found] = said(check(*changes))
    assert found.startswith(f"aide-au-velo.md|{line}|{problem}")


def test_a_value_that_its_source_does_not_hold_is_not_counted_as_verified(check):
    found = check(("value: 2\n", "value: 3\n"), ("les 2 mois", "les 3 mois"))
    assert found.comparison is not None
    assert "valeur vérifiée dans une fiche du ministère" not in found.comparison.counts


def test_a_missing_heading_is_asked_for(check):
    [problem] = check(("## Questions fréquentes\n", "")).problems
    assert problem.line is None
    assert "le titre « Questions fréquentes » manque" in str(problem)


def test_a_sentence_that_answers_known_questions_and_is_gone_is_named(tmp_path):
    path = tmp_path / "aide-au-velo.md"
    path.write_text(SHEET, encoding="utf-8")
    known = [
        KnownQuestion("aide-au-velo", "ça paie quoi", ("L'aide au vélo paie un vélo.",)),
        KnownQuestion("aide-au-velo", "combien", ("L'aide au vélo est de 140 €.",)),
        KnownQuestion("aide-au-velo", "on touche quoi", ("L'aide au vélo est de 140 €.",)),
        KnownQuestion("une-autre", "combien", ("Elle est de 10 €.",)),
    ]

    (problem,) = check_sheets.check_questions(read_sheet(path), known)

    assert "« L'aide au vélo est de 140 €. », qui répond à 2 des questions" in str(problem)


def test_two_sheets_with_one_identifier_are_refused(check):
    [found] = said(check(zebre=SHEET))
    assert found.startswith(
        "zebre.md|id: aide-au-velo|l'identifiant « aide-au-velo » est déjà celui de aide-au-velo.md"
    )


def test_a_malformed_sheet_does_not_hide_what_is_wrong_in_another(check):
    broken = SHEET.replace("payer: La région", "payeur: La région")
    found = said(check(("paie un vélo", "paie 7 vélos et 7 €"), zebre=broken))
    assert [each.split("|")[0] for each in found] == ["zebre.md", "zebre.md", "aide-au-velo.md"]


def test_a_link_to_another_sheet_or_to_a_site_is_good(check):
    links = "[là](https://exemple.fr), [ici](zebre.md) et [plus haut](#pour-qui)"
    zebre = SHEET.replace("id: aide-au-velo", "id: zebre")
    assert (
        said(check(("Rien en 2026", links), ("related: []", "related: [zebre]"), zebre=zebre)) == []
    )


def test_amounts_in_euros_older_than_a_year_are_listed(check):
    assert check().old_amounts == (
        "aide-au-velo.md, ligne 39 : Aide maximale : 150 €, depuis le 1er avril 2025",
    )


def test_an_amount_without_its_own_date_is_as_old_as_its_source(check):
    undated = "valid_from: null\n    undated_reason: La source ne le dit pas"
    assert check(("valid_from: 2025-04-01", undated)).old_amounts == (
        "aide-au-velo.md, ligne 39 : Aide maximale : 150 €, sans date d'effet, source du 1er avril"
        " 2025",
    )


def test_without_the_shared_folder_the_sources_are_said_not_to_be_verified(check, tmp_path):
    found = check(shared=tmp_path / "nowhere")
    assert found.problems == ()
    assert "Sources : non vérifié : ../shared absent." in report(found)


def test_a_damaged_package_is_one_sentence(check, shared):
    (shared / "corpus" / "legi-data-1.tgz").write_bytes(b"damaged")
    with pytest.raises(ReferencesUnreadable, match=r"legi-data-1\.tgz est illisible"):
        check()


def test_amounts_without_their_columns_are_one_sentence(check, shared):
    (shared / "facts" / "montants.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ReferencesUnreadable, match=r"montants\.csv est illisible"):
        check()


@pytest.fixture
def command(tmp_path, shared, capsys):
    """Run the command on the sheet alone; return its status, its output and its errors."""
    folder = tmp_path / "fiches"
    folder.mkdir()
    (folder / "aide-au-velo.md").write_text(SHEET, encoding="utf-8")

    def run(*arguments: str):
        status = main(arguments, folder=folder, shared=shared)
        return status, *capsys.readouterr()

    return run


def test_the_command_says_what_it_found_and_succeeds(command):
    status, output, _ = command("--today", "2026-11-23")
    assert status == 0
    assert output.startswith("1 fiche lue.\n")
    assert "\n1 × valeur vérifiée dans une fiche du ministère\n" in output
    assert "\nNon vérifié automatiquement (2) :\n- aide" in output
    assert "\nMontants de plus de 12 mois, à surveiller (1) :\n- aide" in output
    assert output.endswith("\nRien à corriger.\n")


def test_the_command_fails_when_a_sheet_is_wrong_on_that_day(command):
    status, output, _ = command("--today", "2026-01-15")
    assert status == 1
    assert "\nÀ corriger (5) :\n- " in output
    assert "ligne 14 : checked_on est dans le futur (2026-02-01). Corrigez la date" in output


def test_the_command_fails_in_a_sentence_on_a_damaged_package(command, shared):
    (shared / "corpus" / "legi-data-1.tgz").write_bytes(b"damaged")
    status, output, errors = command()
    assert (status, output) == (1, "")
    assert errors.endswith("est illisible : récupérez-en une nouvelle copie.\n")
    assert errors.count("\n") == 1


def test_a_date_that_is_none_is_a_wrong_command(capsys):
    with pytest.raises(SystemExit) as refusal:
        main(["--today", "demain"])
    assert refusal.value.code == 2
    assert "--today : valeur incorrecte : 'demain'" in capsys.readouterr().err


def test_the_sheets_of_appui_agree_with_themselves(tmp_path):
    found = check_sheets.check_sheets(today=dt.datetime.now(dt.UTC).date(), shared=tmp_path)
    assert [str(problem) for problem in found.problems] == []
    assert len(found.files) >= 45


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="non vérifié : ../shared absent")
def test_the_sheets_of_appui_agree_with_their_sources():
    found = check_sheets.check_sheets(today=dt.datetime.now(dt.UTC).date())
    assert [str(problem) for problem in found.problems] == []
    assert found.comparison is not None
    verified = [
        count for what, count in found.comparison.counts.items() if "valeur vérifiée" in what
    ]
    assert sum(verified) >= 300
