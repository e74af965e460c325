"""The dispositifs that a question or an answer names, by their usual names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.understand import GENERIC, INTENT
from knowledge.acronyms import Acronym, acronyms_in
from knowledge.analysis import terms
from knowledge.documents import Source

# What follows the name in a title: « Visale (caution locative) », « Cap emploi : … ».
_AFTER = re.compile(r"\s*(?:\(| :|: | depuis ).*$")
_AND = re.compile(r", | et ")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_PROPER = re.compile(r"(?<=[\s'’])[A-ZÉÈ][\w]+(?:-[\w]+)+")
# A name of more search terms than these is spoken of by its acronym.
_SHORT_NAME = 2

_WORD = re.compile(r"[\w-]+")
# In words, the small ones included.
_LONGEST_NAME = 12

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A dispositif that can be spoken of: its document, its usual name, how it may be named."""

    id: str
    label: str
    forms: tuple[Form, ...]
    acronyms: frozenset[str] = frozenset()


class Subjects:
    """The dispositifs of a library."""

    def __init__(self, sources: Iterable[Source]) -> None:
        """Name the sheets among these sources."""
        sheets = [each for each in sources if each.kind.startswith("fiche")]
        names = [tuple(terms(_name(each.title))) for each in sheets]
        self._by_id = {each.id: _subject(each, names) for each in sheets}

    def get(self, document_id: str) -> Subject | None:
        """Return the dispositif of a document, None where it is no sheet."""
        return self._by_id.get(document_id)

    def named_in(self, text: str) -> list[Subject]:
        """Return the dispositifs that a text names, in the order of the text.

        A name within a longer one does not count: « contrat d'apprentissage aménagé ».
        """
        said = terms(text)
        shorts = {each.short for each in acronyms_in(text)}
        found = [
            (start, start + len(form), subject)
            for subject in self._by_id.values()
            for form in subject.forms
            for start in range(len(said) - len(form) + 1)
            if tuple(said[start : start + len(form)]) == form
        ]
        longest = [
            each
            for each in found
            if not any(
                other[0] <= each[0] and each[1] <= other[1] and other[:2] != each[:2]
                for other in found
            )
        ]
        for subject in self._by_id.values():
            starts = [_place(short, said) for short in subject.acronyms & shorts]
            longest += [(start, start + 1, subject) for start in starts]
        in_order = sorted(longest, key=lambda each: each[0])
        return list({subject.id: subject for *_, subject in in_order}.values())


def mention(text: str, subject: Subject) -> tuple[int, int] | None:
    """Return where a text names a dispositif, None when it does not."""
    wanted = {*subject.forms, *(tuple(terms(each)) for each in subject.acronyms)}
    places = [found.span() for found in _WORD.finditer(text)]
    spans = (
        (first, last)
        for number, (first, _) in enumerate(places)
        for _, last in places[number : number + _LONGEST_NAME]
        if tuple(terms(text[first:last])) in wanted
    )
    # The whole of the name, without the small words before it.
    return min(
        spans, key=lambda span: (-len(terms(text[slice(*span)])), span[1] - span[0]), default=None
    )


def _subject(source: Source, names: Sequence[Form]) -> Subject:
    """Return what a sheet is about; ``names`` are those of all the sheets."""
    name = _name(source.title)
    own = tuple(terms(name))
    acronyms = _own_acronyms(source.title, own, names)
    forms = [own, *(tuple(terms(part)) for part in _AND.split(name))]
    forms += [tuple(terms(each)) for each in _PROPER.findall(name)]
    if (
        len(own) == _SHORT_NAME
        and own[0] in GENERIC
        and all(set(own) <= set(other) for other in names if own[1] in other)
    ):
        # « l'apprentissage » is the « contrat d'apprentissage », « l'activité » many things.
        forms.append(own[1:])
    spelt = [each.short for each in acronyms if set(terms(each.expansion)) <= set(own)]
    label = spelt[0] if spelt and len(own) > _SHORT_NAME else _AND.split(name)[0]
    shorts = frozenset(each.short for each in acronyms)
    return Subject(source.id, label, tuple(dict.fromkeys(filter(_tells, forms))), shorts)


def _own_acronyms(title: str, own: Form, names: Sequence[Form]) -> list[Acronym]:
    """Return the acronyms in the brackets of a title that are its own, not another sheet's."""
    others = [set(each) for each in names if each != own]
    found = []
    for inside in _IN_BRACKETS.findall(title):
        held = acronyms_in(inside)
        spelt = {term for each in held for term in terms(each.short)}
        for each in held:
            expansion = set(terms(each.expansion))
            is_list = set(terms(inside)) <= spelt
            if expansion <= set(own) or (is_list and expansion not in others):
                found.append(each)
    return found


def _place(short: str, said: Sequence[str]) -> int:
    """Return where an acronym stands among the search terms of a text."""
    first = terms(short)[:1]
    return said.index(first[0]) if first and first[0] in said else len(said)


def _tells(form: Form) -> bool:
    """Tell whether words name something: « aide » alone does not."""
    return not GENERIC.issuperset(form) and not INTENT.issuperset(form)


def _name(title: str) -> str:
    return _AFTER.sub("", title)
