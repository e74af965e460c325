"""Measures whether a question that leans on a conversation is answered as when asked alone.

Each line of the set has the question as it was typed after a conversation, and the same as one
would ask it alone. Both are asked; the first must be as right as the second. A line of the category
« changement » turns to another subject: nothing may be taken over from what was spoken of before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.errors import BadQuestionSet
from evaluation.questions import Question
from evaluation.scores import fact_recall
from knowledge.analysis import terms

CHANGE = "changement"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question of the set and both answers; ``alone`` is that of its standalone form."""

    question: Question
    answer: Answer
    alone: Answer

    @property
    def inherits(self) -> bool:
        """Whether something of the conversation was added to the question."""
        typed = self.answer.question
        return not set(terms(self.answer.standalone_question)) <= set(terms(typed))

    def facts(self) -> tuple[float, float] | None:
        """Return the fact recall in the conversation and alone, if facts are expected."""
        expected = self.question.expect.facts
        after, alone = fact_recall(self.answer, expected), fact_recall(self.alone, expected)
        return None if after is None or alone is None else (after, alone)

    def status(self) -> tuple[float, float]:
        """Return whether the status is right in the conversation, and alone."""
        wanted = self.question.expect.status
        return float(self.answer.status in wanted), float(self.alone.status in wanted)

    @property
    def falls_short(self) -> bool:
        """Whether it is less right than alone, or takes over what it should not."""
        pairs = [self.status(), *filter(None, [self.facts()])]
        carried = self.question.category == CHANGE and self.inherits
        return carried or any(after < alone for after, alone in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What questions score after a conversation and alone, and the difference of each pair."""

    after: Estimate
    alone: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReport:
    """How right the questions are, and the share of changes of subject that inherit nothing."""

    facts: Paired
    status: Paired
    clean_changes: Estimate
    outcomes: tuple[Outcome, ...]


def measure_follow_ups(
    questions: Sequence[Question],
    *,
    assistant: Assistant,
    on_progress: Callable[[int, int], None] | None = None,
) -> FollowUpReport:
    """Ask each question after its conversation, and its standalone form alone.

    Raises:
        BadQuestionSet: a line has no standalone form, or no line is a change of subject.
    """
    outcomes = []
    for done, question in enumerate(questions, start=1):
        if question.standalone is None:
            raise BadQuestionSet(f"« {question.id} » n'a pas de forme autonome (standalone).")
        past = [Exchange(turn.question, turn.answer) for turn in question.history]
        after = assistant.answer(question.question, history=past)
        outcomes.append(Outcome(question, after, assistant.answer(question.standalone)))
        if on_progress:
            on_progress(done, len(questions))
    changes = [not each.inherits for each in outcomes if each.question.category == CHANGE]
    if not changes:
        raise BadQuestionSet(f"Aucune ligne n'est de la catégorie « {CHANGE} ».")
    return FollowUpReport(
        facts=_paired([pair for each in outcomes if (pair := each.facts()) is not None]),
        status=_paired([each.status() for each in outcomes]),
        clean_changes=estimate_mean([float(each) for each in changes]),
        outcomes=tuple(outcomes),
    )


def as_markdown(report: FollowUpReport) -> str:
    """Return the report as a table."""
    lines = [
        "| mesure | dans la conversation | posée seule | écart |",
        "|---|---|---|---|",
    ]
    for name, pair in {"rappel des faits": report.facts, "état juste": report.status}.items():
        cells = (_percent(pair.after), _percent(pair.alone), _points(pair.difference))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    count = sum(each.question.category == CHANGE for each in report.outcomes)
    said = (
        f"{len(report.outcomes)} questions. Changements de sujet qui ne reprennent rien :"
        f" {_percent(report.clean_changes)}, sur {count}."
    )
    return "\n".join((*lines, "", said))


def _paired(pairs: Sequence[tuple[float, float]]) -> Paired:
    after, alone = zip(*pairs, strict=True)
    return Paired(
        after=estimate_mean(after),
        alone=estimate_mean(alone),
        difference=estimate_mean([first - second for first, second in pairs]),
    )


def _percent(estimate: Estimate) -> str:
    value, low, high = (
        _number(100 * each) for each in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} % [{low} ; {high}]"


def _points(estimate: Estimate) -> str:
    value, low, high = (
        _number(100 * each) for each in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} points [{low} ; {high}]"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")
