"""The command line: ``python -m ingestion add|status|remove|rebuild``."""

import argparse
import errno
import logging
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from ingestion.add import add_paths, rebuild, remove_document
from ingestion.errors import IngestionError
from ingestion.messages import describe_report, describe_status
from ingestion.report import Progress, Report
from knowledge.documents import COLLECTIONS
from knowledge.errors import KnowledgeError
from knowledge.library import library_status
from knowledge.settings import home_folder, model_name
from knowledge.store import Store
from knowledge.system_reasons import reason
from knowledge.terminal import run, write_json
from knowledge.usage import FrenchParser

DONE, FAILED, SOME_REJECTED = 0, 1, 3


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    options.index = home_folder(getattr(options, "index", None))
    debug = getattr(options, "debug", False)
    if debug:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except BrokenPipeError:
        raise
    except (IngestionError, KnowledgeError, OSError, sqlite3.Error) as error:
        if debug:
            raise
        print(_failure(error, options.index), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(
            "Interrompu. Ce qui était lu est gardé ; relancez la même commande pour continuer.",
            file=sys.stderr,
        )
        return FAILED


def _failure(error: Exception, home: Path) -> str:
    """Return what went wrong as one sentence, with its remedy."""
    chain: BaseException | None = error
    while chain is not None:
        full = isinstance(chain, OSError) and chain.errno in {errno.ENOSPC, errno.EDQUOT}
        if full or (isinstance(chain, sqlite3.Error) and "disk is full" in str(chain)):
            return (
                f"Le disque de {home} est plein : libérez de la place puis relancez la même"
                " commande. Rien de ce qui était enregistré n'est perdu."
            )
        chain = chain.__cause__ or chain.__context__
    if isinstance(error, KnowledgeError | IngestionError):
        return str(error)
    if isinstance(error, PermissionError) or "readonly" in str(error):
        return (
            f"Vous n'avez pas le droit d'écrire dans {home} : choisissez un autre dossier avec"
            " --index."
        )
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return f"Le fichier{where} ne peut pas être lu ou écrit : {reason(error)}."
    return f"La bibliothèque de {home} ne peut pas être lue ou écrite : {error}."


def _add(options: argparse.Namespace) -> int:
    with_bar = _Bar()
    try:
        report = add_paths(
            options.paths,
            home=options.index,
            collection=options.collection,
            sync=options.sync,
            on_progress=with_bar,
            on_wait=_say_waiting,
            embedding=model_name(),
        )
    finally:
        with_bar.close()
    return _show(report, as_json=options.json)


def _rebuild(options: argparse.Namespace) -> int:
    with_bar = _Bar()
    try:
        report = rebuild(
            home=options.index,
            on_progress=with_bar,
            on_wait=_say_waiting,
            embedding=model_name(),
        )
    finally:
        with_bar.close()
    return _show(report, as_json=options.json)


def _remove(options: argparse.Namespace) -> int:
    remove_document(
        options.document_id, home=options.index, on_wait=_say_waiting, embedding=model_name()
    )
    print(f"Le document « {options.document_id} » est retiré.")
    return DONE


def _status(options: argparse.Namespace) -> int:
    with closing(Store(options.index)) as store:
        status = library_status(options.index, store)
    if options.json:
        write_json(asdict(status))
    else:
        print(describe_status(status))
    return DONE


def _show(report: Report, *, as_json: bool) -> int:
    """Print a report and return the exit status that it deserves."""
    if as_json:
        write_json(asdict(report))
    else:
        print(describe_report(report))
    return SOME_REJECTED if report.rejected else DONE


def _say_waiting(message: str) -> None:
    print(message, file=sys.stderr)


class _Bar:
    """A progress bar on standard error, one for each stage."""

    def __init__(self) -> None:
        self._bar: object | None = None
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        from tqdm import tqdm

        if self._bar is None or progress.stage != self._stage:
            self.close()
            self._stage = progress.stage
            unit = " fichiers" if progress.stage == "lecture" else " passages"
            self._bar = tqdm(
                total=progress.total,
                desc=progress.stage.capitalize(),
                unit=unit,
                disable=None,
                leave=False,
            )
        if isinstance(self._bar, tqdm):
            self._bar.total = progress.total
            self._bar.set_postfix_str(progress.name[-40:], refresh=False)
            self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        """Take the bar off the screen."""
        from tqdm import tqdm

        if isinstance(self._bar, tqdm):
            self._bar.close()
        self._bar = None


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the four commands."""
    shared = FrenchParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--index", type=Path, metavar="DOSSIER", help="dossier de données")
    shared.add_argument("--debug", action="store_true", help="montre le détail d'une erreur")
    parser = FrenchParser(
        prog="python -m ingestion",
        description="Ajoute des documents à la bibliothèque.",
        parents=[shared],
    )
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")

    add = commands.add_parser("add", parents=[shared], help="ajoute des fichiers ou des dossiers")
    add.add_argument("paths", type=Path, nargs="+", metavar="CHEMIN")
    add.add_argument("--collection", choices=COLLECTIONS, help="range tout dans cette collection")
    add.add_argument(
        "--sync", action="store_true", help="retire ce qui a disparu des dossiers ajoutés"
    )
    add.set_defaults(command=_add)

    status = commands.add_parser("status", parents=[shared], help="montre ce qui est indexé")
    status.set_defaults(command=_status)

    remove = commands.add_parser("remove", parents=[shared], help="retire un document")
    remove.add_argument("document_id", metavar="DOCUMENT_ID")
    remove.set_defaults(command=_remove)

    again = commands.add_parser("rebuild", parents=[shared], help="relit et réindexe tout")
    again.set_defaults(command=_rebuild)

    for command in (add, status, again):
        command.add_argument("--json", action="store_true", help="un document JSON, rien d'autre")
    return parser


if __name__ == "__main__":
    sys.exit(run(main))
