"""Fills a template of a Mission Locale with what is verified, and with nothing else."""

from collections.abc import Sequence

from assistant.answer import Answer, Sentence
from assistant.own_templates import FIELD, Template
from assistant.plain_words import told
from assistant.task import Deliverable, Manner, Material, gather
from assistant.task_files import source_lines
from assistant.task_templates import papers_of, shortened
from knowledge.catalogue import Catalogue
from knowledge.dates import say_date
from knowledge.library import Library

_MOST_TOLD, _MOST_SAID, _MOST_STEPS = 4, 5, 8


def fill(
    template: Template,
    answer: Answer,
    *,
    library: Library,
    catalogue: Catalogue,
    manner: Manner = "vous",
) -> Deliverable:
    """Fill a template from an answer.

    Args:
        template: to fill.
        answer: a verified answer.
        library: holds the passages of the sheet.
        catalogue: the sheets.
        manner: how the young person is spoken to.

    Raises:
        NothingToWrite: the answer is not proven.
    """
    material = gather(template.kind, answer, library=library, catalogue=catalogue)
    said, steps, cautions = _said(template, material, manner)
    fields = set(FIELD.findall(template.text))
    shown = (
        *(said if "reponse" in fields else ()),
        *(steps if "demarches" in fields else ()),
        *(cautions if "vigilance" in fields else ()),
    )
    used = {n for sentence in shown for n in sentence.citations}
    citations = tuple(each for each in material.citations if each.n in used)
    dates = [each.date for each in citations if each.date]
    values = {
        "sujet": material.subject.split(" : ")[0],
        "reponse": _listed([each.text for each in said]),
        "conditions": _listed(material.conditions),
        "pieces": _listed(papers_of(material)),
        "demarches": _listed([each.text for each in steps]),
        "vigilance": _listed([each.text for each in cautions]),
        "sources": _listed(source_lines(citations, material.references)),
        "date_source": say_date(max(dates)) if dates else "",
        "structure": template.structure,
    }
    return Deliverable(
        kind=template.kind,
        title=template.name,
        text=FIELD.sub(
            lambda field: values[field[1]] or f"[à compléter : {field[1]}]", template.text
        ),
        sentences=shown,
        citations=citations,
        references=material.references if fields & {"conditions", "pieces"} else (),
        cautions=material.warnings,
    )


def _said(
    template: Template, material: Material, manner: Manner
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Return the sentences of the answer, of the steps and of the cautions, in the right words."""
    if template.kind in {"mail", "sms"}:
        answer = shortened(
            told(material.said, material.citations, informal=manner == "tu")[:_MOST_TOLD]
        )
    else:
        answer = material.said[:_MOST_SAID]
    return answer, material.steps[:_MOST_STEPS], material.cautions


def _listed(values: Sequence[str]) -> str:
    return "\n".join(f"- {each}" for each in values)
