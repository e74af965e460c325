"""Reading one run: the headline, the tables, every question and why it failed."""

import html
from pathlib import Path

import streamlit as st

from evaluation.compare import smallest_difference
from evaluation.names import name
from evaluation.report import report_run
from evaluation.run import Run, estimates, read_run
from evaluation.workplace import KeptRun, Workplace
from pages.dates import counted
from pages.evaluation_words import category, figure, interval, run_name, share, show_record, table

_ALL = "Toutes"
_A_PAGE = 20


def show(workplace: Workplace) -> None:
    """Show the run that was chosen, the latest first."""
    runs = workplace.runs()
    if not runs:
        st.html('<p class="note">Aucune mesure : lancez-en une à l\'étape « Mesurer ».</p>')
        return
    chosen = st.selectbox("Mesure", runs, format_func=run_name, key="run shown")
    run = kept_run(chosen)
    _headline(run)
    with st.container(horizontal=True):
        st.download_button(
            "Rapport (page à ouvrir hors ligne)",
            lambda: report_run(run),
            file_name=f"{chosen.file.stem}.html",
            mime="text/html",
        )
        st.download_button("Données (JSON)", chosen.file.read_bytes(), file_name=chosen.file.name)
    _tables(run)
    _questions(run)


def kept_run(kept: KeptRun) -> Run:
    """Return a run, read once and again when its file changes."""
    return _read(str(kept.file), kept.file.stat().st_mtime_ns)


@st.cache_data(max_entries=8, show_spinner=False)
def _read(file: str, _changed: int) -> Run:
    return read_run(Path(file))


def _headline(run: Run) -> None:
    passed = run.summary()["passed"]
    seen = smallest_difference([float(record.passed) for record in run.records])
    st.markdown(
        f"**{share(passed.value)} de réponses entièrement justes** sur "
        f"{counted(len(run.records), 'question')} (intervalle à 95 % : {share(passed.low)} à "
        f"{share(passed.high)}). Entre deux mesures indépendantes, ce jeu fait voir une différence "
        f"de {figure(100 * seen)} points au moins, quatre fois sur cinq."
    )


def _tables(run: Run) -> None:
    st.html("<h2>Mesures</h2>")
    rows = [(name(key), figure(e.value), interval(e)) for key, e in run.summary().items()]
    table("Mesures", ("Mesure", "Valeur", "Intervalle à 95 %"), rows)
    if judge := run.settings.get("judge"):
        said = f"{name('judged_right').capitalize()} : {judge}."
        st.html(f'<p class="note">{html.escape(said)}</p>')
    st.html("<h2>Par catégorie</h2>")
    columns = ("passed", "fact_recall", "source_recall", "status_accuracy")
    groups = []
    for key, records in run.by("category").items():
        values = estimates(records)
        cells = (share(values[c].value) if c in values else "–" for c in columns)
        groups.append((category(key), str(len(records)), *cells))
    table("Par catégorie", ("Catégorie", "Questions", "Justes", "Faits", "Sources", "État"), groups)


def _questions(run: Run) -> None:
    st.html("<h2>Questions</h2>")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        found = st.selectbox(
            "Catégorie", [_ALL, *run.by("category")], format_func=category, key="run category"
        )
        about = st.selectbox("Dispositif", [_ALL, *run.by("dispositif")], key="run dispositif")
        failed = st.toggle("Seulement ce qui manque ou est faux", value=True, key="run failed")
    records = [
        record
        for record in run.records
        if found in (_ALL, record.question.category)
        and about in (_ALL, record.question.dispositif or "sans dispositif")
        and not (failed and record.passed)
    ]
    st.html(f'<p role="status">{counted(len(records), "question")}</p>')
    pages = max(-(-len(records) // _A_PAGE), 1)
    number = min(st.session_state.get("run page", 1), pages)
    for record in records[(number - 1) * _A_PAGE : number * _A_PAGE]:
        mark = "Juste" if record.passed else "À revoir"
        with st.expander(f"{mark} : {record.question.question}"):
            show_record(record)
    if pages > 1:
        st.pagination(pages, key="run page")
