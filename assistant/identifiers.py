"""The patterns of personal data that has a form: numbers, mail and street addresses, birth dates.

The numbers of public services (3949, 115, 0 800 …) are nobody's: they stay.
"""

import re

SOCIAL_SECURITY = "numéro de sécurité sociale"
BIRTH_DATE = "date de naissance"
_S = r"[ \u00a0\u202f]"
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre)"
)
_DATE = (
    rf"(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -](?:\d{{4}}|\d{{2}})\b|\d{{1,2}}(?:er)? {_MONTH} \d{{4}}"
    r"|\d{4}-\d{2}-\d{2}\b)"
)
_PARTICLE = r"(?:de la|de l['’]|de|du|des|d['’]|les|le|la|l['’]|et|sur|sous|aux?|en)"
_CAPITAL = r"(?-i:[A-ZÀ-Ý][a-zà-ÿœ][\w'’.-]*(?<!\.))"
_PROPER = rf"(?:{_PARTICLE} ?){{0,2}}(?:{_CAPITAL}|\d{{1,2}}(?:er)? {_MONTH}(?: \d{{4}})?)"
# A street typed without capitals ends where the question starts again.
_LOWER = (
    r"(?!(?:a|à|ai|as|est|et|il|elle|on|je|j|qui|que|qu|quel\w*|quoi|combien|comment|pour|pr|avec"
    r"|sans|depuis|dans|chez|peut|doit|veut|faut|avoir|habite|droit|c|ce|cherche|sa|son|ses|mais"
    r"|où|ou|n|ne|pas)\b)[^\W\d_][\w'’-]*"
)
_WAY = (
    r"(?:rue|avenue|ave?\b\.?|bd\b\.?|boulevard|all[ée]e|impasse|ruelle|faubourg|sentier|sente|r\.)"
)
# These count as a street only before a capital: « 20 cours de français », « 3 places ».
_LOOSE_WAY = (
    r"(?:all[ée]es|place|chemin|route|square|quai|r[ée]sidence|cit[ée]|lotissement|cours|passage"
    r"|hameau|esplanade|villa|pl\.|ch\.|rte)"
)
_TOWN = (
    rf"(?:,?{_S}(?:à )?\d{{5}}(?:{_S}{_CAPITAL}){{0,3}}|,? à {_CAPITAL}(?:{_S}{_CAPITAL}){{0,2}})"
)
_NUMBER = r"\b\d{1,4}(?: ?(?:bis|ter|quater)| ?[a-d])?,? "
_STREET_OF = (
    r"(?:chemin|route|quai|square|sente|lotissement|hameau|passage|esplanade)"
    r" (?:des|de la|de l['’]|de|du|d['’]) ?"
)
_COMPLEMENT = (
    r"(?:,? b[âa]t(?:iment)?\.? ?[a-z0-9]{1,2}\b)?(?:,? app?t?\.? ?\d{1,4}\b"
    r"|,? appartement \d{1,4}\b)?"
)
_GAP = r"[ ./\u00a0-]{0,2}"
_PAIRS = rf"(?:{_GAP}\d{{2}}){{4}}"
_CALLED = r"(?:\b(?:joignable (?:au|sur le)|(?:t[ée]l(?:[ée]phone)?|portable)\b\.?(?: au)?) ?:? ?)"
_BORN = r"(?:date de naiss(?:ance)?|date naiss|naissance|ddn|anniversaire)\b\.?"
# « France Travail, identifiant », « IDE », « n° DE »: what tells an identifier of a job seeker.
_JOB_SEEKER = (
    r"\b(?:france travail|p[ôo]le emploi|demandeur d['’]emploi|identifiant|ft|pe|de|ide?)\b"
)
_MILO = r"\b(?:i[- ]?)?milo\b"
_LINKS = r"(?: ?(?:n[°o]|num[ée]ro|:|sous le|est|le))*"
# Each pattern's group « data » is what is masked; what surrounds it tells what it is.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "adresse mail",
        re.compile(
            r"(?P<data>(?:\A\W*r[ée]pon(?:dre|se) [àa] )?(?:[\w+-]+ \. )?[\w.+-]+ ?@ ?[\w-]+"
            r"(?: ?\. ?(?:com|fr|net|org|eu)\b|(?:\.[\w-]+)+))",
            re.IGNORECASE,
        ),
    ),
    (
        "IBAN",
        re.compile(
            r"\b(?P<data>(?:IBAN ?:? ?)?(?:(?i:fr ?\d{2}(?: ?\d){10}(?: ?[a-z0-9]){11}(?: ?\d){2})"
            r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?))\b"
        ),
    ),
    (
        SOCIAL_SECURITY,
        re.compile(
            r"(?P<data>(?:\b(?:NIR|(?:n°|num[ée]ro)(?: de)? s[ée]cu(?:rit[ée] sociale)?) ?:? ?)?"
            r"(?<![\d,.])[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?"
            r"(?:(?:\d{2}|2[AB])[ .-]?\d{3}|\d{3}[ .-]?\d{2})[ .-]?\d{3}"
            r"(?:[ ./-]{0,3}\d{2})?)(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "numéro de téléphone",
        re.compile(
            rf"(?P<data>{_CALLED}?(?<![\d+])(?<!\d[.,/])(?!\d\d?/\d\d?/\d{{4}})"
            # In France and overseas, then anywhere: « 06 12 345 678 », « +262 692 … ».
            rf"(?:0[1-79]{_PAIRS}|0[67]{_GAP}\d\d{_GAP}\d{{3}}{_GAP}\d{{3}}"
            rf"|(?:\+|00){_GAP}[1-9]\d{{0,2}}{_GAP}(?:\(0\){_GAP})?(?:\d{_GAP}){{7,11}}\d)"
            rf"|{_CALLED}[67]{_PAIRS})(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "identifiant France Travail",
        re.compile(
            rf"(?<!\w)(?P<data>\d{{7}}[a-z])\b|{_JOB_SEEKER}{_LINKS} ?"
            r"(?P<labelled>\d{7} [a-z]|\d{11})\b",
            re.IGNORECASE,
        ),
    ),
    (
        "numéro de dossier",
        re.compile(
            rf"{_MILO}{_LINKS} ?(?P<data>\d{{5,10}})\b"
            rf"|\bdossier{_LINKS} ?(?P<labelled>\d{{5,10}})\b",
            re.IGNORECASE,
        ),
    ),
    (
        BIRTH_DATE,
        re.compile(
            rf"\b(?:n[ée](?:\(e\)|e)?s?(?: le| un)? (?P<data>{_DATE})"
            rf"|(?P<labelled>{_BORN} ?:? ?(?:le )?{_DATE}))",
            re.IGNORECASE,
        ),
    ),
    (
        "adresse",
        re.compile(
            rf"(?P<data>(?:\badresse ?: ?)?(?:\bBP ?\d+,? )?{_NUMBER}"
            rf"(?:(?:{_WAY}|{_LOOSE_WAY}) {_PROPER}(?: {_PROPER}){{0,4}}"
            rf"|{_WAY}(?: {_LOWER}){{1,6}}|{_STREET_OF}{_LOWER}){_COMPLEMENT}{_TOWN}?"
            rf"|\blieu[- ]dit (?:l[ae]s? )?{_CAPITAL}(?: {_CAPITAL})*{_TOWN}?)",
            re.IGNORECASE,
        ),
    ),
)
# A date right after a name, of a year in which one may be born: « Kevin Durand (17/04/2007) ».
BORN_AFTER_NAME = re.compile(r",? ?\(?(?P<data>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[01]\d))(?!\d)")
