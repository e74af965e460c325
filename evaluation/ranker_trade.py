"""Makes training examples of the questions of the trade, each with the sentences that answer it.

The ranker reads passages to rank them and single sentences to choose them: each question gives an
example of both, with what the search and the cheap signs take for an answer and is none.
"""

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Exchange
from assistant.candidates import Candidate, candidates
from assistant.choose import as_read, by_promise
from assistant.find import HITS
from assistant.listen import Listener
from assistant.trace import Trace
from assistant.understand import Understood, understand
from evaluation.ranker_examples import passage_of
from knowledge.documents import Hit
from knowledge.known_questions import KnownQuestion, plain, says
from knowledge.library import Library, open_library
from knowledge.ranker import NO_RANKER

_ANSWERING, _NEAREST, _DRAWN = 3, 9, 4


def write_trade_examples(
    asked: Iterable[KnownQuestion], *, index: Path, out: Path, seed: int = 0
) -> int:
    """Write the examples, one JSON object a line, and return how many there are.

    Args:
        asked: the questions; those on other sheets than the library's are left out.
        index: a library of the sheets that may be trained on, and no others.
        out: file to write.
        seed: of what is drawn.
    """
    count = 0
    source = random.Random(seed)  # noqa: S311 - no secret
    with open_library(index, ranker=NO_RANKER) as library, out.open("w", encoding="utf-8") as file:
        today = date.today()  # noqa: DTZ011
        sheets = {each.id for each in library.sources()}
        asked = [each for each in asked if each.sheet in sheets]
        for example in trade_examples(asked, library=library, today=today, source=source):
            file.write(json.dumps(example, ensure_ascii=False) + "\n")
            count += 1
    return count


def trade_examples(
    asked: Iterable[KnownQuestion], *, library: Library, today: date, source: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield the examples that some questions give.

    Args:
        asked: the questions.
        library: the sheets that may be trained on, and no others.
        today: the day on which the questions are asked.
        source: draws among what does not answer.
    """
    listener = Listener(library)
    for line in asked:
        understood = _understood(line, listener=listener, library=library)
        hits = library.search(understood.search_text, k=HITS)
        found = candidates(understood, hits=hits, library=library, today=today)
        answers = [plain(text) for text in line.answer]
        for passages in (
            _sentences(found, hits, sheet=line.sheet, answers=answers),
            _passages(understood, hits, library, sheet=line.sheet, answers=answers),
        ):
            right = [passage for passage in passages if passage["answers"]]
            others = [passage for passage in passages if not passage["answers"]]
            if others and bool(right) == bool(answers):
                further = others[_NEAREST:]
                drawn = source.sample(further, min(_DRAWN, len(further)))
                yield {
                    "question": understood.search_text,
                    "document": line.sheet,
                    "passages": [*right[:_ANSWERING], *others[:_NEAREST], *drawn],
                }


def _understood(line: KnownQuestion, *, listener: Listener, library: Library) -> Understood:
    """Return a question as the assistant reads it from its words."""
    past = [Exchange(line.before, "")] if line.before else []
    heard = listener.hear(line.question, past=past, trace=Trace())
    return understand(line.question, standalone=heard.by_words.text, spell=library.spell)


def _sentences(
    found: list[Candidate], hits: list[Hit], *, sheet: str, answers: list[str]
) -> list[dict[str, Any]]:
    """Return the sentences found, those that promise most first."""
    return [
        {
            "titles": read.titles,
            "text": read.text,
            "answers": hits[each.unit.hit].source.id == sheet
            and _says(plain(each.unit.text), answers),
        }
        for each in by_promise(found)
        for read in [as_read(each, hits)]
    ]


def _passages(
    understood: Understood, hits: list[Hit], library: Library, *, sheet: str, answers: list[str]
) -> list[dict[str, Any]]:
    """Return the passages found as the ranker reads them, best first."""
    return [
        passage_of(
            hit,
            understood.search_text,
            library,
            answers=hit.source.id == sheet and any(a in plain(hit.passage.text) for a in answers),
        )
        for hit in hits
    ]


def _says(sentence: str, answers: list[str]) -> bool:
    """Tell whether a sentence is one of the answers, or holds it, or is a part of it."""
    return any(says(sentence, answer) for answer in answers)
