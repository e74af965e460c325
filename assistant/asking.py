"""The clause of a question that asks, where others tell of somebody's situation."""

import re

from knowledge.analysis import strip_accents

# « , », « : » or a dash between two words, the mark that ends a sentence; no decimal comma.
_BREAK = re.compile(r"(?<=[?!.])\s+|\s*[,;:]\s+|\s+[-–—]\s+")
#: What one asks with, in words without accents; « qui » after a noun tells of somebody.
WHO = (
    r"(?:^\W*(?:(?:et|mais|ou|donc|alors|du coup)\s+)*"
    r"|\b(?:a|par|de|pour|avec|chez|c|est|sont|sait|savoir|moi|signe|paye|paie|fait)\s+|')qui\b"
    r"|\bqui\W*$"
)
_ASKS = re.compile(
    r"\b(?:combien|cb|comment|pourquoi|quand|quels?|quelles?|quoi|koi|montant|duree)\b"
    rf"|\bpar ou\b|^\W*(?:et )?ou (?:on|je|il|elle|est|se|s'|aller|faire)\b|\bou\W*$|{WHO}"
    r"|\best-ce\b|-(?:il|elle|on|ils|elles|ce|je|nous|vous)\b|\bou (?:pas?|non)\b"
    r"|\bvaut mieux\b|\bdifference\b|\?"
)
# What opens a clause that only says in which case.
_IN_CASE = re.compile(
    r"\W*(?:si|s'|meme si|quand|pour|sachant que|alors que|vu que|comme|avec|sans|sauf que)\b"
)


def asking_clause(question: str) -> str:
    """Return the clause that asks, the whole question where no one does, or several do.

    « Ma jeune de 19 ans est en CDI, qui paye son permis ? » asks « qui paye son permis ? ».
    """
    clauses = [clause for clause in _BREAK.split(question) if clause.strip()]
    asking = [clause for clause in clauses if _asks(clause)]
    return asking[0] if len(asking) == 1 else question


def _asks(clause: str) -> bool:
    plain = strip_accents(clause.lower().replace("’", "'"))
    return bool(_ASKS.search(plain)) and not _IN_CASE.match(plain)
