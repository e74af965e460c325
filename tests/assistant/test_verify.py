"""What is shown is verified: quotes to the letter, figures in what is cited."""

from dataclasses import replace

import pytest

from assistant.answer import Citation, Sentence
from assistant.verify import verify_citations, verify_sentences
from knowledge.documents import Passage

PASSAGE = Passage(
    id="pont#0",
    document_id="pont",
    position=0,
    start=100,
    end=149,
    text="La Bourse Pont est de 412,50 € pendant six mois.",
)
CITATION = Citation(
    n=1,
    document_id="pont",
    title="Bourse Pont",
    collection="dispositifs",
    section=None,
    page=None,
    quote="412,50 € pendant six mois.",
    start=122,
    end=148,
    passage_id="pont#0",
)


def test_an_exact_quote_is_kept() -> None:
    assert verify_citations([CITATION], passages={"pont#0": PASSAGE}) == (CITATION,)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CITATION, quote="412,60 € pendant six mois."),
        replace(CITATION, start=121, end=147),
        replace(CITATION, passage_id="autre#0"),
        replace(CITATION, quote="", start=122, end=122),
    ],
)
def test_a_quote_that_is_not_there_to_the_letter_is_dropped(wrong: Citation) -> None:
    assert verify_citations([wrong], passages={"pont#0": PASSAGE}) == ()


@pytest.mark.parametrize(
    ("sentence", "verified"),
    [
        (Sentence("Elle est de 412,50 €.", (1,), verified=False), True),
        (Sentence("Elle est de 412,50\u00a0€.", (1,), verified=False), True),
        (Sentence("Elle est de 561,68 €.", (1,), verified=False), False),
        (Sentence("Elle est versée.", (), verified=True), False),
        (Sentence("Elle est versée.", (2,), verified=True), False),
    ],
)
def test_a_sentence_holds_when_its_figures_are_in_what_it_cites(
    sentence: Sentence, verified: bool
) -> None:
    (checked,) = verify_sentences([sentence], citations=[CITATION])
    assert checked.verified is verified
