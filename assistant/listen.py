"""A conversation listened to: what it is about, and what its next question asks alone."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from assistant.answer import Exchange
from assistant.follow_up import Heard, Reader, Topic, hear, topic_of
from assistant.reword import Reworded, reword
from assistant.subjects import Subjects
from assistant.talk import LanguageModel
from assistant.trace import Trace
from assistant.understand import without_masks
from knowledge.library import Library

# A document is located from the beginning of a text, among this many passages; what was located is
# kept for the turns that follow.
_LOCATED_CHARACTERS, _LOCATED, _LOCATIONS = 600, 5, 256


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
            reader = Reader(
                subjects=Subjects(self._library.sources()),
                spell=self._library.spell,
                locate=lru_cache(maxsize=_LOCATIONS)(self._locate),
            )
            self._kept = (self._library.generation, reader)
        return reader

    def topic(self, past: Sequence[Exchange]) -> Topic | None:
        """Return what a question may lean on after these exchanges, oldest first."""
        return topic_of(past, reader=self.reader()) if past else None

    def hear(self, question: str, *, past: Sequence[Exchange], trace: Trace) -> Heard:
        """Return the ways to read a question after these exchanges, oldest first.

        Args:
            question: in French, personal data masked.
            past: the exchanges before it, personal data masked.
            trace: told the step.
        """
        if not past:
            return hear(question, topic=None, reader=self.reader())
        topic = self.topic(past)
        return trace.run(
            "follow",
            lambda: hear(question, topic=topic, reader=self.reader()),
            lambda heard: {
                "readings": [each.text for each in heard.readings],
                "focus": topic.subject.id if topic and topic.subject else None,
            },
        )

    def reword(
        self,
        question: str,
        *,
        ruled: str,
        past: Sequence[Exchange],
        model: LanguageModel,
        show: Callable[[str], None] | None,
        trace: Trace,
    ) -> Reworded:
        """Return a follow-up as a model words it, where that is verified (see ``reword``).

        Args:
            question: in French, personal data masked.
            ruled: what it was understood as.
            past: the exchanges before it, personal data masked, oldest first.
            model: rewords.
            show: called with nothing, several times a second, while the model is waited for.
            trace: told the step.
        """
        return trace.run(
            "reword",
            lambda: reword(
                question,
                ruled=ruled,
                history=past,
                subjects=self.reader().subjects,
                model=model,
                on_beat=partial(show, "") if show else None,
            ),
            lambda r: {"by_model": r.by_model, "failure": r.failure},
        )

    def _locate(self, text: str) -> str | None:
        """Return the sheet that the first passages found for a text are of."""
        hits = self._library.search(
            without_masks(text)[:_LOCATED_CHARACTERS], k=_LOCATED, is_read=False
        )
        subjects = self.reader().subjects
        return next((h.source.id for h in hits if subjects.get(h.source.id)), None)
