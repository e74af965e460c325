"""What is asked: acronyms spelt out, the kind of fact expected, whether a subject is named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.act import Act, act_of
from assistant.asking import WHO, asking_clause
from assistant.meeting_question import asks_what_was_said
from knowledge.acronyms import acronyms_in
from knowledge.analysis import strip_accents, terms, words
from knowledge.wording import with_acronyms

Expected = Literal[
    "amount",
    "duration",
    "age",
    "count",
    "date",
    "steps",
    "papers",
    "person",
    "contact",
    "definition",
    "any",
]

_EXPECTED: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        "contact",
        re.compile(
            r"\bnum\w* (?:de )?tel\w*|\btel(?:ephone)? (?:de|du|des)\b|\bcoordonnees\b"
            r"|\bhoraires? d?['’ ]?ouverture\b|\badresse (?:e?-?mail|postale)\b"
        ),
    ),
    ("papers", re.compile(r"\b(papiers?|pieces?|justificatifs?|documents? (?:a |faut|fournir))\b")),
    ("age", re.compile(r"\bages?\b")),
    (
        "duration",
        re.compile(
            r"\b(combien de (?:temps|mois|jours|semaines|annees|ans|heures)|durees?|dure|"
            r"renouvel\w+|prolong\w+|jusqu'a quand)\b"
        ),
    ),
    ("count", re.compile(r"\bcombien d(?:e |['’])(?!euros?|argent)\w")),
    (
        "amount",
        re.compile(
            r"\b(combien|montants?|euros?|argent|paye\w*|paie|payee?s?|remunerations?|salaires?"
            r"|allocations?|touche|gagne|plafonds?|planchers?|prix|cout\w*|tarifs?|prime"
            r"|pourcentages?|taux)\b|[€%]"
        ),
    ),
    ("date", re.compile(r"\b(quand|quelle date|depuis quand|a partir de quand)\b")),
    (
        "steps",
        re.compile(
            r"\b(comment|demarches?|etapes?|procedure|marche a suivre|ou s'adresser"
            r"|par (?:ou|quoi) (?:on |je |il |elle )?commenc\w*)\b"
        ),
    ),
    ("person", re.compile(WHO)),
)
# A question that yes or no answers expects no figure, whatever it speaks of.
_YES_OR_NO = re.compile(
    r"(?:^|[\s,])(?:est-ce qu|(?:est|sont|a|ont|peut|peuvent|doit|faut|va|touche|reste)"
    r"(?:-t)?-(?:il|elle|on|ils|elles|ce)\b)",
    re.IGNORECASE,
)
# The same as it is typed in a hurry, in words without accents.
_SPOKEN_YES_OR_NO = re.compile(
    r"\bou (?:pas?|non)\W*$|^faut (?:un|une|avoir|etre)\b"
    r"|\b(?:a|ont|aurait|avoir)(?:[- ]t[- ](?:il|elle))? (?:encore |toujours )?droit\b"
    r"|\b(?:possible|normal|vrai|obligatoire)\W*$"
    r"|\b(?:il|elle|ils|elles|on|je)\s+(?:l'|le |la |les |y |en )?"
    r"(?:peu[tx]?|peuvent|doi[st]|doivent|garde|gardent|perd|perdent)\b"
)
_OR_NOT = re.compile(r"\bou (?:pas?|non)\W*$")
_ASKS_WHICH = re.compile(r"\b(?:combien|cb|quels?|quelles?|quand|comment|qui|quoi|montant|duree)\b")
_ASKS_WHERE = re.compile(
    r"\boù\b|^ou\b|\bou\W*$"
    r"|\bou (?:est|on|se|s'|faut|il|elle|je|aller|faire|deposer|envoyer|trouver)\b"
)
_DEFINITION = re.compile(
    r"\b(?:c['’ ]?(?:est )?quoi|qu['’]?est[- ]ce qu|definition|que signifie|veut dire"
    r"|a quoi (?:ca )?sert|presente[rz]?)"
)
# Words that say what is asked about a subject, not what the subject is.
INTENT = frozenset(
    terms(
        "premier deuxième troisième second combien koi différence comparer comparaison"
        " montant durée dure durer temps mois jour semaine année an heure condition conditions"
        " papier pièce justificatif document démarche étape procédure âge qui quand comment"
        " quel pourquoi signer signe payer payé paye rémunéré rémunération salaire argent euro"
        " toucher gagner gagne droit bénéficier avoir accès possible maximum minimum fournir"
        " faire renouveler prolonger cumuler cumul définition signifie explique expliquer dire"
        " savoir existe exister changer changé marche fonctionne utile sert servir inscrire"
        " inscription demander jeune personne cas"
    )
)
# Words that say of whom something is asked: the subject stays what it was.
AUDIENCE = frozenset(terms("mineur majeur handicap handicapé rqth étudiant enceinte parent"))
# Nouns that need a complement to name a dispositif.
GENERIC = frozenset(
    terms(
        "contrat aide aides allocation dispositif mesure accompagnement prime parcours"
        " programme formation stage projet fonds structure mission locale chose truc question"
        " info information renseignement"
    )
)
_MASKED = re.compile(
    r"(?:(?:mme|mlle|mr|m\.?|madame|monsieur|née? le|s['’]appelle) )?\(?\[[^\[\]]*\]\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question as the following steps need it.

    ``standalone`` reads without the conversation; ``search_text`` also spells the acronyms out;
    ``expected`` is the kind of fact asked for; ``is_vague`` tells that no subject is named;
    ``about_consultation`` that it asks what people said, not what a rule is; ``words`` counts those
    that were typed.
    """

    standalone: str
    search_text: str
    act: Act
    expected: Expected
    is_vague: bool
    about_consultation: bool
    words: int


def understand(
    question: str,
    *,
    standalone: str | None = None,
    spell: Callable[[str], str] = str,
) -> Understood:
    """Return what a question asks.

    Args:
        question: as it was typed, personal data masked.
        standalone: the same, with what it leans on in the conversation (see ``follow_up``).
        spell: brings a question to the words of the documents.
    """
    standalone = standalone or question
    spelt = spell(without_masks(standalone))
    search_text = with_acronyms(spelt)
    return Understood(
        standalone=standalone,
        search_text=search_text,
        act=act_of(question),
        expected=expected_fact(spelt),
        is_vague=not subject_terms(search_text) and not acronyms_in(spelt),
        about_consultation=asks_what_was_said(spelt),
        words=len(question.split()),
    )


def expected_fact(question: str) -> Expected:
    """Return the kind of fact that a question asks for."""
    bare_name = len(terms(question)) == 1
    question = asking_clause(question)
    # Elided articles count for « combien d'aides », and are gone from the words.
    plain = " ".join((*words(question.replace("€", " euros ")), strip_accents(question.lower())))
    if _asks_yes_or_no(question):
        return "any"
    for expected, pattern in _EXPECTED:
        if pattern.search(plain):
            return expected
    return (
        "definition" if bare_name or _DEFINITION.search(strip_accents(question.lower())) else "any"
    )


def _asks_yes_or_no(question: str) -> bool:
    """Tell whether yes or no answers a question, whatever figures it speaks of."""
    said = strip_accents(question.lower().strip())
    where = _ASKS_WHERE.search(_OR_NOT.sub("", question.lower().strip()))
    if _ASKS_WHICH.search(said) or where:
        return False
    return bool(_YES_OR_NO.search(question) or _SPOKEN_YES_OR_NO.search(said))


def without_masks(question: str) -> str:
    """Return a question without what stands for masked data, which names nothing to search."""
    return _MASKED.sub(" ", question).strip()


def subject_terms(question: str) -> list[str]:
    """Return the search terms that name what a question is about."""
    return [t for t in _named_terms(question) if t not in GENERIC | AUDIENCE]


def _named_terms(question: str) -> list[str]:
    """Return the terms that are neither what is asked nor figures."""
    return [t for t in terms(without_masks(question)) if t not in INTENT and not t[0].isdigit()]


def likeness(question: str, heading: str) -> float:
    """Return how much the question that heads a passage is the one that is asked, in [0, 1].

    It is 1 when both ask the same kind of fact of the same subject and people, otherwise the F1 of
    their terms.
    """
    asked, heads = set(terms(without_masks(question))), set(terms(heading))
    expected = expected_fact(heading)
    named = {t for t in heads if t not in INTENT | GENERIC}
    if expected != "any" and expected == expected_fact(question) and named and named <= asked:
        return 1.0
    shared = len(asked & heads)
    return 2 * shared / (len(asked) + len(heads)) if shared else 0.0


def audience_in(text: str) -> frozenset[str]:
    """Return the terms that say of whom a text speaks, such as a minor or a student."""
    return AUDIENCE.intersection(terms(text))


def subject_words(question: str) -> list[str]:
    """Return the words, as they were typed, that name what a question is about."""
    return [
        word
        for word in re.findall(r"[\w’'-]+", without_masks(question))
        if any(t not in AUDIENCE for t in _named_terms(word))
    ]
