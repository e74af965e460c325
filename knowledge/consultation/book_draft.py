"""Drafts the source of a livre blanc from what was said, every remark on some sentence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from knowledge.consultation.book import Evidence, Extract, counts
from knowledge.consultation.book_gaps import digest_of
from knowledge.consultation.book_markdown import escaped, header, marked
from knowledge.consultation.book_sentences import say_alone, say_kind, say_sides
from knowledge.consultation.kinds import Kind

TITLE = "Livre blanc de la consultation"
YOUNG = "Parole des jeunes"
UNDECIDED = "À publier ou à écarter"

_KINDS: dict[Kind, str] = {
    "fonctionne": "Ce qui fonctionne",
    "dysfonctionne": "Ce qui ne fonctionne pas",
    "besoin": "Besoins",
    "attente": "Attentes",
}
_NOTICE = """<!--
Source du livre blanc : modifiez les phrases, déplacez-les, réunissez-les. Chaque phrase garde les
marques [^…] des extraits qui la prouvent. Appui ajoute lui-même la méthode, la matrice et l'annexe.
-->
"""
_QUOTED = 3


def draft(evidence: Evidence) -> str:
    """Return the Markdown source of a first draft."""
    sources = {note.id: digest_of(note.sha256) for note in evidence.matrix.notes}
    return "\n".join([header(sources), _NOTICE, f"# {TITLE}\n", *_Draft(evidence).lines()])


class _Draft:
    """The chapters of a draft; sentences of one form are not said twice running."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._turns = count()
        self._isolated = {each.remark.id for each in evidence.matrix.isolated}

    def lines(self) -> Iterator[str]:
        """Yield the lines of each chapter."""
        shared = self._by_theme(self._shared())
        yield "## État des lieux\n"
        yield from self._kind("fonctionne", shared, title="### {}\n")
        yield from self._kind("dysfonctionne", shared, title="### {}\n")
        yield "## Besoins et attentes\n"
        yield from self._kind("besoin", shared, title="### {}\n")
        yield from self._kind("attente", shared, title="### {}\n")
        yield from self._divergences()
        yield from self._alone()
        yield from self._young()

    def _shared(self) -> list[Extract]:
        """Return the remarks of the themes that several meetings spoke of."""
        themes = self._evidence.matrix.themes
        many = {
            theme
            for theme, said in themes.items()
            if len({each.remark.note.id for each in said}) > 1
        }
        return [
            each
            for each in self._evidence.extracts
            if not each.note.is_of_young_people
            and (each.coded.theme in many or each.coded.remark.id not in self._isolated)
        ]

    def _by_theme(self, extracts: Iterable[Extract]) -> dict[str, list[Extract]]:
        found: dict[str, list[Extract]] = defaultdict(list)
        for each in extracts:
            found[each.coded.theme].append(each)
        order = {theme: place for place, theme in enumerate(self._evidence.matrix.themes)}
        return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))

    def _kind(self, kind: Kind, themes: dict[str, list[Extract]], *, title: str) -> Iterator[str]:
        """Yield what was said of one kind, theme by theme."""
        named = False
        for theme, said in themes.items():
            own = [each for each in said if each.coded.kind == kind]
            if not own:
                continue
            if not named:
                yield title.format(_KINDS[kind])
                named = True
            yield f"#### {self._name(theme)}\n"
            yield from self._claim(kind, own)

    def _claim(self, kind: Kind, own: Sequence[Extract], *, young: bool = False) -> Iterator[str]:
        held = self._evidence.held(young=young)
        said = say_kind(
            kind,
            remarks=len(own),
            said=counts(own),
            held=held,
            turn=next(self._turns),
            young=young,
        )
        yield marked(said, [each.mark for each in own]) + "\n"
        # What several meetings said comes before what one did; young people are all quoted.
        yield from _quotations(own, first=self._isolated, most=len(own) if young else _QUOTED)

    def _divergences(self) -> Iterator[str]:
        found = self._evidence.matrix.contradictions
        if found:
            yield "## Divergences\n"
            yield "### Paroles qui s'opposent\n"
        held = self._evidence.held(young=False)
        for theme, *sides in found:
            yield f"#### {self._name(theme)}\n"
            own = [self._evidence.cited(each.remark.id for each in side) for side in sides]
            said = say_sides([counts(side) for side in own], held=held)
            for sentence, side in zip(said, own, strict=True):
                yield marked(sentence, [each.mark for each in side]) + "\n"
                yield from _quotations(side, first=self._isolated, most=_QUOTED)

    def _alone(self) -> Iterator[str]:
        """Yield the ideas of one meeting: those that people publish, then those left to decide."""
        alone = self._evidence.cited(self._isolated)
        published = self._evidence.matrix.published
        groups = {
            "Publiées": [each for each in alone if each.coded.remark.id in published],
            UNDECIDED: [each for each in alone if each.coded.remark.id not in published],
        }
        if alone:
            yield "## Idées isolées\n"
        for title, own in groups.items():
            if own:
                yield f"### {title}\n"
            for theme, said in self._by_theme(own).items():
                yield f"#### {self._name(theme)}\n"
                for each in said:
                    yield (
                        marked(say_alone(each.coded.kind, said=counts([each])), [each.mark]) + "\n"
                    )
                    yield _quotation(each)

    def _young(self) -> Iterator[str]:
        young = [each for each in self._evidence.extracts if each.note.is_of_young_people]
        if young:
            yield f"## {YOUNG}\n"
        for kind, name in _KINDS.items():
            own = [each for each in young if each.coded.kind == kind]
            if own:
                yield f"### {name}\n"
                yield from self._claim(kind, own, young=True)

    def _name(self, theme: str) -> str:
        return escaped(self._evidence.mask(theme[0].upper() + theme[1:]))


def _quotations(own: Sequence[Extract], *, first: set[str], most: int) -> Iterator[str]:
    """Yield the quotations of a sentence: of other regions and meetings before the same ones."""
    left = sorted(
        own,
        key=lambda each: (each.coded.remark.id in first, not _is_spoken(each), each.number),
    )
    chosen: list[Extract] = []
    while left and len(chosen) < most:
        regions = {each.note.region for each in chosen}
        notes = {each.note.id for each in chosen}
        left.sort(key=lambda each: (each.note.region in regions, each.note.id in notes))
        chosen.append(left.pop(0))
    yield from map(_quotation, chosen)


def _quotation(extract: Extract) -> str:
    return f"> {marked(escaped(extract.words), [extract.mark])}\n"


def _is_spoken(extract: Extract) -> bool:
    return any(part.is_spoken for part in extract.parts())
