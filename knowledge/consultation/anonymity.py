"""Takes out of young people's words what could tell who said them.

A group of young people is small, and a town, an age or « la seule fille du garage » names someone
as surely as a name does. Rules, not a guarantee: whoever publishes reads again.
"""

import re
from collections.abc import Callable, Iterable

from knowledge.consultation.remarks import Remark

_NUMBER = r"(?:\d{1,2}|(?:quinze|seize|dix-sept|dix-huit|dix-neuf|vingt(?:[ -]et[ -]un|[ -]\w+)?))"
# Of a range (« de 16 à 25 ans », « moins de 26 ans ») nobody is told.
_AGE = re.compile(
    rf"(?P<range>\b{_NUMBER} ?(?:à|-|–|et|ou) ?{_NUMBER} ans|(?:moins|plus|partir) de {_NUMBER} ans"
    rf"|\b(?:avant|après|depuis|pendant) {_NUMBER} ans)|\b{_NUMBER} ans\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:filles?|garçons?|hommes?|femmes?|jeunes?|mineure?s?|mamans?|mères?|papas?|pères?"
    r"|apprentie?s?|stagiaires?|élèves?|étrangère?s?|handicapée?s?|personnes?|copains?|copines?)"
)
_PLACE_OF = r"(?: (?:du|de la|de l['’]|de|d['’]|des|au|à la|à l['’]|dans (?:le|la|l['’])) ?[\w-]+)*"
# « la seule fille du garage », « le seul du groupe à avoir le permis », « un seul jeune »
_ALONE = re.compile(
    rf"\b(?:(?:la|le|l['’]|une?) ?)?(?:seule?|unique) {_PEOPLE}\b{_PLACE_OF}"
    rf"|(?<=je suis )(?:la|le) seule?\b{_PLACE_OF}"
    r"|\b(?:la|le) seule? (?:du|de la|des|dans) [\w-]+(?: [\w-]+)?",
    re.IGNORECASE,
)
_KIN = (
    r"(?:frère|sœur|soeur|cousine?|copine?|copain|amie?|pote|père|mère|voisine?|conseillère?"
    r"|conseiller|patronn?e?|tuteur|tutrice|prof|éducateur|éducatrice|collègue)"
)
_NAMED = re.compile(rf"\b({_KIN},? )((?-i:[A-ZÀ-Ý][a-zà-ÿ'’-]+))", re.IGNORECASE)
# « (Cassiopée, 19 ans) »
_SIGNED = re.compile(r"\(([A-ZÀ-Ý][a-zà-ÿ'’-]+)(?=[,)])")
_CAPITALISED = r"[A-ZÀ-Ý][\w'’-]+(?:[ -](?:(?:sur|sous|en|le|la|les|de|du)[ -])?[A-ZÀ-Ý][\w'’-]+)*"
# After these, a capital is a place; « de » alone may come before anything.
_AT = re.compile(
    rf"\b((?:à|vers|près de|côté|(?:habite|vis|vit|viens|vient|né|née) (?:à|de|dans)|quartier"
    rf"|(?:quartier|lycée|collège|foyer|mairie|gare|antenne|garage|ville|village|cité)"
    rf" (?:de |du |des |d['’]|de la )?) ?)({_CAPITALISED})"
)
# Bodies, tools and schemes, which are no place where somebody lives.
_PUBLIC = re.compile(
    r"^(?:France Travail|Pôle emploi|Mission|Missions|CAF|Caf|CEJ|PACEA|Parcoursup|Instagram|TikTok"
    r"|WhatsApp|Whatsapp|Snap\w*|Internet|I-Milo|Google|Noël|Pâques|[A-ZÉ]{2,})\b"
)
_SHORTEST = 4


def anonymous(text: str, *, places: Iterable[str] = ()) -> str:
    """Return a text without ages, places, names of kin, and what only one person is.

    Args:
        text: what a young person said, its personal data masked already.
        places: names of places that must not be read: the town of the meeting.
    """
    text = _ALONE.sub("[détail masqué]", text)
    text = _AGE.sub(lambda match: match["range"] or "[âge]", text)
    for place in sorted(filter(_is_long, places), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(place)}\b", "[lieu]", text)
    text = _AT.sub(lambda m: m[0] if _PUBLIC.match(m[2]) else f"{m[1]}[lieu]", text)
    return _SIGNED.sub("([nom]", _NAMED.sub(r"\1[nom]", text))


def shown(remark: Remark, *, mask: Callable[[str], str], is_exact: bool = False) -> str:
    """Return the words of a remark as they may be shown or printed.

    Args:
        remark: what was said.
        mask: takes personal data out of a text.
        is_exact: whether the line breaks of the note are kept.
    """
    text = mask(remark.text if is_exact else remark.said)
    note = remark.note
    if not note.is_of_young_people:
        return text
    return anonymous(text, places=filter(None, (note.shape.place, note.region)))


def _is_long(place: str) -> bool:
    return len(place) >= _SHORTEST
