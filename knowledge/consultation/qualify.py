"""Proposes the kind and polarity of a remark, with the reason and how sure it is."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.analysis import strip_accents
from knowledge.consultation.kinds import Kind
from knowledge.consultation.remarks import Remark
from knowledge.consultation.tone import tone_of
from knowledge.themes import themes_in

Polarity = Literal["positive", "negative", "neutral"]

_WISH = re.compile(
    r"\bsouhait\w*|\battend(?:s|ent|ons|u|re)?\b|\battentes?\b|\baimer\w+|\besper\w+|\bcrain\w+"
    r"|\bparticip\w+|\bassoci\w+|\bformation|\bforme[rs]?\b|\bformes\b|\bgarder\b|\bconserver\b"
    r"|\bne pas\b|\bsurtout pas\b|\bque (?:le|la|les|ce|cela|ca|l'|tout)\b|\bgaranti\w*"
    r"|\bconfiance\b"
    r"|\bcalendrier\b|\bdes le depart\b|\bprogressi\w+|\breserve|\bcontre\b|\bpour, |\bcondition"
    r"|\btransparen\w+|\bsimples?\b|\bmoins de\b|\bplus de temps\b|\brevolution\b|\baccompagne\w*"
    r"|\btest\w*|\bpilote\b|\bpar des pairs\b|\bavant (?:le|la|de)\b|\bau moins\b|\bpriorit\w+"
    r"|\bhumain|\brespect\w*|\bsecuri\w+|\bheberg\w+"
)
_NEED = re.compile(
    r"\bbesoins?\b|\bil (?:nous )?(?:faut|faudrait)\b|\bfaudrait\b|\bmanqu\w+|\bnecessaire\b"
    r"|\bpouvoir\b"
    r"|\bindispensable|\bdemand\w+|\bvoudr\w+"
    r"|\bune? (?:seule? )?(?:\w+ )?(?:appli\w*|outil|tableau|bouton"
    r"|alerte|moteur|champ|filtre|version|saisie|export|modele|espace|carte|liste|mode|fiche|agenda"
    r"|messagerie|coffre|signature|assistant|historique|recherche|module|portail)\b"
    r"|\bsms\b|\bexport\w*|\balert\w+|\bautomati\w+|\bremont\w+|\bvoir\b|\bconsulter\b|\benvoyer\b"
)
_AGAINST = re.compile(
    r"^contre\b|\bcontre :|\bsont contre\b|\b(?:suis|est|sommes|etes) contre\b|: non\b"
    r"|\bnon merci\b"
    r"|\bsurtout pas\b|\bne (?:veut|veulent|veux|voulons|souhaite\w*) (?:\w+ )?(?:pas|plus|ni)\b"
    r"|\bn'en (?:veut|veulent|veux|voulons) pas\b|\bpas d'accord\b|\boppos\w+|\brefus\w+"
    r"|\bpas besoin (?:de|d')|\bne pas ajouter\b|\binutile\b|\bplutot pas\b|\bnuance\b"
    r"|\bl'inverse\b"
    r"|\bhors de question\b|\bpas question\b|\bpersonne ne veut\b|\bne change\w* (?:rien|pas)\b"
    r"|\bfaut pas\b|\bpas favorable|\bdefavorable|\bmefi\w+|\bsceptique"
)
# What asks, where nothing above says that what follows is asked.
_INFINITIVE = re.compile(r"^\W*(?:ne (?:plus|pas) )?[a-z']{3,}(?:er|ir|oir|re)\b(?! de )")
_ASKS = re.compile(
    rf"{_INFINITIVE.pattern}|^\W*qu(?:e|')\W?|^\W*(?:etre|avoir)\b|\bfaudrait\b|\bsouhait\w+"
    r"|\bil (?:nous )?faut (?:un|une|des|que)\b|\bvoudr\w+|\baimer\w+|\bbesoin\b|\bdemand\w+"
    r"|\bcrain\w+|\bau (?:minimum|moins)\b|\bon veut\b|\bne veu\w+|\bcontre\b"
    r"|^\W*(?:un|une|des) (?:[\w']+ ){1,4}(?:qui|pour|par|dans)\b"
)
# « Que rien ne parte », « Qu'on nous montre » : a way that things should be.
_DEMANDS = re.compile(r"^\W*qu(?:e |')|\bpas d'ia\b|, pas seulement\b|^\W*pas \b")
# The themes of the way in which things are done, not of what the tool does.
_WAYS = frozenset(
    {"association à la conception", "formation", "calendrier du changement", "données personnelles",
     "droits d'accès", "réserves et craintes"}
)  # fmt: skip
_FUTURE = frozenset({"besoin", "attente"})
# Under « ce qui fonctionne », words that complain this much win: « rien, ça rame ».
_COMPLAINT = -2.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What Appui proposes for a remark; ``confidence`` is in [0, 1], ``reason`` in French."""

    kind: Kind
    polarity: Polarity
    reason: str
    confidence: float
    is_against: bool = False


def qualify(remark: Remark) -> Proposal:
    """Return the kind and polarity that what stands above a remark and its words suggest."""
    plain = strip_accents(remark.said).lower().replace("’", "'")
    tone = tone_of(remark.said)
    lead = strip_accents(remark.piece.above[-1]).lower() if remark.piece.above else ""
    is_against = bool(_AGAINST.search(plain) or lead.strip(" :").endswith("contre"))
    kind, reason, confidence = _kind(remark, plain, tone.score)
    if kind == "fonctionne":
        polarity: Polarity = "positive"
    elif kind == "dysfonctionne" or is_against:
        polarity = "negative"
    else:
        polarity = "neutral"
    if tone.words and "tableau" not in reason:
        reason = f"{reason} ; mots : {', '.join(dict.fromkeys(tone.words))}"
    return Proposal(kind, polarity, reason, confidence, is_against and kind in _FUTURE)


def _kind(remark: Remark, plain: str, tone: float) -> tuple[Kind, str, float]:
    """Return the kind of a remark, why, and how sure it is."""
    part = remark.part
    if remark.piece.kind:
        return remark.piece.kind, "le tableau le dit", 1.0
    if part == "fonctionne" and tone <= _COMPLAINT:
        return "dysfonctionne", "une plainte sous « ce qui fonctionne »", 0.5
    if part in {"fonctionne", "dysfonctionne", "besoin", "attente"}:
        return part, f"ce qui précède annonce « {part} »", 0.9
    if part == "today" or (part is None and not _ASKS.search(plain)):
        kind: Kind = "fonctionne" if tone > 0 else "dysfonctionne"
        return kind, "sur l'outil d'aujourd'hui, d'après les mots", 0.8 if tone and part else 0.4
    return (*_wish_or_need(plain), 0.6 if part else 0.4)


def _wish_or_need(plain: str) -> tuple[Kind, str]:
    """Return whether a remark asks for a means or wishes for a way."""
    wishes = len({match[0] for match in _WISH.finditer(plain)})
    wishes += 2 * bool(_DEMANDS.search(plain) or _AGAINST.search(plain))
    wishes += bool(_WAYS & themes_in(plain))
    needs = len({match[0] for match in _NEED.finditer(plain)})
    needs += 2 * bool(_INFINITIVE.match(plain))
    if wishes > needs:
        return "attente", "dans les attentes, d'après les mots"
    return "besoin", "dans les besoins, d'après les mots"
