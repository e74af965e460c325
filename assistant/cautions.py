"""What an adviser must know before repeating an answer: old, replaced, local, fictional sources."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answer import Caution, Citation
from assistant.facts import holds
from knowledge.dates import say_date, say_month
from knowledge.documents import Source

_OLD_DAYS = 2 * 365
# Amounts are revalued every year, most often on 1 April.
_OLD_AMOUNT_DAYS = 365


def cautions_for(
    citations: Sequence[Citation], *, sources: dict[str, Source], today: date
) -> list[Caution]:
    """Return the cautions that the cited sources call for, each said once."""
    cautions: dict[str, Caution] = {}
    for citation in citations:
        for caution in _about(citation, sources[citation.document_id], today):
            cautions.setdefault(caution.message, caution)
    return list(cautions.values())


def _about(citation: Citation, source: Source, today: date) -> Iterable[Caution]:
    """Yield the cautions about one citation."""
    if source.superseded_by:
        yield Caution(
            "superseded",
            f"Attention : « {source.title} » n'est plus en vigueur"
            + (f" depuis le {say_date(source.valid_until)}" if source.valid_until else "")
            + f" (remplacé par : {source.superseded_by}).",
        )
    elif source.valid_until and source.valid_until < today.isoformat():
        yield Caution(
            "superseded",
            f"Attention : « {source.title} » n'est plus en vigueur depuis le"
            f" {say_date(source.valid_until)}.",
        )
    elif source.date and (message := _age_message(citation, source, today)):
        yield Caution("stale", message)
    if source.territory:
        yield Caution("local_rule", f"Règle locale : {source.territory} (« {source.title} »).")


def _age_message(citation: Citation, source: Source, today: date) -> str | None:
    """Return what to say of a source's age, if it must be said."""
    if source.date is None or source.date_meaning == "en vigueur depuis le":
        return None
    days = (today - date.fromisoformat(source.date)).days
    if days > _OLD_DAYS:
        return (
            f"Attention : cette information date de {say_month(source.date)}"
            f" (« {source.title} »). Vérifiez-la avant de la donner."
        )
    if days > _OLD_AMOUNT_DAYS and holds("amount", citation.quote):
        return (
            f"Ce montant est celui connu au {say_date(source.date)} (« {source.title} ») :"
            " vérifiez qu'il n'a pas été revalorisé depuis."
        )
    return None
