"""Who speaks is told from what is said; whoever leads the meeting says no remark."""

import pytest

from ingestion.note_files import read_note_files
from knowledge.consultation.remarks import remarks_of
from knowledge.consultation.situate import profile_of
from knowledge.consultation.speakers import NARRATOR, Speakers, leads, turns_apart

HEAD = """---
titre: Visio
date: 2026-09-15
region: Valmarche
format: distanciel
public: professionnels
fictif: true
---

"""
BOLD = """**Animatrice** : On commence par ce qui va bien ?

**Fatou, CIP** : Allez, je me lance. La fiche du jeune s'ouvre vite.

**Loïc, accueil** : Les rappels de rendez-vous partent tout seuls.

**Animatrice** : On passe à ce qui va moins bien.

**Fatou, CIP** : On retape tout dans le tableau du Département.

**Loïc, accueil** : Tout à fait.
"""
TIMED = """9h03 on attend encore 4 pers.
9h15 Sonia (conseillère) : encore un mot de passe à changer ce matin
9h16 Bruno : entre 9h et 10h l'application rame
9h21 Sonia : quand ça déconnecte tout le texte est perdu
9h30 pause 10 min
9h31 Bruno : il nous faut un écran simple à l'accueil
"""
CHAT = BOLD.replace("**", "").replace("\n\n", "\n")


def said_in(tmp_path, text, name="note.md"):
    file = tmp_path / name
    file.write_text(HEAD + text, encoding="utf-8")
    notes, rejected = read_note_files([file])
    assert not rejected
    return [(remark.piece.speaker, remark.said, remark) for remark in remarks_of(notes[0])]


@pytest.mark.parametrize("text", [BOLD, CHAT], ids=["bold", "lines that touch"])
def test_turns_are_remarks_without_who_says_them(tmp_path, text):
    found = said_in(tmp_path, text)

    assert [(who, said) for who, said, _ in found] == [
        ("Fatou, CIP", "La fiche du jeune s'ouvre vite."),
        ("Loïc, accueil", "Les rappels de rendez-vous partent tout seuls."),
        ("Fatou, CIP", "On retape tout dans le tableau du Département."),
    ]
    assert [remark.part for *_, remark in found] == ["fonctionne", "fonctionne", "dysfonctionne"]
    assert profile_of(found[1][2]).value == "accueil"


@pytest.mark.parametrize("name", ["note.md", "note.txt"])
def test_lines_that_open_with_the_time_are_turns(tmp_path, name):
    text = TIMED if name == "note.md" else TIMED.replace("\n", "\n\n")
    found = said_in(tmp_path, text, name)

    assert [who for who, *_ in found] == [
        "Sonia (conseillère)",
        "Bruno",
        "Sonia (conseillère)",
        "Bruno",
    ]
    assert found[0][1] == "encore un mot de passe à changer ce matin"


def test_the_narrator_and_whoever_leads_say_no_remark():
    assert leads(NARRATOR)
    assert leads("Ambassadrice (ARML)")
    assert not leads("Fatou, CIP")


def test_titles_that_come_back_are_nobody():
    text = "Agenda : lent\nBesoins : un écran\nAgenda : illisible\nBesoins : un autre\n"
    assert Speakers(text).turn(0) is None
    assert turns_apart(text) == text


def test_whoever_leads_is_known_again_without_the_title(tmp_path):
    text = BOLD.replace("**Animatrice** : On commence", "**Odile (animatrice)** : On commence")
    found = said_in(tmp_path, text.replace("**Animatrice**", "**Odile**"))

    assert [remark.part for *_, remark in found] == ["fonctionne", "fonctionne", "dysfonctionne"]
