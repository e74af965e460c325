"""One question followed: mask, understand, search, choose, decide, write, verify."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant import replies
from assistant.answer import Answer, Caution, Exchange, Status
from assistant.cautions import cautions_for
from assistant.choose import Chosen, rank_units
from assistant.compose import Draft, compose
from assistant.decide import decide, weigh
from assistant.errors import InvalidQuestion
from assistant.mask import mask, say_masked
from assistant.trace import Trace
from assistant.understand import Understood, understand
from assistant.verify import verify_citations, verify_sentences
from knowledge.analysis import terms
from knowledge.documents import Collection, Hit
from knowledge.errors import UnknownDocument
from knowledge.library import Library, open_library

_LONGEST_QUESTION = 4000
_HITS = 24
_FURTHER_QUESTIONS = 3
# The words of a meeting are looked at first when they are this near to the best passage of all.
_AS_NEAR = 0.03


class Assistant:
    """Answers questions from one library; may be shared between threads."""

    def __init__(self, library: Library, *, today: Callable[[], date] = date.today) -> None:
        """Answer from ``library``; ``today`` tells how old a source is."""
        self.library = library
        self._today = today

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        collection: Collection | None = None,
    ) -> Answer:
        """Return the verified, cited answer to a question.

        Args:
            question: in French, as an adviser types it.
            history: the earlier exchanges of the conversation, oldest first.
            collection: look in this collection only.

        Raises:
            InvalidQuestion: the question is empty or too long.
            KnowledgeError: the library cannot be read.
        """
        _check(question)
        trace = Trace()
        masked = trace.run("mask", lambda: mask(question.strip()), lambda m: dict(m.kinds))
        past = [Exchange(mask(e.question).text, e.answer) for e in history]
        understood = trace.run(
            "understand",
            lambda: understand(masked.text, history=past, is_known=self._is_known),
            lambda u: {"search_text": u.search_text, "expected": u.expected, "act": u.act},
        )
        answer = Answer(
            question=masked.text,
            standalone_question=understood.standalone,
            status="clarify",
            text=replies.GREETING,
            suggestions=replies.EXAMPLES,
        )
        if understood.act == "instruction":
            answer = replace(answer, status="refused", text=replies.REFUSED)
        elif understood.act == "question":
            answer = self._from_documents(answer, understood, collection, trace)
        if masked.kinds:
            caution = Caution("personal_data", say_masked(masked.kinds))
            answer = replace(answer, warnings=(caution, *answer.warnings))
        return replace(answer, trace=tuple(trace.steps))

    def _from_documents(
        self, blank: Answer, understood: Understood, collection: Collection | None, trace: Trace
    ) -> Answer:
        """Answer a real question, or say why the documents do not."""
        hits = trace.run(
            "search",
            lambda: self._search(understood, collection),
            lambda found: {"hits": [_tell_hit(hit) for hit in found]},
        )
        if not hits and not self.library.sources(collection):
            return replace(blank, status="not_found", text=replies.EMPTY_LIBRARY, suggestions=())
        if understood.is_vague:
            text, choices = replies.clarify(understood, hits)
            return replace(blank, text=text, suggestions=choices)
        ranked = trace.run(
            "choose",
            lambda: rank_units(understood, hits=hits, library=self.library, today=self._today()),
            lambda units: {"sentences": [_tell_chosen(chosen) for chosen in units[:8]]},
        )
        evidence = trace.run(
            "decide",
            lambda: weigh(understood, hits=hits, ranked=ranked, library=self.library),
            lambda e: e.to_json(),
        )
        status = decide(evidence)
        if status != "not_found":
            answer = self._written(blank, understood, hits, ranked, status, trace)
            if answer.citations:
                return answer
        text, leads = replies.not_found(
            hits, documents=len(self.library.sources(collection)), collection=collection
        )
        return replace(blank, status="not_found", text=text, suggestions=leads)

    def _search(self, understood: Understood, collection: Collection | None) -> Sequence[Hit]:
        """Search where the question says; what was said in meetings first, if it asks for that."""
        hits = self.library.search(understood.search_text, k=_HITS, collection=collection)
        if collection is not None or not understood.about_consultation:
            return hits
        said = self.library.search(understood.search_text, k=_HITS, collection="consultation")
        best, best_said = (max((hit.dense for hit in found), default=0) for found in (hits, said))
        return said if said and best_said >= best - _AS_NEAR else hits

    def _written(
        self,
        blank: Answer,
        understood: Understood,
        hits: Sequence[Hit],
        ranked: Sequence[Chosen],
        status: Status,
        trace: Trace,
    ) -> Answer:
        """Write the answer from the chosen sentences, and keep what is verified."""
        draft = trace.run(
            "write",
            lambda: compose(ranked, hits=hits),
            lambda d: {"paragraphs": len(d.paragraphs), "citations": len(d.citations)},
        )
        answer = trace.run(
            "verify",
            lambda: self._verified(blank, draft, hits),
            lambda a: {"sentences": len(a.sentences), "citations": len(a.citations)},
        )
        opening = f"{replies.partial_opening(understood)}\n\n" if status == "partial" else ""
        return replace(
            answer,
            status=status,
            text=opening + answer.text,
            suggestions=self._further_questions(answer),
        )

    def _verified(self, blank: Answer, draft: Draft, hits: Sequence[Hit]) -> Answer:
        """Return the draft as an answer, without what could not be verified."""
        citations = verify_citations(
            draft.citations, passages={hit.passage.id: hit.passage for hit in hits}
        )
        kept = []
        for paragraph in draft.paragraphs:
            sentences = verify_sentences(paragraph.sentences, citations=citations)
            if all(sentence.verified for sentence in sentences):
                kept.append((paragraph.text, sentences))
        used = {n for _, sentences in kept for s in sentences for n in s.citations}
        cited = tuple(citation for citation in citations if citation.n in used)
        sources = {hit.source.id: hit.source for hit in hits}
        return replace(
            blank,
            text="\n\n".join(text for text, _ in kept),
            sentences=tuple(s for _, sentences in kept for s in sentences),
            citations=cited,
            warnings=tuple(
                cautions_for(cited, sources=sources, title_of=self._title_of, today=self._today())
            ),
        )

    def _is_known(self, word: str) -> bool:
        """Tell whether some document holds a word."""
        return all(self.library.knows(term) for term in terms(word))

    def _title_of(self, document_id: str) -> str:
        """Return the title of a document, or its id when the library does not hold it."""
        try:
            return self.library.source(document_id).title
        except UnknownDocument:
            return document_id

    def _further_questions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that the first cited document also answers, from its headings."""
        if not answer.citations:
            return ()
        document = self.library.document(answer.citations[0].document_id)
        used = {citation.section for citation in answer.citations}
        titles = [
            section.title
            for section in document.sections
            if section.title.endswith("?") and not any(section.title in (u or "") for u in used)
        ]
        return tuple(titles[:_FURTHER_QUESTIONS])


def open_assistant(
    home: Path,
    *,
    embedding: str | None = None,
    on_repair: Callable[[int, int], None] | None = None,
) -> Assistant:
    """Return the assistant of a data folder (arguments: see ``knowledge.library.open_library``)."""
    return Assistant(open_library(home, embedding=embedding, on_repair=on_repair))


def _check(question: str) -> None:
    """Refuse a question that cannot be answered, with the reason."""
    if not question.strip():
        raise InvalidQuestion("La question est vide : écrivez-la en une ligne.")
    if len(question) > _LONGEST_QUESTION:
        raise InvalidQuestion(
            f"La question est trop longue ({len(question)} caractères, {_LONGEST_QUESTION} au plus)"
            " : résumez-la, ou ajoutez le texte comme document."
        )


def _tell_hit(hit: Hit) -> dict[str, object]:
    return {
        "passage": hit.passage.id,
        "title": hit.source.title,
        "score": round(hit.score, 3),
        "dense": round(hit.dense, 3),
        "lexical": round(hit.lexical, 3),
    }


def _tell_chosen(chosen: Chosen) -> dict[str, object]:
    return {
        "text": chosen.unit.text[:160],
        "hit": chosen.unit.hit,
        "score": round(chosen.score, 3),
        "coverage": round(chosen.coverage, 3),
        "cosine": round(chosen.cosine, 3),
    }
