"""Write: the embedded writer, then a language model where there is one, both verified."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import replies
from assistant.answer import Answer, Caution
from assistant.choose import Chosen
from assistant.compose import Draft, compose
from assistant.facts import says_unknown
from assistant.rewrite import Written, rewrite
from assistant.talk import LanguageModel
from assistant.trace import Trace
from assistant.understand import Understood
from assistant.verify import verify_draft
from assistant.warn import warn
from knowledge.documents import Hit
from knowledge.library import Library

_FURTHER_QUESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Who writes besides the embedded writer, who is told of it, and why it cannot, if so."""

    model: LanguageModel | None
    show: Callable[[str], None] | None
    failure: str | None = None


def write_answer(
    blank: Answer,
    understood: Understood,
    *,
    hits: Sequence[Hit],
    ranked: Sequence[Chosen],
    library: Library,
    today: date,
    trace: Trace,
    pen: Pen,
) -> Answer:
    """Write an answer from the chosen sentences, and keep what is verified.

    Args:
        blank: the answer before it is written; its status tells whether it can only be partial.
        understood: the question.
        hits: the passages found, which alone may be cited.
        ranked: their sentences, the best first.
        library: where the passages are from.
        today: tells how old a source is.
        trace: is told each step.
        pen: who writes besides the embedded writer.

    Returns:
        The answer, with no citation when nothing that was written could be verified.
    """
    passages = {hit.passage.id: hit.passage for hit in hits}

    def check(draft: Draft) -> Draft:
        return trace.run(
            "verify",
            lambda: verify_draft(draft, passages=passages),
            lambda d: {"paragraphs": len(d.paragraphs), "citations": len(d.citations)},
        )

    draft = check(
        trace.run(
            "write",
            lambda: compose(ranked, hits=hits, question=understood.standalone),
            lambda d: {"paragraphs": len(d.paragraphs), "citations": len(d.citations)},
        )
    )
    # A sheet that says itself what the sources do not give needs nobody to say it first.
    is_said = any(says_unknown(each.text) for each in draft.sentences[:1])
    is_missing = blank.status == "partial" and not is_said
    opening = f"{replies.partial_opening(understood)}\n\n" if is_missing else ""
    written = None
    model = pen.model
    if model is not None and pen.failure is None and draft.paragraphs:
        embedded, show = draft, pen.show
        written = trace.run(
            "model",
            lambda: rewrite(
                embedded,
                question=blank.standalone_question,
                hits=hits,
                library=library,
                model=model,
                show=show and (lambda d: show(opening + d.text)),
            ),
            Written.to_json,
        )
        draft = check(written.draft)
    answer = _as_answer(blank, draft, hits, library, today)
    if written is not None and model is not None:
        answer = _signed(answer, written, model)
    elif pen.failure is not None:
        answer = _with_failure(answer, pen.failure, began=False)
    return replace(
        answer,
        text=opening + answer.text,
        suggestions=_further_questions(answer, library),
    )


def _as_answer(
    blank: Answer, draft: Draft, hits: Sequence[Hit], library: Library, today: date
) -> Answer:
    """Return a verified draft as an answer, with what must be known of its sources."""
    shown = draft.sentences
    return replace(
        blank,
        text=draft.text,
        sentences=shown,
        citations=draft.citations,
        warnings=tuple(
            warn(
                draft.citations,
                sentences=shown,
                sources={hit.source.id: hit.source for hit in hits},
                library=library,
                question=blank.standalone_question,
                today=today,
            )
        ),
    )


def _signed(answer: Answer, written: Written, model: LanguageModel) -> Answer:
    """Return an answer that says who wrote it, and what became of a model that failed."""
    if written.failure is not None:
        answer = _with_failure(answer, written.failure, began=written.kept > 0)
    return replace(answer, model=model.name) if written.kept else answer


def _with_failure(answer: Answer, reason: str, *, began: bool) -> Answer:
    """Return an answer that says why a model did not write it, or not to the end."""
    said = replies.model_failed(reason, began=began)
    return replace(answer, warnings=(Caution("unverified", said), *answer.warnings))


def _further_questions(answer: Answer, library: Library) -> tuple[str, ...]:
    """Return questions that the first cited document also answers, from its headings."""
    if not answer.citations:
        return ()
    document = library.document(answer.citations[0].document_id)
    used = {citation.section for citation in answer.citations}
    titles = [
        section.title
        for section in document.sections
        if section.title.endswith("?") and not any(section.title in (u or "") for u in used)
    ]
    return tuple(titles[:_FURTHER_QUESTIONS])
