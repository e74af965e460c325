"""The local set: questions typed here or brought in a spreadsheet."""

import csv
import io
import tempfile
from pathlib import Path

import streamlit as st

from evaluation.errors import BadQuestionSet
from evaluation.names import STATUSES
from evaluation.questions import Question, read_questions
from evaluation.spreadsheet import COLUMNS
from evaluation.workplace import Workplace
from knowledge.documents import Source
from pages import state
from pages.dates import counted
from pages.evaluation_words import table

_ADDED = "questions added"
_EXAMPLE = (
    "permis-1", "direct", "aide au permis combien", "répondu", "730 € / 730 euros", "",
    "reglement-permis", "", "", "", "Article 1 du règlement local",
)  # fmt: skip


def show(workplace: Workplace) -> None:
    """List the local questions, and offer to add some."""
    questions = workplace.questions()
    if said := st.session_state.pop(_ADDED, None):
        st.success(said)
    st.html("<h2>Ajouter une question</h2>")
    _form(workplace, questions)
    st.html("<h2>Ajouter un tableau</h2>")
    _upload(workplace)
    st.html(f"<h2>Questions de votre structure : {len(questions)}</h2>")
    if not questions:
        st.html('<p class="note">Aucune question pour l\'instant.</p>')
        return
    table(
        "Questions de votre structure",
        ("Question", "Nom", "États acceptés", "Faits attendus"),
        (
            (
                each.question,
                each.id,
                " ou ".join(STATUSES[status] for status in each.expect.status),
                " ; ".join(" ou ".join(fact.any_of) for fact in each.expect.facts) or "aucun",
            )
            for each in questions
        ),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = [question.id for question in questions]
        gone = st.selectbox("Retirer", names, index=None, placeholder="Choisir", key="gone")
        if st.button("Retirer la question", disabled=gone is None) and gone:
            workplace.remove(gone)
            st.rerun()
        st.download_button(
            "Exporter (JSONL)", workplace.local.read_bytes(), file_name="questions.jsonl"
        )


def _form(workplace: Workplace, questions: list[Question]) -> None:
    known = {source.id: source for source in state.assistant().library.sources()}
    with st.form("question-form", clear_on_submit=True):
        asked = st.text_area("Question, comme un conseiller la tape", height=80)
        statuses = st.multiselect(
            "États acceptés", list(STATUSES), default=["answered"], format_func=STATUSES.__getitem__
        )
        facts = st.text_area(
            "Faits attendus (un par ligne ; « / » entre deux façons de dire le même)", height=80
        )
        sources = st.multiselect(
            "Documents attendus",
            sorted(known, key=lambda i: known[i].title),
            format_func=lambda i: _title(known[i]),
            placeholder="Aucun",
        )
        reason = st.text_input("Pourquoi est-ce la bonne réponse ? (facultatif)")
        if not st.form_submit_button("Ajouter la question", type="primary"):
            return
    if not asked.strip() or not statuses:
        st.error("Écrivez la question et choisissez au moins un état.")
        return
    taken = {question.id for question in questions}
    number = next(n for n in range(1, len(taken) + 2) if f"locale-{n}" not in taken)
    lines = [line.strip() for line in facts.splitlines() if line.strip()]
    question = Question.model_validate(
        {
            "id": f"locale-{number}",
            "category": "local",
            "question": asked.strip(),
            "expect": {
                "status": statuses,
                "facts": [{"label": line, "any_of": line.split(" / ")} for line in lines],
                "sources": [{"id": source} for source in sources],
            },
            "reason": reason.strip() or None,
        }
    )
    _tell(workplace.add([question]))


def _upload(workplace: Workplace) -> None:
    example = io.StringIO()
    writer = csv.writer(example, delimiter=";")
    writer.writerows((COLUMNS, _EXAMPLE))
    with st.form("questions-file", clear_on_submit=True):
        file = st.file_uploader("CSV, XLSX ou JSONL", type=("csv", "xlsx", "jsonl"))
        submitted = st.form_submit_button("Ajouter le tableau")
    st.download_button(
        "Modèle de tableau (CSV)",
        f"\ufeff{example.getvalue()}".encode(),
        file_name="questions-modele.csv",
        mime="text/csv",
    )
    if not submitted:
        return
    if file is None:
        st.error("Choisissez d'abord un fichier.")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"tableau{Path(file.name).suffix.lower()}"
        path.write_bytes(file.getvalue())
        try:
            questions = read_questions(path)
        except BadQuestionSet as error:
            st.error(str(error).replace(str(path), file.name))
            return
    _tell(workplace.add(questions))


def _tell(count: int) -> None:
    st.session_state[_ADDED] = f"Ajouté. Le jeu local compte {counted(count, 'question')}."
    st.rerun()


def _title(source: Source) -> str:
    return f"{source.title} ({source.id})"
