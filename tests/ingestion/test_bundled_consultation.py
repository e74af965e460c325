"""The notes of the fictional consultation that comes with Appui, their template and their guide."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NOTES = sorted((ROOT / "knowledge/corpus/consultation").glob("*"))
TEMPLATE = ROOT / "docs/modeles/compte-rendu.md"
GUIDE = ROOT / "docs/guide-consultation.md"

REGIONS = {
    "val-d-ombrine": "Val-d'Ombrine",
    "hautes-lisieres": "Hautes-Lisières",
    "cote-de-brume": "Côte-de-Brume",
}
KEYS = "titre date region lieu format participants public ordre_du_jour fictif".split()
NOTICE = (
    "Compte rendu fictif, écrit pour la démonstration d'Appui :"
    " aucune de ces paroles n'a été prononcée."
)
PERSONAL = re.compile(r"@|(?:\d\d[ .-]?){5}|\b(?:M\.|Mme|Mlle)\s", re.IGNORECASE)

each_note = pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)


def keys_of(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def said_in(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


def test_there_are_six_meetings_of_professionals_a_region_and_one_group_of_young_people():
    meetings = Counter((k["region"], k["format"], k["public"]) for k in map(keys_of, NOTES))
    expected = Counter({("Côte-de-Brume", "présentiel", "jeunes"): 1})
    for region in REGIONS.values():
        expected[region, "présentiel", "professionnels"] = 4
        expected[region, "distanciel", "professionnels"] = 2
    assert meetings == expected
    assert len(NOTES) == 19


@each_note
def test_a_note_is_read_as_a_fictional_document_of_the_consultation(path, read_one):
    source = read_one(path).source
    assert (source.collection, source.fictional) == ("consultation", True)
    assert source.territory == REGIONS[path.stem.rpartition("-")[0]]
    assert source.date == keys_of(path)["date"].isoformat()
    assert source.title == keys_of(path)["titre"]
    assert source.title.endswith("(compte rendu fictif)")
    assert source.date_meaning == "réunion du"
    assert source.territory in source.title
    assert source.public == keys_of(path)["public"]


@each_note
def test_a_note_says_that_it_is_fictional_before_anything_else(path, read_one):
    assert read_one(path).text.startswith(f"{NOTICE}\n")


@each_note
def test_a_note_has_the_two_parts_of_the_meeting_in_their_order(path, read_one):
    document = read_one(path)
    parts = {s.title: s for s in document.sections if s.level == 1}
    present, wanted = parts["État des lieux"], parts["Besoins et attentes"]
    assert present.end <= wanted.start
    for part in (present, wanted):
        assert len(document.text[part.start : part.end].strip()) > 200
    assert set(parts) <= {"État des lieux", "Besoins et attentes", "Questions", "Logistique"}


@each_note
def test_a_note_has_the_keys_of_the_schema_and_no_other(path):
    keys = keys_of(path)
    assert list(keys) == KEYS
    assert keys["fictif"] is True
    assert isinstance(keys["participants"], int)
    assert (keys["lieu"] == "visioconférence") == (keys["format"] == "distanciel")
    assert len(keys["ordre_du_jour"]) >= 3
    assert all(isinstance(point, str) for point in keys["ordre_du_jour"])


@each_note
def test_a_note_quotes_its_participants_and_names_nobody(path):
    said = said_in(path)
    assert said.count("«") == said.count("»") >= 1
    assert PERSONAL.search(said) is None


def test_meetings_are_on_working_days_of_september_2023_one_a_day_in_a_region():
    days = [(keys["region"], keys["date"]) for keys in map(keys_of, NOTES)]
    assert len(set(days)) == len(days)
    for _, day in days:
        assert date(2023, 9, 4) <= day <= date(2023, 9, 29)
        assert day.weekday() < 5


def test_no_two_notes_share_a_remark():
    lines = Counter(
        line
        for path in NOTES
        for line in said_in(path).splitlines()
        if len(line) > 40 and line != NOTICE
    )
    assert [line for line, times in lines.items() if times > 1] == []


def test_the_template_has_the_keys_of_the_schema():
    assert [*keys_of(TEMPLATE), "fictif"] == KEYS
    assert "# fictif: true" in TEMPLATE.read_text(encoding="utf-8")


def test_the_template_once_filled_is_read_as_a_note(tmp_path, read_one):
    filled = tmp_path / "ma-region-1.md"
    text = TEMPLATE.read_text(encoding="utf-8")
    for blank, value in (
        ("NOM DE LA RÉGION", "Val-d'Ombrine"),
        ("NOM DE LA VILLE", "Sauvelune"),
        ("AAAA-MM-JJ", "2023-09-05"),
        ('"présentiel ou distanciel"', "présentiel"),
        ('"professionnels ou jeunes"', "professionnels"),
        ("# fictif: true", "fictif: true"),
        ("fonctionne pas\n\n-", "fonctionne pas\n\n- « C'est lent » (conseillère)"),
    ):
        assert blank in text
        text = text.replace(blank, value)
    filled.write_text(text, encoding="utf-8")
    document = read_one(filled)
    source = document.source
    assert source.title == (
        "Consultation sur le futur SI, Val-d'Ombrine, réunion de Sauvelune (compte rendu fictif)"
    )
    assert (source.collection, source.territory) == ("consultation", "Val-d'Ombrine")
    assert (source.date, source.fictional) == ("2023-09-05", True)
    assert source.public == "professionnels"
    assert "« C'est lent » (conseillère)" in document.text
    assert "Une remarque par tiret" not in document.text


def test_the_table_shown_in_the_guide_is_read_as_two_meetings(tmp_path, read_all):
    shown = GUIDE.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    table = tmp_path / "remarques.csv"
    table.write_text(shown, encoding="utf-8")
    meetings = [document.source for document in read_all(table)]
    assert [(m.territory, m.date, m.collection) for m in meetings] == [
        ("Val-d'Ombrine", "2023-09-05", "consultation"),
        ("Hautes-Lisières", "2023-09-08", "consultation"),
    ]


@pytest.mark.parametrize("key", KEYS)
def test_the_guide_explains_each_key(key):
    assert f"| `{key}` |" in GUIDE.read_text(encoding="utf-8")
