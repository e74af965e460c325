"""Follow-ups are compared with the same questions asked alone."""

from collections.abc import Sequence
from typing import cast

import pytest

from assistant.answer import Answer, Exchange, Status
from assistant.ask import Assistant
from evaluation.errors import BadQuestionSet
from evaluation.follow_ups import as_markdown, measure_follow_ups
from evaluation.questions import Question


class Forgetful:
    """Answers what is asked alone, and loses the subject of a conversation where told to."""

    def __init__(self, *, carried: str = "") -> None:
        self.carried = carried

    def answer(self, question: str, *, history: Sequence[Exchange] = ()) -> Answer:
        knows = not history
        status: Status = "answered" if knows else "not_found"
        return Answer(
            question=question,
            standalone_question=f"{question}{self.carried if history else ''}",
            status=status,
            text="C'est 224,68 €." if knows else "Rien.",
        )


def question(name: str, *, category: str = "suite", standalone: str | None = "Seule ?") -> Question:
    return Question.model_validate(
        {
            "id": name,
            "category": category,
            "question": "et pour un mineur ?",
            "history": [{"question": "Montant du CEJ ?", "answer": "561,68 €"}],
            "standalone": standalone,
            "expect": {
                "status": ["answered"],
                "facts": [{"label": "montant", "any_of": ["224,68"]}],
            },
        }
    )


SET = [question("a"), question("b", category="changement")]


def fake(**told: str) -> Assistant:
    return cast("Assistant", Forgetful(**told))


def test_what_is_lost_in_the_conversation_is_the_difference_of_each_pair() -> None:
    told: list[tuple[int, int]] = []
    report = measure_follow_ups(
        SET, assistant=fake(), on_progress=lambda done, total: told.append((done, total))
    )
    assert (report.facts.after.value, report.facts.alone.value) == (0.0, 1.0)
    assert report.status.difference.value == -1.0
    assert all(each.falls_short for each in report.outcomes)
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(("carried", "share"), [("", 1.0), (" (CEJ)", 0.0)])
def test_a_change_of_subject_should_take_nothing_over(carried: str, share: float) -> None:
    report = measure_follow_ups(SET, assistant=fake(carried=carried))
    assert report.clean_changes.value == share


def test_a_line_without_its_standalone_form_is_told() -> None:
    with pytest.raises(BadQuestionSet, match="forme autonome"):
        measure_follow_ups([question("a", standalone=None)], assistant=fake())


def test_a_set_without_any_change_of_subject_is_told() -> None:
    with pytest.raises(BadQuestionSet, match="changement"):
        measure_follow_ups([question("a")], assistant=fake())


def test_the_table_says_points_and_counts() -> None:
    table = as_markdown(measure_follow_ups(SET, assistant=fake()))
    assert (
        "| rappel des faits | 0,0 % [0,0 ; 0,0] | 100,0 % [100,0 ; 100,0] | −100,0 points" in table
    )
    assert table.endswith("sur 1.")
