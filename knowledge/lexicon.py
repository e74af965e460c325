"""The words that the passages hold, as they are written, to read through a mistyped question."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import fold, is_stop_word, surface_words
from knowledge.errors import LibraryDamaged

_FILE = "words.json"
# A word of the documents worth correcting to: of some length, and met more than once.
_SHORTEST, _RAREST = 4, 2
# One slip is forgiven from five letters on, two from eight on.
_ONE_SLIP, _TWO_SLIPS = 5, 8


class Lexicon:
    """The words of the passages of one generation, by their form without accents."""

    def __init__(self, words: Mapping[str, tuple[str, int]]) -> None:
        """Take each folded word with the way it is mostly written, and how often it is met."""
        self._words = words
        self._nearest = lru_cache(maxsize=1_000)(self._search)

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Open the words that ``build`` wrote in ``folder``."""
        try:
            content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            return cls({word: (written, count) for word, written, count in content})
        except (OSError, ValueError, TypeError) as error:
            raise LibraryDamaged(f"La liste des mots de {folder} est illisible.") from error

    def written(self, word: str) -> str | None:
        """Return how the documents mostly write a word, accents included; None if they do not."""
        found = self._words.get(fold(word))
        return found[0] if found else None

    def nearest(self, word: str) -> str | None:
        """Return the word of the documents that was probably meant by one that they do not hold.

        One slip is allowed from five letters on, two from eight on (a letter more, less, other, or
        two swapped; optimal string alignment). Nobody misses the first letter of a short word:
        « vieux » is not « lieux », nor « maçon » « façon ». Of the words as near, one with the same
        first letter is taken, then the most frequent.
        """
        return self._nearest(fold(word))

    def _search(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= _TWO_SLIPS else 1
        if len(word) < _ONE_SLIP:
            return None
        near = process.extract(
            word, self._words.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        worth = [
            (distance, found[0] != word[0], -self._words[found][1], found)
            for found, distance, _ in near
            if len(found) >= _SHORTEST
            and self._words[found][1] >= _RAREST
            and (found[0] == word[0] or len(word) >= _TWO_SLIPS)
        ]
        return self._words[min(worth)[-1]][0] if worth else None


def build(texts: Iterable[str], folder: Path) -> None:
    """Write the words of ``texts`` in ``folder``."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in surface_words(text):
            if not is_stop_word(word) and not any(letter.isdigit() for letter in word):
                counts[fold(word)][word] += 1
    words = [(word, _usual(written), written.total()) for word, written in sorted(counts.items())]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def _usual(written: Counter[str]) -> str:
    """Return the most frequent way to write a word, the first of equals."""
    return min(written, key=lambda form: (-written[form], form))
