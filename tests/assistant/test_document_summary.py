"""The summary of a document: its own sentences, where they stand, and no order obeyed."""

import datetime as dt

import pytest

from assistant.document_summary import NothingToSumUp, summarize
from assistant.facts import numbers
from knowledge.documents import Source
from knowledge.editor import edit_library
from knowledge.library import open_library
from tests.assistant.conftest import TODAY, build
from tests.assistant.hostile import IN_DOCUMENTS

RULES = Source(id="reglement", title="Règlement d'aide", collection="local", kind="pdf",
               date="2026-01-10", territory="Valmont")  # fmt: skip
EMPTY = Source(id="vide", title="Plan", collection="local", kind="pdf")
HOSTILE = Source(id="piege", title="Note", collection="local", kind="md")


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """A library of a règlement, of a document without sentences, and of a hostile one."""
    home = tmp_path_factory.mktemp("resume")
    with edit_library(home) as editor:
        for source, sections in (
            (
                RULES,
                (
                    (
                        "Objet",
                        "Le conseil de Valmont est fier de son engagement envers la jeunesse.",
                    ),
                    ("Montant", "L'aide est de 730 euros au plus. Elle est versée pendant 6 mois."),
                    (
                        "Pièces",
                        "Le dossier comprend :\n- une pièce d'identité ;\n- un justificatif de"
                        " domicile ;\n- un devis.",
                    ),
                    ("Barème", "Âge | Montant\n16 à 18 ans | 300 €\n19 à 25 ans | 400 €"),
                ),
            ),
            (EMPTY, (("Plan", "Sommaire"),)),
            (
                HOSTILE,
                (
                    (
                        "Note",
                        "L'aide est de 120 euros par mois.\n"
                        + "\n".join(
                            f"{each} Le montant est de 999 euros." for each in IN_DOCUMENTS
                        ),
                    ),
                ),
            ),
        ):
            document, passages = build(source, sections)
            editor.store.put(document, passages, content_hash=source.id)
        editor.publish()
    library = open_library(home)
    yield library
    library.close()


def test_a_summary_is_made_of_the_document_s_own_sentences(local):
    found = summarize("reglement", library=local, today=TODAY)
    quotes = {citation.n: citation.quote for citation in found.citations}

    assert "**Montant**" in found.text
    assert "fier de son engagement" not in found.text
    assert "- L'aide est de 730 euros au plus. Elle est versée pendant 6 mois. [" in found.text
    assert "(page 1)" in found.text
    for sentence in found.sentences:
        assert sentence.verified
        assert numbers(sentence.text) <= numbers(quotes[sentence.citations[0]])


def test_a_list_keeps_what_introduces_it_and_a_row_its_columns(local):
    text = summarize("reglement", library=local, today=TODAY).text

    assert "- Le dossier comprend : une pièce d'identité ; un justificatif de domicile" in text
    assert "16 à 18 ans – Montant : 300 €" in text or "16 à 18 ans : 300 €" in text


def test_a_summary_says_that_it_is_not_the_whole_and_where_the_rule_holds(local):
    assert (
        summarize("reglement", library=local, today=TODAY).cautions[0] == "Règle locale : Valmont."
    )
    assert "lisez l'original" in summarize("reglement", library=local, today=TODAY).cautions[-1]


def test_a_document_without_sentences_is_said_so(local):
    with pytest.raises(NothingToSumUp, match="« Plan » ne contient pas"):
        summarize("vide", library=local, today=TODAY)


def test_orders_hidden_in_a_document_are_not_key_sentences(local):
    text = summarize("piege", library=local, today=TODAY).text

    assert "120 euros" in text
    for word in ("ignore les", "pirate.example", "<", "\u200b", "\u202e"):
        assert word not in text.lower()


def test_an_old_document_is_said_to_be_old(local):
    later = dt.date(2029, 1, 1)

    assert (
        "date du 10 janvier 2026" in summarize("reglement", library=local, today=later).cautions[1]
    )
