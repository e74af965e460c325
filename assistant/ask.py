"""One question followed: mask, understand, search, choose, decide, write, verify."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from assistant import replies
from assistant.act import act_of
from assistant.answer import Answer, Caution, Exchange, Status
from assistant.both import join, split_both
from assistant.clarify import Clarification, clarify
from assistant.consultation import Consultation
from assistant.decide import decide
from assistant.errors import InvalidQuestion
from assistant.find import Found, find
from assistant.follow_up import Heard, Reading
from assistant.language import in_french
from assistant.listen import Listener
from assistant.mask import mask, say_masked
from assistant.readings import read
from assistant.small_talk import small_talk
from assistant.subjects import Subject
from assistant.talk import LanguageModel
from assistant.trace import Trace
from assistant.understand import Understood, understand
from assistant.wanted import wanted
from assistant.write import Pen, write_answer
from knowledge.analysis import terms
from knowledge.documents import Collection, Hit
from knowledge.library import Library, open_library

_LONGEST_QUESTION = 4000
# What is replied to what the documents are not asked; « unsaid »: a mail is wanted, on nothing.
_REPLIES: dict[str, tuple[Status, str]] = {
    "instruction": ("refused", replies.REFUSED),
    "fraud": ("refused", replies.NO_FRAUD),
    "unsaid": ("clarify", replies.WRITE_WHAT),
}
_LEADS = 3
_WORDS_OF_A_NAME = 2
# A question that finds this many notes of meetings among its first passages is about them.
_FIRST_HITS, _MOSTLY = 6, 5


class Assistant:
    """Answers questions from one library; may be shared between threads."""

    def __init__(self, library: Library, *, today: Callable[[], date] = date.today) -> None:
        """Answer from ``library``; ``today`` tells how old a source is."""
        self.library = library
        self._today = today
        self._kept: tuple[int, Consultation | None] = (0, None)
        self._listener = Listener(library)

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        collection: Collection | None = None,
        model: LanguageModel | None = None,
        show: Callable[[str], None] | None = None,
        allowed: AbstractSet[str] = frozenset(),
    ) -> Answer:
        """Return the verified, cited answer to a question.

        Args:
            question: in French, as an adviser types it.
            history: the earlier exchanges that the question may lean on, oldest first.
            collection: look in this collection only.
            model: writes the answer better, under the same verification; None does without.
            show: told what is verified so far, several times a second, while a model writes.
            allowed: words that look like a name, and that the adviser said to be none.

        Raises:
            InvalidQuestion: the question is empty or too long.
            KnowledgeError: the library cannot be read.
        """
        _check(question)
        both = split_both(question) if collection is None else None
        if both is not None:
            ask = partial(self.answer, history=history, model=model, allowed=allowed)
            rule, said = map(ask, both)
            return join(rule, said, question=mask(question.strip(), allowed=allowed).text)
        trace = Trace()
        masked = trace.run(
            "mask", lambda: mask(question.strip(), allowed=allowed), lambda m: dict(m.kinds)
        )
        past = [replace(e, question=mask(e.question, allowed=allowed).text) for e in history]
        spoken = in_french(masked.text)
        spoken = replace(spoken, text=_without_what_to_write(spoken.text, past))
        heard = self._listener.hear(spoken.text, past=past, trace=trace)

        def understood_as(text: str) -> Understood:
            return understand(spoken.text, standalone=text, spell=self.library.spell)

        act = act_of(spoken.text) if spoken.text else "unsaid"
        answer = Answer(
            question=masked.text,
            standalone_question=heard.by_words.text,
            status="clarify",
            text=small_talk(masked.text) or "",
            suggestions=replies.EXAMPLES,
        )
        if act in _REPLIES:
            status, text = _REPLIES[act]
            answer = replace(answer, status=status, text=text)
        elif act == "question":
            pen = Pen(model=model, show=show)
            before = past[-1].answer if past else ""
            found = self._read(spoken.text, heard, before, understood_as, collection, trace)
            if model is not None and heard.takes_over(found.understood.standalone):
                worded = self._listener.reword(
                    spoken.text,
                    ruled=found.understood.standalone,
                    past=past,
                    model=model,
                    show=show,
                    trace=trace,
                )
                pen = replace(pen, failure=worded.failure)
                if worded.by_model:
                    found = self._find(partial(understood_as, worded.text), collection)
            blank = replace(answer, standalone_question=found.understood.standalone)
            answer = self._from_documents(blank, found, collection, trace, pen)
        if spoken.is_foreign and act != "greeting":
            answer = replace(answer, text=f"{replies.IN_FRENCH}\n\n{answer.text}")
        if masked.kinds:
            caution = Caution("personal_data", say_masked(masked))
            answer = replace(answer, warnings=(caution, *answer.warnings))
        return replace(answer, trace=tuple(trace.steps))

    def focus(self, history: Sequence[Exchange]) -> Subject | None:
        """Return the dispositif that a conversation is about at its end, if it is about one."""
        topic = self._listener.topic(history)
        return topic.subject if topic else None

    def _read(
        self,
        question: str,
        heard: Heard,
        said: str,
        understood_as: Callable[[str], Understood],
        collection: Collection | None,
        trace: Trace,
    ) -> Found:
        """Return what is found for a question, read the way that the documents bear out."""

        def found_as(reading: Reading) -> Found:
            return self._find(partial(understood_as, reading.text), collection)

        likely = heard.by_words
        if len(heard.readings) == 1 or understood_as(likely.text).about_consultation:
            return found_as(likely)
        return trace.run(
            "read",
            lambda: read(
                question,
                heard,
                said=said,
                find=found_as,
                library=self.library,
                today=self._today(),
            ),
            lambda found: found[1],
        )[0]

    def _find(self, hear: Callable[[], Understood], collection: Collection | None) -> Found:
        """Return what is found for a question, once it is understood."""
        trace = Trace()
        understood = trace.run(
            "understand",
            hear,
            lambda u: {"search_text": u.search_text, "expected": u.expected, "act": u.act},
        )
        return find(understood, library=self.library, collection=collection, trace=trace)

    def _from_documents(
        self,
        blank: Answer,
        found: Found,
        collection: Collection | None,
        trace: Trace,
        pen: Pen,
    ) -> Answer:
        """Answer a real question, or say why the documents do not."""
        understood = found.understood
        trace.steps += found.trace.steps
        found.trace = trace
        if not found.hits and not self.library.sources(collection):
            return replace(blank, status="not_found", text=replies.EMPTY_LIBRARY, suggestions=())
        if self._asks_what_was_said(understood, found.hits, collection):
            said = trace.run(
                "consultation",
                lambda: self._consultation().answer(blank, understood),
                lambda found: {"citations": len(found.citations) if found else 0},
            )
            if said is not None:
                return said
            if understood.about_consultation:
                found = found.within("consultation")
        elif not _names_one(understood, found.hits) and (asked := self._clarified(understood)):
            return replace(blank, text=asked.text, suggestions=asked.choices)
        ranked, evidence = found.weighed(self.library, self._today())
        status = decide(evidence)
        if status != "not_found":
            answer = write_answer(
                replace(blank, status=status),
                understood,
                hits=found.answering,
                ranked=ranked,
                library=self.library,
                today=self._today(),
                trace=trace,
                pen=pen,
            )
            if answer.citations:
                return answer
        return self._not_found(blank, understood, found.answering, collection)

    def _clarified(self, understood: Understood) -> Clarification | None:
        """Return what to ask back on a question that many dispositifs could answer."""
        return clarify(
            understood,
            library=self.library,
            subjects=self._listener.reader().subjects,
            today=self._today(),
        )

    def _not_found(
        self,
        blank: Answer,
        understood: Understood,
        hits: Sequence[Hit],
        collection: Collection | None,
    ) -> Answer:
        """Say where nothing was found, with leads: the nearest documents, what was said of it."""
        consultation = self._consultation()
        if understood.about_consultation and consultation.meetings:
            text = replies.nobody_said(meetings=consultation.meetings)
            leads = tuple(map(replies.ask_consultation, consultation.themes()[:_LEADS]))
        else:
            text, leads = replies.not_found(
                understood,
                hits,
                known=self.library.echo(understood.search_text).passages,
                documents=len(self.library.sources(collection)),
                collection=collection,
            )
            topic = consultation.spoken_of(understood) if collection is None else None
            if topic is not None:
                leads = (*leads[: _LEADS - 1], replies.ask_consultation(topic))
        return replace(blank, status="not_found", text=text, suggestions=leads)

    def _asks_what_was_said(
        self, understood: Understood, hits: Sequence[Hit], collection: Collection | None
    ) -> bool:
        """Tell whether a question is about the meetings: it says so, or finds their notes."""
        if collection not in {None, "consultation"}:
            return False
        said = sum(hit.source.collection == "consultation" for hit in hits[:_FIRST_HITS])
        asks = understood.about_consultation or (
            said >= _MOSTLY and hits[0].source.collection == "consultation"
        )
        if not self.library.sources("consultation"):
            return False
        return asks or self._consultation().names_meeting(understood.standalone)

    def _consultation(self) -> Consultation:
        """Return the notes of the meetings, read again when the library has changed."""
        generation, kept = self._kept
        if kept is None or generation != self.library.generation:
            hits = [
                Hit(passage=passage, source=source, score=0.0, dense=0.0, lexical=0.0)
                for source in self.library.sources("consultation")
                for passage in self.library.passages(source.id)
            ]
            kept = Consultation(hits)
            self._kept = (self.library.generation, kept)
        return kept


def open_assistant(
    home: Path,
    *,
    embedding: str | None = None,
    ranker: str | None = None,
    on_repair: Callable[[int, int], None] | None = None,
) -> Assistant:
    """Return the assistant of a data folder (arguments: see ``knowledge.library.open_library``)."""
    return Assistant(open_library(home, embedding=embedding, ranker=ranker, on_repair=on_repair))


def _check(question: str) -> None:
    """Refuse a question that cannot be answered, with the reason."""
    if not question.strip():
        raise InvalidQuestion("La question est vide : écrivez-la en une ligne.")
    if len(question) > _LONGEST_QUESTION:
        raise InvalidQuestion(
            f"La question est trop longue ({len(question)} caractères, {_LONGEST_QUESTION} au plus)"
            " : résumez-la, ou ajoutez le texte comme document."
        )


def _without_what_to_write(question: str, past: Sequence[Exchange]) -> str:
    """Return what to ask for a text that is wanted, which is written of an answer.

    It is what the text must say, else what was asked before; empty where nothing was.
    """
    to_write = wanted(question)
    if to_write is None:
        return question
    before = (past[-1].standalone or past[-1].question) if past else ""
    return to_write.about or before


def _names_one(understood: Understood, hits: Sequence[Hit]) -> bool:
    """Tell whether words that name nothing alone are together the title of a document found."""
    asked = set(terms(understood.search_text))
    titles = (set(terms(re.split("[(:]", hit.source.title)[0])) for hit in hits)
    return any(len(title) >= _WORDS_OF_A_NAME and title <= asked for title in titles)
