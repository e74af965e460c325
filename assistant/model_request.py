"""What a language model is sent: numbered passages and the question, never an address."""

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Citation
from knowledge.documents import Hit

_PROMPTS = Path(__file__).parent / "prompts"
# What a small model reads in some ten seconds on two cores.
_MOST_CHARACTERS = 2600
_MOST_PASSAGES = 5
_FURTHER = 2
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# Characters that no reader sees, in which orders can be hidden.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def instructions(name: str) -> str:
    """Return the instructions of a task, from ``prompts/``."""
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8")


def passages_for(citations: Sequence[Citation], *, hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages to show a model: those that the embedded answer cites, then the best.

    Args:
        citations: of the embedded answer.
        hits: what was found, best first.
    """
    by_id = {hit.passage.id: hit for hit in hits}
    cited = [by_id[c.passage_id] for c in citations if c.passage_id in by_id]
    best = [hit for hit in hits[:_FURTHER] if hit.source.collection != "consultation"]
    kept: list[Hit] = []
    left = _MOST_CHARACTERS
    for hit in {hit.passage.id: hit for hit in (*cited, *best)}.values():
        if kept and (len(hit.passage.text) > left or len(kept) == _MOST_PASSAGES):
            continue
        kept.append(hit)
        left -= len(hit.passage.text)
    return kept


def request(question: str, *, passages: Sequence[Hit]) -> str:
    """Return the numbered passages, from 1, and the question that is asked of them."""
    shown = [
        f"[{number}] {' – '.join(_titles(hit))}\n{hit.passage.text}"
        for number, hit in enumerate(passages, start=1)
    ]
    return safe("\n\n".join((*shown, f"Question : {question}")))


def safe(text: str) -> str:
    """Return a text without addresses nor characters that no reader sees."""
    return _UNSEEN.sub("", _ADDRESS.sub("", text))


def _titles(hit: Hit) -> list[str]:
    return list(dict.fromkeys((hit.source.title, *hit.passage.section_path[-1:])))
