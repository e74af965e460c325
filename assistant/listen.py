"""A conversation listened to: what it is about, and what its next question asks alone."""

from collections.abc import Callable, Sequence
from functools import partial

from assistant.answer import Exchange
from assistant.doubt import carries_on
from assistant.follow_up import Reader, Topic, make_standalone, topic_of
from assistant.reword import Reworded, reword
from assistant.subjects import Subjects
from assistant.talk import LanguageModel
from assistant.trace import Trace
from knowledge.library import Library


class Listener:
    """Follows conversations about one library; may be shared between threads."""

    def __init__(self, library: Library) -> None:
        """Listen with what this library knows."""
        self._library = library
        self._kept: tuple[int, Reader | None] = (0, None)

    def reader(self) -> Reader:
        """Return what questions are read with, made again when the library has changed."""
        generation, reader = self._kept
        if reader is None or generation != self._library.generation:
            reader = Reader(subjects=Subjects(self._library.sources()), spell=self._library.spell)
            self._kept = (self._library.generation, reader)
        return reader

    def topic(self, past: Sequence[Exchange]) -> Topic | None:
        """Return what a question may lean on after these exchanges, oldest first."""
        return topic_of(past, reader=self.reader()) if past else None

    def standalone(
        self,
        question: str,
        *,
        past: Sequence[Exchange],
        model: LanguageModel | None,
        show: Callable[[str], None] | None,
        trace: Trace,
    ) -> Reworded:
        """Return a question as it would be asked alone; a model words a follow-up better.

        Args:
            question: in French, personal data masked.
            past: the exchanges before it, personal data masked, oldest first.
            model: rewords what leans on the conversation, under verification; None for none.
            show: called with nothing, several times a second, while the model is waited for.
            trace: told each step.
        """
        topic = self.topic(past)
        reader = self.reader()
        if not past:
            return Reworded(text=question)
        ruled = trace.run(
            "follow",
            lambda: make_standalone(
                question,
                topic=topic,
                reader=reader,
                settle=partial(carries_on, library=self._library),
            ),
            lambda text: {
                "standalone": text,
                "focus": topic.subject.id if topic and topic.subject else None,
            },
        )
        if model is None or ruled == question:
            return Reworded(text=ruled)
        return trace.run(
            "reword",
            lambda: reword(
                question,
                ruled=ruled,
                history=past,
                subjects=reader.subjects,
                model=model,
                on_beat=partial(show, "") if show else None,
            ),
            lambda r: {"by_model": r.by_model, "failure": r.failure},
        )
