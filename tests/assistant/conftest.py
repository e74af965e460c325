"""A small real library for the assistant's tests: real index, real model, invented documents."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from knowledge.documents import Document, Page, Passage, Section, Source
from knowledge.editor import edit_library
from knowledge.library import Library, open_library

TODAY = date(2026, 11, 23)

SHEETS: tuple[tuple[Source, tuple[tuple[str, str], ...]], ...] = (
    (
        Source(id="pont", title="Bourse Pont vers l'emploi (BPE)", collection="dispositifs",
               kind="fiche", date="2026-05-04", date_meaning="mis à jour le",
               url="https://exemple.fr/bpe", publisher="Ministère d'essai"),
        (
            ("Qui peut demander la Bourse Pont ?",
             "La Bourse Pont est ouverte aux jeunes de 16 à 25 ans révolus. Les jeunes reconnus"
             " travailleurs handicapés peuvent la demander jusqu'à 29 ans."),
            ("Quel est le montant de la Bourse Pont ?",
             "Depuis le 4 mai 2026, la Bourse Pont est de 412,50 € par mois pour un majeur. Un"
             " mineur reçoit 180 € par mois. Elle est versée le 5 de chaque mois."),
            ("Combien de temps dure la Bourse Pont ?",
             "La Bourse Pont est accordée pour 6 mois, renouvelable une fois."),
            ("Quelles pièces fournir ?",
             "Le dossier comprend les pièces suivantes :\n- une pièce d'identité en cours de"
             " validité ;\n- un justificatif de domicile de moins de trois mois ;\n- le dernier"
             " avis d'imposition du foyer."),
        ),
    ),
    (
        Source(id="ancienne", title="Bourse Passerelle (BPA)", collection="dispositifs",
               kind="fiche", date="2015-09-14", date_meaning="mis à jour le",
               valid_until="2021-12-31", superseded_by="pont"),
        (("Montant", "La Bourse Passerelle était de 390 € par mois pour un majeur."),),
    ),
    (
        Source(id="stage", title="Stage de découverte des métiers", collection="dispositifs",
               kind="fiche", date="2015-09-14", date_meaning="mis à jour le"),
        (("Durée", "Le stage de découverte des métiers dure au plus deux semaines."),),
    ),
    (
        Source(id="aide-locale", title="Aide à la mobilité de Valmont", collection="local",
               kind="pdf", date="2026-01-10", date_meaning="publié le", territory="Valmont"),
        (("Aide au transport",
          "La commune de Valmont rembourse la moitié de l'abonnement de bus des apprentis."),),
    ),
    (
        Source(id="reunion", title="Réunion de consultation de Valmont",
               collection="consultation", kind="texte", date="2026-09-12",
               date_meaning="publié le", fictional=True),
        (("Attentes",
          "Les conseillers demandent la fin de la double saisie entre les logiciels. Un"
          " participant propose que l'intelligence artificielle prépare les courriers."),),
    ),
    (
        Source(id="loi-1", title="Article L9999-1 du code d'essai", collection="dispositifs",
               kind="article", date="2020-01-01", date_meaning="en vigueur depuis le"),
        (("Titre Ier", "La prime d'essai est ouverte à toute personne qui la demande."),),
    ),
    (
        Source(id="loi-2", title="Article L9999-2 du code d'essai", collection="dispositifs",
               kind="article", date="2020-01-01", date_meaning="en vigueur depuis le"),
        (("Titre Ier", "La prime prévue à l'article L. 9999-1 est versée chaque mois."),),
    ),
)  # fmt: skip


def build(source: Source, sections: tuple[tuple[str, str], ...]) -> tuple[Document, list[Passage]]:
    """Return a document of the given sections, and one passage a section."""
    text, spans, passages = "", [], []
    for position, (title, body) in enumerate(sections):
        start = len(text)
        text += f"{title}\n\n{body}\n\n"
        spans.append(Section(1, title, start, len(text)))
        begin = start + len(title) + 2
        passages.append(
            Passage(id=f"{source.id}#{position}", document_id=source.id, position=position,
                    start=begin, end=begin + len(body), text=body, section_path=(title,), page=1)
        )  # fmt: skip
    pages = (Page(1, 0, len(text)),)
    return Document(source=source, text=text, sections=tuple(spans), pages=pages), passages


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the sheets are indexed."""
    folder = tmp_path_factory.mktemp("appui")
    with edit_library(folder) as editor:
        for source, sections in SHEETS:
            document, passages = build(source, sections)
            editor.store.put(document, passages, content_hash=source.id)
        editor.publish()
    return folder


@pytest.fixture(scope="session")
def library(home: Path) -> Iterator[Library]:
    """The sheets' library, open for reading."""
    opened = open_library(home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    """An assistant for which today is 23 November 2026."""
    return Assistant(library, today=lambda: TODAY)
