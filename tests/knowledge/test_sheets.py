"""A sheet is read whole, or refused with its file, the line and what to do."""

import datetime as dt

import pytest

from knowledge.sheets import MalformedSheet, load_sheets, read_sheet

SHEET = """\
---
id: aide-au-velo
name: Aide au vélo
title: Aide au vélo (AV)
acronyms: [AV]
status: en_vigueur
superseded_by: null
superseded_on: null
purpose: Acheter un vélo.
needs: [mobilité]
publisher: Appui
collection: dispositifs
date: 2026-01-01
checked_on: '2026-02-01'
valid_from: null
valid_until: null
territory: null
url: https://exemple.fr/velo
audience:
  age_min: 16
  age_max: 25
  age_exceptions:
    - who: Jeune avec une RQTH
      age_max: 29
      source: texte
  situation: []
  residence: null
conditions:
  - text: Avoir de 16 à 25 ans
    criterion: {age: true}
    source: texte
duration:
  - label: Délai de demande
    value: 2
    unit: mois
    source: texte
amounts:
  - label: Aide maximale
    value: 1150.5
    unit: €
    valid_from: 2026-01-01
    source: texte
obligations: []
papers: []
prescriber: Mission locale
payer: La région
combination:
  - with: Autres aides
    rule: Cumul possible
    source: texte
legal_basis: []
sources:
  - key: texte
    title: Règlement
    url: null
    publisher: La région
    date: 2026-01-01
    checked_on: 2026-02-01
    upstream_id: null
related: []
---

## À quoi ça sert
"""


@pytest.fixture
def refused(tmp_path):
    """Write a sheet in which a line is changed; return what it is refused for."""

    def change(old: str, new: str) -> list[tuple[int | None, str]]:
        assert SHEET.count(old) == 1
        path = tmp_path / "aide-au-velo.md"
        path.write_text(SHEET.replace(old, new), encoding="utf-8")
        with pytest.raises(MalformedSheet) as refusal:
            read_sheet(path)
        problems = refusal.value.problems
        assert all(problem.path == path for problem in problems)
        return [(problem.line, f"{problem.message} {problem.remedy}") for problem in problems]

    return change


def line_of(part: str, text: str = SHEET) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_sheet_is_read_with_the_line_of_each_key(tmp_path):
    path = tmp_path / "aide-au-velo.md"
    path.write_text(SHEET, encoding="utf-8")
    file = read_sheet(path)
    assert file.sheet.amounts[0].value == 1150.5
    assert file.sheet.duration[0].value == 2
    assert file.sheet.combination[0].with_ == "Autres aides"
    assert file.lines["amounts", 0, "value"] == line_of("value: 1150.5")
    assert file.body.strip() == "## À quoi ça sert"
    before = file.body[: file.body.index("##")].count("\n")
    assert file.body_line + before == line_of("## À quoi")


def test_a_date_is_text_with_or_without_quotes(tmp_path):
    path = tmp_path / "aide-au-velo.md"
    path.write_text(SHEET, encoding="utf-8")
    sheet = read_sheet(path).sheet
    assert (sheet.date, sheet.checked_on) == ("2026-01-01", "2026-02-01")


def test_sheets_are_read_in_the_order_of_their_names(tmp_path):
    for name in ("b", "a"):
        text = SHEET.replace("id: aide-au-velo", f"id: {name}")
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert [sheet.id for sheet in load_sheets(tmp_path)] == ["a", "b"]


def test_the_sheets_of_appui_are_well_formed():
    sheets = load_sheets()
    assert len(sheets) >= 45
    assert all(sheet.date <= dt.datetime.now(dt.UTC).date().isoformat() for sheet in sheets)


def test_malformed_yaml_is_refused_where_it_breaks(refused):
    [(line, said)] = refused("name: Aide au vélo\n", 'name: "Aide au vélo\n')
    assert line is not None
    assert said.startswith("l'en-tête n'est pas du YAML lisible. Vérifiez")


def test_an_unaligned_line_is_refused_at_that_line(refused):
    [(line, said)] = refused("  age_max: 25\n", " age_max: 25\n")
    assert line == line_of("  age_max: 25\n")
    assert "alignement" in said


def test_a_sheet_without_front_matter_is_refused(refused):
    [(line, said)] = refused("---\nid", "id")
    assert (line, said) == (
        1,
        "la fiche n'a pas d'en-tête. Commencez la fiche par l'en-tête, entre deux lignes « --- ».",
    )


def test_an_empty_front_matter_is_refused(tmp_path):
    path = tmp_path / "vide.md"
    path.write_text("---\n---\n", encoding="utf-8")
    with pytest.raises(MalformedSheet, match="en-tête"):
        read_sheet(path)


def test_a_sheet_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "aide-au-velo.md"
    path.write_bytes(SHEET.encode("utf-16"))
    with pytest.raises(MalformedSheet, match="Enregistrez-la en UTF-8"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("related: []", "related: []\ncouleur: bleu", "couleur", "champ inconnu « couleur »"),
        ("    unit: €", "    unit: €\n    ville: A", "    ville", "inconnu « amounts.1.ville »"),
        ("payer: La région\n", "", "---", "la clé « payer » manque. Ajoutez-la"),
        ("    unit: €", "    taux: €", "  - label: Aide max", "« amounts.1.unit » manque"),
        ("status: en_vigueur", "status: actif", "status", "« actif » n'est pas admis pour status"),
        ("    unit: €", "    unit: francs", "    unit: francs", "Choisissez parmi '€', '€/heure'"),
        ("value: 1150.5", "value: '1150.5'", "value: '1150", "Écrivez-le avec un point"),
        ("value: 1150.5", "value: true", "value: true", "n'est pas un nombre"),
        ("value: 1150.5", "value: -3", "value: -3", "n'est pas un nombre"),
        ("value: 1150.5", "value: .inf", "value: .inf", "n'est pas un nombre"),
        ("date: 2026-01-01\nch", "date: 1/1/2026\nch", "date: 1/1", "Écrivez AAAA-MM-JJ"),
        ("date: 2026-01-01\nch", "date: 2026-02-30\nch", "date: 2026-02", "n'est pas une date"),
        ("  age_min: 16", "  age_min: seize", "  age_min", "Mettez un nombre entier"),
        ("acronyms: [AV]", "acronyms: AV", "acronyms", "Mettez une liste"),
        ("acronyms: [AV]", "acronyms: [12]", "acronyms", "acronyms.1 : « 12 »"),
        ("purpose: Acheter un vélo.", "purpose: null", "purpose", "Mettez un texte"),
        ("url: https://exemple.fr/velo", "url: exemple.fr", "url: ex", "une adresse en http"),
        ("payer: La région\n", "payer: A\npayer: B\n", "payer: B", "« payer » est écrite deux"),
        ("status: en_vigueur", "status: remplacé", "---", "demande superseded_by"),
        ("status: en_vigueur", "status: terminé", "---", "demande valid_until"),
        ("status: en_vigueur", "status: local", "---", "demande territory"),
        ("superseded_by: null", "superseded_by: cej", "---", "Écrivez status"),
        ("needs: [mobilité]", "needs: [sport]", "needs", "« sport » n'est pas admis pour needs.1"),
        ("{age: true}", "{}", "criterion", "le critère est vide"),
        ("{age: true}", "{rqth: true}", "---", "une condition, et une seule, porte"),
        ("{age: true}", "{age: true, department: [1]}", "criterion", "n'a pas la forme attendue"),
    ],
)
def test_what_the_schema_refuses_has_its_line_and_a_remedy(refused, old, new, line, said):
    found = refused(old, new)
    assert any(said in message for _, message in found), found
    assert line_of(line, SHEET.replace(old, new)) in {number for number, _ in found}


def test_an_amount_without_date_is_refused_unless_it_says_why(refused, tmp_path):
    dated = "valid_from: 2026-01-01\n    source: texte\nobl"
    undated = dated.replace("2026-01-01", "null")
    [(line, said)] = refused(dated, undated)
    assert line == line_of("  - label: Aide maximale")
    assert "« Aide maximale » n'a pas de date. Remplissez valid_from, ou ajoutez" in said
    explained = undated.replace("null", "null\n    undated_reason: Le règlement n'est pas daté")
    path = tmp_path / "aide-au-velo.md"
    path.write_text(SHEET.replace(dated, explained), encoding="utf-8")
    assert read_sheet(path).sheet.amounts[0].valid_from is None


def test_an_amount_without_source_is_refused(refused):
    dated = "valid_from: 2026-01-01\n    source: texte\nobl"
    [(line, said)] = refused(dated, dated.replace("    source: texte\n", ""))
    assert line == line_of("  - label: Aide maximale")
    assert "« amounts.1.source » manque" in said


def test_every_problem_of_a_sheet_is_said_at_once(refused):
    found = refused("payer: La région\n", "couleur: bleu\n")
    assert len(found) == 2


def test_a_problem_is_said_in_a_sentence_with_the_file(tmp_path):
    path = tmp_path / "aide-au-velo.md"
    path.write_text(SHEET.replace("payer: La", "payeur: La"), encoding="utf-8")
    with pytest.raises(MalformedSheet) as refusal:
        read_sheet(path)
    assert f"{path}, ligne {line_of('payer')} : champ inconnu « payeur »." in str(refusal.value)
