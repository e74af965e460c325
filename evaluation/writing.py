"""Measures what verification lets through of what a language model wrote.

A set holds, for questions of the main set, what a small model really wrote, and for each sentence
whether a person found it supported by the passages that the model was shown. The texts are given
again to the assistant as if a model wrote them now, so that the measure needs no model.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Exchange
from assistant.ask import Assistant
from assistant.talk import LanguageModel, Piece
from evaluation.bootstrap import Estimate, estimate_mean
from evaluation.json_lines import read_json_lines
from evaluation.questions import Question
from evaluation.scores import fact_recall


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenSentence(_Strict):
    """A sentence of a model; ``supported`` is None where nobody read it."""

    text: str
    supported: bool | None


class Written(_Strict):
    """What a model wrote in answer to the question of this identifier.

    ``all_read`` tells that every sentence was read, and not only those that were shown.
    """

    id: str
    all_read: bool
    written: str
    sentences: tuple[WrittenSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingReport:
    """Shares with 95 % intervals, the questions drawn again, not the sentences.

    ``before`` is the share of unsupported sentences in what the model wrote, over the questions of
    which every sentence was read; ``after`` that in what is shown as verified; ``kept`` the share
    of the supported sentences that are shown. ``embedded_recall`` and ``model_recall`` are the fact
    recall of the answers without and with what the model wrote.
    """

    questions: int
    questions_read: int
    sentences: int
    shown: int
    before: Estimate
    after: Estimate
    kept: Estimate
    embedded_recall: Estimate
    model_recall: Estimate


def read_written(path: Path) -> list[Written]:
    """Read what a model wrote, one JSON object a question.

    Raises:
        BadQuestionSet: the file cannot be read, or a line is malformed.
    """
    return read_json_lines(
        path,
        Written,
        expected="« id », « all_read », « written », le texte d'un modèle, et « sentences », ses"
        " phrases (« text » et « supported »)",
    )


def measure_writing(
    texts: Sequence[Written],
    questions: Sequence[Question],
    *,
    assistant: Assistant,
    on_progress: Callable[[int, int], None] | None = None,
) -> WritingReport:
    """Give the texts to the assistant as a model's, and see which sentences it shows.

    Args:
        texts: what the model wrote.
        questions: those of the identifiers in ``texts``, and maybe others.
        assistant: what is measured.
        on_progress: told how many are done, of how many.
    """
    asked = {question.id: question for question in questions}
    before: list[tuple[float, float]] = []
    after: list[tuple[float, float]] = []
    kept: list[tuple[float, float]] = []
    recalls: list[tuple[float, float]] = []
    for done, text in enumerate(texts, start=1):
        question = asked[text.id]
        embedded, written = _answers(text, question, assistant)
        shown = [each for each in text.sentences if _is_shown(each, written)]
        if text.all_read:
            before.append(_share(each.supported is False for each in text.sentences))
            supported = [each for each in text.sentences if each.supported]
            kept.append(_share(each in shown for each in supported))
        after.append(_share(each.supported is False for each in shown))
        recalls += _recalls(embedded, written, question)
        if on_progress:
            on_progress(done, len(texts))
    return WritingReport(
        questions=len(texts),
        questions_read=len(before),
        sentences=round(sum(weight for _, weight in before)),
        shown=round(sum(weight for _, weight in after)),
        before=_ratio(before),
        after=_ratio(after),
        kept=_ratio(kept),
        embedded_recall=estimate_mean([first for first, _ in recalls]),
        model_recall=estimate_mean([second for _, second in recalls]),
    )


def as_markdown(report: WritingReport) -> str:
    """Return the report as a Markdown table, in French."""

    def cell(estimate: Estimate) -> str:
        figures = (100 * each for each in (estimate.value, estimate.low, estimate.high))
        return "{:.1f} % [{:.1f} ; {:.1f}]".format(*figures).replace(".", ",")

    rows = [
        ("phrases non soutenues, telles que le modèle les écrit", report.before, ""),
        ("phrases non soutenues parmi celles montrées comme vérifiées", report.after, "≤ 1 %"),
        ("phrases soutenues que la vérification garde", report.kept, ""),
        ("rappel des faits, rédacteur embarqué", report.embedded_recall, ""),
        ("rappel des faits, avec le modèle", report.model_recall, "≥ l'embarqué"),
    ]
    lines = [f"| {label} | {cell(estimate)} | {aim} |" for label, estimate, aim in rows]
    counts = (
        f"{report.questions} questions, {report.shown} phrases montrées ;"
        f" {report.sentences} phrases de {report.questions_read} questions lues une à une."
    )
    return "\n".join(["| mesure | résultat | visé |", "|---|---|---|", *lines, "", counts])


def _answers(text: Written, question: Question, assistant: Assistant) -> tuple[Answer, Answer]:
    """Return the answer without a model, and with what the model wrote."""
    model = LanguageModel("texte-enregistré", talk=lambda *_: iter([Piece(text.written)]))
    history = [Exchange(turn.question, turn.answer) for turn in question.history]
    return (
        assistant.answer(question.question, history=history),
        assistant.answer(question.question, history=history, model=model),
    )


def _is_shown(sentence: WrittenSentence, answer: Answer) -> bool:
    said = sentence.text.casefold()
    return any(each.verified and said.endswith(each.text.casefold()) for each in answer.sentences)


def _recalls(
    embedded: Answer, written: Answer, question: Question
) -> Iterator[tuple[float, float]]:
    first = fact_recall(embedded, question.expect.facts)
    second = fact_recall(written, question.expect.facts)
    if first is not None and second is not None:
        yield first, second


def _share(held: Iterable[bool]) -> tuple[float, float]:
    """Return how many hold, and of how many."""
    values = list(held)
    return float(sum(values)), float(len(values))


def _ratio(pairs: Sequence[tuple[float, float]]) -> Estimate:
    """Return a share over all pairs, with the interval of questions drawn again."""
    counted = [pair for pair in pairs if pair[1]]
    mean = fmean(weight for _, weight in counted) if counted else 1.0
    linear = [part / mean for part, _ in counted]
    return estimate_mean(linear) if linear else Estimate(0.0, 0.0, 0.0)
