"""The documents that sheets cite, read where they lie beside the checkout, in ../shared."""

import csv
import html
import json
import re
import tarfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError

SHARED = Path(__file__).parents[2] / "shared"

_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_DROPPED = frozenset({"ABROGE", "ANNULE", "PERIME", "TRANSFERE"})
_PARTS = ("title", "html")


class ReferencesUnreadable(KnowledgeError):
    """A package of ../shared is there and cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of a code, in the version that the package holds; ``since`` is an ISO date."""

    number: str
    code: str
    since: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What the sheets cite.

    ``articles`` and ``fiches`` go by upstream identifier; ``numbers`` gives the numbers of the
    articles in force of each code, by its name (« code du travail »); ``parameters`` the value of
    each dated parameter, by its name and date, with its label.
    """

    articles: Mapping[str, Article]
    numbers: Mapping[str, frozenset[str]]
    fiches: Mapping[str, str]
    parameters: Mapping[tuple[str, str], tuple[float, str]]


def read_references(shared: Path = SHARED, *, wanted: Collection[str]) -> References | None:
    """Read what sheets cite, or return None where there is nothing of it.

    Args:
        shared: the folder that holds ``corpus`` and ``facts``.
        wanted: the identifiers of the articles whose text is to be kept.

    Raises:
        ReferencesUnreadable: a file is damaged.
    """
    laws = sorted(shared.glob("corpus/*legi-data-*.tgz"))
    sheets = sorted(shared.glob("corpus/*fiches-travail-data-*.tgz"))
    amounts = shared / "facts" / "montants.csv"
    if not laws or not sheets or not amounts.is_file():
        return None
    articles: dict[str, Article] = {}
    numbers: dict[str, frozenset[str]] = {}
    for code in _members(laws[-1], "LEGITEXT"):
        name = code["data"]["title"].lower()
        in_force = [data for data in _walk(code) if data["etat"] not in _DROPPED]
        numbers[name] = frozenset(data["num"] for data in in_force if data["num"])
        articles |= {data["id"]: _article(data, name) for data in in_force if data["id"] in wanted}
    fiches = {
        fiche["pubId"]: _fiche_text(fiche)
        for package in _members(sheets[-1], "fiches-travail")
        for fiche in package
    }
    return References(
        articles=articles, numbers=numbers, fiches=fiches, parameters=_parameters(amounts)
    )


def _members(package: Path, name: str) -> Iterator[Any]:
    """Yield the JSON files of a package whose name starts so, one at a time: they are large.

    Raises:
        ReferencesUnreadable: the package or one of them is damaged.
    """
    try:
        with tarfile.open(package) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                file = Path(member.name)
                if stream is not None and file.name.startswith(name) and file.suffix == ".json":
                    yield json.load(stream)
    except (OSError, tarfile.TarError, ValueError) as error:
        raise ReferencesUnreadable(
            f"{package} est illisible : récupérez-en une nouvelle copie."
        ) from error


def _walk(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the articles of a code."""
    for child in node.get("children") or ():
        if child["type"] == "article":
            yield child["data"]
        else:
            yield from _walk(child)


def _article(data: Mapping[str, Any], code: str) -> Article:
    since = datetime.fromtimestamp(data["dateDebut"] / 1000, UTC).date()
    return Article(
        number=data["num"],
        code=code,
        since=since.isoformat(),
        text=_bare(data.get("texteHtml") or data.get("texte") or ""),
    )


def _fiche_text(fiche: Mapping[str, Any]) -> str:
    parts = [fiche["title"], fiche.get("description"), fiche.get("intro")]
    parts += [section.get(part) for section in fiche["sections"] for part in _PARTS]
    return _bare(" ".join(part for part in parts if part))


def _bare(marked: str) -> str:
    """Return the text of HTML, on one line."""
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", marked)))


def _parameters(path: Path) -> dict[tuple[str, str], tuple[float, str]]:
    """Read the dated parameters that have a value which is a number.

    Raises:
        ReferencesUnreadable: the file lacks a column.
    """
    found = {}
    with path.open(encoding="utf-8", newline="") as stream:
        try:
            for row in csv.DictReader(stream):
                if re.fullmatch(r"\d+(?:\.\d+)?", row["valeur"]):
                    key = (row["parametre"], row["en_vigueur_depuis"])
                    found[key] = (float(row["valeur"]), row["libelle"])
        except (KeyError, UnicodeDecodeError) as error:
            raise ReferencesUnreadable(
                f"{path} est illisible : récupérez-en une nouvelle copie."
            ) from error
    return found
