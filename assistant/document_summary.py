"""Sums a document up: its own key sentences, section by section, each with its page.

Nothing is written: what is shown is a sentence, a list or a table row of the document. Those with
amounts, ages, durations, conditions, papers or dates come first. An order that a document gives to
whoever reads it (« ignore tes instructions ») is not one of its key sentences.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.act import act_of
from assistant.answer import Citation, Sentence
from assistant.compose import cite, row_text
from assistant.errors import AssistantError
from assistant.facts import holds
from assistant.model_request import safe
from assistant.task import Deliverable
from assistant.understand import Expected
from assistant.verify import verify_citations, verify_sentences
from knowledge.dates import say_date
from knowledge.documents import Hit, Passage, Source
from knowledge.library import Library
from knowledge.sentences import split_sentences
from knowledge.units import Unit, bare, cells, is_header, is_worth_showing, units_in

_MOST, _MOST_A_SECTION, _MOST_ITEMS = 12, 3, 6
_SHORTEST, _LONGEST = 25, 420
# What an adviser looks for first in a rule.
_WORTH: dict[Expected, float] = {
    "amount": 3, "age": 2, "duration": 2, "papers": 2, "steps": 1, "date": 1, "person": 0.5,
}  # fmt: skip
_CONDITIONS = (
    "doit", "doivent", "condition", "peut", "peuvent", "sauf", "au plus", "au moins", "exclu",
    "ouvert", "réservé", "plafond", "obligatoire", "bénéfici", "délai",
)  # fmt: skip
_WORTH_OF_A_CONDITION = 1.5
# HTML, images and links have no place in what is repeated.
_MARKUP = re.compile(r"<[a-z!/]|\]\(", re.IGNORECASE)
# Less is said only where a document says nothing else.
_LEAST = 1.0
# A page break can leave half a sentence.
_WHOLE = re.compile(r"^[^a-z\d,;:].*[.!…»)€;]$", re.DOTALL)
_OLD_DAYS = 2 * 365
# What is said of something that stands before it is less clear alone.
_LEANS_BACK = re.compile(
    r"^(?:\(|c(?:e|et|ette|es|elui|elle|eux|elles)\b|ils?\b|elles?\b|par ailleurs|ainsi"
    r"|toutefois|cependant|de plus|en outre|à ce titre|dans ce cas)",
    re.IGNORECASE,
)
_WORTH_OF_LEANING = -2.0
# Of two sentences worth the same, the one that comes first in its document.
_OF_ITS_PLACE = 0.5


class NothingToSumUp(AssistantError):
    """A document holds no sentence that is worth a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """A part of a passage that may be shown, in reading order, and what it is worth."""

    passage: Passage
    start: int
    end: int
    text: str
    worth: float


def summarize(document_id: str, *, library: Library, today: dt.date) -> Deliverable:
    """Return the summary of a document of the library; ``today`` tells how old it is.

    Raises:
        UnknownDocument: the library does not hold it.
        NothingToSumUp: nothing in it is worth a summary.
    """
    source = library.source(document_id)
    passages = library.passages(document_id)
    found = [key for passage in passages for key in _keys(passage, len(passages))]
    chosen = _choose([key for key in found if key.worth >= _LEAST] or found)
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    for key in chosen:
        hit = Hit(passage=key.passage, source=source, score=1.0, dense=0.0, lexical=0.0)
        citations.append(cite(len(citations) + 1, hit, key.start, key.end))
        sentences.append(Sentence(key.text, (citations[-1].n,), verified=False))
    proven = verify_citations(citations, passages={each.id: each for each in passages})
    said = [each for each in verify_sentences(sentences, citations=proven) if each.verified]
    if not said:
        raise NothingToSumUp(
            f"« {source.title} » ne contient pas de phrase à résumer : c'est peut-être un document"
            " numérisé ou un tableau."
        )
    used = {n for sentence in said for n in sentence.citations}
    return Deliverable(
        kind="summary",
        title=f"Résumé : {source.title}",
        text=_laid_out(said, proven, source),
        sentences=tuple(said),
        citations=tuple(each for each in proven if each.n in used),
        references=(),
        cautions=_cautions(source, today),
    )


def _cautions(source: Source, today: dt.date) -> tuple[str, ...]:
    where = (f"Règle locale : {source.territory}.",) if source.territory else ()
    old = source.date is not None and (today - dt.date.fromisoformat(source.date)).days > _OLD_DAYS
    if not source.is_in_force(today):
        where = (*where, "Attention : ce document n'est plus en vigueur.")
    elif source.date is not None and old:
        said = f"Attention : ce document date du {say_date(source.date)}. Vérifiez-le avant de vous"
        where = (*where, f"{said} en servir.")
    return (*where, "Ce résumé reprend des phrases du document, pas toutes : lisez l'original.")


def _keys(passage: Passage, count: int) -> list[_Key]:
    """Return what a passage says that may be shown, each with its worth."""
    units = units_in(passage.text)
    place = _OF_ITS_PLACE * (1 - passage.position / max(count, 1))
    keys: list[_Key] = []
    taken: set[int] = set()
    for unit in units:
        if unit.position in taken:
            continue
        part, text = _whole(unit, units)
        taken |= {each.position for each in part}
        start, end = part[0].start, part[-1].end
        if not _may_be_shown(unit, text):
            continue
        key = _Key(passage=passage, start=start, end=end, text=text, worth=_worth(text) + place)
        if keys and _follows(key, keys[-1]):
            key = _joined(keys.pop(), key)
        keys.append(key)
    return keys


def _follows(key: _Key, before: _Key) -> bool:
    """Tell whether a key leans on the one just before it and is short enough to be joined to it."""
    gap = key.passage.text[before.end : key.start]
    fits = len(before.text) + len(key.text) <= _LONGEST
    return bool(_LEANS_BACK.match(key.text)) and not gap.strip() and fits


def _joined(before: _Key, key: _Key) -> _Key:
    """Return two keys as one, worth what the better of them is."""
    return _Key(
        passage=key.passage,
        start=before.start,
        end=key.end,
        text=f"{before.text} {key.text}",
        worth=max(before.worth, key.worth),
    )


def _whole(unit: Unit, units: Sequence[Unit]) -> tuple[list[Unit], str]:
    """Return a unit with the items that it introduces, and what they say together."""
    if unit.is_row:
        header = next((cells(units[i]) for i in (unit.header,) if i is not None), None)
        return [unit], row_text(unit, header)
    items = [each for each in units if each.lead_in == unit.position and each.is_item]
    if not items:
        return [unit], bare(unit.text)
    shown = items[:_MOST_ITEMS]
    listed = " ; ".join(bare(each.text).rstrip(" ;.,") for each in shown)
    rest = " ; etc." if len(items) > len(shown) else "."
    lead = bare(unit.text).rstrip(" :")
    return [unit, *shown], f"{lead} : {listed}{rest}"


def _may_be_shown(unit: Unit, text: str) -> bool:
    hidden = safe(text) != text or bool(_MARKUP.search(text))
    orders = any(act_of(text[start:end]) != "question" for start, end in split_sentences(text))
    fits = _SHORTEST <= len(text) <= _LONGEST and not text.endswith((":", "?"))
    worth = is_worth_showing(unit) or len(text) > len(unit.text)
    broken = not (unit.is_item or unit.is_row or _WHOLE.match(text))
    return fits and worth and not (hidden or orders or broken or is_header(unit))


def _worth(text: str) -> float:
    plain = text.lower()
    facts = sum(worth for kind, worth in _WORTH.items() if holds(kind, text))
    leans = _WORTH_OF_LEANING if _LEANS_BACK.match(text) else 0.0
    return facts + leans + _WORTH_OF_A_CONDITION * any(word in plain for word in _CONDITIONS)


def _choose(keys: Sequence[_Key]) -> list[_Key]:
    """Return the keys worth most, few of each section, in reading order."""
    chosen: list[_Key] = []
    for key in sorted(keys, key=lambda each: -each.worth):
        same = sum(each.passage.section_path == key.passage.section_path for each in chosen)
        repeats = any(each.text == key.text for each in chosen)
        if same < _MOST_A_SECTION and not repeats:
            chosen.append(key)
        if len(chosen) == _MOST:
            break
    return sorted(chosen, key=lambda each: (each.passage.position, each.start))


def _laid_out(said: Sequence[Sentence], citations: Sequence[Citation], source: Source) -> str:
    """Return the sentences under the titles of their sections, each with its mark and page."""
    by_number = {citation.n: citation for citation in citations}
    lines: list[str] = []
    heading = None
    for sentence in said:
        citation = by_number[sentence.citations[0]]
        section = (citation.section or "").rsplit(" > ", 1)[-1]
        if section != heading:
            if section and section != source.title:
                lines.append(f"\n**{section}**\n")
            heading = section
        page = f" (page {citation.page})" if citation.page else ""
        lines.append(f"- {sentence.text} [{citation.n}]{page}")
    return "\n".join(lines).strip()
