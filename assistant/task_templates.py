"""The templates of tasks: courtesy and layout, which hold no fact of their own."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Sentence
from assistant.plain_words import (
    capital,
    distinct,
    explained,
    ideas,
    lightened,
    spelt,
    told,
)
from assistant.task import Kind, Manner, Material

Told = tuple[str, str, tuple[Sentence, ...]]

_LONGEST_SMS = 320
_MOST_TOLD, _MOST_SAID, _MOST_STEPS, _MOST_CAUTIONS = 4, 5, 8, 3
_MOST_SUMMARY = 3
# A line of a list of papers that says where to ask for the list.
_NO_PAPER = re.compile(
    r"\bsources consultées\b|\bsources d'Appui\b"
    r"|^(?:Liste|Autres pièces)\b.* à (?:vérifier|demander)\b"
)
# What a list of papers says to the adviser: « À demander au CLLAJ ; à préparer : … ».
_TO_THE_ADVISER = re.compile(r"^.*\bà préparer : | du jeune\b")
_SIGNED = "[votre nom]  \nMission Locale"


def write(kind: Kind, material: Material, *, manner: Manner) -> Told:
    """Return the title, the text and the sentences of a task."""
    return _WRITERS[kind](material, manner)


def _mail(material: Material, manner: Manner) -> Told:
    informal = manner == "tu"
    said = shortened(told(material.said, material.citations, informal=informal)[:_MOST_TOLD])
    parts = [f"Objet : {_name(material)}", "Bonjour [prénom],"]
    if said:
        parts += [
            "Suite à notre échange, voici ce que tu dois savoir :"
            if informal
            else "Suite à notre échange, voici ce que vous devez savoir :",
            _listed(said),
        ]
    else:
        to_you = "toi" if informal else "vous"
        parts.append(f"Suite à notre échange, je reviens vers {to_you} : parlons-en ensemble.")
    if papers := [_for_the_young(each) for each in papers_of(material)]:
        parts += [
            "Si tu fais la demande, prépare :"
            if informal
            else "Si vous faites la demande, préparez :",
            _items(papers),
        ]
    parts += _rules_first(material)
    if material.doubts:
        parts.append("Ces informations peuvent changer : nous les vérifierons ensemble.")
    parts.append(
        "Je peux t'aider à faire les démarches : réponds à ce mail ou appelle-moi."
        if informal
        else "Je peux vous aider à faire les démarches : répondez à ce mail ou appelez-moi."
    )
    parts.append(f"{'À bientôt' if informal else 'Cordialement'},  \n{_SIGNED}")
    return f"Mail : {_name(material)}", "\n\n".join(parts), said


def _sms(material: Material, manner: Manner) -> Told:
    informal = manner == "tu"
    opening = "Bonjour [prénom] ! "
    asked = "Une question ? Réponds-moi." if informal else "Une question ? Répondez-moi."
    closing = f" {asked} [votre nom], Mission Locale"
    left = _LONGEST_SMS - len(opening) - len(closing)
    if material.asks_papers and papers_of(material):
        return "SMS", opening + _papers_in_short(material, left, informal=informal) + closing, ()
    said = told(material.said, material.citations, informal=informal)
    # An acronym is spelt out where that leaves no sentence aside.
    kept = max(
        _fitting(shortened(said), left), _fitting(shortened(said, spell=False), left), key=len
    )
    if not kept:
        yours = "ta" if informal else "votre"
        about = f"J'ai la réponse à {yours} question sur ce sujet : {_name(material)}."
        return "SMS", f"{opening}{about}{closing}", ()
    return "SMS", opening + " ".join(each.text for each in kept) + closing, kept


def _papers_in_short(material: Material, left: int, *, informal: bool) -> str:
    """Return which papers to bring, as many as there is room for in characters."""
    opening = f"Pour {_name(material)}, {'prépare' if informal else 'préparez'} : "
    more = f" ; il en faut d'autres, que je {'te' if informal else 'vous'} dirai."
    papers = [_for_the_young(each).rstrip(".") for each in papers_of(material)]
    for count in range(len(papers), 0, -1):
        text = opening + " ; ".join(papers[:count]) + ("." if count == len(papers) else more)
        if len(text) <= left:
            return text
    yours = "ta" if informal else "votre"
    return f"J'ai {yours} liste de papiers pour : {_name(material)}."


def _fitting(sentences: Sequence[Sentence], left: int) -> tuple[Sentence, ...]:
    """Return the first sentences that a message has room for, in characters."""
    kept: tuple[Sentence, ...] = ()
    for sentence in sentences:
        if len(" ".join(each.text for each in (*kept, sentence))) > left:
            break
        kept = (*kept, sentence)
    return kept


def _checklist(material: Material, _: Manner) -> Told:
    papers = papers_of(material)
    notes = [each for each in material.papers if each not in papers]
    parts = [_items(papers, box=True)] if papers else []
    parts += [f"À savoir : {each}." for each in notes]
    text = "\n\n".join(parts) or (
        "La fiche ne donne pas de liste de pièces : demandez-la au service qui reçoit le dossier."
    )
    return f"Pièces à fournir : {_name(material)}", text, ()


def _interview(material: Material, _: Manner) -> Told:
    said = distinct(material.said)[:_MOST_SAID]
    steps = material.steps[:_MOST_STEPS]
    cautions = material.cautions[:_MOST_CAUTIONS]
    parts = [
        ("Ce qu'il faut savoir", _listed(said, marked=True)),
        ("À vérifier ensemble", _items(material.conditions, box=True)),
        ("Papiers à apporter", _items(papers_of(material), box=True)),
        ("Étapes", _listed(steps, marked=True)),
        ("Points de vigilance", _listed(cautions, marked=True)),
        ("Attention", _items(material.warnings)),
    ]
    text = "\n\n".join(f"**{title}**\n\n{body}" for title, body in parts if body)
    return f"Préparer l'entretien : {_name(material)}", text, (*said, *steps, *cautions)


def _summary(material: Material, _: Manner) -> Told:
    said = distinct(material.said)[:_MOST_SUMMARY]
    parts = (
        material.opening,
        _listed(said, marked=True),
        _items(material.warnings),
        material.closing,
    )
    return "Résumé", "\n\n".join(filter(None, parts)), said


def _plain(material: Material, _: Manner) -> Told:
    found = told(material.said, material.citations) or material.said
    said = shortened(found[:_MOST_SAID])
    text = _listed(said)
    if words := explained(text):
        meanings = "\n".join(f"- {capital(word)} : {meaning}." for word, meaning in words)
        text += f"\n\n**Les mots à connaître**\n\n{meanings}"
    return "En mots simples", text, said


def _partner(material: Material, _: Manner) -> Told:
    said = distinct(material.said)[:_MOST_SAID]
    parts = [
        f"Objet : {_name(material)}",
        "Madame, Monsieur,",
        "Nous accompagnons [prénom]. Voici les règles sur lesquelles nous nous appuyons :",
        _listed(said, marked=True),
        *_rules_first(material),
        "Je reste à votre disposition pour en parler.",
        f"Cordialement,  \n{_SIGNED}",
    ]
    return f"Note : {_name(material)}", "\n\n".join(parts), said


_WRITERS: dict[Kind, Callable[[Material, Manner], Told]] = {
    "mail": _mail,
    "sms": _sms,
    "checklist": _checklist,
    "interview": _interview,
    "summary": _summary,
    "plain": _plain,
    "partner": _partner,
}


def papers_of(material: Material) -> list[str]:
    """Return the papers that are asked for, without what is said of the list itself."""
    return [each for each in material.papers if not _NO_PAPER.search(each)]


def _for_the_young(paper: str) -> str:
    return capital(_TO_THE_ADVISER.sub("", lightened(paper)))


def _name(material: Material) -> str:
    """Return what it is about, without what the title says of its sources."""
    return material.subject.split(" : ")[0]


def shortened(sentences: Sequence[Sentence], *, spell: bool = True) -> tuple[Sentence, ...]:
    """Return sentences an idea each, acronyms spelt out once."""
    pieces = [(each, idea) for each in sentences for idea in ideas(each.text)]
    texts = [idea for _, idea in pieces]
    if spell:
        texts = list(spelt(texts))
    return tuple(
        Sentence(text, each.citations, verified=each.verified)
        for (each, _), text in zip(pieces, texts, strict=True)
    )


def _rules_first(material: Material) -> list[str]:
    """Return what nobody may be told without: the rule is over, or local."""
    return [f"À noter : {each.removeprefix('Attention : ')}" for each in material.must_be_said]


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
