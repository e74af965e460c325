"""What is said for courtesy's sake, and what is said in anger: each has its short reply."""

import re

from knowledge.analysis import fold

_WORDS = {
    "hello": r"bonjour|bonsoir|salut|coucou|hello|hey|slt|bjr|bsr|cc|hi|yo",
    "mood": r"(?:comment )?(?:tu |vous )?(?:ca va|va[sz]?[ -]tu|allez[ -]vous|vas bien|allez bien)"
    r"(?: bien)?|quoi de neuf",
    "thanks": r"merci(?: beaucoup| bien| infiniment)?|mrc|thanks|super|parfait|genial|nickel|top"
    r"|cool|ok|okay|d'accord|tres bien|c'est (?:note|clair|parfait|bon)|bravo",
    "goodbye": r"au revoir|bye|ciao|adieu|a (?:bientot|plus|demain|tout a l'heure)"
    r"|bonne (?:journee|soiree|nuit|continuation)|bon week[ -]end",
    "who": r"(?:t'es|tu es|vous etes|c'est) qui|qui (?:es[ -]tu|etes[ -]vous|t'a (?:fait|cree))"
    r"|(?:t'es|tu es|es[ -]tu|vous etes|etes[ -]vous) (?:un |une )?(?:robot|bot|ia|humain|machine"
    r"|chatgpt|vrai(?:e)? personne)|(?:comment tu t'appelles|c'est quoi ton nom|ton nom)"
    r"|(?:tu (?:sais faire|fais)|que (?:sais|peux)[ -]tu faire|tu peux faire) ?(?:quoi)?"
    r"|a quoi (?:tu sers|sers[ -]tu)|comment (?:ca|tu) marches?|aide|help|who are you",
    "anger": r"(?:(?:t'es|tu es|vous etes|quel(?:le)?|espece d(?:e |')|sale|gros(?:se)?|pauvre) ?)*"
    r"(?:vraiment |trop |completement |qu'un |un |une )*"
    r"(?:cons?|conne|connards?|connasse|idiote?s?|nuls?|nulle|debiles?|imbeciles?|abrutie?s?|merde"
    r"|batard|encule|stupides?|incapables?|inutiles?|pourri|naze)"
    r"|ta gueule|(?:ferme|ferme[ -])la|va te faire (?:voir|foutre)|casse[ -]toi"
    r"|fais chier|tu (?:me )?(?:saoules|soules|fais chier)|(?:tu|ca) sers? a rien|fdp|pute",
}
_LONGEST = 80
_FILLER = (
    r"a (?:tous|toi|vous)|madame|monsieur|mme|mr|appui|toi|et toi|et vous|et|bien|pour (?:tout|ton"
    r" aide|votre aide|l'aide|la reponse)|beaucoup|tout le monde|alors|putain|vraiment|l'ia"
)
_KINDS = {
    kind: re.compile(rf"^\W*(?:{said})(?:\W+(?:{'|'.join(_WORDS.values())}|{_FILLER}))*\W*$")
    for kind, said in _WORDS.items()
}
_WHAT_I_DO = (
    "Je réponds aux questions sur les dispositifs et sur la consultation, à partir de vos documents"
    " et avec leurs sources."
)
_REPLIES = {
    "hello": f"Bonjour ! {_WHAT_I_DO} Posez votre question en une ligne.",
    "mood": "Je suis à votre disposition. Quelle est votre question ?",
    "thanks": "Avec plaisir. Posez une autre question quand vous voulez.",
    "goodbye": "Au revoir. Vos conversations restent dans la colonne de gauche.",
    "who": (
        f"Je suis Appui, un assistant pour les conseillers des Missions Locales. {_WHAT_I_DO} Quand"
        " vos documents ne disent rien, je le dis. Essayez l'une de ces questions :"
    ),
    "anger": (
        "Je comprends l'agacement. Dites-moi ce que vous cherchiez, avec le nom du dispositif, et"
        " je cherche à nouveau. Si une réponse est fausse, « À revoir » la signale."
    ),
}


def small_talk(said: str) -> str | None:
    """Return the reply to what is no question: a greeting, thanks, an insult; else None.

    « merci, et pour un mineur ? » is a question.
    """
    plain = fold(said.replace("’", "'"))
    if len(plain) > _LONGEST:
        return None
    return next((_REPLIES[kind] for kind, form in _KINDS.items() if form.match(plain)), None)
