"""What real use says: answers judged poor, questions without answer, old documents relied on."""

import html
from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from assistant.conversations import KeptExchange
from evaluation.coverage import gaps, old_documents
from evaluation.names import STATUSES
from evaluation.questions import Question
from evaluation.workplace import ExpertVerdict, Workplace
from pages import state
from pages.dates import counted, in_words
from pages.declared_time import show_declared_time
from pages.evaluation_words import table

_ADDED = "case added"


def show(workplace: Workplace) -> None:
    """Show the answers judged not useful, then the gaps, then the old documents."""
    exchanges = state.conversations().all_exchanges()
    today = datetime.now(UTC).astimezone().date()
    if said := st.session_state.pop(_ADDED, None):
        st.success(said)
    _poor(exchanges, workplace, today)
    _gaps(exchanges)
    _old(exchanges, today)
    show_declared_time(exchanges)


def _poor(exchanges: Sequence[KeptExchange], workplace: Workplace, today: date) -> None:
    poor = [e for e in exchanges if e.feedback and e.feedback.rating == "not_useful"]
    st.html(f"<h2>Réponses jugées peu utiles : {len(poor)}</h2>")
    if not poor:
        st.html('<p class="note">Aucune : les avis donnés sous les réponses arrivent ici.</p>')
    known = {question.id for question in workplace.questions()}
    verdicts = workplace.verdicts()
    for kept in poor:
        with st.expander(kept.answer.question):
            _case(kept, workplace, known=known)
            _verdict(kept, workplace, verdicts.get(kept.id), today=today)


def _case(kept: KeptExchange, workplace: Workplace, *, known: set[str]) -> None:
    st.html(f'<p class="written">{html.escape(kept.answer.text)}</p>')
    if kept.feedback and kept.feedback.reason:
        st.html(f"<p>Remarque : {html.escape(kept.feedback.reason)}</p>")
    name = f"avis-{kept.id}"
    if name in known:
        st.html('<p class="note">Cette question est dans votre jeu local.</p>')
        return
    status = st.selectbox(
        "État attendu", list(STATUSES), format_func=STATUSES.__getitem__, key=f"status-{name}"
    )
    facts = st.text_input("Fait attendu (facultatif ; « / » entre deux façons de le dire)",
                          key=f"facts-{name}")  # fmt: skip
    if not st.button("En faire une question du jeu local", key=f"case-{name}", type="primary"):
        return
    wordings = [each.strip() for each in facts.split(" / ") if each.strip()]
    case = Question.model_validate(
        {
            "id": name,
            "category": "avis",
            "question": kept.answer.standalone_question,
            "given": kept.answer.text,
            "expect": {
                "status": [status],
                "facts": [{"label": facts, "any_of": wordings}] if wordings else [],
            },
            "reason": kept.feedback.reason if kept.feedback else None,
        }
    )
    count = workplace.add([case])
    st.session_state[_ADDED] = f"Ajouté. Le jeu local compte {counted(count, 'question')}."
    st.rerun()


def _verdict(
    kept: KeptExchange, workplace: Workplace, verdict: ExpertVerdict | None, *, today: date
) -> None:
    """Show an expert's verdict and whether it still counts, and take another."""
    if verdict is not None:
        said = "juste" if verdict.right else "fausse"
        until = in_words(verdict.expires.isoformat())
        state_of = f"valable jusqu'au {until}" if verdict.is_valid(today) else f"expiré le {until}"
        note = f" : {verdict.note}" if verdict.note else ""
        st.html(f"<p>Avis d'expert : réponse {said}{html.escape(note)} ({state_of}).</p>")
    with st.form(f"verdict-{kept.id}", border=False):
        choice = st.radio("Avis d'expert", ("juste", "fausse"), index=None, horizontal=True)
        note = st.text_input("Pourquoi ? (facultatif)")
        submitted = st.form_submit_button("Enregistrer l'avis d'expert (valable six mois)")
    if submitted and choice:
        right = choice == "juste"
        workplace.judge(kept.id, question=kept.answer.question, right=right, note=note, today=today)
        st.rerun()


def _gaps(exchanges: Sequence[KeptExchange]) -> None:
    found = gaps(exchanges, nearest=_nearest)
    st.html("<h2>Questions restées sans réponse entière</h2>")
    if not found:
        st.html('<p class="note">Aucune pour l\'instant.</p>')
        return
    table(
        "Questions sans réponse entière, par dispositif le plus proche",
        ("Dispositif le plus proche", "Nombre", "Questions"),
        ((gap.nearest, str(len(gap.questions)), " · ".join(gap.questions[:5])) for gap in found),
    )


@st.cache_data(max_entries=2_000, show_spinner=False)
def _nearest(question: str) -> str | None:
    hits = state.assistant().library.search(question, k=1, collection="dispositifs")
    return hits[0].source.title if hits else None


def _old(exchanges: Sequence[KeptExchange], today: date) -> None:
    found = old_documents(exchanges, today=today)
    st.html("<h2>Documents de plus d'un an sur lesquels reposent des réponses</h2>")
    if not found:
        st.html('<p class="note">Aucun pour l\'instant.</p>')
        return
    table(
        "Documents anciens, les plus utilisés d'abord",
        ("Document", "Date", "Réponses"),
        ((old.title, in_words(old.date.isoformat()), str(old.answers)) for old in found),
    )
