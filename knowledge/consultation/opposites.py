"""Ways that exclude each other: « par étapes » and « d'un coup », « en salle » and « à distance ».

Two wishes of one theme that want opposite ways contradict each other, though neither refuses
anything. The list is of words that any project of change is spoken of with.
"""

import re

from knowledge.consultation.wishes import plain

_WAYS: tuple[tuple[str, str], ...] = (
    (
        (
            r"par etapes|progressi\w+|petit a petit|pilotes?|l'une? apres l'autre|par vagues"
            r"|echelonn\w+|en douceur|(?:region|departement|structure|antenne)s? (?:par|apres) "
            r"(?:region|departement|structure|antenne)|au fur et a mesure|en parallele"
            r"|volontaires? d'abord|d'abord (?:\w+ ){0,3}volontaires?"
        ),
        (
            r"d'un (?:seul )?(?:coup|bloc)|(?:le |la )meme (?:jour|date|semaine)|en meme temps"
            r"|en une (?:seule )?fois|du jour au lendemain|big bang|d'une traite|tous ensemble"
        ),
    ),
    (
        r"a distance|distanciel|en ligne|(?:en |par )?visio\w*|webinaires?|e-learning",
        r"en salle|(?:en )?presentiel|sur place|en vrai|face a face|en personne",
    ),
    (
        r"ouvrir|partag\w+|mutualis\w+|dossier commun|en commun",
        (
            r"ne rien (?:ouvrir|partager)|ne pas (?:tout )?(?:ouvrir|partager)|pas de partage"
            r"|entre nous|rest\w+ chez nous|chacun (?:garde|chez soi)|cloisonn\w+"
        ),
    ),
    (
        r"(?:la |le |les )memes? [\w ]{0,20}(?:partout|pour tou\w+)|national\w*",
        (
            r"local\w*|souplesse|sur mesure|a la carte|propres? a chaque"
            r"|selon (?:le|les|la|chaque) (?:territoire|structure|antenne)s?"
        ),
    ),
    (
        r"(?:zero|sans|plus de|fini le) papier|dematerialis\w+|tout numerique",
        r"(?:garder|conserver|laisser) (?:\w+ )?(?:du |le |un )?papier|sur papier",
    ),
    (
        (
            r"au plus (?:vite|tot)|aller vite|sans (?:plus )?attendre|assez attendu|accelerer"
            r"|tout de suite|ne pas attendre"
        ),
        r"prendre (?:le|son) temps|ne pas (?:se )?precipit\w+|pas trop vite|repousser|plus tard",
    ),
    (
        r"associ\w+|consult\w+|particip\w+|test\w+|maquettes?",
        (
            r"decidez|livrez|qu'(?:on|ils) (?:decident?|tranchent?|livrent?|avancent?)"
            r"|(?:arret\w+|plus|assez|marre) (?:[\w']+ ){0,3}(?:reunions?|ateliers?|consultations?)"
        ),
    ),
    (
        r"obligatoire\w*|impos\w+",
        r"facultati\w+|volontariat|au choix|librement|sans y etre forc\w+|sans obligation",
    ),
    (
        r"(?:entre|par des|par nos|par les) (?:pairs|collegues)|en interne",
        r"prestataires?|organismes? de formation|formateurs? (?:externes?|exterieurs?)",
    ),
)
_ONE_OR_OTHER = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b")) for one, other in _WAYS
)

_DENIED = re.compile(r"\b(?:pas|non|jamais|sans|plutot que|au lieu de|contre)\b[\w ']{0,12}$")


def are_opposite(one: str, other: str) -> bool:
    """Tell whether what is wanted in one text excludes what is wanted in the other."""
    return bool(_ways(one) & {(way, not side) for way, side in _ways(other)})


def _ways(text: str) -> set[tuple[int, bool]]:
    """Return the ways that a text wants: of two that exclude each other, the one said first."""
    said = plain(text)
    found = set()
    for way, (one, other) in enumerate(_ONE_OR_OTHER):
        first, second = _wanted(one, said), _wanted(other, said)
        if first and second:
            # « ne rien partager » holds « partager »: the longer words tell.
            holds = second.start() <= first.start() < second.end()
            found.add((way, not holds and first.start() < second.start()))
        elif first or second:
            found.add((way, bool(first)))
    return found


def _wanted(way: re.Pattern[str], said: str) -> re.Match[str] | None:
    """Return the first words of a way that are not denied: « pas tout d'un coup »."""
    matches = way.finditer(said)
    return next((each for each in matches if not _DENIED.search(said[: each.start()])), None)
