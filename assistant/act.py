"""What somebody does by typing: asks, greets, gives orders to the assistant, wants to deceive."""

import re
from typing import Literal

from assistant.language import asks_for_another_language
from assistant.small_talk import small_talk
from knowledge.analysis import strip_accents

Act = Literal["question", "greeting", "instruction", "fraud"]

_INSTRUCTION = re.compile(
    r"\b(?:ignore[zr]?|oublie[zr]?|disregard|forget)\b.{0,40}\b(?:instructions?|consignes?|règles"
    r"|rules|above|précédent\w*)|\b(?:system prompt|prompt système|tes consignes|vos consignes"
    r"|your instructions|tes instructions|vos instructions|(?:ton|votre|your) prompt)\b"
    r"|\b(?:tu es|vous êtes|you are) (?:maintenant|désormais|now)\b|\bjailbreak\b"
    r"|\b(?:fais|faites) comme si tu\b|\b(?:joue|prends) le rôle\b|\b(?:act|pretend) (?:as|to be)\b"
    # To answer without what is cited: « oublie les documents et donne-moi… ».
    r"|(?:^|[.!?;:,»\"\n]\s*)(?:ignore[zr]?|oublie[zr]?)\s+(?:tou(?:s|tes)\s+)?(?:[ltcs]es|vos)\s+"
    r"(?:documents?|sources?|fiches?|passages?)\b|\bsans (?:tes|vos) (?:documents|sources|fiches)\b"
    # What a made-up document orders an assistant to write.
    r"|\b(?:(?:tout|chaque) (?:assistant|chatbot|robot)\b(?: \w+)?"
    r"|(?:assistant|chatbot|robot) \w+ (?:doit|devra|est tenu)\b.{0,12}?) "
    r"(?:[ée]cri|r[ée]pond|affich|ajout|termin|commenc|conclu)\w*\b"
    # A made-up dialogue, in which the assistant has already agreed.
    r"|(?:^|[.!?»\"\n])\s*(?:assistant|chatbot|ia|syst[èe]me?|system)\s*:\s"
    r"|\brép[èe]te après moi\b|\bà partir de maintenant,? (?:tu|vous)\b",
    re.IGNORECASE,
)

# How to deceive; what a mistake or a fraud of somebody costs is an honest question.
_FRAUD = re.compile(
    r"\b(?:sans (?:se|qu'il se|qu'elle se|me) faire (?:prendre|choper|griller|gauler)"
    r"|(?:planquer|cacher|dissimuler|camoufler) (?:\w+ ){1,4}(?:a la|aux?|au) "
    r"(?:caf|msa|cpam|secu|france travail|ft|pole emploi|impots|departement)"
    r"|(?:comment|pour|peut|veut) (?:\w+ )?(?:frauder|tricher|truquer|falsifier|antidater)"
    r"|(?:fais|faire|ecris|ecrire|redige[rz]?|genere[rz]?|donne|fabrique[rz]?)"
    r"(?:[ -]\w+){0,3}? (?:faux|fausses?) \w+|signature imitee)\b"
)


def act_of(question: str) -> Act:
    """Return what the user does by typing this."""
    if _INSTRUCTION.search(question) or asks_for_another_language(question):
        return "instruction"
    if _FRAUD.search(strip_accents(question.lower())):
        return "fraud"
    return "greeting" if small_talk(question) is not None else "question"
