"""Another language than French is told by its small words, and its words brought to French.

The bundled model reads French only, so that the usual words of advisers' questions are replaced
from a glossary (``knowledge/corpus/langues.csv``); acronyms and figures are the same everywhere.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.acronyms import acronyms
from knowledge.analysis import fold

_FILE = Path(__file__).parents[1] / "knowledge" / "corpus" / "langues.csv"
_WORD = re.compile(r"[^\W_]+")
# The small words of a language that are no words of French.
_SMALL = {
    "anglais": "the is are of to for and how what who which when where can could does do my you"
    " your he she they with without young much many long it this that if not have has get i there",
    "espagnol": "el los las del cual cuanto cuanta cuantos cuantas como quien donde cuando puede"
    " pueden para por con sin una un y es son hay que joven se al yo mi su esta tengo hasta edad"
    " tener hace hoy anos mucho",
    "portugais": "o os as do da dos das ao qual quanto quanta quantos quem onde quando pode podem"
    " para por com sem um uma e sao ha que jovem se eu meu seu esta tenho nao em no na",
    "italien": "il lo gli della di che quanto quanti chi dove quando puo per con senza uno una sono"
    " mio suo giovane come quale non nel",
    "allemand": "der die das und ist sind wie was wer wo wann kann fur mit ohne ein eine ich mein"
    " viel lange nicht zu im wieviel welche",
}
_FRENCH = frozenset(
    "le la les l de du des un une et est sont a au aux en dans pour par sur qui que quoi quel"
    " quelle combien comment quand ou avec sans il elle on je tu nous vous ce cet cette ces son"
    " sa ses mon ma mes c d j n s qu jeune peut ne pas plus si se y no as me on".split()
)
# A word that opens a question tells more than an article.
_ASKING = frozenset(
    "how what who which when where does cuanto cuanta cuantos cual quien donde cuando quanto quanta"
    " quantos qual quem onde puo wie was wer wann wieviel".split()
)
_ENOUGH = 2
_LATIN = re.compile(r"[a-zà-öø-ÿœæ]", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# An order on the language of the answer, which is French whatever is asked.
_IN_ANOTHER = re.compile(
    r"\b(?:r[ée]pond\w*|[ée]cri\w*|traduis\w*|parle\w*|answer|reply|speak|write)\W+(?:moi\W+|me\W+)?"
    r"(?:en|in|to)\W+(?:anglais|english|espagnol|spanish|arabe|arabic|portugais|portuguese|italien"
    r"|allemand|german|chinois|russe|turc|ukrainien)\b[\s,:;.!]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question in French words, and whether French has to be spoken of in the answer."""

    text: str
    is_foreign: bool


def in_french(question: str) -> Spoken:
    """Return a question with its words in French where it is in another language."""
    text = _IN_ANOTHER.sub("", question).strip()
    language = language_of(text)
    if language is None:
        return Spoken(text or question, is_foreign=text != question.strip())
    return Spoken(_translated(text, language), is_foreign=True)


def asks_for_another_language(question: str) -> bool:
    """Tell whether a question only orders in which language to answer."""
    return bool(_IN_ANOTHER.search(question)) and not _WORD.search(_IN_ANOTHER.sub("", question))


def language_of(text: str) -> str | None:
    """Return the language of a question, None for French and for what cannot be told."""
    others = [char for char in text if char.isalpha() and not _LATIN.match(char)]
    if len(others) > _ENOUGH:
        return "arabe" if _ARABIC.search(text) else "autre"
    words = [fold(word) for word in _WORD.findall(text)]
    french = sum(word in _FRENCH for word in words)
    scores = {
        name: sum(word in small for word in words) + sum(word in small & _ASKING for word in words)
        for name, small in _small_words().items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH and scores[best] > french else None


def _translated(text: str, language: str) -> str:
    """Return a text with the words of the glossary in French, small words left out."""
    glossary = _glossary().get(language, {})
    small = _small_words().get(language, frozenset())
    plain = text if language == "arabe" else fold(text)
    if glossary:
        either = "|".join(map(re.escape, sorted(glossary, key=lambda form: (-len(form), form))))
        plain = re.sub(
            rf"(?<!\w)(?:{either})(?!\w)", lambda found: f"«{glossary[found[0]]}»", plain
        )
    kept = [
        part
        for part in re.findall(r"«[^»]*»|[\w-]+", plain)
        if part.startswith("«") or (part not in small and _tells(part))
    ]
    return " ".join(part.strip("«»") for part in kept) + " ?"


def _tells(word: str) -> bool:
    """Tell whether a word may name something: acronyms and figures may, however short."""
    return len(word) > _ENOUGH or word in acronyms() or any(char.isdigit() for char in word)


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) - {"un", "se", "a"} for name, words in _SMALL.items()}


@lru_cache(maxsize=1)
def _glossary() -> dict[str, dict[str, str]]:
    """Return what each word or expression of a language is in French."""
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            french = row.pop("francais")
            for language, forms in row.items():
                for form in forms.split("|"):
                    found.setdefault(language, {}).setdefault(form, french)
    return found
