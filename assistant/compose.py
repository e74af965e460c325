"""Composes the answer from the chosen sentences: each is quoted as it stands, with its source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Sentence
from assistant.choose import Chosen
from assistant.facts import numbers, says_yes_or_no
from assistant.yes_or_no import as_reply
from knowledge.analysis import terms
from knowledge.documents import Hit
from knowledge.units import Unit, bare, cells, is_header, is_worth_showing, units_of

_MOST_BLOCKS = 5
_MOST_CHARACTERS = 1100
_MOST_ITEMS = 8
_QUOTE_CHARACTERS = 700
# A further sentence must score at least this share of the best one's score.
_WORTH_ADDING = 0.65
# What answers no known question like the one asked must score at least this share of it.
_WORTH_ADDING_ASIDE = 0.9
# Within this of the best score, sentences of one passage answer as well.
_AS_GOOD = 0.06
# Two sentences that share this much of the shorter one's terms say the same thing.
_REPEATS = 0.75
# Where a sheet has it from: « (article L5131-6, Code du travail en mars 2026) ».
_NOTE = re.compile(
    r"\s*\([^()]*\b(?:articles?|fiches?|calcul|code|d[ée]cret|loi|depuis)\b[^()]*\)", re.IGNORECASE
)
# Neighbours that open with the same words go together.
_SERIES = 3
_LEANS_BACK = (
    "il ", "elle ", "ils ", "elles ", "celui-ci", "celle-ci", "ceux-ci", "cette ", "ce ", "cet ",
    "ces ", "dans ce cas", "par ailleurs", "toutefois", "cependant", "en revanche", "de plus",
    "ainsi", "à défaut", "une exception",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """Units of one passage that stand or fall together: a sentence, or a list with its lead-in."""

    hit: int
    units: tuple[Unit, ...]

    @property
    def start(self) -> int:
        """Where the block starts in its passage."""
        return min(unit.start for unit in self.units)

    @property
    def end(self) -> int:
        """Where the block ends in its passage."""
        return max(unit.end for unit in self.units)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of an answer that stands or falls as a whole: Markdown text and its sentences."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is being written: what it says, and what is to prove it."""

    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...]

    @property
    def text(self) -> str:
        """The whole in Markdown."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(each for paragraph in self.paragraphs for each in paragraph.sentences)


def compose(ranked: Sequence[Chosen], *, hits: Sequence[Hit], question: str) -> Draft:
    """Compose an answer.

    Args:
        ranked: the sentences found, best first; at least one.
        hits: the passages that hold them.
        question: what is asked, made standalone.

    Returns:
        The draft: the sentence that answers best, then what completes it, in reading order.
    """
    blocks = _choose_blocks(ranked, hits=hits)
    citations, numbers = _cite(blocks, hits)
    paragraphs = []
    for block in blocks:
        heading = (hits[block.hit].passage.section_path or ("",))[-1]
        before, first = as_reply(bare(block.units[0].text), heading=heading, question=question)
        said = (first, *(bare(unit.text) for unit in block.units[1:]))
        paragraphs.append(
            Paragraph(
                before + _render(block, said, numbers[block]),
                tuple(Sentence(text, (numbers[block],), verified=False) for text in said),
            )
        )
    return Draft(tuple(paragraphs), tuple(citations))


def _choose_blocks(ranked: Sequence[Chosen], *, hits: Sequence[Hit]) -> list[Block]:
    """Return the blocks of the answer: the best first, the others by passage and position."""
    by_hit: dict[int, list[Unit]] = {}
    for unit in units_of(hits, ranks={chosen.unit.hit for chosen in ranked}):
        by_hit.setdefault(unit.hit, []).append(unit)
    threshold = ranked[0].score * _WORTH_ADDING
    blocks: list[Block] = []
    for chosen in ranked:
        if chosen.score < threshold or _length(blocks) >= _MOST_CHARACTERS:
            break
        is_far = chosen.is_aside and chosen.score < ranked[0].score * _WORTH_ADDING_ASIDE
        if is_far or any(chosen.unit in block.units for block in blocks):
            continue
        before = next((block for block in blocks if _goes_on(block, chosen.unit)), None)
        if before is not None:
            units = sorted((*before.units, chosen.unit), key=lambda unit: unit.position)
            blocks[blocks.index(before)] = Block(before.hit, tuple(units))
        elif len(blocks) < _MOST_BLOCKS:
            units = by_hit[chosen.unit.hit]
            block = (
                Block(chosen.unit.hit, _other_ages_last(units, ranked))
                if chosen.given_whole
                else _block_around(chosen.unit, units)
            )
            if not any(_repeats(block, other) for other in blocks):
                blocks.append(block)
    return _in_order(blocks, ranked)


def _other_ages_last(units: Sequence[Unit], ranked: Sequence[Chosen]) -> tuple[Unit, ...]:
    """Return the sentences of an answer, those on other ages than the one asked about at the end.

    « Oui, … » stays first, and so does what cannot be read without what stands before.
    """
    others = {chosen.unit for chosen in ranked if chosen.other_age}
    if says_yes_or_no(bare(units[0].text)) or any(
        unit.lead_in is not None or _leans_back(unit) for unit in units
    ):
        return tuple(units)
    return tuple(sorted(units, key=lambda unit: unit in others))


def _goes_on(block: Block, unit: Unit) -> bool:
    """Tell whether a sentence is the next of a series: it opens as its neighbour does.

    « L'allocation peut atteindre 500 € pour un majeur. L'allocation peut atteindre 200 € pour… »
    """
    opening = unit.text.split()[:_SERIES]
    return (
        block.hit == unit.hit
        and not (unit.is_item or unit.is_row)
        and any(
            abs(each.position - unit.position) == 1 and each.text.split()[:_SERIES] == opening
            for each in block.units
        )
    )


def _in_order(blocks: Sequence[Block], ranked: Sequence[Chosen]) -> list[Block]:
    """Return blocks as they are read: what answers best, then by passage and position.

    Neighbours of the best sentence that score as well keep their order with it.
    """
    ranks: dict[int, int] = {}
    for block in blocks:
        ranks.setdefault(block.hit, len(ranks))
    as_good = {c.unit for c in ranked if c.score >= ranked[0].score - _AS_GOOD}
    best = blocks[0].hit

    def place(block: Block) -> tuple[int, int, int]:
        leads = block.hit == best and not as_good.isdisjoint(block.units)
        return (0 if leads else 1, ranks[block.hit], block.start)

    return sorted(blocks, key=place)


def _block_around(unit: Unit, units: Sequence[Unit]) -> Block:
    """Return a unit with what it cannot be read without."""
    if unit.is_row:
        return Block(unit.hit, tuple(_table_around(unit, units)))
    if unit.text.rstrip().endswith(":"):
        items = [u for u in units if u.lead_in == unit.position]
        return Block(unit.hit, (unit, *items[:_MOST_ITEMS]))
    if unit.lead_in is not None:
        items = [u for u in units if u.lead_in == unit.lead_in]
        # Part of a list would pass for the whole: a long one is cut only where it must be.
        shown = items[:_MOST_ITEMS] if unit in items[:_MOST_ITEMS] else [unit]
        return Block(unit.hit, (units[unit.lead_in], *shown))
    before = units[unit.position - 1] if unit.position > 0 else None
    if _leans_back(unit) and before is not None and is_worth_showing(before):
        return Block(unit.hit, (before, unit))
    return Block(unit.hit, (unit,))


def _leans_back(unit: Unit) -> bool:
    """Tell whether a sentence cannot be read without the one before."""
    return bare(unit.text).lower().startswith(_LEANS_BACK)


def _table_around(unit: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return a row with its table's caption, header and, in a small table, the other rows."""
    same = [
        u
        for u in units
        if u.is_row and (u.lead_in, u.header) == (unit.lead_in, unit.header) and not is_header(u)
    ]
    above = sorted({i for i in (unit.lead_in, unit.header) if i is not None})
    return [units[i] for i in above] + (same if len(same) <= _MOST_ITEMS else [unit])


def _repeats(block: Block, other: Block) -> bool:
    """Tell whether a block says what another one says already."""
    if block.hit == other.hit and block.start < other.end and other.start < block.end:
        return True
    mine, theirs = (
        _NOTE.sub("", " ".join(unit.text for unit in each.units)) for each in (block, other)
    )
    my_terms, their_terms = set(terms(mine)), set(terms(theirs))
    shorter = min(len(my_terms), len(their_terms))
    says_new_figures = bool(numbers(mine) - numbers(theirs))
    return not says_new_figures and len(my_terms & their_terms) >= shorter * _REPEATS


def _cite(blocks: Sequence[Block], hits: Sequence[Hit]) -> tuple[list[Citation], dict[Block, int]]:
    """Return the citations and the number of each block's one.

    Blocks of one passage share a citation as long as the quote that spans them stays short.
    """
    citations: list[Citation] = []
    numbers: dict[Block, int] = {}
    for block in blocks:
        if block in numbers:
            continue
        together = [block]
        for other in blocks:
            if other.hit == block.hit and other not in numbers and other is not block:
                span = [*together, other]
                if max(b.end for b in span) - min(b.start for b in span) <= _QUOTE_CHARACTERS:
                    together = span
        number = len(citations) + 1
        numbers.update(dict.fromkeys(together, number))
        start, end = min(b.start for b in together), max(b.end for b in together)
        citations.append(cite(number, hits[block.hit], start, end))
    return citations, numbers


def cite(number: int, hit: Hit, start: int, end: int) -> Citation:
    """Return the citation of a span of a passage, from ``start`` to ``end`` in its text."""
    source, passage = hit.source, hit.passage
    return Citation(
        n=number,
        document_id=source.id,
        title=source.title,
        collection=source.collection,
        section=" > ".join(passage.section_path) or None,
        page=passage.page,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        passage_id=passage.id,
        url=source.url,
        date=source.date,
        date_meaning=source.date_meaning,
        valid_from=source.valid_from,
        valid_until=source.valid_until,
        fictional=source.fictional,
    )


def _render(block: Block, said: Sequence[str], mark: int) -> str:
    """Return a block, whose units are said so, as Markdown with its mark."""
    lead, *rest = block.units
    if not rest and not lead.is_row:
        return f"{said[0].rstrip(' ;,')} [{mark}]"
    if any(unit.is_row for unit in block.units):
        return _render_table(block, mark)
    if any(unit.is_item for unit in rest):
        items = "\n".join(f"- {text}" for text in said[1:])
        return f"{said[0]} [{mark}]\n\n{items}"
    return f"{' '.join(said)} [{mark}]"


def _render_table(block: Block, mark: int) -> str:
    """Return rows as a list that reads on any screen: « 1re année – mineur : 27 % ; … »."""
    caption = next((bare(u.text) for u in block.units if not u.is_row), None)
    header = next((cells(u) for u in block.units if is_header(u)), None)
    lines = [row_text(u, header) for u in block.units if u.is_row and not is_header(u)]
    if caption is None and len(lines) == 1:
        return f"{lines[0]} [{mark}]"
    opening = caption or (header[0] if header else "Extrait du tableau")
    return "\n".join([f"{opening} [{mark}]", "", *(f"- {line}" for line in lines)])


def row_text(unit: Unit, header: Sequence[str] | None) -> str:
    """Return a row as one sentence, each cell after the name of its column."""
    first, *values = cells(unit)
    if header is None or len(header) != len(values) + 1:
        return f"{first} : {' ; '.join(values)}"
    named = (f"{name} : {value}" for name, value in zip(header[1:], values, strict=True) if value)
    return f"{first} – {' ; '.join(named)}"


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(unit.text) for block in blocks for unit in block.units)
