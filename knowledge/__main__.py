"""The command line: ``python -m knowledge search`` and ``python -m knowledge consultation``.

This entry point composes the layers: it alone of ``knowledge`` knows those above it.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from knowledge.consultation.usage import add_commands
from knowledge.dates import say_date
from knowledge.documents import COLLECTIONS, Hit
from knowledge.errors import KnowledgeError
from knowledge.filters import Filter
from knowledge.settings import home_folder, model_name, ranker_name
from knowledge.terminal import run, write_json
from knowledge.usage import FrenchParser, iso_date, positive

DONE, FAILED, USAGE = 0, 1, 2
_MOST_HITS = 1_000
_LONGEST_TEXT = 4_000
_SHOWN = 200


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    wrong = _wrong_usage(options) if "text" in options else None
    if wrong:
        print(wrong, file=sys.stderr)
        return USAGE
    try:
        return _search(options) if "text" in options else _consultation(options)
    except KnowledgeError as error:
        if options.debug:
            raise
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = FrenchParser(
        prog="python -m knowledge",
        description="Cherche dans la bibliothèque, ou exploite une consultation.",
        parents=[_common()],
    )
    parser.set_defaults(index=None, debug=False)
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")
    search = commands.add_parser("search", help="cherche des passages", parents=[_common()])
    search.add_argument("text", metavar="TEXTE", help="ce qu'il faut chercher")
    search.add_argument(
        "--k", type=positive, default=10, metavar="N", help="passages à montrer (10)"
    )
    search.add_argument("--collection", choices=COLLECTIONS, help="cherche là seulement")
    search.add_argument(
        "--territory", metavar="NOM", help="documents de ce territoire, et ceux qui valent partout"
    )
    search.add_argument(
        "--since", type=iso_date, metavar="AAAA-MM-JJ", help="datés de ce jour ou après"
    )
    search.add_argument(
        "--until", type=iso_date, metavar="AAAA-MM-JJ", help="datés de ce jour ou avant"
    )
    search.add_argument("--in-force", action="store_true", help="documents en vigueur aujourd'hui")
    search.add_argument("--json", action="store_true", help="rend un document JSON")
    add_commands(commands, common=_common())
    return parser


def _common() -> FrenchParser:
    """Return the options that may stand before or after the command."""
    common = FrenchParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--index", type=Path, metavar="DOSSIER",
                        help="dossier des données (sinon $APPUI_HOME, sinon .appui)")  # fmt: skip
    common.add_argument("--debug", action="store_true",
                        help="montre le détail technique d'une erreur")  # fmt: skip
    return common


def _wrong_usage(options: argparse.Namespace) -> str | None:
    """Return why nothing can be searched with these options, or None when it can."""
    if not options.text.strip():
        return "Le texte à chercher est vide : écrivez-le entre guillemets."
    if len(options.text) > _LONGEST_TEXT:
        return (
            f"Le texte à chercher est trop long ({len(options.text)} caractères, {_LONGEST_TEXT} au"
            " plus) : résumez-le."
        )
    if options.k > _MOST_HITS:
        return f"--k vaut {options.k} : {_MOST_HITS} passages au plus peuvent être montrés."
    return None


def _search(options: argparse.Namespace) -> int:
    """Search and print what was found."""
    from knowledge.library import open_library

    home = home_folder(options.index)
    with open_library(
        home, embedding=model_name(), ranker=ranker_name(), on_repair=_show_repair
    ) as library:
        if not library.sources():
            raise KnowledgeError(
                f"La bibliothèque de {home} est vide : ajoutez des documents avec"
                " « python -m ingestion add »."
            )
        only = Filter(
            collection=options.collection,
            territory=options.territory,
            since=options.since,
            until=options.until,
            in_force_on=dt.date.today() if options.in_force else None,  # noqa: DTZ011
        )
        hits = library.search(options.text, k=options.k, only=only)
    if options.json:
        write_json([_described(rank, hit) for rank, hit in enumerate(hits, start=1)], indent=2)
    else:
        print(_rendered(hits))
    return DONE


def _consultation(options: argparse.Namespace) -> int:
    """Run an action on a consultation's project."""
    from assistant.mask import mask
    from ingestion.note_files import read_note_files
    from knowledge.consultation.command import run_action

    return run_action(options, read=read_note_files, mask=lambda text: mask(text).text)


def _described(rank: int, hit: Hit) -> dict[str, object]:
    """Return a hit for JSON."""
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "relevance": None if hit.relevance is None else round(hit.relevance, 4),
        "document_id": hit.source.id,
        "passage_id": hit.passage.id,
        "title": hit.source.title,
        "collection": hit.source.collection,
        "section": " > ".join(hit.passage.section_path) or None,
        "page": hit.passage.page,
        "date": hit.source.date,
        "url": hit.source.url,
        "text": hit.passage.text,
    }


def _rendered(hits: Sequence[Hit]) -> str:
    """Return hits as text for a terminal: two lines each."""
    if not hits:
        return "Aucun passage ne correspond."
    return "\n\n".join(_rendered_hit(rank, hit) for rank, hit in enumerate(hits, start=1))


def _rendered_hit(rank: int, hit: Hit) -> str:
    details = [hit.source.title, *hit.passage.section_path]
    if hit.passage.page:
        details.append(f"page {hit.passage.page}")
    if hit.source.date:
        details.append(f"{hit.source.date_meaning or 'daté du'} {say_date(hit.source.date)}")
    details.append(f"score {hit.score:.3f}".replace(".", ","))
    text = " ".join(hit.passage.text.split())
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
    return f"{rank}. {' · '.join(details)}\n   {shown}"


def _show_repair(done: int, total: int) -> None:
    """Say that the index is being made again."""
    end = "\n" if done == total else ""
    print(f"\rJe refais l'index : {done}/{total} passages", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(run(main))
