"""Figures, runs and answers as the evaluators' page says them."""

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from evaluation.bootstrap import Estimate
from evaluation.names import CATEGORIES, FAILURES, STATUSES
from evaluation.run import Record
from evaluation.workplace import SETS, KeptRun
from pages.dates import in_words


def run_name(run: KeptRun) -> str:
    """Say a run: « 24 novembre 2026 à 10:48:00, questions publiques, moitié de contrôle »."""
    local = run.started.astimezone()
    day = in_words(local.date().isoformat())
    name = SETS.get(run.set, run.set)
    return f"{day} à {local:%H:%M:%S}, {name[0].lower()}{name[1:]}"


def category(name: str) -> str:
    """Return the French name of a category of questions."""
    return CATEGORIES.get(name, name)


def figure(value: float) -> str:
    """Say a figure: « 0,868 », « 235 »."""
    return (f"{value:.0f}" if abs(value) >= 2 else f"{value:.3f}").replace(".", ",")  # noqa: PLR2004


def share(value: float) -> str:
    """Say a share: « 86,8 % »."""
    return f"{100 * value:.1f}\u00a0%".replace(".", ",")


def chance(p: float) -> str:
    """Say how easily chance alone gives as much: « 0,012 », « < 0,001 »."""
    return "<\u00a00,001" if p < 0.001 else figure(p)  # noqa: PLR2004


def interval(estimate: Estimate) -> str:
    """Say an interval, or a dash where there is none."""
    if estimate.low == estimate.high:
        return "–"
    return f"{figure(estimate.low)} à {figure(estimate.high)}"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Show a table whose first column names the rows; texts are escaped here."""
    head = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in heads)
    body = ""
    for first, *rest in rows:
        cells = "".join(
            f'<td data-name="{html.escape(name)}">{html.escape(cell)}</td>'
            for name, cell in zip(heads[1:], rest, strict=True)
        )
        body += f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>'
    st.html(
        f'<table class="documents"><caption class="spoken">{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def show_record(record: Record) -> None:
    """Show one question of a run: the answer, what proves it, what was expected, the steps."""
    answer, question = record.answer, record.question
    said = [f'<p class="note">État : {STATUSES.get(answer["status"], "")}</p>']
    said += [f'<p class="caution">{FAILURES.get(f, f)}</p>' for f in record.failures]
    said.append(f'<p class="written">{html.escape(answer["text"])}</p>')
    for cited in answer["citations"]:
        fictional = " · compte rendu fictif (démonstration)" if cited.get("fictional") else ""
        said.append(
            f"<blockquote>[{cited['n']}] « {html.escape(cited['quote'])} »<br>"
            f"{html.escape(cited['title'])} · {cited['date'] or 'sans date'}"
            f"{fictional}</blockquote>"
        )
    statuses = " ou ".join(STATUSES[status] for status in question.expect.status)
    facts = " ; ".join(" ou ".join(fact.any_of) for fact in question.expect.facts)
    sources = ", ".join(source.id or source.title or "" for source in question.expect.sources)
    expected = f"Attendu : {statuses or 'tout état'} · faits : {facts or 'aucun'}"
    said.append(f"<p>{html.escape(expected)} · sources : {html.escape(sources or 'aucune')}</p>")
    if question.reason:
        said.append(f'<p class="note">{html.escape(question.reason)}</p>')
    st.html("".join(said))
    if st.toggle("Voir les étapes", key=f"trace-{question.id}"):
        st.json(answer["trace"], expanded=1)
