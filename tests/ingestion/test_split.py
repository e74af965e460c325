"""How documents are cut into passages."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ingestion.blocks import Block, compose
from ingestion.split import LONGEST, LONGEST_SENTENCE, TARGET, split
from knowledge.documents import Document, Source

SENTENCE = "Le conseiller reçoit le jeune et fait le point avec lui sur sa situation. "


def document_of(*blocks: Block) -> Document:
    composition = compose(blocks)
    return Document(
        source=Source(id="fiche", title="Fiche", collection="local", kind="texte"),
        text=composition.text,
        sections=composition.sections,
        pages=composition.pages,
    )


def paragraph(characters: int) -> Block:
    return Block("paragraph", (SENTENCE * (characters // len(SENTENCE) + 1)).strip())


@pytest.fixture
def long_document() -> Document:
    return document_of(
        paragraph(700),
        Block("heading", "Les aides", 1),
        paragraph(2_500),
        Block("paragraph", "Sont concernés :"),
        *(Block("item", f"la personne numéro {n} qui cherche un emploi ;") for n in range(60)),
        Block("heading", "Les montants", 2),
        Block("row", "Situation | Montant"),
        *(Block("row", f"Cas numéro {n} | {n} 000 €") for n in range(120)),
        Block("heading", "Contacts", 1),
        Block("paragraph", "mot " * 1_500),
    )


def test_a_passage_is_an_exact_slice_without_white_space_around_it(long_document):
    for passage in split(long_document):
        assert long_document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""


def test_nothing_of_the_text_is_lost_but_headings(long_document):
    kept = "".join(passage.text for passage in split(long_document))
    without_headings = long_document.text
    for title in ("Les aides", "Les montants", "Contacts"):
        without_headings = without_headings.replace(title, "", 1)
    assert "".join(kept.split()) == "".join(without_headings.split())


def test_passages_are_numbered_in_order_and_never_overlap(long_document):
    passages = split(long_document)
    assert [p.id for p in passages] == [f"fiche#{n}" for n in range(len(passages))]
    assert all(a.end <= b.start for a, b in pairwise(passages))


def test_only_a_sentence_that_is_longer_by_itself_exceeds_the_longest_passage(long_document):
    sizes = [len(passage.text) for passage in split(long_document)]
    assert max(sizes) <= LONGEST_SENTENCE
    assert [p.section_path for p in split(long_document) if len(p.text) > LONGEST] == [
        ("Contacts",),
        ("Contacts",),
    ]


def test_splitting_twice_gives_the_same_passages(long_document):
    assert split(long_document) == split(long_document)


def test_a_passage_knows_the_headings_above_it_and_leaves_them_out():
    passages = split(
        document_of(
            Block("heading", "Le CEJ", 1),
            Block("heading", "Montant", 2),
            Block("paragraph", "561,68 € par mois."),
            Block("heading", "Durée", 2),
            Block("paragraph", "Douze mois."),
        )
    )
    assert [(p.section_path, p.text) for p in passages] == [
        (("Le CEJ", "Montant"), "561,68 € par mois."),
        (("Le CEJ", "Durée"), "Douze mois."),
    ]


def test_a_heading_with_nothing_under_it_is_a_passage_itself():
    passages = split(
        document_of(
            Block("paragraph", "Début."),
            Block("heading", "Annexe disponible à l'accueil", 1),
        )
    )
    assert [p.text for p in passages] == ["Début.", "Annexe disponible à l'accueil"]


def test_a_list_stays_with_the_line_that_introduces_it():
    items = [Block("item", f"pièce numéro {n} du dossier de demande") for n in range(8)]
    passages = split(document_of(paragraph(800), Block("paragraph", "Pièces à fournir :"), *items))
    assert passages[-1].text.startswith("Pièces à fournir :\n- pièce numéro 0")
    assert passages[-1].text.endswith("- pièce numéro 7 du dossier de demande")


def test_a_list_that_is_too_long_is_cut_between_items_and_its_lead_in_keeps_the_first():
    items = [Block("item", f"pièce numéro {n} du dossier de demande") for n in range(80)]
    passages = split(document_of(Block("paragraph", "Pièces à fournir :"), *items))
    assert passages[0].text.startswith("Pièces à fournir :\n- pièce numéro 0")
    assert all(passage.text.endswith("de demande") for passage in passages)
    assert all(passage.text.startswith("- pièce") for passage in passages[1:])


def test_the_numbered_points_of_a_law_stay_with_the_line_that_introduces_them():
    points = [Block("paragraph", f"{n}° Le montant du cas {n} est fixé ;") for n in range(1, 5)]
    passages = split(
        document_of(paragraph(820), Block("paragraph", "Il est fixé à :"), *points, paragraph(300))
    )
    assert passages[1].text.startswith("Il est fixé à :\n\n1° Le montant du cas 1")
    assert "4° Le montant du cas 4" in passages[1].text


def test_points_that_do_not_all_fit_leave_the_first_with_their_lead_in():
    points = [Block("paragraph", f"{n}° " + SENTENCE * 8) for n in range(1, 5)]
    passages = split(document_of(Block("paragraph", "Il est fixé à :"), *points))
    assert passages[0].text.startswith("Il est fixé à :\n\n1° ")
    assert max(len(passage.text) for passage in passages) <= LONGEST


def test_rows_of_a_table_stay_whole():
    rows = [Block("row", f"Cas numéro {n} | {n} 000 €") for n in range(120)]
    for passage in split(document_of(*rows)):
        assert all(line.endswith("€") for line in passage.text.split("\n"))


def test_an_article_of_law_that_fits_stays_whole():
    other = document_of(paragraph(700), paragraph(600))
    law = replace(other, source=replace(other.source, kind="article"))
    assert (len(split(other)), len(split(law))) == (2, 1)


def test_small_neighbours_are_joined_up_to_the_target():
    passages = split(document_of(*(paragraph(200) for _ in range(12))))
    assert all(TARGET / 2 < len(passage.text) <= TARGET for passage in passages)


def test_a_crumb_is_joined_to_its_neighbour():
    passages = split(document_of(paragraph(880), Block("paragraph", "Voir page 3.")))
    assert [passage.text[-12:] for passage in passages] == ["Voir page 3."]


def test_sentences_are_never_cut():
    for passage in split(document_of(paragraph(6_000))):
        assert passage.text.endswith("situation.")


def test_a_passage_knows_the_page_on_which_it_starts():
    passages = split(
        document_of(
            Block("paragraph", SENTENCE * 10, page=1),
            Block("paragraph", SENTENCE * 10, page=2),
        )
    )
    assert [passage.page for passage in passages] == [1, 2]


def test_sections_that_stand_around_a_text_without_being_in_it_are_kept_as_path():
    from knowledge.documents import Section

    text = "Le contrat est écrit."
    law = Document(
        source=Source(id="LEGI1", title="Article 1", collection="dispositifs", kind="article"),
        text=text,
        sections=(Section(1, "Code du travail", 0, len(text)), Section(2, "Livre I", 0, len(text))),
    )
    assert [(p.section_path, p.text) for p in split(law)] == [
        (("Code du travail", "Livre I"), text)
    ]


def test_an_empty_document_has_no_passage():
    assert split(document_of()) == ()
