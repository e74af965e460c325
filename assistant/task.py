"""The work around an answer: a mail, a checklist, the preparation of an interview, and so on.

What is said comes from the verified sentences of the answer, from stored passages of the sheet that
it cites first, or from the catalogue, each with its source; the rest is courtesy, from templates.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.answer import Answer, Citation, Sentence
from assistant.compose import cite
from assistant.errors import AssistantError
from assistant.plain_words import CAUTIONS, STEPS
from assistant.understand import expected_fact
from assistant.verify import verify_citations, verify_sentences
from knowledge.catalogue import Catalogue
from knowledge.dates import say_date
from knowledge.documents import Hit
from knowledge.library import Library
from knowledge.sheet_schema import Sheet
from knowledge.units import bare, is_worth_showing, units_in

Kind = Literal["mail", "sms", "checklist", "interview", "summary", "plain", "partner"]
Manner = Literal["tu", "vous"]

#: What each task is called on a button.
KINDS: dict[Kind, str] = {
    "mail": "Rédiger un mail",
    "sms": "Rédiger un SMS",
    "checklist": "Pièces à fournir",
    "summary": "Résumer",
    "plain": "Simplifier",
    "interview": "Préparer l'entretien",
    "partner": "Note à un partenaire",
}
_ANSWERED = frozenset({"answered", "partial"})
_FOR_ALL = frozenset({"superseded", "local_rule"})
#: What leaves the Mission Locale: what is for the adviser only is said beside it.
_SENT: frozenset[Kind] = frozenset({"mail", "sms", "plain", "partner"})
_NEEDS_SHEET: frozenset[Kind] = frozenset({"checklist", "interview"})


class NothingToWrite(AssistantError):
    """The answer holds nothing from which the task can be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """What a task gives: Markdown whose ``[n]`` marks are citations, as in an answer.

    ``references`` name what was taken from the catalogue, with its date and address; ``cautions``
    are for the adviser, who must know them before it is sent, and are no part of the text.
    """

    kind: Kind | Literal["answer"]
    title: str
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    references: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    model: str = "appui-redacteur"

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-ready dictionaries and lists."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a task is written from.

    ``said`` are the sentences of the answer, ``steps`` and ``cautions`` those of the sheet, all
    verified and cited; ``papers`` and ``conditions`` are values of the catalogue, and
    ``asks_papers`` tells whether papers are what was asked for. Of the
    ``warnings``, those that say that a rule is over or local ``must_be_said`` to anybody, the
    ``doubts`` are for the adviser to settle. ``opening`` and ``closing`` are what an answer on the
    meetings says around the words that it cites: how many meetings, and what these words are worth.
    """

    subject: str
    said: tuple[Sentence, ...]
    steps: tuple[Sentence, ...]
    cautions: tuple[Sentence, ...]
    papers: tuple[str, ...]
    conditions: tuple[str, ...]
    must_be_said: tuple[str, ...]
    doubts: tuple[str, ...]
    citations: tuple[Citation, ...]
    references: tuple[str, ...]
    asks_papers: bool = False
    opening: str = ""
    closing: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """All that must be known first."""
        return self.must_be_said + self.doubts


def kinds_for(answer: Answer, *, catalogue: Catalogue) -> list[Kind]:
    """Return the tasks that make sense after an answer."""
    if answer.status not in _ANSWERED or not any(each.verified for each in answer.sentences):
        return []
    if any(citation.collection == "consultation" for citation in answer.citations):
        return ["summary"]
    has_sheet = _sheet(answer, catalogue) is not None
    return [kind for kind in KINDS if has_sheet or kind not in _NEEDS_SHEET]


def perform(
    kind: Kind,
    answer: Answer,
    *,
    library: Library,
    catalogue: Catalogue,
    manner: Manner = "vous",
) -> Deliverable:
    """Do a task after an answer.

    Args:
        kind: the task.
        answer: a verified answer.
        library: holds the passages of the sheet.
        catalogue: the sheets.
        manner: how the young person is spoken to.

    Raises:
        NothingToWrite: this task cannot be done after this answer; the message says why.
    """
    from assistant.task_templates import papers_of, write

    material = gather(kind, answer, library=library, catalogue=catalogue)
    title, text, sentences = write(kind, material, manner=manner)
    used = {n for sentence in sentences for n in sentence.citations}
    from_catalogue = (
        kind in {"checklist", "interview"}
        or (kind == "mail" and material.papers)
        or (kind == "sms" and material.asks_papers and papers_of(material))
    )
    return Deliverable(
        kind=kind,
        title=title,
        text=text,
        sentences=sentences,
        citations=tuple(each for each in material.citations if each.n in used),
        references=material.references if from_catalogue else (),
        cautions=material.doubts if kind in _SENT else (),
    )


def _why_not(kind: Kind, answer: Answer) -> str:
    if kind in _NEEDS_SHEET and answer.status in _ANSWERED:
        return (
            f"« {KINDS[kind]} » part d'une fiche dispositif, et la réponse n'en cite aucune :"
            " posez une question sur un dispositif."
        )
    return (
        f"« {KINDS[kind]} » part d'une réponse prouvée par ses sources : il n'y en a pas ici."
        " Précisez votre question."
    )


def _sheet(answer: Answer, catalogue: Catalogue) -> Sheet | None:
    """Return the sheet that an answer cites first."""
    known = {sheet.id: sheet for sheet in catalogue.sheets}
    cited = (known.get(citation.document_id) for citation in answer.citations)
    return next(filter(None, cited), None)


def gather(kind: Kind, answer: Answer, *, library: Library, catalogue: Catalogue) -> Material:
    """Return what a task is written from, verified again.

    Raises:
        NothingToWrite: this task cannot be done after this answer; the message says why.
    """
    if kind not in kinds_for(answer, catalogue=catalogue):
        raise NothingToWrite(_why_not(kind, answer))
    sheet = _sheet(answer, catalogue)
    citations = list(answer.citations)
    steps: list[Sentence] = []
    cautions: list[Sentence] = []
    passages = library.passages(sheet.id) if sheet else []
    source = next((each for each in library.sources() if sheet and each.id == sheet.id), None)
    for passage in passages:
        kept = {STEPS: steps, CAUTIONS: cautions}.get("".join(passage.section_path[-1:]))
        if kept is None or source is None:
            continue
        hit = Hit(passage=passage, source=source, score=1.0, dense=0.0, lexical=0.0)
        units = [unit for unit in units_in(passage.text) if is_worth_showing(unit)]
        if units:
            citations.append(cite(len(citations) + 1, hit, units[0].start, units[-1].end))
        kept += [Sentence(bare(each.text), (citations[-1].n,), verified=False) for each in units]
    proven = verify_citations(
        citations,
        passages={
            passage.id: passage
            for document in {citation.document_id for citation in citations}
            for passage in library.passages(document)
        },
    )
    opening, closing = _around(answer)
    return Material(
        subject=sheet.title if sheet else answer.citations[0].title,
        said=_verified(answer.sentences, proven),
        steps=_verified(steps, proven),
        cautions=_verified(cautions, proven),
        papers=sheet.papers if sheet else (),
        conditions=tuple(each.text for each in sheet.conditions) if sheet else (),
        must_be_said=tuple(each.message for each in answer.warnings if each.kind in _FOR_ALL),
        doubts=tuple(
            each.message
            for each in answer.warnings
            if each.kind not in _FOR_ALL and each.kind != "personal_data"
        ),
        citations=proven,
        references=(_reference(sheet),) if sheet else (),
        asks_papers=expected_fact(answer.standalone_question) == "papers",
        opening=opening,
        closing=closing,
    )


def _around(answer: Answer) -> tuple[str, str]:
    """Return what an answer on the meetings says before and after the words that it cites."""
    if not any(citation.collection == "consultation" for citation in answer.citations):
        return "", ""
    cited = [match.start() for match in re.finditer(r"\[\d+\]", answer.text)]
    if not cited:
        return "", ""
    opening = answer.text[: cited[0]].rpartition("\n\n")[0]
    closing = answer.text[cited[-1] :].partition("\n\n")[2]
    return opening, closing


def _verified(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> tuple[Sentence, ...]:
    checked = verify_sentences(sentences, citations=citations)
    return tuple(sentence for sentence in checked if sentence.verified)


def _reference(sheet: Sheet) -> str:
    said = f"Fiche « {sheet.title} » d'Appui, vérifiée le {say_date(sheet.checked_on)}"
    return f"{said} · {sheet.url}" if sheet.url else said
