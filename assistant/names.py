"""Finds the names of people: after a civility or a link, and around a known first name.

A name without a capital is found only when it is a known first name after such a link; a surname
alone is not found.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.acronyms import acronyms
from knowledge.analysis import strip_accents

_FIRST_NAMES = Path(__file__).parent / "data" / "prenoms.txt"
_ONLY_BEFORE_A_NAME = " +"
_WORD = re.compile(r"(?:\b[NDOM]['’](?=[A-ZÀ-Ý][a-zà-ÿ]))?[^\W\d_]+(?:-[^\W\d_]+)*")
# « Kevin Durand », « Kevin d'Angelo »
_BETWEEN = frozenset(" \u00a0\u202f'’")
# What says that a name follows.
_LINK = re.compile(
    r"(?<![\w'’])(?:M(?:\. ?| )|(?i:(?:mme|mlle|mr|m\.)\.? |madame |mademoiselle |monsieur ))"
    r"|(?i:\b(?:pr[ée])?nom(?: de famille| du jeune| de la jeune)? ?: ?)"
    r"|(?i:\b[sm]['’ ]?appell?e(?:nt)? |\b(?:pr[ée])?nomm[ée]e? |\bpr[ée]nom )"
)
_AGE = re.compile(r",? \(?\d{2} ?ans")
# What a known first name may follow to be masked without a surname.
_INTRODUCES = frozenset("pour pr avec jeune jeunes de d a que qu chez et".split())
_PARTICLES = frozenset("de du d da dos el al van von le la".split())
# A place, a law or a school that bears a name is public.
_BEARS_A_NAME = frozenset(
    """rue avenue boulevard place quai square allee impasse lycee lycees college ecole cfa mfr foyer
    hopital universite campus institut association fondation espace residence centre maison loi
    rapport plan dispositif programme prix saint sainte st ste lep cite stade aeroport port mont
    secours mission locale ville commune antenne site fete fetes""".split()
)
# Words with a capital that belong to no name: bodies, schemes, questions, titles.
_ORDINARY = frozenset(
    """accompagnement action actions adulte adultes agence agglomeration aide aides alors alternance
    apprentissage apres association assurance atelier avec avenir bac banque bonjour bonsoir bourse
    cap caisse carte ce centre cet cette chantier civique combien comment communaute commune
    competence competences conge conseil conseiller conseillere contrat contrats convention cours
    departement departemental dispositif dossier droit droits ecole elle emploi emplois engagement
    entreprise entreprises erasmus est et etat etudiant europe faut fiche financement fonds
    formation formations france garantie habitat ile il insertion je jeune jeunes la le les
    locale locales logement ma madame mairie maison majeur maximum maximale merci metropole mineur
    minimum ministere mission missions mobilite mobili-jeune mobili-pass mon monsieur nationale
    national nord on ou pacte parcours pas passeport pass peut pix plan plateforme plus pole pour
    pourquoi prefet prefecture prepa prestation prime pro professionnel professionnelle programme
    projet qualification quand que quel quelle quelles quels question qui quoi reconnaissance
    region regional rendez-vous ressources revenu sa sante securite service services si social
    sociale solidarite son stage sud tel titre travail un une universite urgent vae veut ville
    visale volontaire volontariat alpes bretagne normandie occitanie corse loire guadeloupe
    martinique guyane mayotte reunion janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche""".split()
)
_SHORTEST_IN_CAPITALS = 4
_LONGEST = 3


def find_names(text: str) -> list[tuple[int, int]]:
    """Return where the names of people begin and end in ``text``, in order.

    A text typed wholly in capitals holds none: nothing there tells a name from a word.
    """
    if not any(letter.islower() for letter in text):
        return []
    words = list(_WORD.finditer(text))
    linked = {match.end() for match in _LINK.finditer(text)}
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        last = _end_of_name(text, words, index, linked=words[index].start() in linked)
        if last is not None:
            found.append((words[index].start(), words[last - 1].end()))
        index = last or index + 1
    return found


def _end_of_name(text: str, words: list[re.Match[str]], index: int, *, linked: bool) -> int | None:
    """Return the index after the name that begins at ``index``, or None when none does."""
    word = words[index].group()
    before = _plain(words[index - 1].group()) if index else ""
    end = _extend(text, words, index)
    if linked:
        particle = _plain(word) in _PARTICLES and word[0].isupper() and end > index + 1
        named = _is_name_like(word) or particle or first_names().get(_plain(word)) is True
        return end if named else None
    if not word[0].isupper() or before in _BEARS_A_NAME:
        return None
    in_capitals = word.isupper()
    alone = first_names().get(_plain(word))
    if alone is None:
        return _end_after_surname(text, words, index) if in_capitals else None
    if end > index + 1 and (not in_capitals or words[index + 1].group().isupper()):
        return end if not in_capitals or _is_name_like(word) else None
    if in_capitals or not alone:
        return None
    introduced = before in _INTRODUCES or _follows_it_is(words, index)
    return end if introduced or _AGE.match(text, words[index].end()) else None


def _end_after_surname(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of a name written surname first (« DURAND Kevin »), or None."""
    following = index + 1
    if following >= len(words) or not _touch(text, words, following):
        return None
    first = words[following].group()
    known = first_names().get(_plain(first)) is True and first[0].isupper() and not first.isupper()
    return following + 1 if known and _is_name_like(words[index].group()) else None


def _extend(text: str, words: list[re.Match[str]], index: int) -> int:
    """Return the index after the words with a capital that follow the word at ``index``."""
    end = index + 1
    for _ in range(_LONGEST - 1):
        step = next(
            (
                step
                for step in (1, 2)
                if end + step <= len(words)
                and all(_touch(text, words, at) for at in range(end, end + step))
                and all(_plain(w.group()) in _PARTICLES for w in words[end : end + step - 1])
                and _is_name_like(words[end + step - 1].group())
            ),
            None,
        )
        if step is None:
            break
        end += step
    return end


def _follows_it_is(words: list[re.Match[str]], index: int) -> bool:
    """Tell whether « c'est » or « c » precedes a word."""
    before = [_plain(word.group()) for word in words[max(0, index - 2) : index]]
    return before[-1:] == ["c"] or before == ["c", "est"]


def _touch(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Tell whether one space or apostrophe alone parts a word from the one before it."""
    return text[words[index - 1].end() : words[index].start()] in _BETWEEN


def _is_name_like(word: str) -> bool:
    """Tell whether a word may belong to a name: a capital, and neither a body nor an acronym."""
    plain = _plain(word)
    if not word[0].isupper() or plain in _ORDINARY or plain in acronyms():
        return False
    if word.isupper():
        return len(word) >= _SHORTEST_IN_CAPITALS
    return plain not in _PARTICLES


def _plain(word: str) -> str:
    return strip_accents(word.lower())


@cache
def first_names() -> dict[str, bool]:
    """Return the known first names, and whether each may be masked without a surname."""
    return dict(_read_first_names())


def _read_first_names() -> Iterator[tuple[str, bool]]:
    for line in _FIRST_NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name = line.removesuffix(_ONLY_BEFORE_A_NAME)
            yield name, name == line
