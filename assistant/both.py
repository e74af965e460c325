"""A question on a rule and on what was said of it: two answers in one, each told for what it is."""

import re
from dataclasses import replace

from assistant.answer import Answer, Status
from assistant.meeting_question import asks_what_was_said, topic_of
from assistant.understand import subject_words

_AND_WHAT = re.compile(
    r"^(?P<rule>.{8,}?)[\s,?]+(?:et|puis|mais)\s+"
    r"(?P<said>(?:qu['’]en|que|qu['’]est-ce qu|ce qu['’]en|quoi|qui)\b.+)$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[(\d+)\]")
_RULE, _SAID = "**Ce que disent les textes**", "**Ce qui a été dit dans la consultation**"


def split_both(question: str) -> tuple[str, str] | None:
    """Return the question on a rule and the one on what was said, when a question asks both."""
    found = _AND_WHAT.match(question)
    if found is None or asks_what_was_said(found["rule"]) or not asks_what_was_said(found["said"]):
        return None
    said = found["said"]
    if not topic_of(said, places=()).terms:
        said = f"{said.strip(' ?')} ({' '.join(subject_words(found['rule']))}) ?"
    return f"{found['rule']} ?", said


def join(rule: Answer, said: Answer, *, question: str) -> Answer:
    """Return one answer made of both, the citations of the second numbered after the first's."""
    shift = max((citation.n for citation in rule.citations), default=0)
    moved = _MARK.sub(lambda mark: f"[{int(mark[1]) + shift}]", said.text)
    answered = [each.status in {"answered", "partial"} for each in (rule, said)]
    status: Status = "answered" if all(answered) else "partial" if any(answered) else "not_found"
    return replace(
        rule,
        question=question,
        standalone_question=question,
        status=status,
        text=f"{_RULE}\n\n{rule.text}\n\n{_SAID}\n\n{moved}",
        sentences=(
            *rule.sentences,
            *(replace(s, citations=tuple(n + shift for n in s.citations)) for s in said.sentences),
        ),
        citations=(*rule.citations, *(replace(c, n=c.n + shift) for c in said.citations)),
        warnings=tuple(dict.fromkeys((*rule.warnings, *said.warnings))),
        suggestions=(*rule.suggestions, *said.suggestions)[:3],
        trace=(*rule.trace, *said.trace),
    )
