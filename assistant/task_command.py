"""``python -m assistant task``: the work after an answer, printed and written to files."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

from assistant import compare, document_summary, own_template_fill
from assistant.ask import Assistant
from assistant.comparison_docx import write_docx as write_comparison_docx
from assistant.comparison_pdf import write_pdf as write_comparison_pdf
from assistant.errors import AssistantError, InvalidQuestion
from assistant.llm import NO_MODEL, model_setting, open_model
from assistant.own_templates import find_template
from assistant.task import Deliverable, perform
from assistant.task_files import as_text, write_docx, write_pdf
from assistant.task_rewrite import reword
from knowledge.catalogue import Comparison, open_catalogue
from knowledge.errors import UnknownDocument
from knowledge.library import Library
from knowledge.settings import home_folder
from knowledge.system_reasons import reason
from knowledge.terminal import write_json

_AS_IT_STANDS = "Cette tâche reprend les documents tels quels : le modèle n'y sert pas."


def run_task(
    options: argparse.Namespace, *, open_assistant: Callable[[argparse.Namespace], Assistant]
) -> int:
    """Do a task and print it; return the exit status."""
    today = dt.date.today()  # noqa: DTZ011
    if options.kind != "summary" and options.document:
        raise InvalidQuestion("--document ne va qu'avec la tâche « summary ».")
    if not options.document and not options.question.strip():
        raise InvalidQuestion("Donnez la question dont la réponse sert de matière.")
    if (options.document or options.kind == "compare") and options.llm not in {None, NO_MODEL}:
        print(_AS_IT_STANDS, file=sys.stderr)
    if options.kind == "compare":
        _compare(options, today)
        return 0
    deliverable = _deliverable(options, open_assistant(options), today)
    _write(options.docx, lambda: write_docx(deliverable, today=today))
    _write(options.pdf, lambda: write_pdf(deliverable, today=today))
    if options.json:
        write_json(deliverable.to_json(), indent=2)
        return 0
    for caution in deliverable.cautions:
        print(f"! {caution}\n")
    print(as_text(deliverable))
    return 0


def _deliverable(options: argparse.Namespace, assistant: Assistant, today: dt.date) -> Deliverable:
    """Do a task that gives a text."""
    library = assistant.library
    if options.document:
        return document_summary.summarize(
            _document(options.document, library), library=library, today=today
        )
    catalogue = open_catalogue()
    template = None
    if options.kind == "template":
        if not options.template:
            raise InvalidQuestion("Donnez le nom du modèle : --template NOM.")
        template = find_template(options.template, home=home_folder(options.index))
    model = open_model(options.llm or model_setting())
    answer = assistant.answer(options.question, model=model)
    if template is not None:
        done = own_template_fill.fill(
            template, answer, library=library, catalogue=catalogue, manner=options.manner
        )
    else:
        done = perform(
            options.kind, answer, library=library, catalogue=catalogue, manner=options.manner
        )
    if model is None:
        return done
    return reword(done, question=answer.standalone_question, library=library, model=model)


def _document(named: str, library: Library) -> str:
    """Return the identifier of a document, named by it or by the file that it was read from.

    Raises:
        AssistantError: the library holds no such document; the message says how to add it.
    """
    try:
        return library.source(named).id
    except UnknownDocument:
        pass
    found = library.read_from(Path(named))
    if found is None:
        raise AssistantError(
            f"Aucun document ne s'appelle « {named} ». Ajoutez-le d'abord :"
            f" python -m ingestion add {named}"
        )
    return found


def _compare(options: argparse.Namespace, today: dt.date) -> None:
    found: Comparison = compare.compare(options.question, catalogue=open_catalogue())
    _write(options.docx, lambda: write_comparison_docx(found, today=today))
    _write(options.pdf, lambda: write_comparison_pdf(found, today=today))
    if options.json:
        write_json(compare.to_json(found, today=today), indent=2)
    else:
        print(compare.as_text(found, today=today))


def _write(path: Path | None, content: Callable[[], bytes]) -> None:
    """Write a file where one is asked for."""
    if path is None:
        return
    try:
        path.write_bytes(content())
    except OSError as error:
        raise AssistantError(
            f"Le fichier {path} ne peut pas être écrit : {reason(error)}."
        ) from error
