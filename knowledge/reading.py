"""What the ranker reads of a question and a passage, in training as in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.analysis import terms
from knowledge.embedding import BUNDLED
from knowledge.sentences import split_sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Tokens read of the question, of the titles above the passage, and in all.
_QUESTION, _CONTEXT, _TOTAL = 40, 24, 144
# Characters of the passage that are read: what the tokens left hold, on average.
_CHARACTERS = 420
_START, _END = 0, 2


@dataclass(frozen=True, slots=True)
class PairTokens:
    """A question and a passage in one text.

    Token ``first + i`` covers the passage's characters ``offsets[i]``.
    """

    ids: list[int]
    first: int
    offsets: list[tuple[int, int]]


@lru_cache(maxsize=1)
def load_tokenizer() -> "Tokenizer":
    """Return the encoder's tokenizer, neither cutting nor padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pair_tokens(tokenizer: "Tokenizer", question: str, *, context: str, text: str) -> PairTokens:
    """Return the tokens of a question, the titles above a passage, and the passage."""
    # A lone surrogate, which a browser or a terminal may send, is no text that a model reads.
    question = question.encode("utf-8", "replace").decode()
    asked = tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION]
    titles = tokenizer.encode(context, add_special_tokens=False).ids[:_CONTEXT] if context else []
    head = [_START, *asked, _END, *titles]
    read = tokenizer.encode(text, add_special_tokens=False)
    room = _TOTAL - len(head) - 1
    return PairTokens([*head, *read.ids[:room], _END], len(head), read.offsets[:room])


def reading_window(text: str, *, wanted: Mapping[str, float]) -> tuple[int, int]:
    """Return the span of whole sentences of a passage that is worth reading.

    It is the run of sentences, as long as may be read, that holds most of what is wanted: each
    wanted term counts its weight once, and a thousandth more each time that it comes back. Of two
    such runs the longer is read.

    Args:
        text: the passage.
        wanted: the weights of the question's terms (see ``knowledge.analysis.terms``).
    """
    spans = split_sentences(text)
    if not spans:
        return 0, min(len(text), _CHARACTERS)
    if spans[-1][1] - spans[0][0] <= _CHARACTERS:
        return spans[0][0], spans[-1][1]
    held = [set(terms(text[start:end])) & wanted.keys() for start, end in spans]
    runs = [(spans[first][0], spans[last - 1][1], held[first:last]) for first, last in _runs(spans)]
    start, end, _ = max(runs, key=lambda run: (_worth(run[2], wanted), run[1] - run[0]))
    return start, min(end, start + 2 * _CHARACTERS)


def _runs(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return, for each sentence, the longest run from it on that may be read, one at least."""
    runs = []
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first + 1)
        while last < len(spans) and spans[last][1] - start <= _CHARACTERS:
            last += 1
        runs.append((first, last))
    return runs


def _worth(held: Sequence[set[str]], wanted: Mapping[str, float]) -> float:
    """Return how much of what is wanted some sentences hold."""
    found = set().union(*held)
    again = sum(wanted[term] for sentence in held for term in sentence)
    return sum(wanted[term] for term in found) + again / 1000
