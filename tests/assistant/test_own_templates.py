"""The templates of a Mission Locale: what is wrong is named, what is filled is verified."""

from pathlib import Path

import pytest

from assistant.own_template_fill import fill
from assistant.own_templates import (
    FOLDER,
    PLACEHOLDERS,
    UnknownTemplate,
    find_template,
    load_templates,
)
from tests.assistant.test_task import QUESTION, adviser, answer, catalogue, sheets_home  # noqa: F401

EXAMPLES = Path(__file__).parents[2] / "docs" / "modeles" / "reponses"
GOOD = """---
nom: Relance
tâche: mail
description: Un rappel
structure: Mission Locale du Bocage
---
Bonjour [prénom],

{reponse}

Papiers :

{pieces}

{structure}
{sources}
"""


def home_with(tmp_path, **files: str):
    (tmp_path / FOLDER).mkdir()
    for name, text in files.items():
        (tmp_path / FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bonjour", "ligne 1 : l'en-tête manque"),
        ("---\nnom: [\n---\nBonjour", "l'en-tête est mal écrit"),
        ("---\n- a\n---\nBonjour", "ligne 2 : l'en-tête est mal écrit"),
        ("---\ntâche: mail\n---\nBonjour", "« nom » manque"),
        ("---\nnom: A\ntâche: fax\n---\nBonjour", "ligne 3 : « tâche » dit « fax ». Écrivez mail"),
        ("---\nnom: A\n---\nBonjour", "« tâche » dit «  »"),
        ("---\nnom: A\ntâche: sms\n---\nBonjour\n{prenom}", "ligne 6 : {prenom} n'est pas connu"),
        ("---\nnom: A\ntâche: sms\n---\n\n", "le texte manque"),
    ],
)
def test_a_malformed_template_is_named_with_its_line_and_the_others_still_work(
    tmp_path, text, said
):
    templates, problems = load_templates(home_with(tmp_path, mauvais=text, bon=GOOD))

    assert [each.name for each in templates] == ["Relance"]
    assert len(problems) == 1
    assert problems[0].startswith("modeles/mauvais.md, ligne ")
    assert said in problems[0]


def test_an_unknown_placeholder_is_refused_with_those_that_are_known(tmp_path):
    text = "---\nnom: A\ntâche: sms\n---\n{tel}"
    _, problems = load_templates(home_with(tmp_path, a=text))

    for name in PLACEHOLDERS:
        assert f"{{{name}}}" in problems[0]


def test_two_templates_of_one_name_and_a_file_in_another_encoding_are_said(tmp_path):
    home = home_with(tmp_path, a=GOOD, b=GOOD)
    (home / FOLDER / "c.md").write_bytes("---\nnom: é\n".encode("cp1252"))
    templates, problems = load_templates(home)

    assert len(templates) == 1
    assert "modeles/b.md, ligne 1 : un autre modèle s'appelle déjà « Relance »" in problems[0]
    assert "n'est pas en UTF-8" in problems[1]


def test_no_folder_is_no_template(tmp_path):
    assert load_templates(tmp_path) == ([], [])
    with pytest.raises(UnknownTemplate, match="Modèles : aucun"):
        find_template("Relance", home=tmp_path)


def test_a_name_is_looked_up_and_the_others_are_listed(tmp_path):
    home = home_with(tmp_path, a=GOOD, b="Bonjour")

    assert find_template("Relance", home=home).structure == "Mission Locale du Bocage"
    with pytest.raises(UnknownTemplate, match=r"« Relance »\. Fichiers écartés : modeles/b\.md"):
        find_template("relance", home=home)


def test_a_template_is_filled_with_what_is_verified(tmp_path, adviser, answer, catalogue):  # noqa: F811
    template = find_template("Relance", home=home_with(tmp_path, a=GOOD))
    found = fill(template, answer, library=adviser.library, catalogue=catalogue)

    assert found.title == "Relance"
    assert "- Une PMSMP (période de mise en situation" in found.text
    assert "- Convention de PMSMP signée par toutes les parties" in found.text
    assert "Mission Locale du Bocage" in found.text
    assert "[1] Période de mise en situation" in found.text
    assert found.references
    assert all(each.verified for each in found.sentences)


def test_what_is_not_known_is_left_to_complete(tmp_path, adviser, answer, catalogue):  # noqa: F811
    text = "---\nnom: N\ntâche: note\n---\n{reponse}\n{structure}"
    template = find_template("N", home=home_with(tmp_path, n=text))
    found = fill(template, answer, library=adviser.library, catalogue=catalogue)

    assert "[à compléter : structure]" in found.text
    assert "(article D5135-3" in found.text


def test_the_examples_of_the_guide_are_templates(tmp_path):
    (tmp_path / FOLDER).symlink_to(EXAMPLES)
    templates, problems = load_templates(tmp_path)

    assert problems == []
    assert templates
