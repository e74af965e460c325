"""How HTML becomes blocks."""

import pytest

from ingestion.blocks import Block, compose
from ingestion.markup import html_blocks


def text_of(html: str) -> str:
    return compose(html_blocks(html)).text


def test_words_across_inline_elements_are_not_parted():
    assert text_of("<p>Le <b>1</b><sup>er</sup> mars, <i>561</i>,68&nbsp;€</p>") == (
        "Le 1er mars, 561,68 €"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<p hidden>x</p>",
        "<div style='display: none'>x</div>",
        "<nav><a href='/'>Accueil</a></nav>",
        "<div class='fr-card'><h3>Autre fiche</h3></div>",
        "<ul aria-hidden='true'><li>x</li></ul>",
        "<button>Imprimer</button>",
        "<!-- x -->",
    ],
)
def test_what_shows_nothing_or_leads_elsewhere_is_dropped(hidden):
    assert text_of(f"<p>Avant.</p>{hidden}<p>Après.</p>") == "Avant.\n\nAprès."


def test_lists_keep_their_depth_and_numbers():
    html = "<p>Il faut :</p><ol><li>venir<ul><li>à pied</li></ul></li><li>signer</li></ol>"
    assert text_of(html) == "Il faut :\n1. venir\n  - à pied\n2. signer"


def test_the_paragraphs_of_an_item_stay_with_it():
    assert text_of("<ul><li><p>Un.</p><p>Deux.</p></li></ul>") == "- Un.\n  - Deux."


def test_rows_of_a_table_are_readable_lines_with_spanning_cells_repeated():
    html = """<table><tr><th rowspan="2">Cas</th><th colspan="2">Durée</th></tr>
    <tr><th>fixe</th><th>libre</th></tr><tr><td>CDD</td><td>18 mois</td><td></td></tr></table>"""
    assert text_of(html) == "Cas | Durée\nCas | fixe | libre\nCDD | 18 mois"


def test_a_table_of_one_column_is_read_as_text_under_its_first_cell():
    html = "<table><tr><td>Conditions</td></tr><tr><td>- avoir 16 ans</td></tr></table>"
    assert text_of(html) == "Conditions\n- avoir 16 ans"


def test_the_heading_of_an_aside_opens_no_section():
    blocks = html_blocks("<div class='fr-highlight'><h3>À noter</h3><p>Gratuit.</p></div><p>B.</p>")
    assert [block.kind for block in blocks] == ["label", "paragraph", "paragraph"]


def test_a_heading_keeps_the_text_of_its_button_and_is_lowered():
    assert html_blocks("<h3><button>Lire la suite</button></h3>", level=1) == [
        Block("heading", "Lire la suite", 4)
    ]


def test_two_breaks_part_paragraphs_and_one_does_not_cut_a_sentence():
    html = "<p>I. Le montant est fixé<br>par décret.<br/><br/>II. Il est versé.<br>Chaque mois.</p>"
    assert text_of(html) == "I. Le montant est fixé par décret.\n\nII. Il est versé.\nChaque mois."


def test_deeply_nested_markup_does_not_exhaust_the_reader():
    assert html_blocks("<div>" * 3_000 + "fond" + "</div>" * 3_000) is not None


def test_nothing_gives_no_block():
    assert html_blocks("  ") == []
