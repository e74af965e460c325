"""What is wrong with a sheet, said in French with its file, line and remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError

Spot = tuple[str | int, ...]

_ROOT = Path(__file__).parents[1]
_GUIDE = "Le guide docs/guide-fiches.md donne les clés et un exemple."
_EXPECTED = {
    "string_type": "un texte (entre guillemets si c'est un nombre ou une date)",
    "string_too_short": "un texte, ou null si la clé l'admet",
    "string_pattern_mismatch": "un identifiant en minuscules et tirets, ou une adresse en http",
    "int_type": "un nombre entier, sans guillemets",
    "tuple_type": "une liste, [] si elle est vide",
    "model_type": "des clés et leurs valeurs, une par ligne",
    "too_short": "au moins un élément",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct in a file; ``line`` counts from 1."""

    path: Path
    line: int | None
    message: str
    remedy: str

    def __str__(self) -> str:
        name = self.path.relative_to(_ROOT) if self.path.is_relative_to(_ROOT) else self.path
        where = f"{name}, ligne {self.line}" if self.line else f"{name}"
        return f"{where} : {self.message} {self.remedy}"


class MalformedSheet(KnowledgeError):
    """A sheet is not written as docs/guide-fiches.md says; ``problems`` are all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def say_yaml(error: yaml.YAMLError, path: Path) -> Problem:
    """Say where a front matter is not YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Problem(
        path,
        mark.line + 2 if mark is not None else None,  # from 1, below the fence
        "l'en-tête n'est pas du YAML lisible.",
        "Vérifiez cette ligne et celle du dessus : alignement, deux-points, guillemets fermés.",
    )


def say_invalid(error: Mapping[str, Any], *, path: Path, lines: Mapping[Spot, int]) -> Problem:
    """Say what the schema refuses in a front matter.

    Args:
        error: one of ``pydantic.ValidationError.errors()``.
        path: the sheet.
        lines: the line of each of its keys.
    """
    spot: Spot = tuple(error["loc"])
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in spot) or "en-tête"
    match error["type"]:
        case "extra_forbidden":
            message, remedy = (
                f"champ inconnu « {name} ».",
                f"Corrigez son nom ou retirez-le. {_GUIDE}",
            )
        case "missing":
            message = f"la clé « {name} » manque."
            remedy = "Ajoutez-la ; sans contenu, elle vaut null ou []."
        case "literal_error":
            message = f"« {error['input']} » n'est pas admis pour {name}."
            remedy = f"Choisissez parmi {error['ctx']['expected'].replace(' or ', ', ')}."
        case "value_error":
            problem, _, advice = str(error["ctx"]["error"]).partition(" : ")
            message = f"{name} : {problem}."
            remedy = advice[:1].upper() + advice[1:]
        case kind:
            message = f"{name} : « {error['input']} » n'a pas la forme attendue."
            remedy = f"Mettez {_EXPECTED[kind]}." if kind in _EXPECTED else _GUIDE
    return Problem(path, _line(spot, lines), message, remedy)


def _line(spot: Spot, lines: Mapping[Spot, int]) -> int:
    """Return the line of a key, or of the nearest one around it."""
    while spot and spot not in lines:
        spot = spot[:-1]
    return lines.get(spot, 1)
