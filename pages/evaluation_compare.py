"""Comparing two runs of the same questions."""

import streamlit as st

from evaluation.compare import Comparison, compare_runs
from evaluation.names import name
from evaluation.report import report_comparison
from evaluation.run import Record
from evaluation.workplace import Workplace
from pages.dates import counted
from pages.evaluation_results import kept_run
from pages.evaluation_words import chance, figure, interval, run_name, table


def show(workplace: Workplace) -> None:
    """Compare the two runs chosen, at first the two latest."""
    runs = workplace.runs()
    if len(runs) < 2:  # noqa: PLR2004
        st.html('<p class="note">Il faut deux mesures : lancez-les à l\'étape « Mesurer ».</p>')
        return
    first = st.selectbox("Première", runs, index=1, format_func=run_name, key="run first")
    second = st.selectbox("Seconde", runs, index=0, format_func=run_name, key="run second")
    comparison = compare_runs(kept_run(first), kept_run(second))
    _say(comparison)
    st.download_button(
        "Rapport (page à ouvrir hors ligne)",
        lambda: report_comparison(comparison),
        file_name=f"{first.file.stem}-{second.file.stem}.html",
        mime="text/html",
    )


def _say(comparison: Comparison) -> None:
    passed = comparison.differences[0]
    verb = "n'explique pas" if passed.is_significant else "peut expliquer"
    st.markdown(
        f"Sur {counted(passed.questions, 'question')}, la part de réponses entièrement justes "
        f"passe de {figure(passed.first)} à {figure(passed.second)}\u00a0: "
        f"**une différence que le hasard {verb}** (p corrigé : {chance(passed.p_corrected)})."
    )
    if comparison.settings:
        table(
            "Ce qui distingue les deux mesures",
            ("Réglage", "Première", "Seconde"),
            ((key, str(a), str(b)) for key, (a, b) in comparison.settings.items()),
        )
    else:
        st.html('<p class="note">Mêmes documents, mêmes réglages.</p>')
    table(
        "Différences, question par question",
        ("Mesure", "Première", "Seconde", "Différence", "Intervalle à 95 %", "p corrigé"),
        (
            (name(d.name), figure(d.first), figure(d.second), figure(d.change.value),
             interval(d.change), chance(d.p_corrected))
            for d in comparison.differences
        ),
    )  # fmt: skip
    asked = {record.question.id: record for record in comparison.second.records}
    _list("Devenues fausses", [asked[i] for i in comparison.red])
    _list("Devenues justes", [asked[i] for i in comparison.green])


def _list(title: str, records: list[Record]) -> None:
    st.html(f"<h2>{title} : {len(records)}</h2>")
    for record in records:
        st.markdown(f"- {record.question.question} ({record.question.id})")
