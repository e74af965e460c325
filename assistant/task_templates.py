"""The templates of tasks: courtesy and layout, which hold no fact of their own."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Sentence
from assistant.task import Kind, Manner, Material
from knowledge.acronyms import acronym_spans

Told = tuple[str, str, tuple[Sentence, ...]]

_LONGEST_SMS = 320
_MOST_SAID, _MOST_STEPS, _MOST_CAUTIONS = 5, 8, 3
_MOST_SUMMARY = 3
# « (article L5135-1) », « (fiche du ministère du 1er avril 2025) » : not for a young person.
_REFERENCE = re.compile(
    r"\s*\((?:articles?|fiche|page|paramètres?|décret|Code|cités?|voir)[^()]*\)"
)
_YEAR = re.compile(r"\b20\d\d\b")
_AMOUNT = re.compile(r"\d\s*(?:€|%)")


def write(kind: Kind, material: Material, *, manner: Manner) -> Told:
    """Return the title, the text and the sentences of a task."""
    return _WRITERS[kind](material, manner)


def _mail(material: Material, manner: Manner) -> Told:
    said = _told(material.said[:_MOST_SAID])
    you = manner == "tu"
    parts = [
        f"Objet : {material.subject}",
        "Bonjour [prénom],",
        f"Suite à notre échange, voici ce que {'tu dois' if you else 'vous devez'} savoir.",
        _listed(said),
    ]
    if material.papers:
        asked = "Prépare ces papiers :" if you else "Préparez ces papiers :"
        parts += [f"{asked}\n\n{_items(material.papers)}"]
    parts += [_attention(material)] if material.warnings else []
    parts.append(
        "Si tu as une question, réponds à ce mail ou appelle-moi."
        if you
        else "Si vous avez une question, répondez à ce mail ou appelez-moi."
    )
    closing = "À bientôt," if you else "Cordialement,"
    parts.append(f"{closing}  \n[votre nom], Mission Locale")
    return f"Mail : {material.subject}", "\n\n".join(parts), said


def _sms(material: Material, manner: Manner) -> Told:
    you = manner == "tu"
    opening = "Bonjour [prénom], "
    closing = (
        " Réponds-moi pour en parler. Ta Mission Locale"
        if you
        else " Répondez-moi pour en parler. Votre Mission Locale"
    )
    left = _LONGEST_SMS - len(opening) - len(closing)
    kept: list[Sentence] = []
    for sentence in _told(material.said):
        if len(" ".join(each.text for each in (*kept, sentence))) > left:
            break
        kept.append(sentence)
    if not kept:
        asked = "j'ai une réponse pour toi" if you else "j'ai une réponse pour vous"
        return "SMS", f"{opening}{asked} : {material.subject}.{closing}", ()
    text = opening + " ".join(each.text for each in kept) + closing
    return "SMS", text, tuple(kept)


def _checklist(material: Material, _: Manner) -> Told:
    papers = _items(material.papers, box=True) or (
        "La fiche ne donne pas de liste de pièces : demandez-la au service qui reçoit le dossier."
    )
    return f"Pièces à fournir : {material.subject}", papers, ()


def _interview(material: Material, _: Manner) -> Told:
    said = material.said[:_MOST_SAID]
    steps = material.steps[:_MOST_STEPS]
    cautions = material.cautions[:_MOST_CAUTIONS]
    parts = [
        ("Ce qu'il faut savoir", _listed(said, marked=True)),
        ("À vérifier ensemble", _items(material.conditions, box=True)),
        ("Papiers à apporter", _items(material.papers, box=True)),
        ("Étapes", _listed(steps, marked=True)),
        ("Points de vigilance", _listed(cautions, marked=True)),
        ("Attention", _items(material.warnings)),
    ]
    text = "\n\n".join(f"**{title}**\n\n{body}" for title, body in parts if body)
    return f"Préparer l'entretien : {material.subject}", text, (*said, *steps, *cautions)


def _summary(material: Material, _: Manner) -> Told:
    said = material.said[:_MOST_SUMMARY]
    text = " ".join(f"{each.text} {_marks(each)}" for each in said)
    warned = f"\n\n{_attention(material)}" if material.warnings else ""
    return "Résumé", text + warned, said


def _plain(material: Material, _: Manner) -> Told:
    spelt: set[str] = set()
    said = tuple(
        Sentence(_spelt(piece, spelt), sentence.citations, verified=sentence.verified)
        for sentence in _told(material.said[:_MOST_SAID])
        for piece in _ideas(sentence.text)
    )
    return "En mots simples", _listed(said), said


def _partner(material: Material, _: Manner) -> Told:
    said = material.said[:_MOST_SAID]
    parts = [
        f"Objet : {material.subject}",
        "Madame, Monsieur,",
        "Nous accompagnons [prénom]. Voici les règles sur lesquelles nous nous appuyons :",
        _listed(said, marked=True),
        *([_attention(material)] if material.warnings else []),
        "Je reste à votre disposition pour en parler.",
        "Cordialement,  \n[votre nom], Mission Locale",
    ]
    return f"Note : {material.subject}", "\n\n".join(parts), said


_WRITERS: dict[Kind, Callable[[Material, Manner], Told]] = {
    "mail": _mail,
    "sms": _sms,
    "checklist": _checklist,
    "interview": _interview,
    "summary": _summary,
    "plain": _plain,
    "partner": _partner,
}


def _told(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences without their legal references; an amount keeps the one that dates it."""
    return tuple(
        Sentence(_light(each.text), each.citations, verified=each.verified) for each in sentences
    )


def _light(text: str) -> str:
    light = _REFERENCE.sub("", text)
    return text if _AMOUNT.search(text) and not _YEAR.search(light) else light


def _ideas(text: str) -> list[str]:
    """Return the ideas of a sentence that its semicolons part, a sentence each."""
    ideas = [idea.strip(" .") for idea in text.split(" ; ")]
    return [f"{idea[:1].upper()}{idea[1:]}." for idea in ideas if idea]


def _spelt(text: str, spelt: set[str]) -> str:
    """Return a text whose acronyms of one sense are spelt out, once in all."""
    written, end = "", 0
    for start, stop, senses in acronym_spans(text):
        short = text[start:stop]
        if len(senses) == 1 and short not in spelt and senses[0].expansion not in text:
            spelt.add(short)
            written += f"{text[end:start]}{short} ({senses[0].expansion})"
            end = stop
    return written + text[end:]


def _marks(sentence: Sentence) -> str:
    return "".join(f"[{n}]" for n in sentence.citations)


def _listed(sentences: Sequence[Sentence], *, marked: bool = False) -> str:
    """Return sentences as a list; ``marked``, with the marks of their sources."""
    return "\n".join(
        f"- {each.text} {_marks(each)}" if marked else f"- {each.text}" for each in sentences
    )


def _items(values: Sequence[str], *, box: bool = False) -> str:
    return (
        "  \n".join(f"☐ {each}" for each in values)
        if box
        else "\n".join(f"- {each}" for each in values)
    )


def _attention(material: Material) -> str:
    return "Attention : " + " ".join(material.warnings)
