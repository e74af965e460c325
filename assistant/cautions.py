"""What an adviser must know before repeating an answer: old, replaced, contradicted, local sources.

A text of law often prints an amount that was revalued since. The sheets say so in a sentence with
« affiche encore » (docs/guide-fiches.md), which is repeated with every answer that gives an amount
of the sheet, or of the article that it names; an amount that names another article is no matter.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.answer import Caution, Citation
from assistant.facts import articles, dates_since, holds_euros
from knowledge.dates import say_date, say_month
from knowledge.documents import Source
from knowledge.sentences import split_sentences

_OLD_DAYS = 2 * 365
# Amounts are revalued every year, most often on 1 April.
_OLD_AMOUNT_DAYS = 365
_STILL_PRINTS = re.compile(r"\baffiche(?:nt)? encore\b")
_YEAR = re.compile(r"\b20\d\d\b")
# What an article of law sets in the version that is in force is revalued by nobody else.
_SET_BY_LAW = re.compile(r"\(articles? [^()]*\bdepuis le [^()]*\)")


def cautions_for(
    citations: Sequence[Citation],
    *,
    sources: dict[str, Source],
    title_of: Callable[[str], str],
    contradicted: Callable[[Source], Iterable[str]],
    question: str,
    today: date,
) -> list[Caution]:
    """Return the cautions that the cited sources call for, each kind once a document.

    Args:
        citations: of the answer.
        sources: of the cited documents, by id.
        title_of: gives the title of a document that replaced another, by its id.
        contradicted: gives the sentences which say that a text still prints an old amount, for a
            sheet or an article of law.
        question: tells for which year an amount is asked, if it names one.
        today: tells how old a source is.
    """
    cautions: dict[tuple[str, str], Caution] = {}
    for citation in citations:
        source = sources[citation.document_id]
        for caution in _about(citation, source, title_of, _year_in(question), today):
            cautions.setdefault((caution.kind, citation.document_id), caution)
    for citation in citations:
        amounts = [each for each in _sentences(citation.quote) if holds_euros(each)]
        for sentence in contradicted(sources[citation.document_id]) if amounts else ():
            if any(_may_be_of(sentence, amount) for amount in amounts):
                message = f"Deux sources ne disent pas la même chose. {sentence}"
                cautions["contradiction", sentence] = Caution("contradiction", message)
    return list(cautions.values())


def still_printing(text: str) -> list[str]:
    """Return the sentences of a sheet which say that a text of law still prints an old amount."""
    return [sentence for sentence in _sentences(text) if _STILL_PRINTS.search(sentence)]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def _may_be_of(old_text: str, amount: str) -> bool:
    """Tell whether a sentence on an old text is about the amount that a sentence gives."""
    named = articles(amount)
    return not named or bool(named & articles(old_text))


def _about(
    citation: Citation,
    source: Source,
    title_of: Callable[[str], str],
    year: int | None,
    today: date,
) -> Iterable[Caution]:
    """Yield the cautions about one citation."""
    if not source.is_in_force(today):
        since = f" depuis le {say_date(source.valid_until)}" if source.valid_until else ""
        by = f" Remplacé par : {title_of(source.superseded_by)}." if source.superseded_by else ""
        yield Caution(
            "superseded", f"Attention : « {source.title} » n'est plus en vigueur{since}.{by}"
        )
    elif source.date and (message := _age_message(citation, source, year, today)):
        yield Caution("stale", message)
    if source.territory and source.collection != "consultation":
        yield Caution("local_rule", f"Règle locale : {source.territory} (« {source.title} »).")


def _age_message(citation: Citation, source: Source, year: int | None, today: date) -> str | None:
    """Return what to say of a source's age, if it must be said."""
    if source.date is None or source.date_meaning == "en vigueur depuis le":
        return None
    if _days_since(source.date, today) > _OLD_DAYS:
        return (
            f"Attention : cette information date {_of(say_month(source.date))}"
            f" (« {source.title} »). Vérifiez-la avant de la donner."
        )
    # An amount says itself since when it holds; otherwise it is as old as its source.
    since = max(dates_since(citation.quote), default=source.date)
    if holds_euros(citation.quote) and year is not None and since[:4] < str(year):
        return (
            f"Pour {year}, Appui n'a pas de montant : le dernier connu est celui du"
            f" {say_date(since)} (« {source.title} »). Vérifiez s'il a été revalorisé depuis."
        )
    is_open = any(holds_euros(s) and not _SET_BY_LAW.search(s) for s in _sentences(citation.quote))
    if is_open and _days_since(since, today) > _OLD_AMOUNT_DAYS:
        return (
            f"Ce montant est le dernier connu, au {say_date(since)} (« {source.title} ») :"
            " vérifiez qu'il n'a pas été revalorisé depuis."
        )
    return None


def _year_in(question: str) -> int | None:
    """Return the last year that a question names, if it names one."""
    return max(map(int, _YEAR.findall(question)), default=None)


def _days_since(iso: str, today: date) -> int:
    return (today - date.fromisoformat(iso)).days


def _of(words: str) -> str:
    """Return words after « de », elided before a vowel (« d'octobre 2023 »)."""
    return f"d'{words}" if words.startswith(("a", "o")) else f"de {words}"
