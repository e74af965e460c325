"""Reads a retrieval set in BEIR's layout: corpus.jsonl, queries.jsonl, qrels/test.tsv."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.errors import BadQuestionSet

_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the corpus; its title may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the relevance, above zero, of the documents that answer it."""

    id: str
    text: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A corpus and the questions that some of its documents answer."""

    name: str
    texts: tuple[Text, ...]
    queries: tuple[Query, ...]


def read_set(folder: Path) -> RetrievalSet:
    """Read a retrieval set; questions that no document answers are left out.

    Args:
        folder: where the three files are.

    Raises:
        BadQuestionSet: a file is missing or a line of it cannot be understood.
    """
    if not folder.is_dir():
        raise BadQuestionSet(f"Le dossier {folder} n'existe pas : donnez celui d'un jeu BEIR.")
    texts = tuple(
        Text(id_, _string(record, "title", where, default=""), _string(record, "text", where))
        for id_, record, where in _records(folder / "corpus.jsonl")
    )
    judgements = _read_judgements(folder / "qrels" / "test.tsv")
    queries = tuple(
        Query(id_, _string(record, "text", where), judgements[id_])
        for id_, record, where in _records(folder / "queries.jsonl")
        if id_ in judgements
    )
    if not texts:
        raise BadQuestionSet(f"{folder / 'corpus.jsonl'} ne contient aucun document.")
    if not queries:
        raise BadQuestionSet(
            f"Aucune question de {folder / 'queries.jsonl'} n'a de réponse dans qrels/test.tsv :"
            " vérifiez que les identifiants sont les mêmes."
        )
    return RetrievalSet(folder.resolve().name, texts, queries)


def first(questions: RetrievalSet, count: int | None) -> RetrievalSet:
    """Return a set with its first questions; the corpus stays whole."""
    return replace(questions, queries=questions.queries[:count])


def draw(questions: RetrievalSet, count: int | None) -> RetrievalSet:
    """Return a set with some of its questions, drawn at random, always the same."""
    if count is None or count >= len(questions.queries):
        return questions
    kept = random.Random(0).sample(questions.queries, count)  # noqa: S311 - no secret
    return replace(questions, queries=tuple(kept))


def _records(file: Path) -> Iterator[tuple[str, Mapping[str, object], str]]:
    """Yield the id and the object of each line, and how to name that line in a message."""
    seen: set[str] = set()
    for where, line in _lines(file):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BadQuestionSet(f"{where} : ce n'est pas du JSON. Corrigez la ligne.") from error
        if not isinstance(record, dict):
            raise BadQuestionSet(f"{where} : un objet JSON est attendu. Corrigez la ligne.")
        id_ = _string(record, "_id", where)
        if id_ in seen:
            raise BadQuestionSet(f"{where} : l'identifiant « {id_} » est déjà pris plus haut.")
        seen.add(id_)
        yield id_, record, where


def _read_judgements(file: Path) -> dict[str, dict[str, int]]:
    """Return the relevance above zero of documents, by question then document."""
    judgements: dict[str, dict[str, int]] = {}
    for number, (where, line) in enumerate(_lines(file)):
        fields = line.split("\t")
        is_header = number == 0 and fields[-1].strip() == "score"
        if is_header:
            continue
        if len(fields) != _COLUMNS or not fields[-1].strip().lstrip("-").isdecimal():
            raise BadQuestionSet(
                f"{where} : trois colonnes séparées par des tabulations sont attendues"
                " (question, document, score entier). Corrigez la ligne."
            )
        query, document, score = fields
        if int(score) > 0:
            judgements.setdefault(query, {})[document] = int(score)
    return judgements


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines that are not blank, each with how to name it in a message."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{file}, ligne {number}", line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise BadQuestionSet(
            f"Il manque le fichier {file} : un jeu BEIR contient corpus.jsonl, queries.jsonl et"
            " qrels/test.tsv."
        ) from error
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{file} n'est pas en UTF-8 : convertissez-le.") from error


def _string(
    record: Mapping[str, object], key: str, where: str, *, default: str | None = None
) -> str:
    value = record.get(key, default)
    if not isinstance(value, str):
        raise BadQuestionSet(f"{where} : « {key} » manque ou n'est pas un texte.")
    return value
