"""Tells whether words praise or complain, with their negations and irony.

A lexicon and a few rules rather than a model: what was found is said to whoever decides, and the
sentences of these notes are short. Figures: docs/consultation.md.
"""

import re
from dataclasses import dataclass

from knowledge.analysis import strip_accents

_GOOD = (
    r"bien|bonne?s?|clairs?|claires?|solides?|appreci\w+|pratiques?|simples?|utiles?|fiables?"
    r"|complets?|completes?|a jour|ok|fluides?|rapides?|vite|efficaces?|ameliore\w*|repare\w*"
    r"|satisf\w+|content\w*|reuni\w*|reussi\w*|progres|mieux|marche\w*|fonctionne\w*|facile\w*"
    r"|rassur\w+|gain de temps|gagne\w* du temps|force de l'outil|parfait\w*|super|nickel"
    r"|impeccable"
    r"|confortable|stable\w*|agreable|precieu\w+|indispensable|on s'y retrouve|s'y retrouvent"
    r"|tien(?:t|nent) (?:la route|bon|le coup)|ca tient"
    r"|au meme endroit|salue\w*|plebiscit\w+|plait|aime\w*|heureu\w+|intuitif\w*|lisible\w*"
    r"|justes?|merci|top|chouette|genial\w*|adore\w*|ne saurait plus faire sans"
    r"|ne pourrait plus s'en passer"
    r"|n'y touchez pas|a garder"
)
_BAD = (
    r"mal|lente?s?|lenteurs?|rame\w*|plant\w+|bug\w*|pannes?|erreurs?|perd|perds|perdu\w*|perte\w*"
    r"|penibl\w+|complique\w*|lourde?s?|lourdeurs?|impossibl\w+|illisibl\w+|trop|difficil\w*"
    r"|fig\w+|bloqu\w+|coup\w+|re-saisi\w*|rebelote|enfer"
    r"|doublons?|ressais\w+|recopi\w+|retap\w+|deux fois|trois fois"
    r"|en double"
    r"|double saisie|manqu\w+|oubli\w+|griffonn\w+|a la main|sur papier|refus\w+|faux|fausses?"
    r"|obsoletes?|depasses?|perime\w*|incomprehensibl\w+|cryptique\w*|galere\w*|horribl\w+"
    r"|catastroph\w+|enerv\w+|epuis\w+|fatig\w+|agac\w+|inutil\w+|inutilisabl\w+|souci\w*"
    r"|probleme\w*|attend\w*|attente|expir\w+|deconnect\w+|disparai\w+|disparu\w*|aucune?|jamais"
    r"|personne ne|rien ne|vides?|a refaire|reecrire|deborde\w*|noye\w*|perte de temps|chronophage"
    r"|craint\w*|crainte\w*|inqui\w+|risqu\w+|pire|une heure|une par une|un par un|1 h|cache\w*"
    r"|saute\w*|desordre|fouillis|eparpill\w+|contourn\w+|whatsapp|post-it|cahier|parle encore"
    r"|absent\w*|dommage|s'y perd|tromp\w+|inexploitabl\w+|illogiqu\w+|redondan\w+|decourag\w+"
    r"|soulevent|abandonn\w+|rejet\w+|retards?|douzaine"
    r"|\d+ (?:ecrans|clics|onglets|minutes|secondes|fois)"
    r"|mots compliques|sigles partout|recommence|incident\w*|defaut\w*|faut (?:tout )?refaire"
)
_WORD = re.compile(rf"\b(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))\b")
_NEGATES = re.compile(
    r"\b(?:pas|plus (?:de|d'|aucun)|sans|rien (?:a|de)|jamais (?:de|d'|eu)|aucune?|ni|moins|non)\b"
    r"[\w' ]{0,22}$"
)
_NEGATED_VERB = re.compile(r"^\w* (?:pas|plus|jamais|rien|guere)\b(?! (?:de |d')?(?:mal|trop))")
# What praises by denying a fault: « pas mal », « rien à redire », « plus de souci ».
_FAULTLESS = re.compile(
    r"\bpas (?:si |trop |tres )?mal\b|\brien a (?:redire|signaler|dire|reprocher)\b"
    r"|\b(?:plus|pas|sans|aucun|jamais) (?:de |d'|une? seule? |aucune? |eu de )?"
    r"(?:souci|probleme|panne|bug|plainte|plantage|perte|reproche|erreur)s?\b"
    r"|\bn'(?:ont|a|avons|ai) (?:pas|jamais|rien) (?:rien )?perdu\b"
    r"|\bon n'a rien contre\b|\bne plante (?:pas|plus|jamais)\b|\bne (?:rame|bloque) (?:pas|plus)\b"
    r"|\bmoins (?:lent|pire|penible)\w*\b|\bpas a se plaindre\b|\bpersonne ne s'en plaint\b"
)
_MOCKED = re.compile(
    r"\b(?:genial|bravo|super|merci|formidable|parfait|magnifique|quel bonheur|un bonheur|chouette"
    r"|youpi|on adore|j'adore|top|ravie?s?|quelle joie|excellent|felicitations|pratique|sympa"
    r"|heureusement qu|vive)\b"
)
_CHEERS = re.compile(r"bravo|genial|magnifique|quel|formidable|felicitations|youpi|merci")
# What nobody cheers: « on ne lit rien », « il ne manque que la synthèse », « tombé quatre fois ».
_NOTHING = re.compile(
    r"\bon n(?:e |')\w+ (?:plus )?(?:rien|jamais|personne)\b|\bil (?:ne )?manque\b"
    r"|\b(?:tombe|coupe|perdu|plante|bloque)\w* (?:\w+ )?fois\b|\billisible|\bimpossible"
    r"|\ben panne\b|\btout en bas\b"
)
_MOCKING = re.compile(
    r"\b(?:encore un|de plus|a re\w+|\d+ (?:lignes|clics|ecrans|fois|onglets|minutes|mots)"
    r"|dix (?:lignes|clics|minutes)|deux fois|trois fois|perdu\w*|plant\w+|attend\w*|ressais\w+"
    r"|recommence\w*|une (?:troisieme|quatrieme|cinquieme)|un (?:troisieme|quatrieme|cinquieme)"
    r"|nieme"
    r"|ton amer|ironi\w+|amer|rires? jaunes?|sourire en coin|cafe|photocopieuse|sablier|meteo)\b"
)
_BUT = re.compile(r"\b(?:mais|sauf que|en revanche|par contre|sauf)\b")


@dataclass(frozen=True, slots=True)
class Tone:
    """``score`` is above 0 where the words praise and below 0 where they complain.

    ``words`` are those that tell it, as they were read.
    """

    score: float
    words: tuple[str, ...] = ()


def tone_of(text: str) -> Tone:
    """Return the tone of a remark; what comes after « mais » weighs twice."""
    plain = " ".join(strip_accents(text).lower().replace("’", "'").split())
    if (mocked := _MOCKED.search(plain)) and (mocking := _mocking(plain, mocked)):
        return Tone(-2.0, (f"ironie : {mocking}",))
    score, told, praised = 0.0, [], False
    faultless = [match.span() for match in _FAULTLESS.finditer(plain)]
    for start, end in faultless:
        score += 1.5 * _weight(plain, start)
        told.append(plain[start:end])
    for match in _WORD.finditer(plain):
        if any(start <= match.start() < end for start, end in faultless):
            continue
        sign = 1.0 if match["good"] else -1.0
        if _is_negated(plain, match):
            sign = -sign if match["good"] else 0.5
            told.append(f"pas {match[0]}")
        else:
            told.append(match[0])
            praised = praised or bool(match["good"])
        score += sign * _weight(plain, match.start())
    if score == 0 and praised:
        score = 0.5
    return Tone(score, tuple(told))


def _mocking(plain: str, mocked: re.Match[str]) -> str | None:
    """Return the words that turn praise to mockery: « bravo », and nothing can be read."""
    if told := _MOCKING.search(plain):
        return told[0]
    if not _CHEERS.match(mocked[0]) or _FAULTLESS.search(plain):
        return None
    told = _NOTHING.search(plain)
    return told[0] if told else None


def _is_negated(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a word is denied: « pas pratique », « ne marche pas »."""
    after = plain[match.end() :]
    return bool(_NEGATES.search(plain[: match.start()]) or _NEGATED_VERB.match(after))


def _weight(plain: str, place: int) -> float:
    """Return the weight of what stands at a place."""
    but = _BUT.search(plain)
    return 2.0 if but and place > but.end() else 1.0
