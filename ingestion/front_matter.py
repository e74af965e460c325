"""Reads the keys in front of a Markdown text: their values, and the lines on which they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ingestion.errors import Rejected
from ingestion.meeting_keys import Entry

_FENCED = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
# A value that YAML cannot read without quotes: « titre: Réunion : Niort », « lieu: @home ».
_TO_QUOTE = re.compile(
    r"""^(?P<key>[^\W_][^:\r\n]*:[ \t]+)
    (?P<value>(?!["'\[{|>])(?:[^\r\n]*:(?:[ \t][^\r\n]*)?|[@`%*&!?][^\r\n]*))(?=\r?$)""",
    re.MULTILINE | re.VERBOSE,
)
_NULL = "tag:yaml.org,2002:null"
# Marks count from 0 and from the line after the opening dashes.
_FIRST_LINE = 2


class _Loader(yaml.CSafeLoader):
    """Reads YAML, and leaves dates as the text that they are: it would stumble on 30 February."""

    yaml_implicit_resolvers = {  # noqa: RUF012  typed so by its parent
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a front matter as YAML understands them, and as they are written."""

    keys: Mapping[str, Any]
    entries: tuple[Entry, ...]
    body: str

    def line(self, key: str) -> int | None:
        """Return the line of a key, or None when it is not there."""
        return next((entry.line for entry in self.entries if entry.label == key), None)


def read_front_matter(text: str) -> FrontMatter:
    """Return the keys in front of a Markdown text, and the text after them.

    Raises:
        Rejected: the keys are not valid YAML, or not a list of keys.
    """
    match = _FENCED.match(text)
    if match is None:
        return FrontMatter({}, (), text)
    try:
        try:
            node, keys = _parsed(match[1])
        except yaml.YAMLError:
            node, keys = _parsed(_TO_QUOTE.sub(_quoted, match[1]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" à la ligne {mark.line + _FIRST_LINE}" if mark is not None else ""
        raise Rejected(
            f"l'en-tête du fichier est mal écrit{place}. Corrigez-le (une clé par ligne :"
            " « titre: … » ; un texte qui contient « : » se met entre guillemets)."
        ) from error
    if not isinstance(keys, dict):
        raise Rejected(
            "l'en-tête du fichier n'est pas une suite de clés. Écrivez une clé par ligne :"
            " « titre: … »."
        )
    entries = tuple(_entries(node)) if isinstance(node, yaml.MappingNode) else ()
    keys = {str(key): value for key, value in keys.items()}
    return FrontMatter(keys, entries, text[match.end() :])


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """Return YAML as its node and its value."""
    loader = _Loader(text)
    node = loader.get_single_node()
    return node, (loader.construct_document(node) or {}) if node is not None else {}


def _quoted(match: re.Match[str]) -> str:
    """Return a key with its value in quotes, on the same line."""
    value = match["value"].replace("'", "''")
    return f"{match['key']}'{value}'"


def _entries(node: yaml.MappingNode) -> Iterator[Entry]:
    """Yield the keys in the order in which they are written."""
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield Entry(key.value, _written(value), key.start_mark.line + _FIRST_LINE)


def _written(node: yaml.Node) -> str | tuple[str, ...]:
    """Return a value as it is written, a list as its items."""
    if isinstance(node, yaml.SequenceNode):
        return tuple(_line(item) for item in node.value)
    return _line(node)


def _line(node: yaml.Node) -> str:
    """Return a value on one line; « - Outils : mobilité » is a text for who writes it."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == _NULL else str(node.value)
    if isinstance(node, yaml.MappingNode):
        return ", ".join(f"{_line(key)} : {_line(value)}" for key, value in node.value)
    return ", ".join(_line(item) for item in node.value)
