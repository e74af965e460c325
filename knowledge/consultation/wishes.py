"""The words that wish for a way, ask for a means, or refuse: what tells an expectation."""

import re

import numpy as np

from knowledge.analysis import strip_accents
from knowledge.consultation.tone import tone_of
from knowledge.embedding import Vectors

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
_MOST = 2


def is_against(text: str) -> bool:
    """Tell whether words refuse something."""
    return bool(_AGAINST.search(plain(text)))


def signs_of(text: str) -> Vectors:
    """Return what the words of a remark tell of its kind, each sign within [-1, 1].

    They are its tone, whether it asks, demands, opens with an infinitive or refuses, and how many
    words of wish and of need it has.
    """
    said = plain(text)
    wishes, needs = ({match[0] for match in each.finditer(said)} for each in (_WISH, _NEED))
    signs: Vectors = np.array(
        [
            np.tanh(tone_of(text).score),
            float(bool(_ASKS.search(said))),
            float(bool(_DEMANDS.search(said))),
            float(bool(_INFINITIVE.match(said))),
            float(bool(_AGAINST.search(said))),
            min(_MOST, len(wishes)) / _MOST,
            min(_MOST, len(needs)) / _MOST,
            0.5,
        ],
        dtype=np.float32,
    )
    return signs


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with one form of apostrophe."""
    return strip_accents(text).lower().replace("’", "'")
