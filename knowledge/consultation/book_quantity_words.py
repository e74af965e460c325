"""The words of quantity of French, in folded letters, and what they may count."""

import re

_NAMES = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf vingt"
).split()
_VALUES = {name: value for value, name in enumerate(_NAMES, start=1)} | {"une": 1}
_NUMBER = rf"(?:\d+|{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
MEETING = r"(?:reunions?|comptes? rendus?|rencontres?|ateliers?|groupes?)"
REGION = r"(?:regions?|territoires?)"
_UNIT = rf"(?P<unit>{MEETING}|{REGION}|extraits?|remontees?|idees?)"
_PEOPLE = (
    r"(?:participant\w*|conseill\w+|personnes?|professionnel\w*|jeunes?|ambassad\w+|salarie\w*|gens"
    r"|equipes?|structures?|missions? locales?|direct\w+|collegues?|agents?|referent\w*|charge\w*"
    r"|cip|animat\w+|monde|voix|avis)"
)

#: A part of a whole, which is never said.
SHARE = re.compile(
    r"%|\bpour ?cents?\b|\bpourcent\w*|\bminorit\w+|\b(?:la|une) (?:\w+ )?moitie\b|\bmoitie d"
    r"|\b(?:un|deux|le)[ -]tiers\b|\bquarts?\b(?! d'heure)|\bfois sur\b"
    rf"|\b{_NUMBER} (?:\w+ )?{_PEOPLE} sur {_NUMBER}\b|\b(?:un|une) sur {_NUMBER}\b"
)
#: « 3 réunions sur 9 », « au moins deux régions ».
COUNTED = re.compile(
    rf"(?P<about>\bau moins |\bplus (?:de |d')|\bmoins (?:de |d')|\bau plus )?\b(?P<only>seules? )?"
    rf"(?P<number>{_NUMBER}) (?P<alone>seules? )?(?:autres |differente?s )?{_UNIT}"
    rf"(?: de jeunes| de professionnels| tenues?| consultees?)?"
    rf"(?: (?:sur|/) (?:les )?(?P<all>{_NUMBER}))?"
)
#: « 3 des 9 réunions », « 3/9 réunions ».
OUT_OF = re.compile(rf"\b(?P<number>{_NUMBER}) ?(?:/|des|sur(?: les)?) ?(?P<all>{_NUMBER}) {_UNIT}")
_WORDS = {
    "majority": (
        r"\bla plupart\b|\bmajorite\b|\bmajoritaire\w*|\ble plus souvent\b|\bplus grande part\w*"
    ),
    "many": (
        r"\b(?:de |tres |les |ces )?nombreu(?:x|ses?)\b|\bbeaucoup\b|\bsouvent\b|\bfrequem\w+"
        r"|\blargement\b|\bmassivement\b|\bregulierement\b|\bgeneralement\b|\ben general\b"
        r"|\bglobalement\b|\bmultiples\b|\bune multitude\b|(?<!le )(?<!du )\bnombre(?= de\b| d')"
    ),
    "few": r"\brarement\b|\brares?\b|\bpeu(?= de\b| d')|\bquasi jamais\b",
    "several": r"\bplusieurs\b|\bquelques\b|\bdivers(?:es)?\b|\bcertaines(?= reunions| regions)",
    "everywhere": r"\bpartout\b",
    "one_voice": (
        r"\bunanim\w+|\bl'unanimite\b|\bconsens\w+|\bd'une seule voix\b|\bsans exception\b"
        r"|\bsans (?:aucune )?(?:opposition|objection|reserve)s?\b|\btous d'accord\b"
        r"|\bsystematiquement\b|\bavis general\b"
    ),
    "none": r"\baucune?\b|\bnulle part\b|\bpersonne (?:ne\b|n')|\bnul ne\b|\bpas une? seule?\b",
    "all": (
        r"\bchacune?\b|\btous\b|\btoutes\b|\btout le\b|\bchaque\b|\bl'ensemble\b|\bl'integralite\b"
        r"|\btotalite\b"
    ),
}
#: A word of quantity; the name of its group is its kind.
WORD = re.compile("|".join(f"(?P<{name}>{said})" for name, said in _WORDS.items()))
#: What follows a word of quantity and is counted, or cannot be.
SCOPE = re.compile(
    r"\W*(?:(?:d'entre|entre|des|de|du|d'|les|la|le|l'|ces|leurs|nos|autres|nombreu(?:x|ses)"
    rf"|\w+antes?|differente?s) ?){{0,4}}(?:(?P<regions>{REGION})|(?P<meetings>{MEETING})"
    rf"|(?P<people>{_PEOPLE}))\b"
)
#: « tous les jours » counts nothing of the consultation.
TIME = re.compile(
    r" (?:les |l'|le |la )?(?:\w+ )?(?:jours?|journees?|semaines?|mois|ans|annees?|heures?|minutes?"
    r"|matins?|lundis?|fois|temps|suite)\b"
)
#: « tous demandent », « plusieurs disent », « aucun ne veut »: who speaks is not named.
BARE = re.compile(
    r"(?: (?:ne|se|le|la|les|en|y|leur) | n'| s'| l'| )?"
    r"(?:\w+(?:ent|ont|ait)\b|$|[,.;:)])| n(?:e |')"
)
OF = re.compile(r" (?:des|de|du|d'|les|ces|leurs|nos)\b ?")
#: What a word of quantity counts: « plusieurs | logiciels », « tous | les écrans ».
THING = re.compile(r"(?: (?:des|de|du|les|la|le|ces|leurs|nos)| d'| l')? ?[\w-]+")
#: A figure, or a number of people.
FIGURE = re.compile(
    rf"\b(?:\d[\d ]*(?:[,.]\d+)?|{_NUMBER}(?= {_PEOPLE}\b)"
    r"|(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)s?\b)"
)


def value(number: str) -> int:
    """Return the value of a number in figures or in letters, up to twenty."""
    return int(number) if number.isdigit() else _VALUES[number]
