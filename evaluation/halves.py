"""The two halves of the retrieval sets: one to train and choose on, one to report on.

A document belongs to a half by the CRC-32 of its id; sections (``sheet#3``) go with their sheet, so
that no question of the second half is about a sheet that training saw.
"""

import zlib
from dataclasses import replace

from evaluation.beir import RetrievalSet


def is_development(document: str) -> bool:
    """Tell whether questions about a document may be trained on."""
    family = document.split("#", maxsplit=1)[0]
    return zlib.crc32(family.encode()) % 2 == 0


def development_half(questions: RetrievalSet) -> RetrievalSet:
    """Return a set with the questions about documents that may be trained on."""
    kept = tuple(q for q in questions.queries if all(map(is_development, q.relevant)))
    return replace(questions, queries=kept)


def held_out_half(questions: RetrievalSet) -> RetrievalSet:
    """Return a set with the questions about documents that training never saw."""
    kept = tuple(q for q in questions.queries if not any(map(is_development, q.relevant)))
    return replace(questions, queries=kept)
