"""Remarks with what is held true of them: what people decided, else what Appui proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.analysis import terms
from knowledge.consultation.decisions import Decision, Span
from knowledge.consultation.kinds import Kind
from knowledge.consultation.learned import Likely
from knowledge.consultation.locate import letters_of, locate
from knowledge.consultation.pieces import Piece
from knowledge.consultation.qualify import Polarity, Proposal, qualify
from knowledge.consultation.remarks import Remark
from knowledge.consultation.situate import Guess, component_of, profile_of
from knowledge.consultation.standing import Standing, Status
from knowledge.themes import themes_in

_POLARITIES: dict[Kind, Polarity] = {"fonctionne": "positive", "dysfonctionne": "negative"}


@dataclass(frozen=True)
class Coded:
    """A remark with its theme, and what was decided on it.

    ``proposal`` is what Appui proposes, ``proposed_theme`` the theme that it gives; every other
    value is the decided one, else the proposed one.
    """

    remark: Remark
    proposal: Proposal
    theme: str
    proposed_theme: str = ""
    standing: Standing = field(default_factory=Standing)

    @property
    def region(self) -> str | None:
        """Where it was said, None where the note does not say it."""
        return self.remark.note.region

    @cached_property
    def terms(self) -> frozenset[str]:
        """The search terms of what was said."""
        return frozenset(terms(self.remark.said))

    @cached_property
    def themes(self) -> frozenset[str]:
        """The themes of the thesaurus that it speaks of."""
        return themes_in(self.remark.said)

    @property
    def status(self) -> Status:
        """Whether it is only proposed, accepted, or set aside."""
        return self.standing.status

    @property
    def reason(self) -> str:
        """Why it was set aside; empty where it was not."""
        return self.standing.reason

    @property
    def kind(self) -> Kind:
        """What kind of remark it is."""
        return self.standing.kind or self.proposal.kind

    @property
    def polarity(self) -> Polarity:
        """Whether it praises, complains, or neither."""
        if self.standing.polarity or self.kind == self.proposal.kind:
            return self.standing.polarity or self.proposal.polarity
        return _POLARITIES.get(self.kind, "neutral")

    @property
    def is_against(self) -> bool:
        """Whether it refuses what others may wish for."""
        return self.kind in {"besoin", "attente"} and self.polarity == "negative"

    @property
    def component(self) -> str:
        """The part of the information system that it is about."""
        return self.standing.component or self.proposed_component.value

    @property
    def profile(self) -> str:
        """Who said it."""
        return self.standing.profile or self.proposed_profile.value

    @cached_property
    def proposed_component(self) -> Guess:
        """The part of the information system that Appui proposes, with its reason."""
        return component_of(self.remark)

    @cached_property
    def proposed_profile(self) -> Guess:
        """Who Appui proposes that said it, with its reason."""
        return profile_of(self.remark)


def code(
    remark: Remark, likely: Likely, theme: str, *, label: str, standing: Standing | None = None
) -> Coded:
    """Return a remark with its theme and where it stands.

    Args:
        remark: what was said.
        likely: what the examples tell of it.
        theme: the theme that Appui gives it, or that was decided.
        label: the name under which this theme is counted.
        standing: what was decided on it.
    """
    return Coded(remark, qualify(remark, likely), label, theme, standing or Standing())


def once(remarks: Sequence[Remark]) -> list[Remark]:
    """Return remarks without those that repeat the words of another one of their meeting."""
    return list({what_is_said(remark): remark for remark in remarks[::-1]}.values())[::-1]


def what_is_said(remark: Remark) -> str:
    """Return what two remarks of a meeting share when one repeats the other."""
    return " ".join(terms(remark.said)) or remark.id


def as_decided(
    remarks: Sequence[Remark], splits: Mapping[str, Decision], merges: Mapping[str, Decision]
) -> tuple[list[Remark], dict[str, str]]:
    """Return remarks cut and joined as was decided, and why some of them no longer count.

    A merge of neighbours makes one remark of their words and of what stands between them; a
    merge of remarks that stand apart keeps the first and sets the others aside.
    """
    found: list[Remark] = []
    for remark in remarks:
        found += _cut(remark, splits[remark.id]) if remark.id in splits else [remark]
    aside: dict[str, str] = {}
    places = {remark.id: place for place, remark in enumerate(found)}
    joined: dict[str, Remark | None] = {}
    for first, merge in merges.items():
        ids = [each for each in (first, *merge.ids) if each in places]
        if first not in places or len(ids) < 2:  # noqa: PLR2004
            continue
        together = [found[place] for place in sorted(places[each] for each in ids)]
        if len({each.note.id for each in together}) > 1:
            continue
        if all(map(_touch, together, together[1:])):
            whole = replace(together[0].piece, end=together[-1].piece.end)
            joined |= dict.fromkeys(ids)
            joined[together[0].id] = replace(together[0], piece=whole)
        else:
            why = f"réunie avec « {found[places[first]].said} »"
            aside |= {each: why for each in ids if each != first}
    kept = (joined.get(remark.id, remark) for remark in found)
    return [remark for remark in kept if remark], aside


def span_in(remark: Remark, words: str) -> Span | None:
    """Return the slice of a remark that holds these words, whatever its marks, or None."""
    text, piece = remark.note.text, remark.piece
    found = locate(words, text=remark.text, letters=letters_of(remark.text))
    if found is None:
        return None
    start, end = piece.start + found[0], piece.start + found[1]
    return Span(start, end, text[start:end])


def _cut(remark: Remark, split: Decision) -> list[Remark]:
    """Return the parts of a remark; whole where its words are no longer those that were cut."""
    found = [span_in(remark, span.text) for span in split.spans]
    spans = [span for span in found if span]
    if len(spans) < len(found):
        return [remark]
    return [replace(remark, piece=_part(remark.piece, span)) for span in spans]


def _part(piece: Piece, span: Span) -> Piece:
    return replace(piece, start=span.start, end=span.end)


def _touch(before: Remark, after: Remark) -> bool:
    """Tell whether nothing was said between two remarks of one note."""
    between = before.note.text[before.piece.end : after.piece.start]
    return not any(map(str.isalnum, between))
