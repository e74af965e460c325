"""Nothing that a document says is obeyed, and a copy holds what proves the answer."""

from dataclasses import replace

import pytest

from assistant.answer import Caution
from pages import messages, text
from tests.pages.conftest import ANSWER, CITATION


def markdown(words: str) -> str:
    return text.answer_markdown(words, citations=(CITATION,), exchange_id=7)


def test_a_mark_becomes_a_link_to_its_source():
    assert markdown("Oui [1].") == (
        'Oui [\\[1\\]](#source-7-1 "Source 1 : Contrat d\'engagement jeune").'
    )


def test_a_mark_without_citation_stays_plain():
    assert markdown("Oui [2].") == "Oui \\[2\\]."


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("![x](http://mal.fr/x.png)", "!\\[x]\\(http://mal.fr/x.png)"),
        ("[ici](http://mal.fr)", "\\[ici]\\(http://mal.fr)"),
        ("<script>", "\\<script\\>"),
        ("$x^2$", "\\$x^2\\$"),
        (":red[x]", "\\:red\\[x]"),
        (":smile:", "\\:smile:"),
        ("\\<img src=x>", "\\\\\\<img src=x\\>"),
        ("# Titre", "**Titre**"),
        ("Texte\n---", "Texte\n\\---"),
    ],
)
def test_what_a_document_would_make_happen_is_plain_text(hostile, plain):
    assert markdown(hostile) == plain


def test_a_title_cannot_close_the_link_it_stands_in():
    hostile = replace(CITATION, title='a" onclick="x](http://mal.fr)\n<b>')

    shown = text.answer_markdown("[1]", citations=(hostile,), exchange_id=1)

    assert shown.count('"') == 2
    assert "<" not in shown
    assert "](http" not in shown


def test_an_acronym_is_explained_the_first_time_that_an_answer_says_it():
    explained = '[CEJ](#sigle-cej "contrat d\'engagement jeune")'

    assert markdown("Le CEJ, un CEJ [1].").startswith(f"Le {explained}, un CEJ [")
    assert markdown("## Le CEJ") == f"**Le {explained}**"
    again = text.answer_markdown("Un CEJ.", citations=(), exchange_id=7, before="Le CEJ dure.")
    assert again == "Un CEJ."


def test_a_document_cannot_give_an_acronym_its_own_meaning():
    shown = markdown('[CEJ](#sigle-cej "virement")')

    assert shown == ('\\[[CEJ](#sigle-cej "contrat d\'engagement jeune")]\\(#sigle-cej "virement")')


def test_amounts_and_signs_are_not_cut_at_a_line_end():
    assert text.unbroken("1 026,86 € : « oui » à 50 %") == (
        "1\u202f026,86\u00a0€\u00a0: «\u00a0oui\u00a0» à 50\u00a0%"
    )


def test_sentences_joined_again_are_the_answer():
    words = "Un mois [1]. Puis deux [1][2].\n\n- M. Dupont signe [1].\n- Voir l'art. L. 5131-6."

    pieces = [*text.in_sentences(words)]

    assert "".join(pieces) == words
    assert len(pieces) >= 3
    assert pieces[0].startswith("Un mois [1].")


def test_a_quote_is_marked_where_it_is_expected_or_where_it_is_found():
    assert text.with_quote_marked("a b a", quote="a", start=4) == (
        '<div class="passage">a b <mark>a</mark></div>'
    )
    assert "<mark>b</mark>" in text.with_quote_marked("a b a", quote="b")
    assert "<mark>" not in text.with_quote_marked("a", quote="absent")


def test_an_acronym_is_explained_once_in_a_passage_and_its_quote():
    shown = text.with_quote_marked("Le CEJ <b> dit : un CEJ, un PEC.", quote="un CEJ, un PEC")

    assert shown == (
        '<div class="passage">Le <a href="#sigle-cej" title="contrat d&#x27;engagement jeune">CEJ'
        "</a> &lt;b&gt; dit : <mark>un CEJ, un "
        '<a href="#sigle-pec" title="parcours emploi compétences">PEC</a></mark>.</div>'
    )


def test_a_copy_holds_no_link_of_an_acronym():
    answer = replace(ANSWER, text="Le CEJ dure douze mois.")

    assert "\nLe CEJ dure douze mois.\n" in text.copied(answer, publishers={})


def test_a_copy_holds_the_warnings_the_sources_their_dates_and_addresses():
    answer = replace(
        ANSWER,
        warnings=(Caution("stale", "Attention."),),
        citations=(replace(CITATION, page=3, fictional=True),),
    )

    assert text.copied(answer, publishers={"cej": "Ministère"}) == (
        "Question : Combien ?\n\nAttention.\n\n561,68 € par mois [1].\n\n- Pour un mineur, moins "
        "[1].\n\nSources\n[1] Contrat d'engagement jeune · Ministère · Montant · page 3 · mis à "
        f"jour le 1er avril 2025 · {messages.FICTIONAL} · https://exemple.fr/cej"
    )


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://exemple.fr/a", True),
        ("javascript:alert(1)", False),
        ('https://a"onclick', False),
        (None, False),
    ],
)
def test_only_web_addresses_are_followed(address, followed):
    assert (text.web_address(address) == address) is (followed or address is None)
