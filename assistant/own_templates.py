"""The templates (« modèles ») that a Mission Locale adds as Markdown files.

A file of ``modeles/`` in the data folder: a front matter (``nom``, ``tâche``, ``description``),
then a text whose ``{placeholders}`` ``own_template_fill.py`` fills.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import AssistantError
from assistant.task import Kind
from knowledge.system_reasons import reason

FOLDER = "modeles"
#: What « tâche » may say, and the task whose manners the text follows.
TASKS: dict[str, Kind] = {
    "mail": "mail",
    "sms": "sms",
    "note": "partner",
    "entretien": "interview",
}
#: What each placeholder is replaced with, as the guide says it.
PLACEHOLDERS = {
    "sujet": "le dispositif dont parle la réponse",
    "reponse": "les phrases vérifiées de la réponse, en liste",
    "conditions": "les conditions de la fiche, en liste",
    "pieces": "les papiers de la fiche, en liste",
    "demarches": "les étapes de la fiche, en liste",
    "vigilance": "les points de vigilance de la fiche, en liste",
    "sources": "les sources, avec leurs dates et leurs adresses",
    "date_source": "la date de la source la plus récente",
    "structure": "le nom de votre structure, donné en tête du modèle",
}
FIELD = re.compile(r"\{([^{}\n]*)\}")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)


class UnknownTemplate(AssistantError):
    """No template bears this name."""


class MalformedTemplate(AssistantError):
    """A file is no template; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A text to fill, and the task whose manners it follows."""

    name: str
    kind: Kind
    description: str
    structure: str
    text: str


def load_templates(home: Path) -> tuple[list[Template], list[str]]:
    """Return the templates of a data folder, by name, and what is wrong with the other files."""
    templates: dict[str, Template] = {}
    problems: list[str] = []
    for path in sorted((home / FOLDER).glob("*.md")):
        try:
            template = read_template(path)
        except MalformedTemplate as error:
            problems.append(str(error))
            continue
        if template.name in templates:
            problems.append(
                f"{FOLDER}/{path.name}, ligne 1 : un autre modèle s'appelle déjà"
                f" « {template.name} ». Changez « nom »."
            )
        templates.setdefault(template.name, template)
    return [templates[name] for name in sorted(templates)], problems


def find_template(name: str, *, home: Path) -> Template:
    """Return the template of this name.

    Raises:
        UnknownTemplate: there is none; the message lists those that there are.
    """
    templates, problems = load_templates(home)
    found = next((each for each in templates if each.name == name), None)
    if found is None:
        known = ", ".join(f"« {each.name} »" for each in templates) or "aucun"
        told_why = f" Fichiers écartés : {' '.join(problems)}" if problems else ""
        raise UnknownTemplate(
            f"Aucun modèle ne s'appelle « {name} » dans {home / FOLDER}. Modèles : {known}."
            f"{told_why}"
        )
    return found


def read_template(path: Path) -> Template:
    """Return the template of a file.

    Raises:
        MalformedTemplate: it is none.
    """
    try:
        content = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise _wrong(path, 1, f"le fichier est illisible ({reason(error)}).") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, 1, "le fichier n'est pas en UTF-8. Enregistrez-le ainsi.") from error
    front = _FRONT.match(content)
    if front is None:
        raise _wrong(path, 1, "l'en-tête manque. Commencez par « --- », « nom: … », « --- ».")
    said = _keys(path, front[1])
    if not said.get("nom"):
        raise _wrong(path, 1, "« nom » manque : c'est ce que dira le bouton.")
    task = said.get("tâche") or said.get("tache") or ""
    if task not in TASKS:
        *first, last = TASKS
        what = f"« tâche » dit « {task} ». Écrivez {', '.join(first)} ou {last}."
        raise _wrong(path, _line(content, "t[âa]che:"), what)
    for field in FIELD.finditer(content, front.end()):
        if field[1] not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            line = content.count("\n", 0, field.start()) + 1
            raise _wrong(path, line, f"{field[0]} n'est pas connu. Écrivez l'un de : {known}.")
    text = content[front.end() :].strip()
    if not text:
        raise _wrong(path, content.count("\n") + 1, "le texte manque, sous l'en-tête.")
    return Template(
        name=said["nom"],
        kind=TASKS[task],
        description=said.get("description", ""),
        structure=said.get("structure", ""),
        text=text,
    )


def _keys(path: Path, front: str) -> dict[str, str]:
    """Return what a front matter says, by key."""
    remedy = "l'en-tête est mal écrit. Une clé par ligne : « nom: Relance »."
    try:
        keys = yaml.safe_load(front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(path, mark.line + 2 if mark else 1, remedy) from error
    if not isinstance(keys, dict):
        raise _wrong(path, 2, remedy)
    return {str(key): str(value).strip() for key, value in keys.items() if value is not None}


def _wrong(path: Path, line: int, what: str) -> MalformedTemplate:
    return MalformedTemplate(f"{FOLDER}/{path.name}, ligne {line} : {what}")


def _line(content: str, key: str) -> int:
    """Return the line of a key in the front matter, or the first."""
    found = re.search(rf"^{key}", content, re.MULTILINE)
    return content.count("\n", 0, found.start()) + 1 if found else 1
