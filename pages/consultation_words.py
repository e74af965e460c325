"""How kinds, tones, states and decisions of a consultation are said on screen."""

from knowledge.consultation.coded import Coded
from knowledge.consultation.decisions import Action, Decision
from knowledge.consultation.kinds import Kind
from knowledge.consultation.qualify import Polarity
from knowledge.consultation.standing import Status
from pages.dates import in_words

KINDS: dict[Kind, str] = {
    "fonctionne": "Fonctionne",
    "dysfonctionne": "Ne fonctionne pas",
    "besoin": "Besoin",
    "attente": "Attente",
}
TONES: dict[Polarity, str] = {
    "positive": "Favorable",
    "negative": "Défavorable",
    "neutral": "Neutre",
}
STATUSES: dict[Status, str] = {
    "proposed": "à décider",
    "accepted": "validée",
    "set_aside": "écartée",
}
_ACTIONS: dict[Action, str] = {
    "accept": "validée",
    "change": "corrigée",
    "set_aside": "écartée",
    "restore": "remise à décider",
    "split": "séparée",
    "merge": "réunie à une autre",
    "settle": "tranchée",
    "publish": "à publier",
    "unpublish": "n'est plus à publier",
    "confirm": "même attente qu'une autre région",
    "refuse": "pas la même attente qu'une autre région",
}
_SURE, _LIKELY = 0.8, 0.5
#: Reasons that are offered to set a remark aside; any other can be typed.
REASONS = (
    "Ce n'est pas une remontée",
    "Déjà dit dans la même réunion",
    "Hors sujet",
    "Trop flou pour être repris",
    "Ferait reconnaître quelqu'un",
)


def decision_said(decision: Decision) -> str:
    """Return a decision in one line: when, who, what."""
    when = f"{in_words(decision.at)}, {decision.at[11:16]}" if decision.at else "sans date"
    told = [when, decision.coder or "sans nom", _ACTIONS[decision.action]]
    if decision.kind:
        told.append(KINDS[decision.kind].lower())
    told += filter(None, (decision.theme, decision.reason))
    return " · ".join(told)


def is_sure(coded: Coded) -> bool:
    """Tell whether Appui is sure of the kind that it proposes."""
    return coded.proposal.confidence >= _SURE


def sureness(coded: Coded) -> str:
    """Return how sure Appui is of the kind that it proposes."""
    if is_sure(coded):
        return "sûre"
    return "probable" if coded.proposal.confidence >= _LIKELY else "incertaine"
