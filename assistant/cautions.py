"""What an adviser must know before repeating an answer: old, replaced, local, fictional sources."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.answer import Caution, Citation
from assistant.facts import dates_since, holds_euros
from knowledge.dates import say_date, say_month
from knowledge.documents import Source

_OLD_DAYS = 2 * 365
# Amounts are revalued every year, most often on 1 April.
_OLD_AMOUNT_DAYS = 365


def cautions_for(
    citations: Sequence[Citation],
    *,
    sources: dict[str, Source],
    title_of: Callable[[str], str],
    today: date,
) -> list[Caution]:
    """Return the cautions that the cited sources call for, each kind once a document.

    Args:
        citations: of the answer.
        sources: of the cited documents, by id.
        title_of: gives the title of a document that replaced another, by its id.
        today: tells how old a source is.
    """
    cautions: dict[tuple[str, str], Caution] = {}
    for citation in citations:
        for caution in _about(citation, sources[citation.document_id], title_of, today):
            cautions.setdefault((caution.kind, citation.document_id), caution)
    return list(cautions.values())


def _about(
    citation: Citation, source: Source, title_of: Callable[[str], str], today: date
) -> Iterable[Caution]:
    """Yield the cautions about one citation."""
    if not source.is_in_force(today):
        since = f" depuis le {say_date(source.valid_until)}" if source.valid_until else ""
        by = f" Remplacé par : {title_of(source.superseded_by)}." if source.superseded_by else ""
        yield Caution(
            "superseded", f"Attention : « {source.title} » n'est plus en vigueur{since}.{by}"
        )
    elif source.date and (message := _age_message(citation, source, today)):
        yield Caution("stale", message)
    if source.territory:
        yield Caution("local_rule", f"Règle locale : {source.territory} (« {source.title} »).")


def _age_message(citation: Citation, source: Source, today: date) -> str | None:
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
    if holds_euros(citation.quote) and _days_since(since, today) > _OLD_AMOUNT_DAYS:
        return (
            f"Ce montant est le dernier connu, au {say_date(since)} (« {source.title} ») :"
            " vérifiez qu'il n'a pas été revalorisé depuis."
        )
    return None


def _days_since(iso: str, today: date) -> int:
    return (today - date.fromisoformat(iso)).days


def _of(words: str) -> str:
    """Return words after « de », elided before a vowel (« d'octobre 2023 »)."""
    return f"d'{words}" if words.startswith(("a", "o")) else f"de {words}"
