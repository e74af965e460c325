"""The four kinds of remarks, and what says the kind of those that stand under it."""

import re
from typing import Literal

from knowledge.analysis import strip_accents
from knowledge.consultation.tone import tone_of

Kind = Literal["fonctionne", "dysfonctionne", "besoin", "attente"]
#: What a heading or lead-in may say: a kind, or one of two.
Part = Literal["fonctionne", "dysfonctionne", "besoin", "attente", "today", "tomorrow"]

# The first that matches tells the part; what does not work is looked for before what does.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "tomorrow",
        re.compile(
            r"besoins?,? (?:et |/ ?|& ?)?(?:des |les |d')?attentes?"
            r"|attentes?,? (?:et |/ ?|& ?)?(?:des |les )?besoins?"
            r"|(?:deuxieme|seconde?|2e|2eme) (?:partie|temps)"
            r"|\b(?:pour|de) demain\b|\bdu futur\b|conditions? de reussite"
        ),
    ),
    (
        "fonctionne",
        re.compile(
            r"^ce qu\S+(?: [\w']+){0,3} (?:garder|garderait|conserver|preserver)\b|^a preserver\b"
            r"|\bne (?:veut|veulent|voulons|voudrait) "
            r"(?:pas|surtout pas) (?:perdre|lacher|changer)|\bne (?:pas )?touche\w*\b|\ba redire\b"
            r"|^(?:[👍🙂😀😊☺✅🟢➕]\W*)+|\bfeux? verts?\b|^verts?$|^l?es? ?\+$"
        ),
    ),
    (
        "dysfonctionne",
        re.compile(
            r"\bce qu(?:i|e|')(?: ?[\w']+){0,3} (?:ne |n')(?!v[eo]u|change)\w+(?: \w+)?"
            r" (?:pas|plus|guere|jamais)\b(?! a (?:chang|touch|revoir))"
            r"|^(?:[👎🙁😡😠☹❌🔴➖]\W*)+|\bfeux? rouges?\b|^rouges?$|^l?es? ?-$"
            r"|\bras[- ]le[- ]bol\b|\bgrains? de sable|\bcailloux?\b|\bpoints? durs?\b"
            r"|^(?:(?:les|nos|vos) )?(?:bugs?|rates|manques|noeuds|douleurs)$|\bnegatives?$|"
            r"\b(?:ne |n')?(?:fonctionne|marche|va|roule|plai|convien|aide)\w* pas|dysfonction"
            r"|\b(?:va|vont|marche|fonctionne|roule)\w* (?:moins|mal)\b|\bmoins bien"
            r"|\b(?:points?|cotes?|aspects?) (?:faibles?|noirs?|negatifs?|douloureux|sensibles?"
            r"|de (?:friction|blocage|vigilance|douleur|tension))"
            r"|^\(-\)|^[-–—]$|ce (?:qui|que|qu')(?: \w+){0,3} (?:use|coince|bloque|peche|fache"
            r"|manque|agace|gene|ne va|grippe|cloche|patine|embete|complique|freine|enerve|fatigue"
            r"|pese|exaspere|decourage|laisse a desirer|fait (?:mal|perdre)|s'est degrade"
            r"|ralenti|deplait|rate|casse|plante|derange|jette|subi|regrett|reproch)\w*"
            r"|\b(?:ca|la ou (?:ca )?) ?(?:coince|bloque|cloche|grippe|peche|frotte|rame)"
            r"|perdre (?:du|son|notre) temps|\bmauvais\w* (?:cotes?|points?|surprises?)"
            r"|\birritants?|difficultes?|problem\w+|faiblesses?|^(?:les )?moins\b|a ameliorer"
            r"|\bfrictions?|\bfreins?\b|galeres?|doleances|\bcritiques?|coups? de gueule"
            r"|\blimites?\b|obstacles?|blocages?|defauts?|inconvenients?|insatisf|mecontent"
            r"|reproches|plaintes|agacements?|a (?:jeter|revoir|corriger|supprimer|abandonner)\b"
            r"|aime (?:pas|moins)|\bnegatifs?$|^(?:ko|(?:pas|non) ok)$|sujets? qui fache"
            r"|^contre$|regrets?$"
        ),
    ),
    (
        "tomorrow",
        re.compile(
            r"\b\w{2,}(?:rait|raient|rais|rions|riez)\b|(?<!\w)on (?:ne )?veut\b|imagin\w+"
            r"|\bideale?\b"
            r"|baguette magique|et apres\b|perspectives?|projections?|pere noel|\bprojeter"
            r"|\b(?:on|nous) change"
        ),
    ),
    (
        "fonctionne",
        re.compile(
            r"\bfonctionne|\bmarche\b|^\(\+\)|^\+$|tient la route|tiennent la route"
            r"|\b(?:points?|cotes?|aspects?) (?:forts?|positifs?|d'appui)|\bpositifs?$"
            r"|ce (?:qui|que|qu')(?: \w+){0,3} (?:va\b|est bien|tient|plait|roule|apprecie|aime"
            r"|garde|facilite|aide|satisfait|convient|rend service|conserve|reussi|evolue"
            r"|tourne|simplifi|soulage|fait gagner|s'est amelior|a progress)\w*"
            r"|\bca (?:va|roule|marche)\b|a (?:garder|conserver)|^(?:les )?plus$|\bforces?$"
            r"|satisf\w+|acquis$|appuis$|bonnes (?:surprises|nouvelles)|\bcontent\w*$"
            r"|atouts?|coups? de coeur|j'aime|on aime|reussites?|avantages?"
            r"|\bbon\w* (?:cotes?|points?)|\bsucces|qualites?$|benefices?|apprecie\w*|^ok$"
        ),
    ),
    ("attente", re.compile(r"\battentes?\b")),
    ("besoin", re.compile(r"\bbesoins?\b")),
    # Under « souhaits » and « demandes », people write both.
    (
        "tomorrow",
        re.compile(
            r"souhait(?:s|e|ent|ons|ez)?\b|\battend(?:s|ons|ez|ent|u\w*)?\b|\bvoeux?\b"
            r"|\besper\w+|\breves?|propositions?|demand(?:es?|ons|ent)\b|ce qu'il (?:nous )?faut\b"
            r"|\brev(?:er|ez|ons)\b"
            r"|^(?:(?:les|nos|vos) )?(?:envies|exigences|priorites|recommandations)$"
            r"|lignes? rouges?"
        ),
    ),
    (
        "tomorrow",
        re.compile(
            r"(?:futur|nouveau|prochain) (?:si\b|systeme|outil|logiciel)|\bdemain\b|a venir|avenir"
            r"|^plus tard$|^apres$"
            r"|\bidees?\b|\bpistes?\b|suggestions?|ameliorations?|evolutions? (?:souhait|attend)"
        ),
    ),
    (
        "today",
        re.compile(
            r"etat des lieux|constats?|aujourd'hui|existant|actuel|parcours$|quotidien|diagnostic"
            r"|(?:premiere?|1er|1ere) (?:partie|temps)|ce que (?:\w+ ){0,3}(?:viv|vit)\w*"
        ),
    ),
)  # fmt: skip
# Parts of a note in which nobody gives an opinion.
_SILENT = re.compile(
    r"^(?:\W*)(?:logistique|questions?\b(?! diverses)|ordre du jour|prochaine?s?\b"
    r"|suites?(?: a donner| de la| du|$)|organisation|deroul"
    r"|presents?\b|presentation|participants|contexte|introduction|methode|rappel|accueil des"
    r"|relances?|animation|calendrier de la|infos? pratiques|conclusion|a faire|cloture"
    r"|liste des presents|info\b|note\b(?! ficti)|preambule|cadre|date et lieu|pour finir"
    r"|pour memoire"
    r"|remerciements?|annexes?|pieces? jointes?|excuses?\b|emargement|mot d'accueil|accueil$"
    r"|releve de decisions|agenda de la seance|et maintenant|la suite$|prise de notes|fin de)"
)
# « Ce qui tombe en panne »: a title that no pattern knows says by its tone what it announces.
_JUDGES = re.compile(r"ce qu[ie']")
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


def is_silent(title: str) -> bool:
    """Tell whether nobody gives an opinion under a title; a question is no title."""
    return "?" not in title and bool(_SILENT.search(strip_accents(title).lower()))


def kind_named(label: str) -> Kind | None:
    """Return the kind that a column « type » names, whatever its accents and capitals."""
    return _NAMES.get(strip_accents(label).lower().strip())


def part_said(text: str) -> Part | None:
    """Return the part of the meeting that a heading or lead-in announces, if it does."""
    plain = strip_accents(text).lower().strip().replace("’", "'")
    if len(plain) > _LONGEST_LEAD:
        return None
    said = next((part for part, pattern in _PARTS if pattern.search(plain)), None)
    if said is None and _JUDGES.match(plain) and (score := tone_of(plain).score):
        return "fonctionne" if score > 0 else "dysfonctionne"
    return said
