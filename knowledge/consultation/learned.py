"""What a remark speaks of and its kind, from examples of both.

A remark is compared with each example by the letters of its words, by its meaning (sentence
vectors) and by what the rules see in it (themes of the thesaurus; tone, wishes and needs), and
kernel ridge regression weighs what they are. What it learns is kept beside the examples: it is
learned again, in half a minute, only when they change. Layers trained on the same examples tell
the kind too (``remark_reader``). Figures and what was tried: docs/adr/0012.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import get_args

import numpy as np
from scipy.sparse import csr_array

from knowledge.consultation.example_vectors import kept_weights, vectors_of_examples
from knowledge.consultation.examples import Example, examples
from knowledge.consultation.grams import Grams
from knowledge.consultation.kinds import Kind
from knowledge.consultation.regression import Numbers, regress, unit
from knowledge.consultation.remark_reader import RemarkReader, remark_reader
from knowledge.consultation.wishes import signs_of
from knowledge.embedding import Embedder
from knowledge.themes import group_of, theme_mentions, theme_names

KINDS: tuple[Kind, ...] = get_args(Kind)
# Beside the letters of words, the weight of the rules, and of meaning for themes and for kinds;
# how fast meanings cease to be near; how much the regression is held back. For themes, classes
# count as if they had the root of their size.
_RULES = 0.3
_THEME_MEANING, _KIND_MEANING = 2.0, 1.0
_NEAR = 2.0
_THEME_HOLD, _KIND_HOLD = 0.2, 1.0
_THEME_EVEN, _KIND_EVEN = 0.5, 1.0
_SETTINGS = (
    _RULES, _THEME_MEANING, _KIND_MEANING, _NEAR, _THEME_HOLD, _KIND_HOLD, _THEME_EVEN, _KIND_EVEN,
)  # fmt: skip
# What the layers that read kinds weigh, beside the examples.
_READ = 0.5
# What a word of a theme without example tells, where a word and its examples would tell 1.
_WORDS_ALONE = 0.35


@dataclass(frozen=True, slots=True)
class Likely:
    """What a remark likely is: from about 0 for what it is not to about 1 for what it is."""

    themes: Mapping[str, float]
    kinds: Mapping[Kind, float]


_LEARNED: "dict[str, Learned]" = {}


class Learned:
    """What the examples tell of remarks."""

    def __init__(
        self,
        examples: Sequence[Example],
        vectors: Numbers,
        *,
        kept: Mapping[str, Numbers],
        reader: RemarkReader | None = None,
    ) -> None:
        """Learn from examples, whose vectors are in the same order, or take what was kept of them.

        Args:
            examples: those to learn from.
            vectors: of what was said in each.
            kept: the weights that were learned before, by the digest of what they were learned of.
            reader: tells kinds too; without it, the examples alone do.
        """
        said = [example.said for example in examples]
        self._reader = reader
        self._grams = Grams(said)
        self._rows = self._grams.rows(said)
        self._centre = vectors.mean(axis=0)
        self._meanings = unit(vectors - self._centre)
        self._names = sorted(theme_names_counted() | {each.theme for each in examples})
        self._known = sorted({example.theme for example in examples})
        self._subjects = self._subjects_of(said)
        self._signs = np.array([signs_of(text) for text in said])
        digest = self._digest(examples)
        weights = kept[digest] if digest in kept else self._weights(examples)
        #: The weights of each example for each theme, then for each kind, by their digest.
        self.weights: dict[str, Numbers] = {digest: weights}
        self._theme_weights = weights[:, : len(self._known)]
        self._kind_weights = weights[:, len(self._known) :]

    def _digest(self, examples: Sequence[Example]) -> str:
        """Return what tells the examples, and what the rules see in them, from any others."""
        said = [(each.theme, each.kind, each.said) for each in examples]
        digest = sha256(repr((said, self._names, _SETTINGS)).encode())
        digest.update((self._subjects > 0).tobytes())
        digest.update(np.rint(100 * self._signs).astype(np.int16).tobytes())
        return digest.hexdigest()

    def _weights(self, examples: Sequence[Example]) -> Numbers:
        """Return the weights of the examples for each theme and kind."""
        letters, nearness = self._alike(self._rows, self._meanings)
        themes = regress(
            _kernel(letters, _THEME_MEANING * nearness, self._subjects @ self._subjects.T),
            [example.theme for example in examples],
            classes=self._known, hold=_THEME_HOLD, even=_THEME_EVEN,
        )  # fmt: skip
        kinds = regress(
            _kernel(letters, _KIND_MEANING * nearness, self._signs @ self._signs.T),
            [example.kind for example in examples],
            classes=KINDS, hold=_KIND_HOLD, even=_KIND_EVEN,
        )  # fmt: skip
        return np.hstack([themes, kinds]).astype(np.float32)

    def of(self, said: Sequence[str], vectors: Numbers) -> list[Likely]:
        """Return what these remarks likely are; their vectors are in the same order."""
        if not said:
            return []
        letters, nearness = self._alike(self._grams.rows(said), unit(vectors - self._centre))
        subjects = self._subjects_of(said)
        signs = np.array([signs_of(text) for text in said])
        themes = (
            _kernel(letters, _THEME_MEANING * nearness, subjects @ self._subjects.T)
            @ self._theme_weights
        )
        kinds = (
            _kernel(letters, _KIND_MEANING * nearness, signs @ self._signs.T) @ self._kind_weights
        )
        if self._reader is not None:
            order = [self._reader.kinds.index(kind) for kind in KINDS]
            kinds = (kinds + _READ * self._reader.read(said)[:, order]) / (1 + _READ)
        return [
            Likely(
                self._with_words_alone(dict(zip(self._known, map(float, row), strict=True)), words),
                dict(zip(KINDS, map(float, kind), strict=True)),
            )
            for row, words, kind in zip(themes, subjects, kinds, strict=True)
        ]

    def likeness(self, said: Sequence[str], vectors: Numbers) -> Numbers:
        """Return how much each text speaks of the same thing as each other one.

        It is the cosine of their letters and that of their meanings, added.
        """
        rows, meanings = self._grams.rows(said), unit(vectors - self._centre)
        letters: Numbers = (rows @ rows.T).toarray()
        return letters + meanings @ meanings.T

    def _alike(self, rows: csr_array, meanings: Numbers) -> tuple[Numbers, Numbers]:
        """Return how alike texts are to the examples by their letters, and by their meaning."""
        letters: Numbers = (rows @ self._rows.T).toarray()
        return letters, np.exp(_NEAR * (meanings @ self._meanings.T - 1))

    def _subjects_of(self, said: Sequence[str]) -> Numbers:
        """Return how much each text names each theme."""
        places = {name: place for place, name in enumerate(self._names)}
        named = np.zeros((len(said), len(self._names)))
        for row, text in enumerate(said):
            for theme, _, _ in theme_mentions(text):
                named[row, places[group_of(theme)]] += 1
        return unit(named)

    def _with_words_alone(self, likely: dict[str, float], words: Numbers) -> dict[str, float]:
        """Return the themes with those that the thesaurus has and the examples have not."""
        alone = {
            name: _WORDS_ALONE * float(weight)
            for name, weight in zip(self._names, words, strict=True)
            if weight and name not in likely
        }
        return likely | alone


def _kernel(letters: Numbers, meanings: Numbers, rules: Numbers) -> Numbers:
    """Return how alike texts are to examples, by letters, by meaning and by what rules see."""
    return letters + meanings + _RULES * rules


def theme_names_counted() -> frozenset[str]:
    """Return the names under which the themes of the thesaurus are counted."""
    return frozenset(map(group_of, theme_names()))


def learned(embedder: Embedder) -> Learned:
    """Return what the examples of the file tell, learnt once for each model."""
    if embedder.name not in _LEARNED:
        said = [example for example in examples() if example.theme]
        vectors = vectors_of_examples([example.said for example in said], embedder=embedder)
        kept = kept_weights(embedder.name)
        _LEARNED[embedder.name] = Learned(said, vectors, kept=kept, reader=remark_reader())
    return _LEARNED[embedder.name]
