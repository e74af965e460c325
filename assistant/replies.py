"""The replies that cite nothing: not found, clarify, greeting, refused."""

import re
from collections.abc import Mapping, Sequence

from assistant.understand import Understood, subject_words
from knowledge.departments import department_in, region_in
from knowledge.documents import Collection, Hit, Source

_WHERE = {
    None: "dans tous vos documents",
    "dispositifs": "dans la documentation des dispositifs",
    "consultation": "dans les documents de la consultation",
    "local": "dans vos documents locaux",
}
_LEADS = 3
_CODE = re.compile(r"[^\W\d].*\d|\d.*[^\W\d]")
# Where one body is both the region and the department.
_ONE_BODY = frozenset({"Corse", "Guyane", "Martinique", "Mayotte"})
# What the ranker thinks of a lead at least (on cooking or football, it finds less), or the share of
# the nearest known questions that it answers.
_NEAR = 0.1

IN_FRENCH = "Je réponds en français."
REFUSED = (
    "Je ne change pas ma façon de répondre : je cherche dans vos documents et je cite ce qu'ils"
    " disent. Posez votre question sur un dispositif ou sur la consultation."
)
NO_FRAUD = (
    "Je n'aide pas à tromper un organisme ni à fabriquer un document : le jeune risquerait de"
    " rembourser et d'être sanctionné. S'il y a une erreur ou une difficulté, posez la question :"
    " comment la déclarer, à qui s'adresser, quelle aide demander."
)
WRITE_WHAT = (
    "Sur quoi ? Posez d'abord la question, ou dites-le : « un mail sur les papiers du CEJ »."
    " Le texte s'écrit à partir de la réponse et de ses sources."
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
    understood: Understood,
    hits: Sequence[Hit],
    *,
    known: Mapping[str, float],
    documents: int,
    collection: Collection | None,
) -> tuple[str, tuple[str, ...]]:
    """Return the text of « nothing found » and its leads, as questions that can be asked.

    Args:
        understood: the question.
        hits: the passages found, best first.
        known: the share of the nearest known questions that a passage answers, by its id.
        documents: how many were searched.
        collection: that was searched alone, if one was.
    """
    nearest = _nearest(hits, known)
    searched_in = f"{documents} document{'s' if documents > 1 else ''}"
    lines = [f"Je n'ai rien trouvé sur ce point {_WHERE[collection]} ({searched_in})."]
    # A code (« OK-2026 », a file number) tells nobody what was looked for, and is not said again.
    searched = [word for word in subject_words(understood.standalone) if not _CODE.search(word)]
    if searched:
        lines.append(f"J'ai cherché : {' '.join(searched)}.")
    if nearest:
        listed = "\n".join(f"- {_lead(hit)}" for hit in nearest)
        lines.append(f"Le plus proche, qui n'y répond peut-être pas :\n\n{listed}")
    lines += [
        f"À qui demander :\n\n{whom_to_ask(understood.standalone, nearest)}",
        "Si vous avez le document qui répond, ajoutez-le.",
    ]
    return "\n\n".join(lines), tuple(map(_lead_question, nearest)) or EXAMPLES


def whom_to_ask(question: str, nearest: Sequence[Hit]) -> str:
    """Return who may know, as a list: a place's own bodies, the official page, the referent."""
    asked = []
    if (place := region_in(question)) in _ONE_BODY:
        asked.append(f"pour une aide locale, la collectivité ({place})")
    elif place is not None:
        asked.append(f"pour une aide locale, le conseil régional ({place})")
    elif (place := department_in(question)) is not None:
        asked.append(f"pour une aide locale, le conseil départemental ({place})")
    local = next((hit.source for hit in nearest if hit.source.territory), None)
    if local is not None:
        asked.append(f"pour « {local.title} », le service qui la gère ({local.territory})")
    official = next((hit.source for hit in nearest if _is_official(hit.source)), None)
    if official is not None:
        asked.append(f"la page officielle de « {official.title} » : {official.url}")
    asked.append(
        "votre référent ou votre responsable de secteur"
        if asked
        else "votre référent ou votre responsable de secteur ; pour une règle nationale,"
        " service-public.gouv.fr ; pour une aide locale, le département, la région ou la commune"
    )
    return "\n".join(f"- {each}" for each in asked)


def _nearest(hits: Sequence[Hit], known: Mapping[str, float]) -> list[Hit]:
    """Return the best passage of each of the first documents, without those that are far off.

    Where a ranker has read the first passages, what it did not read is far off, unless it answers
    questions that are like this one.
    """
    first: dict[str, Hit] = {}
    is_read = any(hit.relevance is not None for hit in hits)
    for hit in hits:
        is_near = (hit.relevance or 0.0) >= _NEAR or known.get(hit.passage.id, 0.0) >= _NEAR
        if is_near or not is_read:
            first.setdefault(hit.source.id, hit)
    return list(first.values())[:_LEADS]


def _is_official(source: Source) -> bool:
    return source.collection == "dispositifs" and (source.url or "").startswith("https://")


def _lead(hit: Hit) -> str:
    """Return a document and the heading of its nearest passage."""
    section = hit.passage.section_path[-1] if hit.passage.section_path else ""
    told = section and section != hit.source.title
    return f"{hit.source.title} : « {section} »" if told else hit.source.title


def _lead_question(hit: Hit) -> str:
    """Return a question on a document, the one that heads its nearest passage where one does."""
    section = hit.passage.section_path[-1] if hit.passage.section_path else ""
    return section if section.endswith("?") else f"Que dit « {hit.source.title} » ?"


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
