"""Finds the names of people: after a civility or a link, and around a known first name.

Without a capital, a surname is found after a civility or a first name, and a first name wherever it
is no ordinary word. A text typed wholly in capitals is read as one without any.
"""

import re

from assistant.name_shapes import (
    extend,
    extend_in_lower_case,
    is_name_like,
    is_ordinary,
    is_particle,
    may_follow,
    touch,
)
from assistant.name_words import (
    BEARS_A_NAME,
    NO_NAME_AFTER_TITLE,
    ORDINARY,
    PARTICLES,
    common_words,
    first_names,
    is_misspelt,
    plain,
)
from knowledge.acronyms import acronyms

_WORD = re.compile(r"(?:\b[NDOM]['’](?=[A-ZÀ-Ý][a-zà-ÿ]))?[^\W\d_]+(?:-[^\W\d_]+)*")
_TITLE = r"(?:mme|mlle|melle|mr|m\.)\.? |madame |mademoiselle |monsieur "
# What says that a name follows.
_TITLED = re.compile(rf"(?<![\w'’])(?:M(?:\. ?| )|(?i:{_TITLE}))")
_LINK = re.compile(
    r"(?i:\b(?:pr[ée])?nom(?: de famille| du jeune| de la jeune)? ?: ?)"
    r"|(?i:\b[sm]['’ ]?appell?e(?:nt)? |\b(?:pr[ée])?nomm[ée]e? |\bpr[ée]nom )"
    r"|(?<![\w'’])(?:(?:[Mm]a[iî]tre|Me|Dr|[Dd]octeur)\.? |[Nn]om )(?=[A-ZÀ-Ý])"
)
_AGE = re.compile(r"(?:,? \(?| a |, )\d{2} ?ans")
# What only a person does, after a word that is also a first name (« Marin veut »), or unknown.
_ACTS = re.compile(
    r" (?:(?:a|veut|cherche|habite|vient|peut|dit|touche|demande|sort|part|entre|refuse|souhaite"
    r"|travaille|arrive|gagne|voudrait|doit|ne|me|s['’]est)\b|n['’]"
    r"|est (?!une?\b|ce\b|l[ae]s?\b|d)|peut-(?:il|elle)\b)"
)
_ACTS_LIKE_NOTHING_ELSE = re.compile(
    r" (?:(?:ne )?(?:veut|cherche|habite|dort|souhaite|voudrait)|a \d{2} ?ans|vient d['’]avoir)\b"
)
_INTRODUCES = frozenset("pour pr avec jeune jeunes de d a que qu chez et".split())
# Words with a capital that begin a sentence, and no scheme.
_STARTS = _INTRODUCES | frozenset(
    "alors bonjour combien est et madame merci mon monsieur mme mlle melle mr que quel quelle"
    " qui quand si son".split()
)
# « mon jeune X », « c'est pour X »
_INTRODUCES_ANYONE = re.compile(
    r"\b(?:(?:mon|ma|ce|cette|le|la) jeune|c(?:['’ ]?est)? pou?r) $", re.IGNORECASE
)
_THEN_A_QUESTION = re.compile(r" ?:")
_BEFORE_A_PLACE = frozenset("a de d du en sur vers au aux".split())
_BEFORE_A_NOUN = frozenset("l le la les un une ce cet cette des du au mon ma son sa en".split())
_SHORTEST_ALONE_IN_CAPITALS = 5


def find_names(text: str) -> list[tuple[int, int]]:
    """Return where the names of people begin and end in ``text``, in order."""
    lowered = text.lower()
    if not any(letter.islower() for letter in text) and len(lowered) == len(text):
        text = lowered
    words = list(_WORD.finditer(text))
    titled = {match.end() for match in _TITLED.finditer(text)}
    linked = {match.end() for match in _LINK.finditer(text)} | titled
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        start = words[index].start()
        last = None
        if start in linked:
            last = _end_after_link(text, words, index, titled=start in titled)
        elif not _is_borne(text, words, index):
            last = _end_of_name(text, words, index)
        if last is not None:
            found.append((start, words[last - 1].end()))
        index = last or index + 1
    return found


def _end_after_link(
    text: str, words: list[re.Match[str]], index: int, *, titled: bool
) -> int | None:
    """Return the index after the name that a civility or a link announces, or None."""
    word = words[index].group()
    end = extend(text, words, index)
    particle = plain(word) in PARTICLES and word[0].isupper() and end > index + 1
    if is_name_like(word) or particle:
        return end
    if not word[0].islower():
        return None
    if first_names().get(plain(word)) is True:
        return extend_in_lower_case(text, words, index)
    return _end_of_surname(text, words, index) if titled else None


def _end_of_surname(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of a surname without capitals (« mme le goff »), particles included."""
    at = index
    while is_particle(words[at].group()):
        at += 1
        if at == len(words) or not touch(text, words, at):
            return None
    word = plain(words[at].group())
    if word in NO_NAME_AFTER_TITLE or word.endswith("ee") or word in acronyms():
        return None
    if at > index and words[at].group().islower() and word in common_words():
        return None
    return extend_in_lower_case(text, words, at)


def _end_of_name(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the index after the name that begins at ``index`` unannounced, or None."""
    word = words[index].group()
    if not word[0].isupper():
        return _end_in_lower_case(text, words, index)
    in_capitals = word.isupper() and len(word) > 1
    if plain(word) not in first_names():
        find_end = _end_after_surname if in_capitals else _end_of_unknown
        return find_end(text, words, index)
    end = extend(text, words, index)
    if end > index + 1 and (not in_capitals or words[index + 1].group().isupper()):
        return end if not in_capitals or is_name_like(word) else None
    return index + 1 if _is_first_name(text, words, index, in_capitals=in_capitals) else None


def _is_first_name(text: str, words: list[re.Match[str]], index: int, *, in_capitals: bool) -> bool:
    """Tell whether a known first name with a capital, alone, is one here."""
    word = words[index].group()
    known = first_names()[plain(word)]
    after = words[index].end()
    if _AGE.match(text, after):
        return True
    if in_capitals:
        return known and len(word) >= _SHORTEST_ALONE_IN_CAPITALS and not is_ordinary(word)
    if known and (not is_ordinary(word) or _is_introduced(words, index)):
        return True
    return bool(_ACTS.match(text, after)) or _is_beside_a_name(words, index)


def _end_in_lower_case(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of a name without capitals that begins with a first name, or None."""
    word = plain(words[index].group())
    known = first_names().get(word)
    if known is None:
        return _end_of_unknown_in_lower_case(text, words, index)
    if index and plain(words[index - 1].group()) in _BEFORE_A_NOUN:
        return None
    after = words[index].end()
    if known and not is_ordinary(word) and word not in acronyms():
        return extend_in_lower_case(text, words, index)
    acts = _AGE.match(text, after) or _ACTS_LIKE_NOTHING_ELSE.match(text, after)
    return index + 1 if acts else None


def _end_of_unknown(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of words with a capital that no list knows (« Oleksandr Kovalenko »)."""
    word = words[index].group()
    before = plain(words[index - 1].group()) if index else ""
    # « Plaine-d'Ardelle », « Val-d'Oise »
    is_place = word.endswith(("-d", "-l")) or before in _BEFORE_A_PLACE
    if is_place or is_ordinary(word) or not is_name_like(word):
        return None
    end = extend(text, words, index)
    if any(is_ordinary(each.group()) for each in words[index + 1 : end]):
        return None
    acts = _ACTS_LIKE_NOTHING_ELSE.match(text, words[end - 1].end())
    introduced = _INTRODUCES_ANYONE.search(text, 0, words[index].start())
    return end if end > index + 1 or acts or introduced else None


def _end_of_unknown_in_lower_case(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of unknown words before a question, or of one after « jeune », or None."""
    if not may_follow(words[index].group()):
        return None
    end = extend_in_lower_case(text, words, index)
    if any(is_misspelt(each.group()) for each in words[index:end]):
        return None
    after = words[end - 1].end()
    acts = _AGE.match(text, after) or _ACTS_LIKE_NOTHING_ELSE.match(text, after)
    if index:
        return end if acts and plain(words[index - 1].group()) == "jeune" else None
    return end if end > 1 and (acts or _THEN_A_QUESTION.match(text, after)) else None


def _end_after_surname(text: str, words: list[re.Match[str]], index: int) -> int | None:
    """Return the end of a name written surname first (« DURAND Kevin »), or None."""
    following = index + 1
    if following >= len(words) or not touch(text, words, following):
        return None
    surname, first = words[index].group(), words[following].group()
    if not first[0].isupper() or first.isupper() or not is_name_like(surname):
        return None
    if first_names().get(plain(first)) is True:
        return following + 1
    unknown = is_name_like(first) and not is_ordinary(first) and not is_ordinary(surname)
    return following + 1 if unknown else None


def _is_borne(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Tell whether a place, a law or a scheme bears the word (« rue Pasteur »)."""
    if not index:
        return False
    before = words[index - 1].group()
    said = plain(before)
    scheme = before[0].isupper() and index > 1 and said in ORDINARY and said not in _STARTS
    return said in BEARS_A_NAME or (scheme and touch(text, words, index))


def _is_introduced(words: list[re.Match[str]], index: int) -> bool:
    """Tell whether a link or « c'est » precedes a word."""
    before = [plain(word.group()) for word in words[max(0, index - 2) : index]]
    return bool(before) and (
        before[-1] in _INTRODUCES or before[-1] == "c" or before == ["c", "est"]
    )


def _is_beside_a_name(words: list[re.Match[str]], index: int) -> bool:
    """Tell whether « et » ties a word to a first name (« Rose et Kevin »)."""
    near = (index - 2, index - 1), (index + 2, index + 1)
    return any(
        0 <= other < len(words)
        and plain(words[tie].group()) == "et"
        and words[other].group()[0].isupper()
        and first_names().get(plain(words[other].group())) is True
        for other, tie in near
    )
