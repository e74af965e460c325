"""An acronym is explained once, with all its senses, and never breaks what it stands in."""

import pytest

from knowledge.acronyms import Acronym
from pages.acronyms import explained_html, explained_markdown, meaning

CEJ = '[CEJ](#sigle-cej "contrat d\'engagement jeune")'
QPV = '[QPV](#sigle-qpv "quartier prioritaire de la politique de la ville")'


@pytest.mark.parametrize(
    ("markdown", "explained"),
    [
        ("Le CEJ, le CEJ", f"Le {CEJ}, le CEJ"),
        ("- **CEJ** : *QPV*", f"- **{CEJ}** : *{QPV}*"),
        ("| CEJ | QPV |", f"| {CEJ} | {QPV} |"),
        ("[le CEJ](https://a.fr/CEJ) CEJ", f"[le CEJ](https://a.fr/CEJ) {CEJ}"),
        ('[a](b "le CEJ (QPV)") QPV', f'[a](b "le CEJ (QPV)") {QPV}'),
        ("[a](https://a.fr/(CEJ))", "[a](https://a.fr/(CEJ))"),
        ("![CEJ](a.png)", "![CEJ](a.png)"),
        ("`CEJ` et ``un ` CEJ``", "`CEJ` et ``un ` CEJ``"),
        ("**CEJ**s, **QPV**.", f"**CEJ**s, **{QPV}**."),
        ("pré**CEJ**", "pré**CEJ**"),
        ("j'ai un cap", "j'ai un cap"),
    ],
)
def test_markdown_stays_what_it_was_around_an_acronym(markdown, explained):
    assert explained_markdown(markdown) == explained


def test_what_was_read_before_is_not_explained_again():
    assert explained_markdown("CEJ, QPV", before="Un CEJ.") == f"CEJ, {QPV}"
    assert explained_html("CEJ", before="Un CEJ.") == "CEJ"


def test_html_of_a_text_holds_no_other_tag_than_the_acronyms():
    assert explained_html("<i>QPV</i> & QPV") == (
        '&lt;i&gt;<a href="#sigle-qpv" title="quartier prioritaire de la politique de la ville">'
        "QPV</a>&lt;/i&gt; &amp; QPV"
    )


def test_an_acronym_of_several_words_has_an_address_without_space():
    assert '(#sigle-pass-iae "' in explained_markdown("un PASS IAE")


def test_each_sense_is_said_with_its_field():
    hiring = Acronym("PEC", "parcours emploi compétences", "contrat")
    paying = Acronym("PEC", "prise en charge", "santé")

    assert meaning((hiring,)) == "parcours emploi compétences (contrat)"
    assert meaning((hiring, paying)) == (
        "Selon le cas\u00a0: parcours emploi compétences (contrat)\u00a0; prise en charge (santé)"
    )
