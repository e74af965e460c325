"""What somebody wants written, when a question asks for it: « fais-moi un sms pour lui dire… »."""

import re
from dataclasses import dataclass

from assistant.task import Kind

_PLEASE = (
    r"(?:bonjour\b|stp\b|svp\b|merci de\b|ok\b|bon\b|et\b|alors\b|maintenant\b|il me faut|je veux"
    r"|je voudrais|j['’]aimerais|(?:j['’]ai )?besoin d['’]|aide[- ]moi (?:à|a)"
    r"|(?:tu )?peux[- ]tu|tu peux|pourrais[- ]tu|(?:vous )?pouvez[- ]vous|pourriez[- ]vous)"
)
_WRITE = (
    r"(?:m['’]|me |lui )?(?:fai(?:s|t|re|tes)|r[eé]dige[rz]?|[eé]cri(?:s|re|vez)|pr[eé]pare[rz]?"
    r"|g[eé]n[eè]re[rz]?|propose[rz]?|donne[rz]?|tape[rz]?)(?:[- ](?:moi|nous|lui))?"
)
_THING = (
    r"(?:(?:un|le|petit|court|mod[eè]le de|brouillon de)\s+)*"
    r"(?P<what>e-?mails?|mails?|courriels?|sms|textos?)\b"
)
_WANTED = re.compile(
    rf"^\W*(?:{_PLEASE}[\s,:]*)*(?P<write>{_WRITE}\s+)?{_THING}(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# Whom it is for, and what opens what it must say.
_TO = re.compile(
    r"^\W*(?:(?:à|a|au|pour|pr|destiné (?:à|au))\s+)?"
    r"(?:lui|elle|(?:l[ea]|un|une|mon|ma|ce|cette)\s+jeune|jeunes?)\b(?!\s+(?:en|de|du)\b)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^\W*(?:(?:pour|pr|afin de|qui|et)\s+)?(?:l(?:ui|eur)\s+)?"
    r"(?:dire|dis|dit|expliquer|explique|rappeler|rappelle|annoncer|annonce|donner|donne"
    r"|indiquer|indique|pr[eé]senter|pr[eé]sente|pr[eé]ciser|pr[eé]cise|avec|sur|[aà] propos d[eu]"
    r"|concernant|pour|pr|l[aà][- ]dessus)\b"
    r"(?:\s+(?:que|ce que c['’]est que))?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\W*(?:stp|svp|merci|l[aà][- ]dessus|de [cç]a|avec [cç]a)?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to write, and what it must say; ``about`` is empty where it is what was just said."""

    kind: Kind
    about: str


def wanted(question: str) -> Wanted | None:
    """Return what a question wants written, None where it asks something else.

    « un mail suffit pour prévenir ? » asks something else: a text is wanted where the question
    orders it, or opens with it and says whom it is for or what it must say.
    """
    found = _WANTED.match(question)
    if found is None:
        return None
    rest = found["rest"]
    told = _TO.sub("", rest, count=1)
    about = _SAYING.sub("", told, count=1)
    if not found["write"] and about == rest:
        return None
    kind: Kind = "sms" if found["what"].lower().startswith(("sms", "texto")) else "mail"
    return Wanted(kind, "" if _NOTHING.match(about) else about.strip(" ,.:;"))
