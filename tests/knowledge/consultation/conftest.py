"""A small consultation on which a livre blanc is built."""

import pytest

from ingestion.note_files import read_note_files
from knowledge.consultation.build import open_matrix
from knowledge.consultation.project import Project

_NOTE = """---
titre: Réunion de {town}
date: {date}
region: {region}
format: présentiel
public: {public}
ordre_du_jour: [État des lieux, {agenda}]
fictif: true
---

## État des lieux

Ce qui marche :
{good}

Ce qui ne marche pas :
{bad}

## Besoins et attentes

{wishes}
"""
#: The notes by file: three meetings of professionals in two regions, one of young people.
NOTES = {
    "brumeval.md": {
        "town": "Brumeval", "date": "2023-09-05", "region": "Hautes-Rives", "agenda": "Messagerie",
        "good": "- L'agenda partagé est très pratique (conseillère)",
        "bad": "- On ressaisit tout deux fois, « bravo, j'adore » (conseiller)",
        "wishes": "- Envoyer des SMS aux jeunes, comme Paul Durand au 06 12 34 56 78",
    },
    "clairmont.md": {
        "town": "Clairmont", "date": "2023-09-07", "region": "Hautes-Rives", "agenda": "Agenda",
        "good": "- Les courriers types sont bien faits",
        "bad": "- La double saisie prend 40 minutes par jour, « toujours pareil »",
        "wishes": "- Une carte des entreprises du bassin",
    },
    "valbas.md": {
        "town": "Valbas", "date": "2023-09-12", "region": "Basses-Rives", "agenda": "Formation",
        "good": "- L'agenda partagé est clair",
        "bad": "- La double saisie dans deux logiciels est pénible (CIP)",
        "wishes": "- Envoyer des SMS de rappel depuis le dossier",
    },
    "jeunes.md": {
        "town": "Brumeval, jeunes", "date": "2023-09-20", "region": "Hautes-Rives",
        "public": "jeunes", "agenda": "Papiers",
        "good": "- « Ma conseillère répond vite »",
        "bad": "- « Les papiers, je les donne trois fois »",
        "wishes": "- Des SMS plutôt que des courriers",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def make_notes(tmp_path_factory):
    """Write notes in a folder, some of them changed, and return it."""

    def make(**changed):
        folder = tmp_path_factory.mktemp("notes")
        for name, values in NOTES.items():
            said = {"public": "professionnels"} | values | changed.get(name.split(".")[0], {})
            (folder / name).write_text(_NOTE.format(**said), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def make_project(make_notes, tmp_path, fake_embedder):
    """Return a project of these notes, and what opens its matrix."""

    def make(**changed):
        project = Project(tmp_path / "projet")
        notes, rejected = read_note_files([make_notes(**changed)])
        assert not rejected
        for note in notes:
            project.keep(note)
        return project

    return make


@pytest.fixture
def matrix_of(fake_embedder):
    return lambda project: open_matrix(project, embedder=fake_embedder())
