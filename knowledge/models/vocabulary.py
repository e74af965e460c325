"""Chooses the pieces of the vocabulary that French needs and writes the tokenizer.

A text whose best segmentation only uses kept pieces is cut exactly as with the whole vocabulary.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

MAX_TOKENS = 512
START, END, UNKNOWN = "<s>", "</s>", "<unk>"
SPACE = "▁"
_SPECIAL = 4
_CONTROLS = "[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
_SPACES = "[\t\n\u000c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
_LAST_LATIN = 0x24F
_LAST_SYMBOL = 0x2FFF
_SHORT = 2
_LINES = 5_000


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Return the tokenizer of these pieces, normalising as XLM-RoBERTa does.

    SentencePiece's ``nmt_nfkc`` is NFKC where control characters vanish and separators become
    spaces; composing NFKC also mends the decomposed accents that PDF files bring.
    """
    tokenizer = Tokenizer(
        models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=pieces.index(UNKNOWN))
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_CONTROLS), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(START, pieces.index(START)), (END, pieces.index(END))],
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def pieces_in_corpus(
    pieces: Sequence[str], scores: Sequence[float], files: Iterable[Path]
) -> NDArray[np.int64]:
    """Return the numbers of the pieces that French needs, in increasing order.

    They are the special pieces, every piece of the best segmentation of a line of ``files``
    (UTF-8 text), every one- or two-letter piece of Latin script, every sign and digit.
    """
    tokenizer = build_tokenizer(pieces, scores)
    tokenizer.no_truncation()
    kept = set(range(_SPECIAL))
    kept.update(number for number, piece in enumerate(pieces) if _is_basic(piece))
    for file in files:
        lines = file.read_text(encoding="utf-8").split("\n")
        for start in range(0, len(lines), _LINES):
            for encoding in tokenizer.encode_batch(lines[start : start + _LINES]):
                kept.update(encoding.ids)
    return np.array(sorted(kept), dtype=np.int64)


def pieces_in_tokenizer(pieces: Sequence[str], file: Path) -> NDArray[np.int64]:
    """Return the numbers of the pieces that an exported tokenizer kept, in its order."""
    kept = Tokenizer.from_file(str(file)).get_vocab()
    numbers = {piece: number for number, piece in enumerate(pieces)}
    return np.array([numbers[piece] for piece in sorted(kept, key=kept.__getitem__)], np.int64)


def _is_basic(piece: str) -> bool:
    letters = piece.strip(SPACE)
    if len(letters) == 1 and ord(letters) <= _LAST_SYMBOL:
        return ord(letters) <= _LAST_LATIN or unicodedata.category(letters)[0] in "NPS"
    return len(letters) <= _SHORT and all(ord(letter) <= _LAST_LATIN for letter in letters)
