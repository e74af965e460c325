"""``python -m assistant ask`` and ``task``: an answer, or the work after it, as text or JSON."""

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Exchange
from assistant.errors import AssistantError, InvalidHistory, InvalidQuestion, UnknownModel
from knowledge.dates import say_date
from knowledge.documents import COLLECTIONS
from knowledge.errors import KnowledgeError
from knowledge.settings import home_folder, model_name, ranker_name
from knowledge.system_reasons import reason
from knowledge.terminal import run, write_json
from knowledge.usage import FrenchParser

if TYPE_CHECKING:
    from assistant.ask import Assistant

_WIDTH = 88
# Those of assistant.task.KINDS and two more; it would load the library before the options are read.
TASKS = ("mail", "sms", "checklist", "interview", "summary", "plain", "partner", "compare",
         "template")  # fmt: skip
LLM_HELP = "none, openai:MODELE, mistralai:MODELE, ollama:MODELE ou gguf:FICHIER (sinon $APPUI_LLM)"
_FICTIONAL = "compte rendu fictif (démonstration)"


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if options.kind is None:
            return _ask(options)
        from assistant.task_command import run_task

        return run_task(options, open_assistant=_open)
    except (InvalidQuestion, UnknownModel) as error:
        return _fail(error, debug=options.debug, status=2)
    except (AssistantError, KnowledgeError) as error:
        return _fail(error, debug=options.debug, status=1)
    except KeyboardInterrupt:
        return _fail(AssistantError("Interrompu."), debug=False, status=1)


def _ask(options: argparse.Namespace) -> int:
    """Answer one question and print it."""
    from assistant.llm import model_setting, open_model

    history = _read_history(options.history) if options.history else []
    assistant = _open(options)
    answer = assistant.answer(
        options.question,
        history=history,
        collection=options.collection,
        model=open_model(options.llm or model_setting()),
    )
    if options.json:
        write_json(answer.to_json(), indent=2)
    else:
        print(_render(answer))
    return 0


def _open(options: argparse.Namespace) -> "Assistant":
    from assistant.ask import open_assistant

    return open_assistant(
        home_folder(options.index),
        embedding=model_name(),
        ranker=ranker_name(),
        on_repair=_show_repair,
    )


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = FrenchParser(
        prog="python -m assistant", description="Répond à une question.", parents=[_common()]
    )
    parser.set_defaults(index=None, debug=False, kind=None)
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")
    ask = commands.add_parser("ask", help="pose une question", parents=[_common()])
    ask.add_argument("question", help="la question, en français")
    ask.add_argument("--history", type=Path, metavar="FICHIER.json",
                     help='échanges précédents : [{"question": …, "answer": …}, …]')  # fmt: skip
    ask.add_argument("--collection", choices=COLLECTIONS, help="cherche là seulement")
    ask.add_argument("--llm", metavar="MODELE", help=LLM_HELP)
    ask.add_argument("--json", action="store_true", help="rend un document JSON")
    task = commands.add_parser(
        "task", help="prépare un mail, une liste de pièces, un entretien…", parents=[_common()]
    )
    _add_task_options(task)
    return parser


def _add_task_options(task: FrenchParser) -> None:
    task.add_argument("kind", choices=TASKS, metavar="TACHE", help=", ".join(TASKS))
    task.add_argument("question", nargs="?", default="",
                      help="la question dont la réponse sert de matière")  # fmt: skip
    task.add_argument("--document", metavar="DOCUMENT",
                      help="résume ce document (identifiant ou fichier déjà ajouté)")  # fmt: skip
    task.add_argument("--template", metavar="NOM", help="remplit ce modèle de votre structure")
    task.add_argument("--manner", choices=("tu", "vous"), default="vous", help="vous par défaut")
    task.add_argument("--llm", metavar="MODELE", help=LLM_HELP)
    task.add_argument("--docx", type=Path, metavar="FICHIER", help="écrit aussi un document Word")
    task.add_argument("--pdf", type=Path, metavar="FICHIER", help="écrit aussi un PDF")
    task.add_argument("--json", action="store_true", help="rend un document JSON")


def _common() -> FrenchParser:
    """Return the options that may stand before or after the command."""
    common = FrenchParser(add_help=False)
    common.add_argument("--index", type=Path, metavar="DOSSIER", default=argparse.SUPPRESS,
                        help="dossier des données (sinon $APPUI_HOME, sinon .appui)")  # fmt: skip
    common.add_argument("--debug", action="store_true", default=argparse.SUPPRESS,
                        help="montre le détail technique d'une erreur")  # fmt: skip
    return common


def _read_history(path: Path) -> list[Exchange]:
    """Return the exchanges of a history file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [Exchange(question=_text(e["question"]), answer=_text(e["answer"])) for e in content]
    except OSError as error:
        raise InvalidHistory(f"L'historique {path} est illisible : {reason(error)}.") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidHistory(
            f"L'historique {path} n'a pas la forme attendue :"
            ' [{"question": "…", "answer": "…"}, …].'
        ) from error


def _text(value: object) -> str:
    """Return a value of a history that must be a text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _render(answer: Answer) -> str:
    """Return an answer as text for a terminal: what to know first, the answer, its sources."""
    parts = [f"! {caution.message}" for caution in answer.warnings]
    parts.append("\n".join(_wrap(line) for line in answer.text.splitlines()))
    if answer.citations:
        parts.append("Sources :\n" + "\n".join(_render_citation(c) for c in answer.citations))
    if answer.suggestions:
        parts.append("Vous pouvez demander :\n" + "\n".join(f"- {s}" for s in answer.suggestions))
    return "\n\n".join(parts)


def _render_citation(citation: Citation) -> str:
    """Return one line for a source: its number, title, section, page, date and address."""
    details = [citation.title]
    if citation.fictional:
        details.append(_FICTIONAL)
    if citation.section:
        details.append(citation.section)
    if citation.page:
        details.append(f"page {citation.page}")
    if citation.date:
        details.append(f"{citation.date_meaning or 'daté du'} {say_date(citation.date)}")
    if citation.url:
        details.append(citation.url)
    return f"[{citation.n}] " + " · ".join(details)


def _wrap(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent="  " if line.startswith("- ") else "")


def _show_repair(done: int, total: int) -> None:
    """Say that the index is being made again."""
    print(f"\rJe refais l'index : {done}/{total} passages", end="", file=sys.stderr, flush=True)


def _fail(error: Exception, *, debug: bool, status: int) -> int:
    """Print an error as one sentence, or whole when asked."""
    if debug:
        raise error
    print(f"Erreur : {error}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(run(main))
