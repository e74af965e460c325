"""The four kinds of remarks, and what says the kind of those that stand under it."""

import re
from typing import Literal

from knowledge.analysis import strip_accents

Kind = Literal["fonctionne", "dysfonctionne", "besoin", "attente"]
#: What a heading or lead-in may say: a kind, or one of two.
Part = Literal["fonctionne", "dysfonctionne", "besoin", "attente", "today", "tomorrow"]

# The first that matches tells the part; what does not work is looked for before what does.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "tomorrow",
        re.compile(
            r"besoins? et (?:des |les |d[’'])?attentes?|attentes? et (?:des |les )?besoins?"
        ),
    ),
    (
        "dysfonctionne",
        re.compile(
            r"\bne (?:fonctionne|marche|va)\w* pas|dysfonction"
            r"|points? (?:faibles?|noirs?|negatifs?)"
            r"|^\(-\)|ce qui (?:use|coince|bloque|peche|fache|manque|agace|gene|ne va plus)"
            r"|cote negatif"
            r"|irritants?|difficultes?|problemes?|faiblesses|^les moins$|^moins$|a ameliorer"
        ),
    ),
    (
        "fonctionne",
        re.compile(
            r"\bfonctionne|\bmarche\b|points? (?:forts?|positifs?)|^\(\+\)|tient la route"
            r"|cote positif|ce qui (?:va\b|est bien|tient|plait)|a garder|^les plus$|\bforces?$"
            r"|satisfactions?|acquis$"
        ),
    ),
    ("attente", re.compile(r"\battentes?\b|souhaits?\b|\battendu")),
    ("besoin", re.compile(r"\bbesoins?\b|propositions?|demandes?\b|ce qu'il (?:nous )?faudrait")),
    (
        "tomorrow",
        re.compile(
            r"(?:futur|nouveau|prochain) (?:si\b|systeme|outil|logiciel)|\bdemain\b|a venir"
            r"|\bvoudr\w+|\baimer\w+|changer(?:ai|iez|ais)|\bidees?\b|\bpistes?\b"
        ),
    ),
    (
        "today",
        re.compile(r"etat des lieux|constats?|aujourd'hui|existant|actuel|parcours$|le quotidien"),
    ),
)  # fmt: skip
_LONGEST_LEAD = 90

_NAMES: dict[str, Kind] = {
    "fonctionne": "fonctionne", "marche": "fonctionne", "ne marche pas": "dysfonctionne",
    "ce qui fonctionne": "fonctionne", "point fort": "fonctionne",
    "positif": "fonctionne", "dysfonctionne": "dysfonctionne",
    "ne fonctionne pas": "dysfonctionne", "ce qui ne fonctionne pas": "dysfonctionne",
    "dysfonctionnement": "dysfonctionne", "point faible": "dysfonctionne",
    "negatif": "dysfonctionne", "besoin": "besoin", "besoins": "besoin", "demande": "besoin",
    "attente": "attente", "attentes": "attente", "souhait": "attente",
}  # fmt: skip


def kind_named(label: str) -> Kind | None:
    """Return the kind that a column « type » names, whatever its accents and capitals."""
    return _NAMES.get(strip_accents(label).lower().strip())


def part_said(text: str) -> Part | None:
    """Return the part of the meeting that a heading or lead-in announces, if it does."""
    plain = strip_accents(text).lower().strip().replace("’", "'")
    if len(plain) > _LONGEST_LEAD:
        return None
    return next((part for part, pattern in _PARTS if pattern.search(plain)), None)
