"""Writes an answer on the consultation: each line counts or quotes remarks, which it cites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence
from assistant.compose import cite
from assistant.remarks import Remark
from assistant.verify import verify_citations
from knowledge.analysis import strip_accents
from knowledge.dates import say_date
from knowledge.documents import Source

_OPINIONS = (
    "Ce sont des paroles de participants, pas des règles ; un silence n'est ni un accord ni un"
    " désaccord."
)
_FICTIONAL = "**Comptes rendus fictifs (démonstration).**"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer and the remarks that prove it.

    ``is_quote`` tells that it gives the words of its one remark, after ``text``; ``is_item`` that
    it stands in a list. What is no quote is a count of its remarks, true by how it was made.
    """

    text: str
    remarks: tuple[Remark, ...]
    is_quote: bool = False
    is_item: bool = False


def count_line(remarks: Sequence[Remark], *, notes: Sequence[Source], opening: str) -> Line:
    """Return the line that tells how many meetings and regions spoke.

    Args:
        remarks: one at least of each note that spoke.
        notes: those among which it is counted.
        opening: what comes before the count.
    """
    spoke = {remark.note for remark in remarks}
    heard = [note for note in notes if note.id in spoke]
    meetings, of_meetings = _meetings(heard), _meetings(notes)
    regions, of_regions = _regions(heard), _regions(notes)
    parts = []
    if meetings:
        by_region = ", ".join(
            f"{region} {sum(note.territory == region for note in heard)}" for region in regions
        )
        in_regions = (
            f"dans {len(regions)} région{'s' * (len(regions) > 1)} sur {len(of_regions)}"
            if len(of_regions) > 1
            else "dans la région"
        )
        parts.append(
            f"{len(meetings)} réunion{'s' * (len(meetings) > 1)} sur {len(of_meetings)},"
            f" {in_regions} ({by_region})"
        )
    if others := len(heard) - len(meetings):
        parts.append(f"{others} autre{'s' * (others > 1)} document{'s' * (others > 1)}")
    return Line(f"{opening}{' et '.join(parts)}.", tuple(remarks))


def theme_line(theme: str, remarks: Sequence[Remark]) -> Line:
    """Return the line of a theme: how many meetings and regions speak of it."""
    notes = {remark.note: remark.hit.source for remark in remarks}.values()
    meetings, regions = len(_meetings(notes)), len(_regions(notes))
    text = (
        f"**{theme}** : {meetings} réunion{'s' * (meetings > 1)},"
        f" {regions} région{'s' * (regions > 1)}"
    )
    return Line(text, tuple(remarks), is_item=True)


def verbatim_line(remark: Remark) -> Line:
    """Return the words of a remark, after where and when they were said."""
    source = remark.hit.source
    where = source.territory or source.title
    young = ", groupe de jeunes" if source.public == "jeunes" else ""
    when = f", {say_date(source.date)}" if source.date else ""
    return Line(f"**{where}**{young}{when} : ", (remark,), is_quote=True, is_item=True)


def render(lines: Sequence[Line], *, blank: Answer, suggestions: Sequence[str] = ()) -> Answer:
    """Return the answer that these lines make; its citations are numbered as they are read."""
    numbers: dict[Remark, int] = {}
    for line in sorted(lines, key=lambda each: not each.is_quote):
        for remark in line.remarks:
            numbers.setdefault(remark, len(numbers) + 1)
    citations = verify_citations(
        [cite(n, remark.hit, remark.start, remark.end) for remark, n in numbers.items()],
        passages={remark.hit.passage.id: remark.hit.passage for remark in numbers},
    )
    sound = {citation.n for citation in citations}
    kept = [line for line in lines if sound.issuperset(map(numbers.__getitem__, line.remarks))]
    parts = [_text(kept[:1], numbers), _text(kept[1:], numbers), _OPINIONS]
    if any(citation.fictional for citation in citations):
        parts.insert(1, _FICTIONAL)
    return replace(
        blank,
        status="answered",
        text="\n\n".join(part for part in parts if part),
        sentences=tuple(_sentence(line, numbers) for line in kept),
        citations=citations,
        suggestions=tuple(suggestions),
    )


def _text(lines: Sequence[Line], numbers: dict[Remark, int]) -> str:
    """Return the lines as Markdown; what quotes nothing bears no mark, its proofs are listed."""
    written, in_list = "", False
    for line in lines:
        mark = f"{line.remarks[0].said} [{numbers[line.remarks[0]]}]" if line.is_quote else ""
        gap = "" if not written else "\n" if in_list and line.is_item else "\n\n"
        written += gap + "- " * line.is_item + line.text + mark
        in_list = line.is_item
    return written


def _sentence(line: Line, numbers: dict[Remark, int]) -> Sentence:
    said = line.remarks[0].said if line.is_quote else line.text
    return Sentence(said, tuple(numbers[each] for each in line.remarks), verified=True)


def _meetings(notes: Iterable[Source]) -> list[Source]:
    """Return the notes of a meeting: those whose region is known."""
    return [note for note in notes if note.territory]


def _regions(notes: Iterable[Source]) -> list[str]:
    return sorted({note.territory for note in notes if note.territory}, key=strip_accents)
