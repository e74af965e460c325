"""The options of ``python -m knowledge consultation``."""

from pathlib import Path
from typing import Any

from knowledge.usage import FrenchParser


def add_commands(commands: Any, *, common: FrenchParser) -> None:  # noqa: ANN401 - of argparse
    """Add the commands of a consultation's project to those of ``python -m knowledge``."""
    consultation = commands.add_parser(
        "consultation", help="exploite les comptes rendus d'une consultation", parents=[common]
    )
    actions = consultation.add_subparsers(required=True, metavar="ACTION", dest="action")
    for name, said in (
        ("import", "lit des comptes rendus et les garde dans le projet"),
        ("status", "dit ce que le projet contient"),
        ("matrix", "donne les thèmes par région"),
        ("build", "construit le livre blanc : Word, PDF, Markdown"),
    ):
        action = actions.add_parser(name, help=said, parents=[common])
        action.add_argument(
            "--project", type=Path, required=True, metavar="DOSSIER", help="dossier du projet"
        )
        action.add_argument("--json", action="store_true", help="rend un document JSON")
        if name == "import":
            action.add_argument("paths", type=Path, nargs="+", metavar="CHEMIN")
        if name == "matrix":
            action.add_argument("--csv", action="store_true", help="rend un tableau CSV")
        if name == "build":
            _add_outputs(action)


def _add_outputs(action: FrenchParser) -> None:
    """Add what ``build`` writes, and how strict it is."""
    for name, said in (("docx", "Word"), ("pdf", "PDF"), ("markdown", "Markdown, avec l'annexe")):
        action.add_argument(f"--{name}", type=Path, metavar="FICHIER", help=f"écrit en {said}")
    action.add_argument(
        "--final", action="store_true", help="exige que chaque remontée soit validée ou écartée"
    )
    action.add_argument(
        "--draft", action="store_true", help="écrit un nouveau brouillon à côté de la source"
    )
