"""The sentences of a first draft: plain, counted by meeting, and never more than was said."""

from collections.abc import Sequence

from knowledge.consultation.book import Count
from knowledge.consultation.kinds import Kind
from knowledge.typography import counted

# More regions than these are counted and not named: the extracts name them.
_MOST_NAMED = 4

_SEVERAL: dict[Kind, tuple[str, ...]] = {
    "fonctionne": (
        "{Where}, des participants citent ce qui fonctionne.",
        "Des points qui fonctionnent sont cités {where}.",
        "{Where}, ce thème apparaît parmi ce qui fonctionne.",
    ),
    "dysfonctionne": (
        "{Where}, des participants décrivent des difficultés.",
        "Des difficultés sont rapportées {where}.",
        "{Where}, ce thème apparaît parmi ce qui ne fonctionne pas.",
    ),
    "besoin": (
        "{Where}, des participants expriment des besoins.",
        "Des besoins sont exprimés {where}.",
        "{Where}, des participants disent ce qu'il leur faudrait.",
    ),
    "attente": (
        "{Where}, des participants disent ce qu'ils attendent.",
        "Des attentes sont formulées {where}.",
        "{Where}, des participants disent comment ils souhaitent que les choses se fassent.",
    ),
}
_ONE: dict[Kind, tuple[str, ...]] = {
    "fonctionne": (
        "{Where}, ce thème est cité pour ce qui fonctionne.",
        "Ce qui fonctionne est cité {where}.",
    ),
    "dysfonctionne": (
        "{Where}, une difficulté est rapportée.",
        "Une difficulté est décrite {where}.",
    ),
    "besoin": ("{Where}, un besoin est exprimé.", "Un besoin est formulé {where}."),
    "attente": ("{Where}, une attente est exprimée.", "Une attente est formulée {where}."),
}
# Several remarks of one meeting: they may be of one person.
_ONE_OFTEN: dict[Kind, tuple[str, ...]] = {
    "fonctionne": ("{Where}, des points qui fonctionnent sont cités.",),
    "dysfonctionne": ("{Where}, des difficultés sont rapportées.",),
    "besoin": ("{Where}, des besoins sont exprimés.",),
    "attente": ("{Where}, des attentes sont exprimées.",),
}
_ALONE: dict[Kind, str] = {
    "fonctionne": "Une seule réunion{place} cite ce point parmi ce qui fonctionne.",
    "dysfonctionne": "Une seule réunion{place} rapporte cette difficulté.",
    "besoin": "Une seule réunion{place} exprime ce besoin.",
    "attente": "Une seule réunion{place} exprime cette attente.",
}
_SIDES = ("D'un côté, {where}, il est dit :", "De l'autre, {where}, il est dit :")


def say_kind(
    kind: Kind, *, remarks: int, said: Count, held: Count, turn: int, young: bool = False
) -> str:
    """Return the sentence that says where remarks of a kind were made; ``turn`` varies its form."""
    one = _ONE_OFTEN if remarks > 1 else _ONE
    forms = (_SEVERAL if said.meetings > 1 else one)[kind]
    return _filled(forms[turn % len(forms)], say_where(said, held, young=young))


def say_alone(kind: Kind, *, said: Count) -> str:
    """Return the sentence of an idea that one meeting alone said."""
    place = f", en {said.regions[0]}," if said.regions else ""
    return _ALONE[kind].format(place=place)


def say_sides(sides: Sequence[Count], *, held: Count) -> list[str]:
    """Return the sentences that open the two sides of a divergence."""
    return [_filled(form, say_where(said, held)) for form, said in zip(_SIDES, sides, strict=True)]


def say_where(said: Count, held: Count, *, young: bool = False) -> str:
    """Return « dans 7 réunions sur 18 (3 régions : A, B, C) »."""
    meeting = "réunion de jeunes" if young else "réunion"
    meetings = "réunions de jeunes" if young else "réunions"
    number = counted(said.meetings, meeting, meetings) if said.meetings > 1 else f"une {meeting}"
    return f"dans {number} sur {held.meetings}{_regions(said.regions)}"


def _regions(regions: Sequence[str]) -> str:
    if not regions:
        return ""
    if len(regions) > _MOST_NAMED:
        return f" ({len(regions)} régions)"
    names = ", ".join(regions)
    return f" ({len(regions)} régions : {names})" if len(regions) > 1 else f" ({names})"


def _filled(form: str, where: str) -> str:
    return form.format(where=where, Where=where[0].upper() + where[1:])
