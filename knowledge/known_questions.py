"""Questions as people ask them of the bundled sheets, each with the sentences that answer it.

People rarely use the words of a sheet; but what they ask is near what others ask, and what answers
that is likely to answer them. ``knowledge/corpus/questions.jsonl`` holds such questions, invented
(docs/adr/0015-known-questions.md), ``questions.npz`` their vectors, which
``python -m evaluation.fit_known_questions`` writes. A question without a kept vector, or whose
answer its sheet holds no more, is left out: a sheet may change and nobody waits.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Passage, Source
from knowledge.embedding import Vectors
from knowledge.kept_vectors import kept_vectors, key_of

QUESTIONS = Path(__file__).parent / "corpus" / "questions.jsonl"
VECTORS = QUESTIONS.with_suffix(".npz")
# How many of the nearest questions are heard, and how fast they count less as their cosine falls.
_NEAREST, _FALL = 150, 0.05
# Below the first likeness the nearest question is another question; from the second on it is heard.
_UNLIKE, _ALIKE = 0.45, 0.6
# From this likeness a question is asked as it was before: less needs to be read to answer it.
_KNOWN = 0.55
# What a further sentence that answers a question is worth beside the best one.
_FURTHER = 0.7
#: Vectors of norm 1 are kept in whole numbers, 1 being this one.
STEPS = 254
# So many vectors are compared at a time: all at once would take four times their memory.
_BATCH = 4096
# A shorter text may stand in an answer by chance.
_SHORTEST = 12
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question asked of a sheet, and the texts of it that answer, the best first; none if none.

    ``before`` is the question that a follow-up comes after.
    """

    sheet: str
    question: str
    answer: tuple[str, ...]
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What the questions nearest to one say of it.

    ``likeness`` is the cosine of the nearest question, ``question``, 0 where none is known;
    ``sheets`` are the documents that some are known of. ``passages`` gives the share of the nearest
    questions that something in a passage answers, by its id; ``answers`` the share that each text
    of a document answers, by the document's id and the plain text; ``unanswered`` the share that
    nothing answers. All shares are in [0, 1], and smaller where the nearest question is little
    alike.
    """

    likeness: float = 0.0
    question: str = ""
    unanswered: float = 0.0
    sheets: frozenset[str] = frozenset()
    passages: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether the question is enough like a known one to be answered with less reading."""
        return self.likeness >= _KNOWN

    def share(self, document_id: str, text: str) -> float:
        """Return the share of the nearest questions that a sentence of a document answers."""
        answers = self.answers.get(document_id)
        if not answers:
            return 0.0
        said = plain(text)
        return min(1.0, sum(share for answer, share in answers.items() if says(said, answer)))


class KnownQuestions:
    """The questions asked of the sheets that a library holds."""

    def __init__(
        self,
        sources: Iterable[Source],
        *,
        passages: Callable[[str], Sequence[Passage]],
        model: str,
    ) -> None:
        """Know the questions that these sheets answer.

        Args:
            sources: of the sheets.
            passages: gives those of a document, by its id.
            model: that embeds the questions to come.
        """
        kept = kept_vectors(VECTORS, model=model)
        titles = {source.id: source.title for source in sources}
        texts = {
            sheet: [(each.id, plain(each.text)) for each in passages(sheet)] for sheet in titles
        }
        held: dict[tuple[str, str], str | None] = {}
        self._known: list[tuple[KnownQuestion, tuple[tuple[str, str], ...]]] = []
        rows = []
        for asked in questions() if kept.rows else ():
            title = titles.get(asked.sheet)
            row = None if title is None else kept.rows.get(key_of(worded(asked, title)))
            if row is None:
                continue
            found = []
            for answer in asked.answer:
                place = (asked.sheet, answer)
                if place not in held:
                    held[place] = _holder(plain(answer), texts[asked.sheet])
                if (passage := held[place]) is not None:
                    found.append((plain(answer), passage))
            if found or not asked.answer:
                self._known.append((asked, tuple(found)))
                rows.append(row)
        # A sheet that holds none of the answers is another one: what it leaves open is not known.
        self._sheets = frozenset(asked.sheet for asked, found in self._known if found)
        same = [
            place for place, (asked, _) in enumerate(self._known) if asked.sheet in self._sheets
        ]
        self._known, rows = [self._known[place] for place in same], [rows[place] for place in same]
        none = np.empty((0, 0))
        self._vectors: NDArray[np.int8] = kept.arrays.get("vectors", none)[rows]
        self._projection: Vectors = kept.arrays.get("projection", none).astype(np.float32)

    def echo(self, vector: Vectors) -> Echo:
        """Return what the questions nearest to one, of this vector of norm 1, say of it."""
        if not self._known:
            return Echo()
        seen = vector @ self._projection
        seen /= np.linalg.norm(seen) * STEPS
        cosines = np.concatenate(
            [
                self._vectors[start : start + _BATCH].astype(np.float32) @ seen
                for start in range(0, len(self._vectors), _BATCH)
            ]
        )
        count = min(_NEAREST, len(cosines))
        nearest = np.argpartition(-cosines, count - 1)[:count]
        best = nearest[np.argmax(cosines[nearest])]
        weights = np.exp((cosines[nearest] - cosines[best]) / _FALL)
        likeness = float(cosines[best])
        heard = min(1.0, max(0.0, (likeness - _UNLIKE) / (_ALIKE - _UNLIKE)))
        weights *= heard / weights.sum()
        unanswered = 0.0
        passages: dict[str, float] = defaultdict(float)
        answers: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for weight, place in zip(weights.tolist(), nearest, strict=True):
            asked, found = self._known[place]
            if not found:
                unanswered += weight
            for rank, (answer, _) in enumerate(found):
                answers[asked.sheet][answer] += weight if rank == 0 else _FURTHER * weight
            for passage in {passage for _, passage in found}:
                passages[passage] += weight
        return Echo(
            likeness=likeness,
            question=self._known[best][0].question,
            unanswered=unanswered,
            sheets=self._sheets,
            passages=dict(passages),
            answers=answers,
        )


@lru_cache(maxsize=1)
def questions() -> tuple[KnownQuestion, ...]:
    """Return the questions of the file."""
    with QUESTIONS.open(encoding="utf-8") as lines:
        read = map(json.loads, lines)
        return tuple(
            KnownQuestion(row["sheet"], row["question"], tuple(row["answer"]), row.get("before"))
            for row in read
        )


def sheets_asked() -> frozenset[str]:
    """Return the ids of the sheets that questions are known of."""
    return frozenset(each.sheet for each in questions())


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text without the marks that a sheet's Markdown and its reading differ by."""
    return _MARKS.sub(" ", _LINK.sub(r"\1", text).casefold()).strip()


def says(sentence: str, answer: str) -> bool:
    """Tell whether a sentence is an answer, or holds it, or is a part of it, both being plain."""
    return answer in sentence or (len(sentence) >= _SHORTEST and sentence in answer)


def worded(asked: KnownQuestion, title: str) -> str:
    """Return a question as it is compared with others: what it is asked of is part of it."""
    return f"{asked.question.rstrip(' ?')} ({title}) ?"


def _holder(answer: str, passages: Sequence[tuple[str, str]]) -> str | None:
    """Return the id of the first passage, given with its plain text, that holds an answer."""
    return next((passage for passage, text in passages if answer in text), None)
