"""The replies that cite nothing: not found, clarify, greeting, refused."""

from collections.abc import Iterable, Sequence

from assistant.understand import Understood
from knowledge.documents import Collection, Hit, Source

_WHERE = {
    None: "dans tous vos documents",
    "dispositifs": "dans la documentation des dispositifs",
    "consultation": "dans les documents de la consultation",
    "local": "dans vos documents locaux",
}
_WHOM = (
    "À qui demander : votre référent ou votre responsable de secteur ; pour une règle nationale,"
    " service-public.gouv.fr et travail-emploi.gouv.fr ; pour une aide locale, le département,"
    " la région ou la commune."
)
_LEADS = 3

GREETING = (
    "Bonjour ! Je réponds aux questions sur les dispositifs et sur la consultation, à partir de vos"
    " documents et avec leurs sources. Posez votre question en une ligne."
)
REFUSED = (
    "Je ne change pas ma façon de répondre : je cherche dans vos documents et je cite ce qu'ils"
    " disent. Posez votre question sur un dispositif ou sur la consultation."
)
NO_FRAUD = (
    "Je n'aide pas à tromper un organisme ni à fabriquer un document : le jeune risquerait de"
    " rembourser et d'être sanctionné. S'il y a une erreur ou une difficulté, posez la question :"
    " comment la déclarer, à qui s'adresser, quelle aide demander."
)
EMPTY_LIBRARY = (
    "Aucun document n'est encore indexé : je ne peux donc rien citer. Ajoutez des documents depuis"
    " la page « Documents » ou avec la commande : python -m ingestion add DOSSIER"
)
EXAMPLES = (
    "Quel est le montant de l'allocation du CEJ ?",
    "Combien de temps peut durer une PMSMP ?",
    "Qui peut entrer à l'E2C ?",
)


def not_found(
    hits: Sequence[Hit], *, documents: int, collection: Collection | None
) -> tuple[str, tuple[str, ...]]:
    """Return the text of « nothing found » and its leads, as questions that can be asked."""
    nearest = _distinct(hit.source for hit in hits)[:_LEADS]
    text = (
        f"Je n'ai rien trouvé sur ce point {_WHERE[collection]}"
        f" ({documents} document{'s' if documents > 1 else ''})."
    )
    if nearest:
        listed = "\n".join(f"- {source.title}" for source in nearest)
        text += f"\n\nLe plus proche, qui ne répond pas à la question :\n\n{listed}"
    text += f"\n\n{_WHOM}\n\nSi vous avez le document qui répond, ajoutez-le."
    return text, tuple(f"Que dit « {source.title} » ?" for source in nearest)


def ask_consultation(topic: str) -> str:
    """Return the question that asks what was said of a topic."""
    return f"Que dit-on de « {topic} » dans la consultation ?"


def nobody_said(*, meetings: int) -> str:
    """Return the text of « nobody spoke of it »: a silence, which is no agreement."""
    where = "le compte rendu" if meetings == 1 else f"les {meetings} comptes rendus"
    return (
        f"Je n'ai trouvé personne qui en parle dans {where} de la consultation."
        " Un silence n'est ni un accord ni un désaccord.\n\nÀ qui demander :"
        " l'ambassadeur SI de votre région, ou l'ARML."
    )


def no_notes_of(region: str, *, known: Sequence[str]) -> str:
    """Return what is said where a question names a region without any meeting."""
    return (
        f"Je n'ai aucun compte rendu de la région {region}. Les régions que je connais :"
        f" {', '.join(known)}.\n\nSi vous avez les comptes rendus de cette région, ajoutez-les."
    )


def partial_opening(understood: Understood) -> str:
    """Return the sentence that says what is missing from what follows."""
    missing = {
        "amount": "le montant demandé",
        "duration": "la durée demandée",
        "age": "l'âge demandé",
        "date": "la date demandée",
        "papers": "la liste des pièces demandée",
    }.get(understood.expected, "toute la réponse")
    return f"Je n'ai pas trouvé {missing} ; voici ce que disent vos documents sur ce sujet."


def model_failed(reason: str, *, began: bool) -> str:
    """Return what is said when a language model could not be heard to the end."""
    if began:
        return f"Le modèle de langue s'est interrompu ({reason}) ; la suite est rédigée sans lui."
    return f"Le modèle de langue ne répond pas ({reason}) ; voici la réponse rédigée sans lui."


def clarify(understood: Understood, hits: Sequence[Hit]) -> tuple[str, tuple[str, ...]]:
    """Return the question that asks for the subject, and its choices."""
    titles = [source.title for source in _distinct(hit.source for hit in hits)[:4]]
    question = understood.standalone.strip(" ?.!")
    choices = tuple(f"{question} : {title} ?" for title in titles)
    return "De quel dispositif parlez-vous ? Précisez son nom, ou choisissez :", choices


def _distinct(sources: Iterable[Source]) -> list[Source]:
    """Return the sources in order, each once."""
    return list({source.id: source for source in sources}.values())
