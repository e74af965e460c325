"""A question on a rule and on what was said of it gets both answers, told apart."""

import pytest

from assistant.answer import Answer, Citation, Sentence
from assistant.both import join, split_both


@pytest.mark.parametrize(
    ("question", "rule", "said"),
    [
        (
            "Quelle est la durée d'une PMSMP et qu'en disent les réunions ?",
            "Quelle est la durée d'une PMSMP ?",
            "qu'en disent les réunions (PMSMP) ?",
        ),
        (
            "C'est quoi le PACEA, et que disent les jeunes du PACEA ?",
            "C'est quoi le PACEA ?",
            "que disent les jeunes du PACEA ?",
        ),
    ],
)
def test_a_question_that_asks_both_is_split(question: str, rule: str, said: str) -> None:
    assert split_both(question) == (rule, said)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la durée d'une PMSMP et qui signe la convention ?",
        "Que dit-on de l'agenda et que disent les jeunes des SMS ?",
        "Quelle est la durée d'une PMSMP ?",
        "Le CEJ et le PACEA, quelle différence ?",
    ],
)
def test_a_question_that_asks_one_thing_is_left_whole(question: str) -> None:
    assert split_both(question) is None


def citation(n: int, document: str) -> Citation:
    return Citation(
        n=n,
        document_id=document,
        title=document,
        collection="dispositifs",
        section=None,
        page=None,
        quote="Un mois.",
        start=0,
        end=8,
        passage_id=f"{document}#0",
    )


RULE = Answer(
    question="Quelle durée ?",
    standalone_question="Quelle durée ?",
    status="answered",
    text="Un mois. [1]",
    sentences=(Sentence("Un mois.", (1,), verified=True),),
    citations=(citation(1, "loi"),),
)
SAID = Answer(
    question="Qu'en dit-on ?",
    standalone_question="Qu'en dit-on ?",
    status="answered",
    text="On en parle dans 2 réunions.\n\n- trop court [1]\n- trop long [2]",
    sentences=(Sentence("On en parle dans 2 réunions.", (1, 2), verified=True),),
    citations=(citation(1, "note-a"), citation(2, "note-b")),
)


def test_the_citations_of_the_second_follow_those_of_the_first() -> None:
    both = join(RULE, SAID, question="Quelle durée et qu'en dit-on ?")
    assert [(each.n, each.document_id) for each in both.citations] == [
        (1, "loi"),
        (2, "note-a"),
        (3, "note-b"),
    ]
    assert "Un mois. [1]" in both.text
    assert "- trop court [2]\n- trop long [3]" in both.text
    assert both.sentences[1].citations == (2, 3)
    assert both.text.index("Ce que disent les textes") < both.text.index("Ce qui a été dit")


def test_half_an_answer_is_partial_and_none_is_not_found() -> None:
    nothing = Answer(
        question="?", standalone_question="?", status="not_found", text="Je n'ai rien trouvé."
    )
    assert join(RULE, nothing, question="?").status == "partial"
    assert join(nothing, SAID, question="?").status == "partial"
    assert join(nothing, nothing, question="?").status == "not_found"
    assert [each.n for each in join(nothing, SAID, question="?").citations] == [1, 2]
